"""Lists of names: where they stand, what their items are, and what the frame around a list says of all of them.

A list is told by its frame (…等4个劳务品牌, 劳务品牌有…, a column called 品牌名称) and not by what each of its items
looks like. Lists stand in clauses (A、B、C), in quotes that follow each other, on lines of their own, and in the
columns of rows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ingest.extract.context import Context, makes_brand
from ingest.extract.names_prose import SPREAD, even, list_items, value_of
from ingest.frozen import frozen
from ingest.lexicon import words
from ingest.name_shapes import alternation
from ingest.records import BrandMention
from ingest.table_cells import TableCell, cells

# So many lines of a name each make a list, and so many rows a column.
MIN_LINES, MIN_ROWS = 3, 2

# A longer line is a paragraph and no row.
MAX_ROW = 80

# Rows of more cells are what a menu or a page of figures looks like.
MAX_CELLS = 8

# So many characters before a list, and after it, are read for its frame.
BEFORE, AFTER = 40, 40

# So many characters above a list that a colon leads in are read for words that speak of brands.
ABOVE = 160

# The rule that takes the rows of a list, and how far apart they may stand.
LISTED, GAP = "list-row", 120

Item = tuple[int, str]


@frozen()
class Frame:
    """What the text says of a list as a whole. `counts`: a number right before or after is that of its items;
    `then_brands`: …等4个劳务品牌; `are_brands`: …成为省级劳务品牌; `after_brands`: 劳务品牌有…, or a head line or the
    name of the column says so; `led_in`: a colon right before, and brands spoken of above; `near_brands`: any 品牌 soon
    after; `then_other`: …两个地理标志产品; `of_trades`: 比赛项目有…, …等9个工种; `laid_out`: on lines or in rows;
    `parallel`: its items are about as long."""

    counts: bool
    then_brands: bool
    are_brands: bool
    after_brands: bool
    led_in: bool
    near_brands: bool
    then_other: bool
    of_trades: bool
    laid_out: bool
    parallel: bool

    @property
    def says_brands(self) -> bool:
        """Whether the frame calls its items labour brands in so many words, or counts them after words on brands."""
        told = self.then_brands or self.are_brands or self.after_brands or (self.counts and self.led_in)
        return told and not self.then_other and not self.of_trades

    @property
    def tells(self) -> bool:
        """Whether anything is said of the list that speaks for names of brands."""
        return self.counts or self.says_brands or self.led_in or self.near_brands


@frozen()
class FoundList:
    """The items of a list, each with its place, and the frame around them."""

    items: tuple[Item, ...]
    frame: Frame


def lists(context: Context) -> Iterator[FoundList]:
    """The lists without quotes."""
    for items in _in_clauses(context):
        yield FoundList(items, frame_of(context.text, items))
    for head, items in (*_lines(context), *_columns(context)):
        yield FoundList(items, frame_of(context.text, items, head=head))


# --- where they stand -------------------------------------------------------------------------------------------------


@cache
def _clause() -> re.Pattern[str]:
    return re.compile("[^，。；：！？…\n“”‘’「」『』《》（）()—]{5,400}")


def _in_clauses(context: Context) -> Iterator[tuple[Item, ...]]:
    """The items between 、, their lead-in and tail cut off."""
    for clause in _clause().finditer(context.text):
        if "、" in clause[0]:
            items = even(context, list(list_items(clause.start(), clause[0])))
            if len(items) > 1:
                yield tuple((item.start, item.name) for item in items)


_LINE = re.compile(
    r"(?:(?<=\n)|\A)(?:[0-9]{1,3}[.、． ]|[（(][0-9一二三四五六七八九十]{1,3}[)）])?([一-鿿]{3,14})(?=\n|\Z)"
)


# A line of a name and of how many it stands for (湘女家政4万多人); one that begins with a place and a name in quotes.
_FIGURE = "(?:大?约|近|超|逾|达){0,2}[0-9][0-9.,]{0,9}[十百千万]?[余多]?万?[人名]"
_COUNTED_LINE = re.compile(rf"(?:(?<=\n)|\A)([一-鿿]{{3,12}}?)[ ：:]?{_FIGURE}(?=[\n。；]|\Z)")
_QUOTED_LINE = re.compile(
    r"(?:(?<=\n)|\A)[一-鿿]{0,8}[ ：:]?[“「『]([一-鿿·]{2,16})[”」』](?![的是])(?=[^\n。]{0,60}(?:\n|\Z))"
)


def _lines(context: Context) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """Lines of one name each that follow each other, with the line above them."""
    for line in (_LINE, _COUNTED_LINE, _QUOTED_LINE):
        run: list[re.Match[str]] = []
        for match in line.finditer(context.text, max(context.body_start - 1, 0)):
            if run and "\n" in context.text[run[-1].end() : match.start()].partition("\n")[2].rstrip("\n"):
                yield from _run(context.text, run)
                run = []
            run.append(match)
        yield from _run(context.text, run)


def _run(text: str, lines: list[re.Match[str]]) -> Iterator[tuple[str, tuple[Item, ...]]]:
    if len(lines) >= MIN_LINES:
        yield _line_above(text, lines[0].start()), tuple((line.start(1), line[1]) for line in lines)


def _line_above(text: str, start: int) -> str:
    """The last line with words above character `start`."""
    return text[:start].rstrip("\n")[-BEFORE:].rpartition("\n")[2]


def _columns(context: Context) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """The names in each column of rows that have as many cells, with the name of the column or the line above."""
    rows: list[list[Item]] = []
    for row in (*_rows(context), []):
        if rows and len(row) != len(rows[0]):
            yield from _columns_of(context.text, rows)
            rows = []
        if row:
            rows.append(row)


def _rows(context: Context) -> Iterator[list[Item]]:
    """The cells of each line, none for one that is no row."""
    at = 0
    for line in context.text.split("\n"):
        row = [] if len(line) > MAX_ROW or "。" in line else _unnumbered(cells(line))
        if line.strip():
            yield [(at + cell.start, cell.text) for cell in row] if 1 < len(row) <= MAX_CELLS else []
        at += len(line) + 1


def _unnumbered(row: list[TableCell]) -> list[TableCell]:
    """The cells of a row without its number, which may be a cell or stand glued to the first one."""
    match = _NUMBER.match(row[0].text) if row else None
    if match is None or not row:
        return row
    first = TableCell(row[0].start + match.end(), row[0].text[match.end() :])
    return [first, *row[1:]] if first.text else row[1:]


_NUMBER = re.compile("[0-9]{1,3}[.、．]?(?![0-9月年日万千百个人家元%])")


def _columns_of(text: str, rows: Sequence[Sequence[Item]]) -> Iterator[tuple[str, tuple[Item, ...]]]:
    columns = words("triggers", "columns")
    for column in zip(*rows, strict=True):
        name = column[0][1]
        headed = name in columns or _head().search(name) is not None
        cells_below = column[1:] if headed else column
        named = ((at, _CELL.fullmatch(cell)) for at, cell in cells_below)
        items = tuple((at + match.start(1), match[1]) for at, match in named if match and match[1] not in columns)
        if len(items) >= MIN_ROWS and 2 * len(items) >= len(cells_below):
            yield name if headed else _line_above(text, rows[0][0][0]), items


# A cell that holds a name, with quotes around it and a place or a remark in brackets behind it.
_CELL = re.compile("[“「『]?([一-鿿·A-Za-z0-9]{2,16})[”」』]?(?:（[^（）]{1,16}）)?")


def laid_out_by_rules(context: Context, mentions: Sequence[BrandMention]) -> Iterator[FoundList]:
    """The lists whose rows the rules took, each at its place; their head promises brands."""
    run: list[BrandMention] = []
    for mention in sorted(mentions, key=lambda mention: mention.start):
        if mention.rule != LISTED:
            continue
        if run and mention.start - run[-1].end > GAP:
            yield from _ruled(context, run)
            run = []
        run.append(mention)
    yield from _ruled(context, run)


def _ruled(context: Context, run: Sequence[BrandMention]) -> Iterator[FoundList]:
    if len(run) > 1:
        items = tuple((mention.start, mention.name) for mention in run)
        frame = frame_of(context.text, items, head=_line_above(context.text, run[0].start))
        yield FoundList(items, replace(frame, after_brands=True))


# --- what the frame says ----------------------------------------------------------------------------------------------


def frame_of(text: str, items: Sequence[Item], *, head: str | None = None) -> Frame:
    """The frame of a list; `head` is what stands above one that is laid out."""
    start, end = items[0][0], items[-1][0] + len(items[-1][1])
    before = text[max(start - ABOVE, 0) : start].rstrip(_MARKS)
    after = text[end : end + AFTER].split("\n", 1)[0].lstrip(_MARKS)
    told = before[-BEFORE:].rpartition("\n")[2] if head is None else head
    then_other = _other().match(after) is not None
    lengths = [len(name) for _, name in items]
    return Frame(
        counts=_counts(told, after, len(items)),
        then_brands=not then_other and _then_brands().match(after) is not None,
        are_brands=_are_brands().match(after) is not None,
        after_brands=_after_brands().search(told) is not None
        or (head is not None and _head().search(told) is not None),
        led_in=told.endswith(("：", ":")) and _loose().search(before) is not None,
        near_brands=_NEAR.match(text, end) is not None,
        then_other=then_other,
        of_trades=_trades_before().search(told) is not None or _trades_after().match(after) is not None,
        laid_out=head is not None,
        parallel=max(lengths) - min(lengths) <= SPREAD,
    )


@cache
def _loose() -> re.Pattern[str]:
    return re.compile(alternation(words("triggers", "loose"), words("triggers", "brand")))


_MARKS = '“”‘’「」『』" '
_NEAR = re.compile("[^。；\n]{0,14}品牌")


@cache
def _count() -> re.Pattern[str]:
    return re.compile("([0-9]{1,3}|[一二三四五六七八九十两]{1,3})[个大家张块支]")


def _counts(before: str, after: str, size: int) -> bool:
    """Whether a number right before or after a list is that of its items."""
    return any(value_of(match[1]) == size for part in (before[-30:], after[:16]) for match in _count().finditer(part))


@cache
def _then_brands() -> re.Pattern[str]:
    brand, measures = alternation(words("triggers", "brand")), alternation(words("triggers", "measures"))
    return re.compile(f"(?!{makes_brand()})(?:等|这)?[^，。；：、“”（）的是成为]{{0,10}}(?:{brand})(?!{measures})")


@cache
def _are_brands() -> re.Pattern[str]:
    brand, measures = alternation(words("triggers", "brand")), alternation(words("triggers", "measures"))
    became = alternation(words("triggers", "became"))
    return re.compile(f"等?[^，。；：、“”]{{0,6}}?(?:{became})[^。；：、“”]{{0,16}}(?:{brand})(?!{measures})")


@cache
def _after_brands() -> re.Pattern[str]:
    brand = alternation(words("triggers", "brand"))
    return re.compile(f"(?:{brand})[^，。；“”]{{0,8}}(?:有|包括|如|是|为|：|:|即|——|-|（)$")


@cache
def _head() -> re.Pattern[str]:
    return re.compile(alternation(words("triggers", "brand"), words("triggers", "name_columns"), ("品牌名单",)))


@cache
def _trades_before() -> re.Pattern[str]:
    return re.compile(
        f"(?:{alternation(words('triggers', 'trade_kinds'))})[^。；，“”]{{0,6}}(?:有|是|为|包括|含|设|如|：|:|——|（)$"
    )


@cache
def _trades_after() -> re.Pattern[str]:
    kinds = alternation(words("triggers", "trade_kinds"))
    counted = f"[0-9一二三四五六七八九十两几多]+[个大类]?(?:{kinds}|项)"
    return re.compile(f"等?[，这]?(?:一共|共计?)?(?:{counted}|{kinds})")


@cache
def _other() -> re.Pattern[str]:
    other, foreign = alternation(words("triggers", "after_other")), alternation(words("triggers", "foreign"))
    things = alternation(words("triggers", "things"))
    return re.compile(
        f"等?[的这]?[一二三四五六七八九十两0-9]*[大项个]?(?:[^，。；、]{{0,4}}?(?:{things})|{other}|(?:{foreign})品牌)"
    )
