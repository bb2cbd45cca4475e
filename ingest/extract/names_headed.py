"""Names that stand at the head of a paragraph: cards (品牌名称：…), paragraphs of one mould (【…】, 1.…。, …：), each
with a brand of its own."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ingest.confidence import confidence_of
from ingest.extract.context import Context
from ingest.lexicon import words
from ingest.name_shapes import is_name
from ingest.records import BrandMention

# So many paragraphs of one mould follow a plan.
MIN_ALIKE = 2
# What follows a name at the head of its paragraph has so many characters at least.
MIN_TEXT = 12

_NAME = "[“「『]?(?P<name>[一-鿿A-Za-z0-9·]{2,14}?)[”」』]?"
_MOULDS = (
    f"【{_NAME}】",
    rf"[（(]?[0-9一二三四五六七八九十]{{1,2}}[.．、）)] ?{_NAME}[。：:—， ]",
    f"{_NAME}：",
    f"{_NAME}(?:——| )",
)


def headed_brands(context: Context) -> Iterator[BrandMention]:
    """The names at the heads of cards and of paragraphs of one mould."""
    for match in card_heads().finditer(context.text):
        if is_name(match["name"]):
            place = _home().match(context.text, match.end())
            yield _mention(context, match, "card", place[1] if place else "")
    if context.brand_at:
        for mould in _moulds():
            yield from _alike(context, [m for m in mould.finditer(context.text, context.body_start) if _fits(m)])


def _fits(match: re.Match[str]) -> bool:
    name = match["name"]
    return is_name(name) and name not in words("triggers", "rubrics") and name not in words("triggers", "columns")


def _alike(context: Context, heads: list[re.Match[str]]) -> Iterator[BrandMention]:
    """All heads of a mould when most of them are a place and a trade."""
    shapes = [context.shape(head["name"]) for head in heads]
    full = sum(shape.full for shape in shapes)
    if full >= MIN_ALIKE and 2 * full >= len(heads):
        for head, shape in zip(heads, shapes, strict=True):
            if not shape.never:
                yield _mention(context, head, "headed-paragraph", "")


def _mention(context: Context, match: re.Match[str], rule: str, place: str) -> BrandMention:
    start, end = match.span("name")
    return BrandMention(
        context.article, start, end, match["name"], rule, confidence_of("brands", rule), region_hint=place
    )


@cache
def card_heads() -> re.Pattern[str]:
    """品牌名称：…, alone on its line."""
    return re.compile(r"(?:(?<=\n)|\A)(?:[0-9]{1,2}[.、])?(?:劳务)?品牌(?:名称)?：" + _NAME + r"(?=\n|\Z)")


@lru_cache(maxsize=1)
def _moulds() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<=\n){mould}(?=[^\n]{{{MIN_TEXT}}})") for mould in _MOULDS)


@cache
def _home() -> re.Pattern[str]:
    """所在地区：某市某县, in one of the two lines below a card's head."""
    return re.compile(r"\n(?:[^\n]{0,40}\n)?(?:所在|所属|申报|归属)?(?:地区|地域|地)：([一-鿿]{2,20})(?=\n|\Z)")
