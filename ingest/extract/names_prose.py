"""Names without quotes in running text: lists (带去潜江裁缝、阳新鞋匠 …等6个品牌), names before 劳务品牌, brands with
the person who stands for them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ingest.confidence import confidence_of
from ingest.extract.context import Context
from ingest.frozen import frozen
from ingest.gazetteer import gazetteer
from ingest.lexicon import words
from ingest.name_shapes import Shape, alternation, shape_of, trade_of
from ingest.numeral_values import chinese_number
from ingest.records import BrandMention

# Longest name without quotes; longer pieces of a clause are no names.
MAX_ITEM = 16


# A list that is counted (等20个劳务品牌) has so many characters at most, and so many names at least.
MAX_LIST, MIN_LIST = 400, 2
# A list whose number is said right has so many names at least.
LEAST_COUNTED = 3
# In a list of so many names half must look like names, in a shorter one all.
LONG_LIST = 4
# From so many items on, the first and the last are held against the others, which they surpass by so many characters
# at most.
MIN_EVEN, SLACK = 2, 2
# The items of a list that is parallel differ in so many characters at most.
SPREAD = 5


@frozen()
class ListItem:
    """A piece of a list that could be a name: its place in the text, and how much of a brand it looks."""

    start: int
    name: str
    shape: Shape


@cache
def _clause() -> re.Pattern[str]:
    return re.compile(r"[^，。；：:！？…\n“”‘’「」『』《》（）()—]{5,400}")


def prose_brands(context: Context) -> Iterator[BrandMention]:
    """All names without quotes."""
    yield from _in_lists(context)
    yield from _in_one_pair_of_quotes(context)
    yield from _counted_lists(context)
    yield from _lists_after(context)
    yield from _before_brand(context)
    yield from _after_naming(context)


def _mention(context: Context, start: int, name: str, rule: str) -> BrandMention:
    return BrandMention(context.article, start, start + len(name), name, rule, confidence_of("brands", rule))


@cache
def _several() -> re.Pattern[str]:
    return re.compile("[、和与及]")


def _in_lists(context: Context) -> Iterator[BrandMention]:
    for clause in _clause().finditer(context.text):
        start, end = clause.span()
        if context.names_place(start, end) and _several().search(context.text, start, end):
            if context.near_loose(start, end, reach=1):
                yield from _list_in(context, start, clause[0])
            elif context.brand_at:
                yield from _teams(context, start, clause[0])


@cache
def _count_of_brands() -> re.Pattern[str]:
    """等20个劳务品牌, 等一批特色劳务品牌, 双双被认定为县级劳务品牌, 成为市级劳务品牌, 是出了名的劳务品牌."""
    brand, measures = alternation(words("triggers", "brand")), alternation(words("triggers", "measures"))
    became = f"[均都也先后双]{{0,2}}被?(?:{alternation(words('triggers', 'became'))})"
    return re.compile(
        f"(?:等?(?P<count>[0-9一二两三四五六七八九十]{{1,4}})[个家张块]|等(?!级)|{became})[^，。；：、“”\n]{{0,12}}(?:{brand})(?!{measures})"
        "|等?(?P<loosely>[0-9一二两三四五六七八九十]{1,4})[个家张块](?:特色)?(?:品牌|招牌)"
    )


def _counted_lists(context: Context) -> Iterator[BrandMention]:
    """All names without quotes of a list that ends in 等20个劳务品牌, those too that have no place. Half of a long list
    must have a place, or be quoted; all of a short one a word and a trade. Where the number is that of the items, all
    are names, whatever they look like."""
    for match in _count_of_brands().finditer(context.text):
        end = match.start()
        start = max(context.text.rfind(mark, max(end - MAX_LIST, 0), end) for mark in "，。；：！？\n—") + 1
        pieces = context.text[start:end].split("、")
        if start < 1 or len(pieces) < MIN_LIST or (match["loosely"] and not context.near_brand(start, end, reach=1)):
            continue
        items, at = [], start
        for piece in pieces:
            items.append(None if _QUOTE.search(piece) else _item(at, piece, leads=at == start))
            at += len(piece) + 1
        if named := [item for item in items if item is not None]:
            items = [*(item for item in items if item is None), *even(context, named)]
        told = sum(item is None or bool(item.shape.place) or item.shape.full for item in items)
        long = len(items) >= LONG_LIST and 2 * told >= len(items)
        whole = len(items) >= LEAST_COUNTED and _is_whole(match, items)
        if whole or (not match["loosely"] and (long or all(item is None or _looks_named(item) for item in items))):
            for item in items:
                if item is not None and not item.shape.never and not item.shape.generic:
                    yield _mention(context, item.start, item.name, "list-then-brand")


def _is_whole(said: re.Match[str], items: list[ListItem | None]) -> bool:
    """Whether what follows a list says of all its items that they are brands: the number is theirs, or they became
    brands (…是出了名的劳务品牌) and none is a mere trade or a clause."""
    if count := said["count"] or said["loosely"]:
        return value_of(count) == len(items)
    lengths = [len(item.name) for item in items if item is not None]
    even_long = min(lengths, default=0) > 2 and max(lengths) - min(lengths) <= SPREAD
    plain = all(item is None or not (item.shape.never or item.shape.generic) for item in items)
    return not said[0].startswith("等") and even_long and plain


def value_of(said: str) -> int:
    """The number that digits or Chinese numerals say; -1 where they say none."""
    number = None if said.isdecimal() else chinese_number(said)
    return int(said) if said.isdecimal() else int(number[0]) if number else -1


def _looks_named(item: ListItem) -> bool:
    """沙坪电焊工: a trade with two characters before it, of a village or town that no list of places has."""
    shape = item.shape
    told = len(shape.trade) > 1 and len(item.name) >= len(shape.trade) + 2
    return told and not shape.never and not shape.generic and shape.trade not in words("shapes", "sectors")


def _lists_after(context: Context) -> Iterator[BrandMention]:
    """劳务品牌有：陆屋电焊工、檀圩铁匠、武利厨娘: names of all looks, where all of them are a word and a trade."""
    for match in _list_after().finditer(context.text):
        at, items = match.start("names"), []
        for piece in match["names"].split("、"):
            items.append(_item(at, piece))
            at += len(piece) + 1
        if len(items) > 1 and all(item is not None and _looks_named(item) for item in items):
            yield from (_mention(context, item.start, item.name, "list-then-brand") for item in items if item)


@cache
def _list_after() -> re.Pattern[str]:
    brand = alternation(words("triggers", "brand"))
    item = "[一-鿿]{3,10}"
    return re.compile(
        f"(?:{brand})(?:主要|分别|先后|目前|现){{0,2}}(?:有|包括|如|是|为|即)?：?(?P<names>{item}(?:、{item}){{1,30}})(?=[等，。；])"
    )


_QUOTE = re.compile('[“”‘’「」『』"]')


@cache
def _quoted_list() -> re.Pattern[str]:
    """“元谋菜农、葡萄种植工、绣娘”等3个劳务品牌."""
    item = "[^“”‘’「」『』，。；：、\\n]"
    after = f"等?[^，。；：“”\n]{{0,12}}(?:{alternation(words('triggers', 'brand'))})"
    return re.compile(f"[“「『](?P<names>{item}{{2,{MAX_ITEM}}}(?:、{item}{{2,{MAX_ITEM}}}){{1,30}})[”」』](?={after})")


def _in_one_pair_of_quotes(context: Context) -> Iterator[BrandMention]:
    for match in _quoted_list().finditer(context.text):
        at, names = match.start("names"), match["names"].split("、")
        home = context.place_before(match.start()) or shape_of(names[0]).place
        for name in names:
            shape = shape_of(name)
            if not shape.never:
                mention = _mention(context, at, name, "list-then-brand")
                yield mention if shape.place else replace(mention, region_hint=home)
            at += len(name) + 1


def _list_in(context: Context, at: int, clause: str) -> Iterator[BrandMention]:
    """A clause with 、: all items are brands when most of them are a place and a trade, or when 劳务品牌 follows."""
    said = _counted_brands().search(clause)
    close = said or _counted_teams().search(clause)
    items = even(context, list(list_items(at, clause[: close.start()] if close else clause)))
    full = [item for item in items if item.shape.full and len(item.name) > 2]
    if len(full) < 2 or 2 * len(full) < len(items) or not context.near_loose(at, at + len(clause), reach=1):
        return
    rule = "list-then-brand" if said else "list-of-names"
    for item in items:
        if not item.shape.never and (item.shape.full or len(items) - len(full) <= len(full) / 2):
            yield _mention(context, item.start, item.name, rule)


def _teams(context: Context, at: int, clause: str) -> Iterator[BrandMention]:
    """林西瓦工和林西钢筋工两支队伍, where the sentences around speak of no brand."""
    said = _counted_teams().search(clause)
    items = list(list_items(at, clause[: said.start()])) if said else []
    if len(items) > 1 and all(_unquoted_name(item.name) for item in items):
        for item in items:
            yield _mention(context, item.start, item.name, "list-of-names")


@cache
def _counted_teams() -> re.Pattern[str]:
    return re.compile("等?[两二三四五六七八九十0-9]{1,2}[支块张]")


@cache
def _counted_brands() -> re.Pattern[str]:
    """等15个劳务品牌, 6个品牌: what closes a list of brands."""
    brand = alternation(words("triggers", "brand"))
    count = "[0-9一二两三四五六七八九十百多余几]{1,5}[个家张块大]"
    return re.compile(
        f"[等这](?:{count})?[一-鿿]{{0,8}}?(?:{brand}|品牌)|{count}[一-鿿]{{0,8}}?(?:{brand}|品牌)|{brand}"
    )


def list_items(at: int, text: str) -> Iterator[ListItem]:
    """The pieces between 、 of a clause that begins at `at`, their lead-in and what follows the last one cut off."""
    for piece in re.finditer(r"[^、]+", text):
        parts = _joined().split(piece[0])
        offset = at + piece.start()
        for part in parts:
            if item := _item(offset, part, leads=offset == at):
                yield item
            offset += len(part) + 1


def even(context: Context, items: list[ListItem]) -> list[ListItem]:
    """The items with the first one begun and the last one ended where those between suggest it: a list is parallel, but
    its clause goes on (…、松花石雕刻工也当场动了手)."""
    if len(items) < MIN_EVEN:
        return items
    longest = max(len(item.name) for item in items[1:-1] or items[:1]) + SLACK
    first, last = items[0], items[-1]
    if len(first.name) > longest:
        first = _begun(context, first, longest, min(len(item.name) for item in items[1:]))
    if len(last.name) > longest:
        last = _ended(last, longest)
    return [first, *items[1:-1], last]


def _begun(context: Context, item: ListItem, longest: int, least: int) -> ListItem:
    """The item from the first place on that leaves it short enough, else from behind the last word that may lead in."""
    end = item.start + len(item.name)
    starts = [
        hit.start - item.start for hit in context.places.between(item.start, end - 1) if end - hit.start <= longest
    ]
    if not starts:
        latest = len(item.name) - least + 1
        starts = [
            match.end() for match in _opens().finditer(item.name, 0, latest) if match.end() >= len(item.name) - longest
        ]
        starts.reverse()
    return _cut(item, starts[0], len(item.name)) if starts else item


@cache
def _opens() -> re.Pattern[str]:
    return re.compile(f"{alternation(words('triggers', 'lead_in'), words('triggers', 'make'))}|[推打评选报叫送定育]")


def _ended(item: ListItem, longest: int) -> ListItem:
    """The item up to the last whole trade that leaves it short enough, else up to a trade of one character."""
    ends = [size for size in range(2, longest + 1) if len(trade_of(item.name[:size])) > 1]
    ends = ends or [size for size in range(3, longest + 1) if trade_of(item.name[:size])]
    return _cut(item, 0, max(ends)) if ends else item


def _cut(item: ListItem, start: int, end: int) -> ListItem:
    name = item.name[start:end]
    return ListItem(item.start + start, name, shape_of(name))


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(r"[和与及](?=[一-鿿]{4})")


def _item(at: int, text: str, *, leads: bool = True) -> ListItem | None:
    """The name in a piece of a list, what follows cut off, and its lead-in where there may be one (`leads`)."""
    start = _name_start(text) if leads else 0
    at, name = at + start, text[start:]
    name = _without_person(_tail().sub("", name))
    return ListItem(at, name, shape_of(name)) if 2 <= len(name) <= MAX_ITEM else None


@cache
def _tail() -> re.Pattern[str]:
    """What follows the last name of a list in its clause: 等, a count, what the names became."""
    became = alternation(tuple(word for word in words("triggers", "became") if len(word) > 1))
    count = "(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})(?:[个项种]|[大家张块支](?=[^、]{0,12}(?:品牌|队伍)))"
    return re.compile(f"(?:(?<=..)(?:{became}|{count})|等).*$")


def _name_start(text: str) -> int:
    """Where the name begins in 湖北带去潜江裁缝: at the last place right after a word that leads in, else 0."""
    for match in reversed(list(_lead_in().finditer(text))):
        if gazetteer().prefix(text[match.end() : match.end() + 8]):
            return match.end()
    made = _made().search(text)
    return made.end() if made and trade_of(text[made.end() :]) else 0


@cache
def _made() -> re.Pattern[str]:
    """培育出|沙坪电焊工: all before a name whose place is in no list."""
    long = tuple(word for word in words("triggers", "lead_in") if len(word) > 1)
    return re.compile(f".*(?:{alternation(words('triggers', 'make'), long)})[了出起]?(?=.{{4}})")


@cache
def _lead_in() -> re.Pattern[str]:
    return re.compile(alternation(words("triggers", "lead_in")))


@cache
def _person_after() -> re.Pattern[str]:
    trade = f"(?:{alternation(words('shapes', 'trades'))}|[{''.join(words('shapes', 'trade_characters'))}])"
    surname = f"[{''.join(words('shapes', 'surnames'))}]"
    return re.compile(f"(?P<name>.{{1,12}}{trade})(?:{surname}[一-鿿]{{1,2}})(?:占.*|获.*|入选.*|的.*)?")


def _without_person(name: str) -> str:
    """潜江裁缝 of 潜江裁缝王某: a place, a trade and then the name of a person."""
    if trade_of(name) and shape_of(name).trade != name[-1:]:
        return name
    match = _person_after().fullmatch(name)
    if match and shape_of(match["name"]).full:
        return match["name"]
    return name


def _before_brand(context: Context) -> Iterator[BrandMention]:
    """培育横州茉莉花茶师劳务品牌: a place and a trade right before the words 劳务品牌."""
    ends = _last_characters()
    for at in context.brand_at:
        if context.text[at - 1 : at] not in ends:
            continue
        head = _tail_of_clause(context.text[max(at - MAX_ITEM - 4, 0) : at])
        between = _between().search(head)
        end = at - len(between[0]) if between else at
        head = head[: len(head) - (at - end)]
        name = head[_name_start(head) :]
        if gazetteer().prefix(name) and _unquoted_name(name):
            yield _mention(context, end - len(name), name, "name-then-brand")


@cache
def _last_characters() -> frozenset[str]:
    """What may stand right before 劳务品牌 when a name does: nearly every place is told apart by one character."""
    trades = {word[-1] for word in words("shapes", "trades")}
    return frozenset(trades | set(words("shapes", "trade_characters")) | set("色等一个"))


@cache
def _between() -> re.Pattern[str]:
    return re.compile(r"(?:特色|等|这一|这个|[0-9]+个)$")


def _tail_of_clause(text: str) -> str:
    return re.split(r"[^一-鿿]", text)[-1]


def _unquoted_name(name: str) -> bool:
    shape = shape_of(name)
    if shape.place.endswith(("省", "市", "自治区")):  # 河北省家政服务员 is everybody of that trade
        return False
    return shape.full and not shape.series and len(shape.trade) > 1 and shape.trade not in words("shapes", "sectors")


@cache
def _naming() -> re.Pattern[str]:
    return re.compile(r"(?:名字|名称|称呼|名号|牌子|品牌)(?:——|：|叫|就是|就叫|是)([一-鿿]{4,14})(?=[，。；、！\n])")


def _after_naming(context: Context) -> Iterator[BrandMention]:
    """一个响亮的名字——绩溪徽厨。"""
    for match in _naming().finditer(context.text):
        if _unquoted_name(match[1]):
            yield _mention(context, match.start(1), match[1], "naming-then-name")
