"""Names in quotes. A quote is weighed by its shape, by the words right before and after it, and by its neighbours in
a list.

Quotes that follow each other with nothing but a comma or a place between (安达“电焊工”、大庆“数控机床操作工”) make a
chain: what stands before the first or after the last of them speaks for all.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ingest.extract.context import Context, makes_brand
from ingest.frozen import frozen
from ingest.lexicon import ahead, words
from ingest.name_shapes import MAX_QUOTED, MIN_NAME, Shape, alternation

# A name whose weights add up to this is a brand. A place and a trade in quotes reach it alone.
ACCEPT = 2.5
# The weight of a place and a trade in quotes that stand alone on a line.
HEADING = 2.0
# The weight of a brand in the same sentence.
BESIDE = 0.75
# How many characters before and after a chain are read for words that speak for or against it.
REACH = 40


@frozen()
class QuotedName:
    """A quoted name: ``[start, end)`` without the quotes, `left` and `right` with them."""

    start: int
    end: int
    left: int
    right: int
    name: str
    shape: Shape
    place: str = ""


@frozen()
class Weighed:
    """A quoted name with what speaks for it. `vetoed` when the words around it say that it is something else."""

    quoted: QuotedName
    weight: float
    rule: str
    vetoed: bool = False


@cache
def _pairs() -> tuple[re.Pattern[str], ...]:
    inner = f'([^\\n“”‘’「」『』"]{{2,{MAX_QUOTED + 4}}})'
    marks = ("“”", "‘’", "「」", "『』", '""', "〝〞")
    spoilt = re.compile(r"(?<=[。！？])”([一-鿿]{3,12})”(?=(?:劳务)?品牌)")
    one = re.compile(r"(“[一-鿿]{1,2}”字号)")
    return (*(re.compile(pair[0] + inner + pair[1]) for pair in marks), spoilt, one)


def quoted_names(context: Context) -> list[QuotedName]:
    """All quotes that could hold a name, by their place. The inner quote of a nested pair counts for itself."""
    found = [
        quoted
        for pattern in _pairs()
        for match in pattern.finditer(context.text)
        if (quoted := _quoted(context, match))
    ]
    return sorted(found, key=lambda q: (q.left, q.right))


def _quoted(context: Context, match: re.Match[str]) -> QuotedName | None:
    name, start = match.group(1), match.start(1)
    shorter = name.removesuffix("劳务品牌" if name.endswith("劳务品牌") else "品牌")
    if shorter != name and context.shape(shorter).trade:
        name = shorter
    if not MIN_NAME <= len(name) <= MAX_QUOTED:
        return None
    place, shape = _place_of(context, match.start()), context.shape(name)
    if not shape.full and _is_epithet(context.text, match):
        return None
    return QuotedName(start, start + len(name), match.start(), match.end(), name, shape, place)


def _place_of(context: Context, left: int) -> str:
    """The place right before a quote, or the one that has what stands in it: 文昌有“渔匠”."""
    if place := context.place_before(left):
        return place
    has = _HAS.search(context.text, max(left - 3, 0), left)
    return context.place_before(has.start()) if has and context.text[has.start() - 1] != "的" else ""


_HAS = re.compile("(?:有了?|出了?|叫)$")


def _is_epithet(text: str, match: re.Match[str]) -> bool:
    """被称为“小烧饼大产业”的“某地师傅”; 品牌中的“老大哥”."""
    return text.startswith(_EPITHET_OF, match.end()) or text.endswith(_EPITHET_IN, 0, match.start())


_EPITHET_OF = ("的“", "的「", "的『")
_EPITHET_IN = ("中的", "里的", "界的", "版的")


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(r"[、，,；和与及]{0,2}(?:以及|还有)?")


@cache
def _parallel_gap() -> re.Pattern[str]:
    """清徐酿醋，便有“…”；洒扫除尘的有“…”: the same turn once more."""
    return re.compile(r"[，；、][^。！？“”‘’「」\n]{0,20}(?:有|叫|叫作|是)")


def chains(context: Context, names: list[QuotedName]) -> Iterator[list[QuotedName]]:
    """The quotes in groups that share what stands around them."""
    chain: list[QuotedName] = []
    for quoted in names:
        if chain and not _continues(context.text, chain[-1], quoted):
            yield chain
            chain = []
        chain.append(quoted)
    if chain:
        yield chain


def _continues(text: str, last: QuotedName, following: QuotedName) -> bool:
    if following.left < last.right or following.left - last.right > 26:
        return False
    gap = _BRACKETED.sub("", text[last.right : following.left]).removesuffix("的")
    if following.place and gap.endswith(following.place):
        gap = gap[: -len(following.place)]
    return bool(_gap().fullmatch(gap) or (following.shape.trade and _parallel_gap().fullmatch(gap)))


def weigh(context: Context, chain: list[QuotedName]) -> list[Weighed]:
    """Each quote of a chain with its weight; one that is a brand for sure lifts its neighbours."""
    first, last = chain[0], chain[-1]
    head = _clipped(context, max(first.left - REACH, 0), first.left)
    tail = _BRACKETED.sub("", context.text[last.right : last.right + REACH].split("\n")[0])
    around = _around(context, first.left, last.right, head, tail)
    vetoed = _vetoed(head.removesuffix(first.place), tail, around, full=first.shape.full)
    vetoed = vetoed or (not last.shape.trade and not last.shape.series and _planned_after().match(tail) is not None)
    weighed = [_weigh_one(context, quoted, around, vetoed) for quoted in chain]
    if len(chain) == 1 or vetoed or max(w.weight for w in weighed) < ACCEPT:
        return weighed
    return [_lifted(w) for w in weighed]


# “灵嫂”（灵山家政嫂）是…: what explains a name.
_BRACKETED = re.compile("^（[^（）]{1,16}）")


def _clipped(context: Context, start: int, end: int) -> str:
    return context.text[start:end].rsplit("\n", 1)[-1]


@frozen()
class Around:
    """What the words around a chain say. `direct`: that it is a labour brand, in so many words."""

    direct: str
    weight: float


def _around(context: Context, start: int, end: int, head: str, tail: str) -> Around:
    if _brand_after().match(tail):
        return Around("quoted-then-brand", 4.0)
    if _brand_before().search(head):
        return Around("brand-then-quoted", 4.0)
    weight = _nearness(context, start, end)
    weight += 1.25 * bool(_loose_after().match(tail)) + 0.75 * bool(_naming_before().search(head))
    weight += 0.75 * bool(_make_before().search(head)) + 0.5 * bool(_counted_after().match(tail))
    weight += 0.5 * bool(_staff_after().match(tail)) + 0.75 * bool(_called_brand().match(tail))
    return Around("", weight)


def _nearness(context: Context, start: int, end: int) -> float:
    if context.near_brand(start, end, reach=0):
        return 1.5
    if context.near_brand(start, end, reach=2):
        return 1.0
    return 0.75 if context.near_loose(start, end, reach=0) else 0.0


def _weigh_one(context: Context, quoted: QuotedName, around: Around, vetoed: bool) -> Weighed:
    shape = quoted.shape
    if shape.never or vetoed:
        return Weighed(quoted, -1.0, "", vetoed=vetoed)
    placed = bool(quoted.place) or (
        context.text[quoted.left - 1] == "，" and bool(context.place_before(quoted.left - 1))
    )
    weight = around.weight + _shape_weight(quoted) + 0.5 * placed + HEADING * _is_heading(context.text, quoted)
    rule = around.direct or ("quoted-shape" if shape.full else "quoted-context")
    return Weighed(quoted, weight, rule)


def _is_heading(text: str, quoted: QuotedName) -> bool:
    """孝昌“花木郎”, alone on its line."""
    start = quoted.left - len(quoted.place)
    alone = text[start - 1 : start] == "\n" and text[quoted.right : quoted.right + 1] == "\n"
    return alone and bool(quoted.place) and bool(quoted.shape.trade)


def _shape_weight(quoted: QuotedName) -> float:
    shape = quoted.shape
    if len(quoted.name) == MIN_NAME and not shape.trade:
        return -ACCEPT  # two characters without a trade are a catchword, whatever stands around them
    if shape.full or (quoted.place and len(shape.trade) > 1 and len(shape.trade) < len(quoted.name)):
        return 2.5
    if shape.generic:
        return 0.0
    if shape.trade:
        return 1.25 if len(shape.trade) > 1 else 0.75
    return 0.75 if shape.place else 0.0


def beside_brands(context: Context, weighed: list[Weighed]) -> list[Weighed]:
    """A trade in quotes is lifted by a brand in the same sentence (在甲市，“…咖啡师”成了…；在乙县，“乙县铁军”…) or in
    the one before it in its paragraph."""
    sure = [w.quoted.start for w in weighed if w.weight >= ACCEPT and w.quoted.shape.full]
    numbers = {context.sentences.index(at) for at in sure}
    return [_beside(w) if _has_neighbour(context, w.quoted, numbers) else w for w in weighed]


def _has_neighbour(context: Context, quoted: QuotedName, numbers: set[int]) -> bool:
    at, here = quoted.start, context.sentences.index(quoted.start)
    if here in numbers or len(quoted.shape.trade) < 2:
        return here in numbers
    return here - 1 in numbers and "\n" not in context.text[context.sentences.get(here - 1).start : at]


def _beside(weighed: Weighed) -> Weighed:
    shape = weighed.quoted.shape
    if weighed.vetoed or shape.never or shape.generic or not shape.trade or not 0 < weighed.weight < ACCEPT:
        return weighed
    return replace(weighed, weight=weighed.weight + BESIDE, rule="quoted-beside")


def _lifted(weighed: Weighed) -> Weighed:
    if weighed.quoted.shape.never or weighed.weight >= ACCEPT or weighed.weight < 0:
        return weighed
    return Weighed(weighed.quoted, ACCEPT, "quoted-chain")


@cache
def _brand_after() -> re.Pattern[str]:
    """“…”等10个有地方味道的劳务品牌, “…”是礼县注册过商标的劳务品牌; not “…”推动劳务品牌富民, “…”有了劳务品牌."""
    brand, measures = alternation(words("triggers", "brand")), alternation(words("triggers", "measures"))
    has = f"(?!{_inside()}{{0,6}}?(?:{alternation(words('triggers', 'has_brand'))})(?![成为的]))"
    return re.compile(f"(?:{brand})|{has}(?:(?!{brand}){_inside()}){{1,16}}(?:{brand})(?!{measures})")


def _inside() -> str:
    return "[^，。；：！？“”‘’「」（）《》\\n]"


@cache
def _called_brand() -> re.Pattern[str]:
    """“…”是做建筑的，是县里的劳务品牌: said of the name after a comma."""
    brand, measures = alternation(words("triggers", "brand")), alternation(words("triggers", "measures"))
    said = "(?:是|成为|成了|作为|已成)[^，。；：！？“”‘’「」\\n]{0,14}"
    return re.compile(f"[^。；！？“”‘’「」\\n]{{0,24}}?，?{said}(?:{brand})(?!{measures})")


@cache
def _brand_before() -> re.Pattern[str]:
    """劳务品牌“…”, 劳务品牌叫“…”, 劳务品牌——“…”."""
    brand = alternation(words("triggers", "brand"))
    return re.compile(f"(?:{brand})(?:名?叫做?|叫作|称为|名为|就?是|为|——|-|：|即|有|如|包括|还有|名称)?$")


@cache
def _loose_after() -> re.Pattern[str]:
    foreign = alternation(words("triggers", "foreign"))
    loose = alternation(words("triggers", "loose"))
    measures = alternation(words("triggers", "measures"))
    return re.compile(
        f"(?!{makes_brand()})(?![^，。；]{{0,8}}(?:{foreign})品牌)[^，。；：！？“”‘’「」（）\\n]{{0,8}}?(?:{loose})(?!{measures})"
    )


@cache
def _naming_before() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words('triggers', 'naming'))})[了为是作做：:—-]{{0,3}}$")


@cache
def _make_before() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words('triggers', 'make'))})[^，。；“”‘’「」\\n]{{0,6}}$")


@cache
def _counted_after() -> re.Pattern[str]:
    return re.compile(r"[^。；“”‘’「」\n]{0,10}?(?:" + alternation(words("triggers", "counted")) + ")")


@cache
def _staff_after() -> re.Pattern[str]:
    return re.compile(f"(?:的|有|名下)?(?:{alternation(words('triggers', 'staff'))})")


@cache
def _other_after() -> re.Pattern[str]:
    other = alternation(words("triggers", "after_other"))
    foreign = alternation(words("triggers", "foreign"))
    carriers = alternation(words("triggers", "carriers"))
    things = alternation(words("triggers", "things"))
    count = "等?[的这]?[一二三四五六七八九十两0-9]*[大项个]?"
    rank = "(?:国家|省|市|世界|人类|中国)?级?(?:优质|特色)?"
    return re.compile(f"{count}(?:{other}|{rank}(?:{things})|(?:{foreign})品牌)|[一-鿿]{{0,4}}(?:{carriers})")


@cache
def _other_before() -> re.Pattern[str]:
    return _called(words("triggers", "before_other"))


@cache
def _title_before() -> re.Pattern[str]:
    """主题为“…”, 荣获“…”: a title, whatever it looks like."""
    return _called(words("triggers", "before_title"))


def _called(before: tuple[str, ...]) -> re.Pattern[str]:
    """The words, or those of an honour, right before a quote."""
    honours = words("triggers", "honours")
    named = f"(?:{alternation(before)})[了着为：:的]{{0,2}}(?:一[个张块])?$"
    return re.compile(f"{ahead((*before, *honours))}(?:{named}|(?:{alternation(honours)})[^，。；“”]{{0,12}}$)")


@cache
def _campaign_after() -> re.Pattern[str]:
    """“百千万”劳务品牌培育工程 is a project, no brand."""
    return re.compile(f"(?:{alternation(words('triggers', 'brand'))})[^，。；的“”]{{0,8}}(?:工程|行动|计划|项目|方案)")


# 以“富民增收”为目标: a slogan.
_AIM_AFTER = re.compile(
    "(?:为|的)(?:[一-鿿]{0,2}目标|主题|抓手|主线|重点|引领|载体|核心|宗旨|导向|牵引|契机|思路|原则|理念|路径|局面)"
)


@cache
def _event_after() -> re.Pattern[str]:
    """“丝路技能”国际邀请赛: the name of the meeting or contest, unless it is one of a brand (“…”劳务品牌大赛)."""
    return re.compile(
        f"(?:(?!品牌)[一-鿿]){{0,8}}(?:{alternation(words('programs', 'contest'), words('programs', 'conference'))})"
    )


@cache
def _denied() -> re.Pattern[str]:
    """“…”之类也报作劳务品牌: the text says that it is none."""
    denied, brand = alternation(words("triggers", "denied")), alternation(words("triggers", "brand"))
    return re.compile(
        f"[^，。；：！？“”‘’「」（）\\n]{{0,8}}(?:{denied})[^，。；：！？“”‘’「」（）\\n]{{0,8}}(?:{brand})"
    )


@cache
def _planned_after() -> re.Pattern[str]:
    """“千人千企”培育计划; behind a trade (“…护工”培训项目) it may be the brand's own."""
    return re.compile("[一-鿿]{0,4}(?:工程|行动|计划|项目|方案)")


def _vetoed(head: str, tail: str, around: Around, *, full: bool) -> bool:
    """Whether the words around say that a quote is no brand. 围绕 and its like say so of a slogan, not of a place and a
    trade (`full`)."""
    if _campaign_after().match(tail) or _denied().match(tail):
        return True
    if _other_after().match(tail) and not (full and tail.startswith(("项目", "商标"))):  # entered, registered
        return True
    if not full and (_event_after().match(tail) or _AIM_AFTER.match(tail)):
        return True
    return not around.direct and (_title_before() if full else _other_before()).search(head) is not None
