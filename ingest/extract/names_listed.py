"""Names that a layout makes known: tables, numbered lists, lists by city, headings that are the brand of the section
below."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from brands.vocabulary.choices import BrandLevel
from ingest.confidence import confidence_of
from ingest.extract.context import Context
from ingest.extract.tables import TableHead, head_of, is_figure
from ingest.frozen import frozen
from ingest.gazetteer import gazetteer
from ingest.levels import level_of, level_recognised, recognised_thing
from ingest.lexicon import words
from ingest.name_shapes import alternation, is_name, shape_of
from ingest.place_mentions import agree, chosen, deeper, places_in
from ingest.records import BrandMention
from ingest.table_cells import TableCell, cells
from ingest.text import Span

# A longer line is a paragraph, not a row of a list. A city's row with eight brands has about 80 characters.
MAX_ROW = 120
# A longer line is no heading.
MAX_HEAD = 48
# How many characters above a list's head are read for its level, where the head itself is silent.
ABOVE = 200
# The words 劳务品牌 stand at most so many sentences above the rows of cities that they lead in.
ROWS_BELOW = 2
# What a remark on a row (省级) is about.
BRAND = "劳务品牌"
# A line of more cells of words, or with a longer first one, is no row with a name.
MAX_CELLS, MAX_NAME = 6, 24
# So many numbers in a line (1.…2.…3.…) part the rows of a list that was run together.
MIN_MARKS = 3
# So many lines that are no rows may stand inside a list.
MAX_BLANKS = 2


@frozen()
class ListLine:
    start: int
    text: str


@frozen()
class ListedName:
    """A name found in a row, with the place and the level that the row gives, and whether the row's form alone shows a
    brand; `remarked` where another cell tells of a recognition of this one."""

    start: int
    name: str
    place: str
    sure: bool
    level: BrandLevel | None = None
    remarked: bool = False


def listed_brands(context: Context) -> Iterator[BrandMention]:
    """Brands in rows that follow a line which promises brands."""
    lines = _lines(context.text)
    number = 0
    while number < len(lines):
        head = lines[number]
        if _leads_labels(lines, number, context):
            head = ListLine(head.start, "")
        elif _is_head(head.text):
            number += 1
        else:
            number += 1
            continue
        rows, number = _rows(lines, number)
        yield from _accepted(context, head, rows)


def _lines(text: str) -> list[ListLine]:
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(ListLine(at, line))
        at += len(line) + 1
    return found


def _leads_labels(lines: list[ListLine], number: int, context: Context) -> bool:
    """Whether two rows of cities or kinds (某市：…、…) begin here, below a paragraph that speaks of labour brands."""
    rows = lines[number : number + 2]
    if len(rows) < 2 or not all(_is_labelled(row.text) for row in rows):
        return False
    return context.near_brand(max(rows[0].start - 2, 0), rows[0].start, reach=ROWS_BELOW)


def _is_labelled(line: str) -> bool:
    match = _labelled().fullmatch(line) if len(line) <= MAX_ROW and "、" in line and "。" not in line else None
    return match is not None and (_all_places(match["label"]) or _are_names(match["names"]))


def _are_names(text: str) -> bool:
    """Whether most of what stands between 、 is a place and a trade."""
    names = text.strip("；;").split("、")
    return len(names) > 1 and 2 * sum(shape_of(name).full for name in names) >= len(names)


@cache
def _head_words() -> re.Pattern[str]:
    return re.compile(alternation(words("triggers", "list_head")))


def _is_head(line: str) -> bool:
    """A heading that names brands, or the last words of a paragraph that end in a colon."""
    if line.endswith(("：", ":")):
        return _head_words().search(line[-30:]) is not None
    return (
        len(line) <= MAX_HEAD and not line.endswith(("。", "！", "？", "”")) and _head_words().search(line) is not None
    )


def _rows(lines: list[ListLine], number: int) -> tuple[list[list[ListedName]], int]:
    """The rows from line `number` on, and the line after them."""
    rows: list[list[ListedName]] = []
    misses = 0
    place = ""
    columns = head_of(lines[number - 1].text) if number else None
    while number < len(lines) and misses <= MAX_BLANKS:
        line = lines[number]
        if len(line.text) > MAX_ROW or "。" in line.text:
            break
        named = head_of(line.text)
        entries = [] if named else _entries(line, place, columns)
        if not entries and _is_head(line.text) and not named:
            break
        number += 1
        if named:
            columns = named
            continue
        if _all_places(line.text.rstrip("：:")):
            place = line.text.rstrip("：:")
            continue
        misses = 0 if entries else misses + 1
        if entries:
            rows.append(entries)
    return rows, number


def _accepted(context: Context, head: ListLine, rows: list[list[ListedName]]) -> Iterator[BrandMention]:
    """All entries when the rows look like a list of brands as a whole, else none."""
    entries = [entry for row in rows for entry in row]
    telling = sum(entry.sure or bool(entry.place) or context.shape(entry.name).full for entry in entries)
    if len(entries) < 2 or 2 * telling < len(entries):
        return
    level, stated = (None, None) if any(entry.level for entry in entries) else _level_of_list(context, head)
    common = _place_of_head(head.text)
    some = any(entry.remarked for entry in entries) and not all(entry.remarked for entry in entries)
    for entry in entries:
        if not _useless(entry.name):
            end = entry.start + len(entry.name)
            of_list = None if some and not entry.remarked else level
            yield BrandMention(
                context.article,
                entry.start,
                end,
                entry.name,
                "list-row",
                confidence_of("brands", "list-row"),
                region_hint=entry.place or common,
                level_hint=entry.level or of_list,
                level_at=_row_around(context.text, entry.start) if entry.level else stated if of_list else None,
            )


def _row_around(text: str, at: int) -> Span:
    end = text.find("\n", at)
    return Span(text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text))


def _level_of_list(context: Context, head: ListLine) -> tuple[BrandLevel | None, Span | None]:
    """The level that a list's head gives to all rows, else the sentences above it or the headline; and where."""
    if level := level_of(head.text):
        return level, Span(head.start, head.start + len(head.text))
    since = max(head.start - ABOVE, 0)
    if found := level_recognised(context.text[since : head.start]):
        return found[0], Span(since + found[1].start, since + found[1].end)
    return _level_of_headline(context)


