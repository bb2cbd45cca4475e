"""One name without quotes that a turn of phrase holds up (以桐庐裁缝为代表, 再比如桐庐裁缝，…, 打头的是桐庐裁缝,
拿下桐庐裁缝的商标), and a brand with the person who stands for it (桐庐裁缝王某某)."""

import re
from collections.abc import Iterator
from functools import cache

from ingest.confidence import confidence_of
from ingest.extract.context import Context
from ingest.lexicon import words
from ingest.name_shapes import Shape, alternation, trade_of
from ingest.records import BrandMention

# The rules of this module.
FRAMED = ("bare-framed", "brand-and-person")

# What a phrase holds up as a name.
_NAME = "(?P<name>[一-鿿]{3,10}?)"

# A trade has so many characters before it at least, where no known place begins the name.
LEAST_BEFORE = 2


def framed_brands(context: Context) -> Iterator[BrandMention]:
    """The names that a phrase holds up, and those that a person stands for."""
    for match in _frames().finditer(context.text):
        start, end = match.span(match.lastgroup or 0)
        if _may_name(context, start, end, least=1 if "商标" in match[0] else 2):
            yield _mention(context, start, end, FRAMED[0])
    if context.brand_at:
        yield from _with_persons(context)


def _may_name(context: Context, start: int, end: int, *, least: int) -> bool:
    """Whether a brand is spoken of nearby, and the characters are a place and something, or something and a trade of so
    many characters at least."""
    shape = context.shape(context.text[start:end])
    if not context.near_loose(start, end, reach=1) or shape.never or shape.generic:
        return False
    return _is_placed(shape, end - start) or (
        len(shape.trade) >= least
        and end - start >= len(shape.trade) + LEAST_BEFORE
        and shape.trade not in words("shapes", "sectors")
    )


def _is_placed(shape: Shape, size: int) -> bool:
    return bool(shape.place) and len(shape.place) + LEAST_BEFORE <= size and not shape.place.endswith(("省", "市"))


def _mention(context: Context, start: int, end: int, rule: str) -> BrandMention:
    name = context.text[start:end]
    return BrandMention(context.article, start, end, name, rule, confidence_of("brands", rule))


@cache
def _frames() -> re.Pattern[str]:
    loose = alternation(words("triggers", "loose"))
    first, such = (alternation(words("frames", key)) for key in ("first", "such"))
    registered, chief = (alternation(words("frames", key)) for key in ("registered", "chief"))
    frames = (
        f"以{_NAME}(?:{chief})",
        f"(?:{such}){_NAME}(?=[，。、；])",
        f"像{_NAME}(?:这样|这类|一样)的?[^，。；\n]{{0,10}}(?:{loose})",
        f"(?:{first})(?:就?是|要数|当数|当属|首推)?{_NAME}(?=[，。；])",
        f"(?:{registered}|[把将])了?{_NAME}(?:的|这个|这件)?(?:集体|图形|证明|服务)?商标",
    )
    numbered = (frame.replace("<name>", f"<name{number}>") for number, frame in enumerate(frames))
    return re.compile("|".join(numbered))


def _with_persons(context: Context) -> Iterator[BrandMention]:
    """贵南藏绣娘 of 贵南藏绣娘马某某: from a place to the last trade before a person's name. A family name alone
    (贵南藏绣娘马、…) is that of a person only where a line has several."""
    found = list(_before_persons(context))
    alone: dict[int, int] = {}
    for mention in found:
        if _is_alone(context, mention.end):
            line = context.text.rfind("\n", 0, mention.start)
            alone[line] = alone.get(line, 0) + 1
    for mention in found:
        if not _is_alone(context, mention.end) or alone[context.text.rfind("\n", 0, mention.start)] > 1:
            yield mention


def _is_alone(context: Context, end: int) -> bool:
    """Whether a family name and a mark stand at character `end`."""
    return context.text[end + 1 : end + 2] in _ENDS_PERSON


_ENDS_PERSON = tuple("、；，。等\n")


def _before_persons(context: Context) -> Iterator[BrandMention]:
    for hit in context.places.hits:
        match = _person().match(context.text, hit.end)
        if match is None or len(context.places.between(hit.start, match.end("trade"))) > 1:
            continue
        start, end = hit.start, match.end("trade")
        if len(trade_of(context.text[start : end + 1])) > 1:
            continue  # 师|傅: what looks like a family name belongs to the trade
        shape = context.shape(context.text[start:end])
        if shape.full and not shape.generic and context.near_brand(start, end, reach=1):
            yield _mention(context, start, end, FRAMED[1])


@cache
def _person() -> re.Pattern[str]:
    """The rest of a name up to its trade, then a family name and 某某, or a given name that a mark ends."""
    trades = alternation(words("shapes", "trades"), tuple(words("shapes", "trade_characters")))
    surnames = f"[{''.join(words('shapes', 'surnames'))}]"
    person = f"{surnames}(?:某{{1,2}}|[一-鿿]{{1,2}}[，、。；（和]|[、；，。\\n]|等)"
    return re.compile(f"[一-鿿]{{0,6}}?(?P<trade>{trades})(?={person})")
