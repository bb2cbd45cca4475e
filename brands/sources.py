"""Evidence by a person: words of an article, or of a source that no file holds, bear a fact out.

A source of one's own (a list that was issued on paper, a page on the web) is kept as a page with one article, whose
text is the words that were taken from it. It can grow: words are added at its end, and what points into
it stays right.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext

from brands.models import Article, Brand, Evidence, Page, Program, Statistic
from brands.models.source import BY_HAND
from brands.vocabulary.choices import ReviewState

# Where words begin and end in the text of a page.
Span = tuple[int, int]

# What evidence by a person names as its rule.
RULE = "by-hand"

# Characters of the words of one fact.
MAX_WORDS = 1000


@dataclass(frozen=True, slots=True)
class OwnSource:
    """Where words were read that no stored page has."""

    title: str
    publisher: str = ""
    published_on: date | None = None
    url: str = ""

    @property
    def key(self) -> str:
        """Equal for what is the same source; no checksum of a file."""
        said = [self.title, self.publisher, str(self.published_on or ""), self.url]
        return sha256(json.dumps([BY_HAND, *said]).encode()).hexdigest()


def article_of(source: OwnSource, words: Sequence[str]) -> Article:
    """The article of a source of one's own, with all these words in it: made, or made longer, where they are not."""
    page, _is_new = Page.objects.select_for_update().get_or_create(
        sha256=source.key, defaults={"name": source.title, "encoding": "utf-8", "text": "", "extractor": BY_HAND}
    )
    known = Article.objects.filter(page=page, order=0).first()
    shown: list[list[int]] = [list(span) for span in known.spans] if known else []
    # Words that were taken back stand in the page's text still, but in no span of the article.
    there = "\n".join(page.text[start:end] for start, end in shown)
    new = [line for line in dict.fromkeys(one.strip() for one in words) if line not in there]
    if new:
        _add_lines(page, shown, new)
    said = {
        "title": source.title,
        "publisher": source.publisher,
        "published_on": source.published_on,
        "url": source.url,
    }
    about = {"relevant": True, "reason": "人工录入的出处", "score": 1.0}
    spans = {"spans": shown}
    article, _is_new = Article.objects.update_or_create(
        page=page, order=0, defaults=spans, create_defaults={**said, **about, **spans}
    )
    return article


def _add_lines(page: Page, spans: list[list[int]], lines: Sequence[str]) -> None:
    """Write the lines at the end of the page, and take them into the spans of its article."""
    start = len(page.text) + bool(page.text)
    page.text = "\n".join([*filter(None, [page.text]), *lines])
    page.save(update_fields=["text"])
    if spans and spans[-1][1] == start - 1:
        spans[-1][1] = len(page.text)
    else:
        spans.append([start, len(page.text)])


def bear_out(fact: Brand | Program | Statistic, article: Article, words: str) -> Evidence:
    """Let these words of the article bear the fact out. ValidationError where the article does not have them, where
    they do not say what the fact is called, or where they are another brand's; a source of one's own has them once more
    then, as a list has a line for each."""
    taken = _taken(article, fact) if isinstance(fact, Brand) else {}
    try:
        name, line = place_of(article, words, names_of(fact), taken=taken)
    except TakenError:
        if article.page.extractor != BY_HAND:
            raise
        article.spans = [list(span) for span in article.spans]
        _add_lines(article.page, article.spans, [words.strip()])
        article.save(update_fields=["spans"])
        name, line = place_of(article, words, names_of(fact), taken=taken)
    return bear_out_at(fact, article, name, line)


def bear_out_at(
    fact: Brand | Program | Statistic, article: Article, words: tuple[int, int], sentence: tuple[int, int]
) -> Evidence:
    """Let the words at this place of the page bear the fact out, with the sentence around them. Where a run has found
    them there already, they are a person's from now on. A TakenError where they are another brand's."""
    if isinstance(fact, Brand) and (other := _taken(article, fact).get(words)):
        raise TakenError(other)
    row, _is_new = Evidence.objects.update_or_create(
        article=article,
        start=words[0],
        end=words[1],
        field="",
        **{type(fact).__name__.lower(): fact},
        defaults={"rule": RULE, "version": "", "confidence": 1.0},
        create_defaults={
            "context_start": sentence[0],
            "context_end": sentence[1],
            "rule": RULE,
            "confidence": 1.0,
        },
    )
    return row


