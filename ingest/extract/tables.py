"""Tables as they stand in a text: a line of column names, below it rows of cells parted by blanks or bars."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from brands.vocabulary.choices import Metric
from ingest.lexicon import table, words
from ingest.name_shapes import alternation
from ingest.numerals import Number, find_numbers
from ingest.table_cells import MAX_COLUMN, MAX_COLUMNS, MAX_LINE, cells


@dataclass(frozen=True, slots=True)
class CountedColumn:
    """A column that counts something: what, and in what (万人, 元) where its name says so."""

    metric: Metric
    unit: str
    period: str


@dataclass(frozen=True, slots=True)
class TableHead:
    """The columns of a table: how many, at which the names stand, which of them count something, and which (`away`) say
    where people work and not where a thing is at home."""

    size: int
    name: int
    figures: tuple[tuple[int, CountedColumn], ...]
    away: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TableNumber:
    """A number in a cell: of what, at which place of the text, in which row."""

    number: Number
    column: CountedColumn
    row: tuple[int, int]
    head: int


def head_of(line: str) -> TableHead | None:
    """The columns that a line names, None where it is no head of a table."""
    return _head_of(line) if len(line) <= MAX_LINE else None


@lru_cache(maxsize=1024)
def _head_of(line: str) -> TableHead | None:
    names = [cell.text for cell in cells(line)]
    if not 1 < len(names) <= MAX_COLUMNS or any(len(name) > MAX_COLUMN for name in names):
        return None
    plain = [_unit().sub("", name) for name in names]
    figures = tuple((at, column) for at, name in enumerate(names) if (column := _column(name)))
    counting = {at for at, _ in figures}
    known = [at for at, name in enumerate(plain) if at in counting or name in words("triggers", "columns")]
    named = [at for at in known if plain[at].endswith(words("triggers", "name_columns"))]
    if len(known) < 2 or 2 * len(known) < len(names) or not (named or plain[0] == "序号"):
        return None
    away = tuple(at for at, name in enumerate(plain) if name in words("table_fields", "destination"))
    return TableHead(len(names), named[0] if named else -1, figures, away)


@lru_cache(maxsize=1024)
def _figures_head(line: str) -> TableHead | None:
    """The columns of a table whose rows are brands, or else times or divisions (年度 培训人数 就业人数)."""
    if found := head_of(line):
        return found
    first, *others = [cell.text for cell in cells(line)] or [""]
    if first not in words("metrics", "rows", "words") or len(others) >= MAX_COLUMNS:
        return None
    figures = tuple((at, column) for at, name in enumerate(others, start=1) if (column := _column(name)))
    return TableHead(len(others) + 1, 0, figures) if figures and 2 * len(figures) >= len(others) else None


def figures_in(text: str) -> Iterator[TableNumber]:
    """The numbers of the tables of a text, in order, each with its column and row."""
    head: TableHead | None = None
    at = headed = 0
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        found = _figures_head(line) if len(line) <= MAX_LINE else None
        if found is not None:
            head, headed = found, start
        elif head is None or not line.strip():
            continue
        elif "。" in line or len(line) > MAX_LINE:
            head = None
        elif head.figures:
            yield from _figures(line, start, head, headed)


def _figures(line: str, start: int, head: TableHead, headed: int) -> Iterator[TableNumber]:
    row = cells(line)
    if len(row) != head.size:
        return
    for at, column in head.figures:
        cell = row[at]
        number = next(find_numbers(cell.text + column.unit), None) if _figure().fullmatch(cell.text) else None
        if number is not None and number.end >= len(cell.text):
            begin, end = start + cell.start, start + cell.start + len(cell.text)
            placed = replace(number, start=begin, end=end, digits=begin + number.digits)
            yield TableNumber(placed, column, (start, start + len(line)), headed)


def is_figure(cell: str) -> bool:
    """Whether a cell holds nothing but a number, hedged or with its unit: 52600, 约15万人, —."""
    return _figure().fullmatch(cell) is not None


@cache
def _figure() -> re.Pattern[str]:
    return re.compile(r"[约近超逾达]{0,2}[0-9][0-9,.]{0,15}[余多]?[十百千万亿]{0,2}[余多]?[一-鿿/]{0,4}%?|[-—/]+")


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(r"[（(][^（）()]*[）)]$")


def _column(name: str) -> CountedColumn | None:
    """What a column counts by its name, None for one of words."""
    plain = _unit().sub("", name)
    unit = name[len(plain) + 1 : -1].split("/", maxsplit=1)[0] if len(plain) < len(name) else ""
    metric = next((metric for metric, pattern in _counting() if pattern.search(plain)), None)
    if metric is None:
        return None
    return CountedColumn(metric, unit or _UNITS.get(metric, "家"), _period(name))


_UNITS = (
    dict.fromkeys((Metric.PER_CAPITA_INCOME, Metric.LABOUR_INCOME, Metric.OUTPUT_VALUE), "元")
    | dict.fromkeys((Metric.EMPLOYMENT, Metric.PLACEMENT, Metric.TRAINING), "人")
    | {Metric.EVENTS: "期"}
)


def _period(name: str) -> str:
    """How a wage is paid that a column gives."""
    return "元/月" if "月" in name else "元/年" if "年" in name else "元"


@cache
def _counting() -> tuple[tuple[Metric, re.Pattern[str]], ...]:
    """The words that tell what a column counts; the metric that the lexicon lists first wins (人均年收入)."""
    columns = table("metrics")["columns"].items()
    return tuple((Metric(metric), re.compile(alternation(tuple(found)))) for metric, found in columns)
