"""A place and a trade without quotes, told to be a brand by the words at its side (商南茶工品牌, 叫响凉城绣娘,
以镇安月嫂为例, 凉城绣娘，是…打造的劳务品牌) or by where it stands: at the head of a paragraph, or again and again."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from ingest.confidence import confidence_of
from ingest.extract.context import Context
from ingest.gazetteer import NameKind
from ingest.lexicon import words
from ingest.name_shapes import alternation, shape_of
from ingest.records import BrandMention

# So many characters to each side of a name are read.
BEFORE, AFTER = 12, 44
# So often said in an article on labour brands, a place and a trade are the name of one.
OFTEN = 3
# A longer place that is written out (商南县) before a trade only says where its people are from; 威县 has no other
# name.
SHORT = 2


def bare_brands(context: Context) -> Iterator[BrandMention]:
    """The names without quotes that the words at their side tell to be brands."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for start, name in _names(context):
        found[name].append((start, _rule(context, start, start + len(name))))
    about = len(context.brand_at) >= OFTEN or bool(context.brand_at and context.brand_at[0] < context.body_start)
    subjects = {name for name, places in found.items() if any(_is_subject(context, at, name) for at, _ in places)}
    parallel = subjects if about and len(subjects) > 1 else frozenset[str]()
    for name, places in found.items():
        rules = [rule for _, rule in places if rule] or ["bare-subject"] * (name in parallel)
        often = about and len(places) >= OFTEN and len(shape_of(name).trade) > 1
        if rules or often:
            for start, rule in places:
                said = rule or (rules[0] if rules else "said-often")
                yield BrandMention(context.article, start, start + len(name), name, said, confidence_of("brands", said))


def _names(context: Context) -> Iterator[tuple[int, str]]:
    """Each place with the trade that follows it, outside quotes."""
    text, pattern = context.text, _people()
    for hit in context.places.hits:
        full = len(hit.name) > SHORT and any(c.kind is NameKind.FULL for c in hit.candidates)
        if full or text[hit.start - 1 : hit.start] in _OPENERS:
            continue
        match = pattern.match(text, hit.end)
        if match is None or _between().search(match[0]) or len(context.places.between(hit.start, match.end())) > 1:
            continue
        name = text[hit.start : match.end()]
        shape = shape_of(name)
        if shape.full and not shape.series and not shape.generic and shape.trade not in words("shapes", "sectors"):
            yield hit.start, name


_OPENERS = tuple('“‘「『"')


@cache
def _people() -> re.Pattern[str]:
    """Up to seven characters and a trade; one of one character where a word for a brand or a mark follows at once."""
    trades = alternation(words("shapes", "trades"))
    characters = "[" + "".join(words("shapes", "trade_characters")) + "]"
    return re.compile(f"[一-鿿]{{0,7}}?(?:(?:{trades})|{characters}(?={_side()}))")


@cache
def _between() -> re.Pattern[str]:
    """What no name has between its place and its trade: 南宁|培育|横州茉莉花茶师."""
    return re.compile(f"[的是在有和与及到从个名万千了把让向等为]|{alternation(words('triggers', 'make'))}")


@cache
def _side() -> str:
    """What may follow a name: 品牌, 为例, 是…品牌, 成了…名片, a mark."""
    return "(?:特色)?(?:劳务)?品牌|为例|们?[，：]|成了|成为|已成|入选|获评|跻身|被评|被认|荣获|遍布|、|和|。"


@cache
def _told_after() -> re.Pattern[str]:
    """商南茶工品牌; 凉城绣娘，是当地打造的劳务品牌; 巴林石雕匠成了一张名片."""
    brand, measures = alternation(words("triggers", "brand")), alternation(words("triggers", "measures"))
    loose = alternation(words("triggers", "loose"))
    is_one = (
        "们?，?(?:这块|这张|这个|就?是|作为|成了|成为|已成|早已是|入选|获评|跻身|荣获|被评为|被认定为|被确定为|被列为)"
    )
    return re.compile(
        f"(?:特色|劳务|等)?品牌(?!{measures})|{is_one}[^，。；：！？“”‘’「」\\n]{{0,24}}?(?:{brand}|{loose})(?!{measures})"
    )


@cache
def _told_before() -> re.Pattern[str]:
    """打响商南茶工, 劳务品牌商南茶工."""
    make = alternation(words("triggers", "make"))
    brand = alternation(words("triggers", "brand"), ("品牌",))
    return re.compile(f"(?:(?:{make})[了起出好]?|(?:{brand})[—：“ ]{{0,2}}|(?:{brand})(?:名?叫|名为|称为))$")


_ENDS = re.compile("[，。；、！”\n]|等|和|与|品牌|劳务")


def _rule(context: Context, start: int, end: int) -> str:
    """The rule by which the words beside ``[start, end)`` tell a brand, empty where they do not."""
    text = context.text
    before = text[max(start - BEFORE, 0) : start]
    if _told_after().match(text, end, end + AFTER):
        return "bare-then-brand"
    if _told_before().search(before) and _ENDS.match(text, end):
        return "brand-then-bare"
    if before.endswith("以") and text.startswith("为例", end):
        return "bare-example"
    heads = start > context.body_start and before.endswith("\n") and text[end : end + 1] in ("，", "：", " ", "—")
    return "bare-head" if heads and context.brand_at and _is_long(text, end) else ""


def _is_subject(context: Context, start: int, name: str) -> bool:
    """Whether a clause says what the people of a name do: 山西吕梁山护工走进京津; 正安吉他工匠…，带动1.5万人就业."""
    run = context.places.run_ending(start)
    at = run[0].start if run else start
    opens = context.text[at - 1 : at] in _CLAUSE or at == 0
    return opens and len(shape_of(name).trade) > 1 and bool(_does().match(context.text, start + len(name)))


_CLAUSE = tuple("。；：，\n")


@cache
def _does() -> re.Pattern[str]:
    return re.compile(
        f"[^，。；“”\n]{{0,12}}，?(?:{alternation(words('triggers', 'counted'), ('遍布', '年产', '足迹'))})"
    )


def _is_long(text: str, end: int) -> bool:
    """Whether a paragraph follows on the line, and no list of names."""
    line = text[end : end + AFTER].split("\n", maxsplit=1)[0]
    return len(line) > BEFORE and bool(re.search("[0-9，]", line))
