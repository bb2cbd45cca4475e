"""Evidence by a person: words of an article, or of a source that no file holds, bear a fact out.

A source of one's own (a list that was issued on paper, a page on the web) is kept as a page with one article, whose
text is the words that were taken from it. It can grow: words are added at its end, and what points into
it stays right.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from brands.models import Article, Brand, Evidence, Page, Program, Statistic
from brands.models.source import BY_HAND

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
        start = len(page.text) + bool(page.text)
        page.text = "\n".join([*filter(None, [page.text]), *new])
        page.save(update_fields=["text"])
        if shown and shown[-1][1] == start - 1:
            shown[-1][1] = len(page.text)
        else:
            shown.append([start, len(page.text)])
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


def bear_out(fact: Brand | Program | Statistic, article: Article, words: str) -> Evidence:
    """Let these words of the article bear the fact out. ValidationError where the article does not have them, or where
    they do not say what the fact is called."""
    start, end = _find_line(article, words)
    first, last = find_name(article.page.text[start:end], names_of(fact))
    return bear_out_at(fact, article, (start + first, start + last), (start, end))


def bear_out_at(
    fact: Brand | Program | Statistic, article: Article, words: tuple[int, int], sentence: tuple[int, int]
) -> Evidence:
    """Let the words at this place of the page bear the fact out, with the sentence around them. Where a run has found
    them there already, they are a person's from now on."""
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
    for at, (brand, words, names) in enumerate(told):
        try:
            start, end = _find_line(article, words)
            first, last = find_name(article.page.text[start:end], names)
        except ValidationError as error:
            wrong[at] = " ".join(error.messages)
            continue
        place = {"start": start + first, "end": start + last, "context_start": start, "context_end": end}
        row = Evidence(article=article, brand=brand, rule=RULE, confidence=1.0, **place)
        rows[brand.pk, row.start, row.end] = row
    if wrong:
        return [], wrong
    stand = Evidence.objects.filter(article=article, field="", brand__isnull=False)
    there = set(stand.values_list("brand", "start", "end"))
    return Evidence.objects.bulk_create([row for key, row in rows.items() if key not in there], 500), {}


def _find_line(article: Article, words: str) -> tuple[int, int]:
    """As `find_words`, but a whole line of these words before others that only have them in them."""
    wanted = words.strip()
    for start, end in article.spans:
        at = f"\n{article.page.text[start:end]}\n".find(f"\n{wanted}\n")
        if at >= 0 and wanted:
            return start + at, start + at + len(wanted)
    return find_words(article, words)


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