def _level_of_headline(context: Context) -> tuple[BrandLevel | None, Span | None]:
    headline = context.text[: context.body_start].rstrip("\n")
    level = level_of(headline)
    return level, Span(0, len(headline)) if level else None


def _place_of_head(head: str) -> str:
    """The place that a heading gives to all rows, as words; empty for several that do not lie in each other."""
    hits = places_in(head).hits
    code = ""
    for hit in hits:
        following = chosen(hit.candidates, [code] if code else [])
        if not following or (code and not agree(code, following)):
            return ""
        code = deeper(code, following)
    return "".join(hit.name for hit in hits)


def _useless(name: str) -> bool:
    return not is_name(name) or _all_places(name) or name in words("triggers", "columns") or bool(_KIND.fullmatch(name))


# 家政服务类, a heading inside a list: what its brands do.
_KIND = re.compile(".{1,8}(?:类|型|级|行业|领域|产业)(?:劳务)?(?:品牌)?")


@cache
def _labelled() -> re.Pattern[str]:
    """南昌市（2个）：…、…; 一、高端技能型：…、…."""
    number = r"(?:[（(]?[0-9一二三四五六七八九十]{1,2}[)）、.．])?"
    return re.compile(rf"{number}(?P<label>[^：:（(]{{2,24}})(?:[（(][^（）()]{{1,10}}[)）])?[：:](?P<names>.{{2,}})")


@cache
def _mark() -> re.Pattern[str]:
    return re.compile("(?<![0-9])[0-9]{1,2}[.、．](?![0-9])")


@cache
def _numbered() -> re.Pattern[str]:
    bracketed = r"[（(][0-9一二三四五六七八九十]{1,3}[)）]"
    figures = r"[0-9]{1,3}(?:[.．、\t ]|(?=[一-鿿]))"
    return re.compile(rf"\s*(?:{bracketed}|{figures}|[一二三四五六七八九十]{{1,3}}[、.．]|[①-⑳]|[·•●■◆□-])\s*")


def _entries(line: ListLine, place: str, columns: TableHead | None) -> list[ListedName]:
    """The names in a row; none when it is no row."""
    if columns and columns.name >= 0 and len(row := cells(line.text)) == columns.size:
        return _in_columns(line.start, row, columns, place)
    labelled = _labelled().fullmatch(line.text)
    if labelled and (_all_places(labelled["label"]) or _are_names(labelled["names"])):
        home = place + labelled["label"] if _all_places(labelled["label"]) else place
        return list(_items(line.start + labelled.start("names"), labelled["names"], home))
    marks = list(_mark().finditer(line.text))
    if len(marks) >= MIN_MARKS:
        ends = [*(mark.start() for mark in marks[1:]), len(line.text)]
        parts = (
            (mark.end(), line.text[mark.end() : end].rstrip("、；，; ")) for mark, end in zip(marks, ends, strict=True)
        )
        return [entry for at, part in parts for entry in _cells(line.start + at, part, place, numbered=True)]
    numbered = _numbered().match(line.text)
    at = numbered.end() if numbered else 0
    rest = line.text[at:]
    if place and "、" in rest and not numbered:
        return list(_items(line.start, line.text, place))
    return _cells(line.start + at, rest, place, numbered=numbered is not None)


def _items(at: int, text: str, place: str) -> Iterator[ListedName]:
    """The names between 、 of a city's row: 涞水“电工电焊” is the name in the quotes, and 涞水 where it is from."""
    for match in re.finditer(r"[^、，,；;。\s]+", text):
        quoted = re.fullmatch(r"(.*?)[“「‘『\"](.+)[”」’』\"]", match[0])
        if quoted:
            yield ListedName(at + match.start() + quoted.start(2), quoted[2], place + quoted[1], sure=True)
        else:
            yield _bracketed(at + match.start(), match[0], place, sure=True)


