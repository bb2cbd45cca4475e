"""Tables as they are pasted: the cells of a line, the columns that a head names, and those of a table without one."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from curation.lists import pieces
from curation.lists.rows import CELLS
from curation.transfer.headings import WORDS_OF, plain_heading

# Which column says what: the header of the table of brands by the place of the cell.
Columns = dict[int, str]

# Characters of a line; a longer one is read as prose, in which only quotes and long runs are names.
LONGEST_LINE = 200

_CELL = re.compile(r"[ \u3000]*\t[ \u3000]*|[ \u3000]*[|｜][ \u3000]*|[ ]{2,}|\u3000+")
_SURE_CELL = re.compile("[\t|｜]")
_CITED = re.compile('"([^"]*)"')
_TOTAL = re.compile("(?:合计|总计|小计|共计|累计)[:：]?")

# Headings of columns of which several together say a place.
_PLACES = re.compile(
    "(?:所在|所属)?(?:省份?|市|州|盟|市州|州市|盟市|地市|设区市|[市旗]?县市?区?|区县市?|旗县|市区|乡镇)"
)
_NAMES = re.compile("(?:品牌(?:项目)?(?:名称|名)|(?<!非)劳务品牌|项目名称)$")


def cells_of(line: str) -> list[str]:
    """The cells of a line. One that spreadsheets put in quotes, for its line ends, is without them."""
    cells = (cell.strip() for cell in _CELL.split(line.strip("\r\n|｜")))
    return [cited[1] if (cited := _CITED.fullmatch(cell)) and "\n" in cell else cell for cell in cells]


def block(lines: Sequence[str], at: int) -> list[list[str]]:
    """The lines from here on that are cells of a table, with at least two cells each."""
    found = []
    for line in lines[at:]:
        cells = cells_of(line)
        is_prose = "。" in line[: LONGEST_LINE // 2] and not _SURE_CELL.search(line)
        if len(cells) < 2 or len(line) > LONGEST_LINE * 5 or is_prose:
            break
        found.append(cells)
    return found


def is_total(cells: Sequence[str]) -> bool:
    return any(_TOTAL.fullmatch("".join(cell.split())) for cell in cells[:3])


def heads_of(cells: Sequence[str]) -> list[Columns]:
    """The columns that a line names, if it is a head, with a name among them: one group of columns, or as many as it
    repeats side by side."""
    groups: list[Columns] = [{}]
    seen: set[str] = set()
    for at, cell in enumerate(cells):
        heading = plain_heading(cell)
        header = _header(heading)
        is_again = heading in seen or header == "name"
        if heading and is_again and "name" in groups[-1].values():
            groups.append({})
            seen.clear()
        seen.add(heading)
        if header:
            groups[-1][at] = header
    return _shared([group for group in groups if "name" in group.values()])


def is_column(text: str) -> bool:
    """Whether a line is the name of a column alone, as a table of the web leaves it."""
    return len(text) < 8 and plain_heading(text) in _known()


@cache
def _known() -> dict[str, str]:
    return {word: header for header, words in WORDS_OF["brand"].items() if header in CELLS for word in words.split()}


def _header(heading: str) -> str:
    if header := _known().get(heading, ""):
        return header
    if _PLACES.fullmatch(heading):
        return "region"
    return "name" if len(heading) < 16 and _NAMES.search(heading) else ""


def _shared(groups: list[Columns]) -> list[Columns]:
    """Groups of a name alone say besides what the first group says."""
    first = {at: header for at, header in groups[0].items() if header != "name"} if groups else {}
    return [group if len(group) > 1 else {**first, **group} for group in groups]


def guessed(lines: Sequence[Sequence[str]]) -> list[Columns]:
    """The columns of a table without a head, by what most of their cells are: a group for each column of names."""
    found: Columns = {}
    names: dict[int, int] = {}
    sure: list[int] = []
    for at in range(max(map(len, lines))):
        cells = [cells[at] for cells in lines if at < len(cells) and cells[at]]
        if not cells:
            continue
        kind = next((header for header, test in _TESTS if 2 * sum(map(test, cells)) > len(cells)), "")
        looks = sum(map(_has_names, cells))
        if kind in {"region", "count"} or (kind and kind not in found.values()):
            found[at] = kind
        elif not kind:
            names[at] = sum(bool(pieces.names_said(cell)) for cell in cells) + 2 * looks
            if 2 * looks >= len(cells):
                sure.append(at)
    if not names:
        return [found]
    best = max(names, key=lambda at: (names[at], -at))
    return _shared([{**found, best: "name"}, *({at: "name"} for at in sure if at != best)])


def _has_names(cell: str) -> bool:
    parts = pieces.names_said(cell)
    return bool(parts) and (pieces.is_quoted(cell) or all(map(pieces.looks_like_one, parts)))


_TESTS = (
    ("count", pieces.counts),
    ("region", pieces.place_said),
    ("level", lambda cell: bool(pieces.level_said(cell))),
    ("recognised_year", lambda cell: bool(pieces.year_said(cell))),
    ("industry", lambda cell: bool(pieces.trade_said(cell))),
    ("figure", pieces.is_figure),
    ("organisation", pieces.is_office),
    ("batch", lambda cell: bool(pieces.batch_said(cell)) and len(cell) < 8),
)


def whole_lines(text: str) -> Iterator[str]:
    """The lines of a text. A cell that goes on below, in quotes as spreadsheets copy it or without as Word does, is one
    line with its line ends in it."""
    width = 0
    pending: list[str] = []
    lines = text.split("\n")
    for at, line in enumerate(lines):
        pending.append(line)
        joined = "\n".join(pending)
        if len(pending) <= _DEEPEST and (_is_open(joined) or _goes_on(joined, lines, at, width)):
            continue
        yield joined
        pending.clear()
        cells = cells_of(joined)
        width = len(cells) if heads_of(cells) else width
    yield from pending


# Lines of one cell.
_DEEPEST = 8

_BEGINS = re.compile(r'(?:^|\t)"(?=[^"\t]*$)')


def _is_open(line: str) -> bool:
    """Whether a cell in quotes begins in the line and does not end in it."""
    return "\t" in line and line.count('"') % 2 == 1 and _BEGINS.search(line) is not None


def _goes_on(line: str, lines: Sequence[str], at: int, width: int) -> bool:
    """Whether the line has fewer cells than its head, and exactly those that are missing follow."""
    have = len(cells_of(line))
    if not (width > have and "\t" in line and at + 1 < len(lines) and lines[at + 1].strip()):
        return False
    below = cells_of(lines[at + 1])
    return have + len(below) - 1 == width and not pieces.counts(below[0]) and bool(below[0])
