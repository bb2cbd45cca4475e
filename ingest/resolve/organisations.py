"""Who builds or runs a brand (建设单位): 由省妇联一手擦亮, 某某家政公司打造的劳务品牌, a line 运营单位：…."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.frozen import frozen
from ingest.levels import recognised_thing
from ingest.lexicon import words
from ingest.name_shapes import alternation
from ingest.resolve.owners import NamedPlaces
from ingest.text import Span

# Longest and shortest name of a body; a longer one has taken in words that lead to it.
LONGEST, SHORTEST = 28, 3
# A brand, or the word for one, at most so many characters after what was done to it.
NEXT = 24


@frozen()
class Organisation:
    """A body that runs the brand with the key `owner`, where its name stands in an article's text."""

    article: int
    span: Span
    owner: str


def organisations(places: Sequence[NamedPlaces]) -> Iterator[Organisation]:
    """The bodies that the articles say run brands, in the order of the text."""
    for article in places:
        for span in (*_labelled(article.setting.text), *_acting(article)):
            if owner := article.owner(span.start, span.end):
                yield Organisation(article.setting.article.order, span, owner)


def _labelled(text: str) -> Iterator[Span]:
    """What stands behind a label, but in brackets, where a plan says who is to do a thing: （责任单位：省商务厅）."""
    for match in _label().finditer(text):
        if not text.startswith(("（", "("), max(match.start() - 1, 0)):
            yield Span(*match.span(1))


@cache
def _label() -> re.Pattern[str]:
    labels = alternation(words("organisations", "labels"))
    return re.compile(f"(?:{labels})(?:[：:]|为)[ \u3000]*([一-鿿（）()·A-Za-z0-9]{{3,30}})(?=[，。；、\\s]|$)")


def _acting(places: NamedPlaces) -> Iterator[Span]:
    """Bodies that do something to a brand: by 由 whatever it is, else only where the brand or its word follows."""
    text = places.setting.text
    for match in _acts().finditer(text):
        start = _begin(places, match.start("kind"))
        span = Span(start, match.end("kind"))
        if not _is_name(places, span):
            continue
        passive = text.startswith(("由", "归", "被"), max(start - 1, 0)) or text.endswith(("由", "归"), 0, start)
        made = text.endswith("是", 0, start) and text.startswith("的", match.end())
        if made or (passive and _closes().match(text, match.end())) or _has_brand(places, match.end()):
            yield span


@cache
def _acts() -> re.Pattern[str]:
    kinds = alternation(words("organisations", "public"), words("organisations", "private"))
    how, runs = alternation(words("organisations", "how")), alternation(words("organisations", "runs"))
    return re.compile(f"(?P<kind>{kinds})(?:{how}){{0,2}}(?:{runs})")


@cache
def _closes() -> re.Pattern[str]:
    """The end of a clause after what a body does, maybe with 了 or 起来."""
    return re.compile("(?:了|的|起来|管理|推广|运营|和[一-鿿]{2,4}){0,2}(?=[，。；\n]|$)")


def _begin(places: NamedPlaces, kind: int) -> int:
    """Where the name of a body begins whose kind stands at `kind`: at the division that opens it, or where its clause
    does, without words that lead to it."""
    text = places.setting.text
    match = _name_before().search(text, max(kind - LONGEST, 0), kind)
    start = match.start() if match else kind
    hits = [hit for hit in places.setting.places.between(start, kind) if not places.setting.names_brand(hit.start)]
    if hits:
        run = places.setting.places.run_ending(hits[-1].end)
        return max(start, run[0].start) if run else hits[-1].start
    while lead := next((word for word in words("organisations", "leads") if text.startswith(word, start, kind)), ""):
        start += len(lead)
    return start


@cache
def _name_before() -> re.Pattern[str]:
    return re.compile("[一-鿿（）()·A-Za-z0-9]*$")


def _is_name(places: NamedPlaces, span: Span) -> bool:
    """Whether the characters name a body: a division with a public body, or with more than its kind."""
    name = span.of(places.setting.text)
    if not SHORTEST <= len(name) <= LONGEST or name.startswith(words("organisations", "nameless")):
        return False
    rest = _division_before(places, span)
    kind = next(word for word in _kinds() if name.endswith(word))
    own = rest.removesuffix(kind)
    if kind in words("organisations", "public"):
        return len(own) <= 2 and own != name.removesuffix(kind)
    return len(own) >= 2 and not own.startswith(words("organisations", "nameless")) and not _VERBAL.search(own)


# Words that no name of a body holds: what was taken for one is a clause.
_VERBAL = re.compile("的|了|着|把|将|由|被|是|到|从|与|家|[0-9]")


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(sorted((*words("organisations", "public"), *words("organisations", "private")), key=len, reverse=True))


def _division_before(places: NamedPlaces, span: Span) -> str:
    """The name of a body without the divisions that open it."""
    text, start = places.setting.text, span.start
    for hit in places.setting.places.between(span.start, span.end):
        if hit.start == start:
            start = hit.end
    return re.sub("^(?:省|自治区|市|州|盟|县|区|旗)", "", text[start : span.end])


def _has_brand(places: NamedPlaces, at: int) -> bool:
    """Whether a brand or the word for one follows in the clause."""
    text = places.setting.text
    clause = re.compile("[，。；\n]").search(text, at, at + NEXT)
    end = clause.start() if clause else min(at + NEXT, len(text))
    return bool(places.between(at, end)) or bool(_the_brand().search(text, at, end))


@cache
def _the_brand() -> re.Pattern[str]:
    return re.compile(f"(?:{recognised_thing().pattern})(?!研究|联盟|协会|促进|学院|基地|产业|名单)")