def _bracketed(at: int, text: str, place: str, *, sure: bool) -> ListedName:
    """A name, and the place or remark in brackets after it."""
    match = _BRACKETED.fullmatch(text)
    if match and _all_places(match[2]):
        return ListedName(at, match[1], place + match[2], sure)
    if match and (office := _place_of_office(match[2])):
        return ListedName(at, match[1], place or office, sure)
    return (
        ListedName(at, match[1], place, sure, level_of(match[2] + BRAND))
        if match
        else ListedName(at, text, place, sure)
    )


_BRACKETED = re.compile(r"([^（(]+)[（(]([^）)]*)[)）]")
_OFFICE = re.compile("(?:局|中心|会|公司|协会|厅|院|校|办|社|厂|基地)$")


def _place_of_office(text: str) -> str:
    """梅河口市 of 梅河口市就业服务局, empty where it is no office of a place."""
    hit = gazetteer().prefix(text) if _OFFICE.search(text) else None
    return hit.name if hit else ""


def _in_columns(at: int, row: list[TableCell], columns: TableHead, place: str) -> list[ListedName]:
    """The name in the column of the names, the place in the one that holds places; no row that only sums up."""
    cell = row[columns.name]
    if is_figure(cell.text) or _all_places(cell.text):
        return []
    others = [other.text for number, other in enumerate(row) if number not in (columns.name, *columns.away)]
    return [_with_remarks(at + cell.start, cell.text, others, place, sure=True)]


def _cells(at: int, text: str, place: str, *, numbered: bool) -> list[ListedName]:
    """The name in a row of cells: the first cell that is not a place; the cell that is one says where."""
    row = [cell for cell in cells(text) if not is_figure(cell.text)]
    names = [cell for cell in row if not _all_places(cell.text)]
    said = _BRACKETED.fullmatch(names[0].text) if names else None
    homed = said is not None and (_all_places(said[2]) or bool(_place_of_office(said[2])))
    if not names or not (numbered or place or homed or len(names) < len(row)):
        return []
    name = names[0]
    if len(row) > MAX_CELLS or len(name.text) > MAX_NAME:
        return []
    others = [cell.text for cell in row if cell != name]
    sure = numbered or homed or len(names) < len(row)
    return [_with_remarks(at + name.start, name.text, others, place, sure=sure)]


def _with_remarks(at: int, cell: str, others: list[str], place: str, *, sure: bool) -> ListedName:
    """The name in a cell, with what the other cells of its row say of place and level."""
    unquoted = cell.strip('“”"「」‘’')
    places = [other for other in others if _all_places(other)]
    entry = _bracketed(at + cell.find(unquoted), unquoted, places[0] if places else place, sure=sure)
    remarks = (level_of(other + BRAND) for other in others if other not in places)
    told = any(recognised_thing().search(other) for other in others if other not in places)
    return replace(entry, level=entry.level or next((level for level in remarks if level), None), remarked=told)


@cache
def _place_tail() -> re.Pattern[str]:
    return re.compile(
        r"(?:市|县|区|州|盟|旗|新区|开发区|高新区|经济技术开发区|高新技术产业开发区|林区|示范区|功能区|垦区|新城|地区|等地|省|自治区|本级|市直|市本级|省直|各地)?"
    )


@lru_cache(maxsize=4096)
def _all_places(text: str) -> bool:
    """Whether a cell or heading is made of places only: 榆林市, 日喀则地区康马县, 日照经济技术开发区."""
    text = text.strip("【】[]（）() ")
    at = 0
    while at < len(text):
        hit = gazetteer().prefix(text[at:])
        if hit is None:
            break
        at += hit.end
        tail = _place_tail().match(text, at)
        at = tail.end() if tail and at < len(text) else at
    return 0 < at == len(text)


# What parts a name from the words behind it in a heading: 石首船匠：一把斧头闯江海.
_HEADED = re.compile("[：:| ｜]|——")


def section_brands(context: Context) -> Iterator[BrandMention]:
    """Headings that are a brand's name: a short line of place and trade, a paragraph under it."""
    lines = _lines(context.text)
    for line, below in pairwise(lines):
        match = _numbered().match(line.text)
        at = match.end() if match else 0
        name = _HEADED.split(line.text[at:].strip("【】"), maxsplit=1)[0].strip('“”"「」【】')
        if (
            line.start < context.body_start
            or len(name) > 18
            or len(below.text) < 2 * len(name) + 10
            or not is_name(name)
        ):
            continue
        shape = context.shape(name)
        if shape.full and len(shape.trade) + len(shape.place) > 2 and (context.brand_at or context.loose_at):
            start = line.start + line.text.find(name)
            level, stated = _level_of_headline(context)
            rule = "section-heading"
            end, confidence = start + len(name), confidence_of("brands", rule)
            mention = BrandMention(context.article, start, end, name, rule, confidence)
            yield replace(mention, level_hint=level, level_at=stated)