def bear_out_all(
    article: Article, told: Sequence[tuple[Brand, str, Sequence[str]]]
) -> tuple[list[Evidence], dict[int, str]]:
    """Let words of the article bear out many brands, each called one of the names that are given with it, in two
    statements: the rows that were written, past the signals. Where words do not stand there, or say none of the names,
    nothing is written, and the reasons are given by the place of the brand in `told`."""
    rows: dict[tuple[int | None, int, int], Evidence] = {}
    wrong: dict[int, str] = {}
    taken = _taken(article)
    for at, (brand, words, names) in enumerate(told):
        others = {span: one for span, one in taken.items() if one != brand}
        try:
            (first, last), (start, end) = place_of(article, words, names, taken=others)
        except ValidationError as error:
            wrong[at] = " ".join(error.messages)
            continue
        place = {"start": first, "end": last, "context_start": start, "context_end": end}
        rows[brand.pk, first, last] = Evidence(article=article, brand=brand, rule=RULE, confidence=1.0, **place)
        taken[first, last] = brand
    if wrong:
        return [], wrong
    stand = Evidence.objects.filter(article=article, field="", brand__isnull=False)
    there = set(stand.values_list("brand", "start", "end"))
    return Evidence.objects.bulk_create([row for key, row in rows.items() if key not in there], 500), {}


def check_words(words: str, names: Iterable[str], article: Article | None, fact: object) -> None:
    """ValidationError where the words can't bear out the fact, which is called one of the names: out of a stored
    article, or out of a source of one's own, None."""
    if article is None:
        find_name(words, names)
    else:
        place_of(article, words, names, taken=_taken(article, fact) if isinstance(fact, Brand) else {})


def place_of(
    article: Article, words: str, names: Iterable[str], *, taken: Mapping[Span, Brand] = MappingProxyType({})
) -> tuple[Span, Span]:
    """Where the article says one of the names in these words, and where the words are. ValidationError where it
    doesn't; a TakenError where it does, and `taken` has another brand that is said at each such place."""
    names = list(names)
    other = None
    for start, end in _lines(article, words):
        first, last = find_name(article.page.text[start:end], names)
        name = start + first, start + last
        other = taken.get(name)
        if other is None:
            return name, (start, end)
    raise TakenError(other)


class TakenError(ValidationError):
    """The words are another brand's evidence: one sentence does not prove two."""

    def __init__(self, brand: Brand | None) -> None:
        told = gettext("这句原话已经是“%(name)s”（编号 %(pk)s）的出处；是同一个品牌，就不必另建。")
        super().__init__(told % {"name": brand, "pk": brand.pk if brand else ""})


def _taken(article: Article, fact: Brand | None = None) -> dict[Span, Brand]:
    """The brands, but for one itself, that people say to be told at places of the article."""
    stand = Evidence.objects.filter(article=article, field="", brand__isnull=False)
    decided = Q(rule=RULE) | Q(brand__review=ReviewState.CONFIRMED)
    rows = stand.filter(decided).exclude(brand__review=ReviewState.REJECTED).select_related("brand")
    if fact is not None:
        rows = rows.exclude(brand=fact.pk)
    return {(row.start, row.end): row.brand for row in rows if row.brand}


def _lines(article: Article, words: str) -> Iterator[Span]:
    """As `find_words`, but whole lines of these words, each, before others that only have them in them."""
    wanted, found = words.strip(), False
    for start, end in article.spans if wanted else ():
        text = f"\n{article.page.text[start:end]}\n"
        at = text.find(f"\n{wanted}\n")
        while at >= 0:
            found = True
            yield start + at, start + at + len(wanted)
            at = text.find(f"\n{wanted}\n", at + 1)
    if not found:
        yield find_words(article, words)


def names_of(fact: Brand | Program | Statistic) -> list[str]:
    """What the words must have in them to speak of the fact; none for a number that is not said to be stated so."""
    if isinstance(fact, Statistic):
        return [fact.stated] if fact.stated else []
    return [fact.name, *(fact.aliases.values_list("name", flat=True) if isinstance(fact, Brand) else ())]


def find_words(article: Article, words: str) -> tuple[int, int]:
    """Where the words stand in the article, whatever blanks and line ends are between them. ValidationError where they
    don't."""
    found = _without_blanks(words)
    for start, end in article.spans:
        if (at := article.page.text.find(words.strip(), start, end)) >= 0 and found:
            return at, at + len(words.strip())  # which needs no look at each character
        if place := _place(article.page.text[start:end], found):
            return start + place[0], start + place[1]
    raise ValidationError(gettext("这篇报道里没有这句原话，请照原文摘录。"))


def find_name(words: str, names: Iterable[str]) -> tuple[int, int]:
    """Where the words say one of the names, the longest first; all of them where there are none. ValidationError where
    they say none."""
    wanted = sorted(filter(None, map(_without_blanks, names)), key=len, reverse=True)
    if not wanted:
        return 0, len(words)
    for name in wanted:
        if place := _place(words, name):
            return place
    raise ValidationError(gettext("原话里没有“%s”；原文用的是别的叫法，请先把它填为别名。") % wanted[-1])


def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _place(text: str, wanted: str) -> tuple[int, int] | None:
    """Where the text has the characters in a row, blanks aside."""
    solid = [at for at, character in enumerate(text) if not character.isspace()]
    at = "".join(text[place] for place in solid).find(wanted)
    return (solid[at], solid[at + len(wanted) - 1] + 1) if wanted and at >= 0 else None
