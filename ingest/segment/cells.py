"""Rows of tables that a page gives in pieces: a line for each cell, or a row that was broken inside a cell."""

from collections import Counter
from collections.abc import Iterator

from ingest.lexicon import words
from ingest.segment.blocks import Block, BlockKind
from ingest.text import MappedText

# A table with a line for each cell has at most so many columns; six were seen.
MAX_COLUMNS = 12
# Longest cell; a longer line is a paragraph.
MAX_CELL = 24
# So many rows with the same number of cells, so many at least, show how many a row of the table has.
MIN_TABLE = 3


def with_whole_rows(found: list[Block]) -> list[Block]:
    """The lines of a page, those that make up one row of a table as one block."""
    return list(_mended(list(_lined_up(found))))


def line_of(text: MappedText, block: Block) -> MappedText:
    """The text of a block as one line: cells that stood on lines of their own with blanks between."""
    whole = text.cut(block.start, block.end)
    if "\n" not in whole.text:
        return whole
    ends = [at for at, c in enumerate(whole.text) if c == "\n"]
    parts = [
        whole.cut(start, end) for start, end in zip([0, *(at + 1 for at in ends)], [*ends, len(whole)], strict=True)
    ]
    return MappedText.join([part for part in parts if part.text], glue="" if " " in parts[0].text else " ")


def _one(cells: list[Block], glue: str) -> Block:
    return Block(BlockKind.ROW, cells[0].start, cells[-1].end, glue.join(cell.shown for cell in cells))


# --- a line for each cell ---------------------------------------------------------------------------------------------


def _lined_up(found: list[Block]) -> Iterator[Block]:
    """序号 / 品牌名称 / 地区 / 1 / 云岭绣娘 / 青山县 / 2 / …: each row begins with its number."""
    at = 0
    while at < len(found):
        rows = _rows(found, at) if found[at].shown in words("page", "serial") else []
        if len(rows) > 2:
            yield from (_one(row, " ") for row in rows)
            at += sum(map(len, rows))
        else:
            yield found[at]
            at += 1


def _rows(found: list[Block], at: int) -> list[list[Block]]:
    """The head of the table that begins at a line and its rows, each as long as the head at most."""
    near = found[at : at + MAX_COLUMNS + 1]
    size = next((i for i, block in enumerate(near) if block.shown == "1"), 0)
    rows, at = [found[at : at + size]], at + size
    while size > 1 and at < len(found) and found[at].shown == str(len(rows)):
        row = list(_row(found, at, size, str(len(rows) + 1)))
        if any(len(cell.shown) > MAX_CELL for cell in row):
            break
        rows.append(row)
        at += len(row)
    return rows


def _row(found: list[Block], at: int, size: int, following: str) -> Iterator[Block]:
    for block in found[at : at + size]:
        if block.shown == following:
            return
        yield block


# --- a row broken inside a cell ---------------------------------------------------------------------------------------


def _mended(found: list[Block]) -> Iterator[Block]:
    """A numbered row that wants cells, and the line below that has just those and no number, are one."""
    sizes = [_size(block) if _is_numbered(block) else 0 for block in found]
    counts = Counter(size for size in sizes if size)
    size, times = counts.most_common(1)[0] if counts else (0, 0)
    if times < MIN_TABLE or size < MIN_TABLE or len(counts) == 1:
        yield from found
        return
    skip = False
    for at, block in enumerate(found):
        if skip:
            skip = False
            continue
        skip = 0 < sizes[at] < size and at + 1 < len(found) and not sizes[at + 1] and _ends(block, found[at + 1], size)
        yield _one([block, found[at + 1]], "") if skip else block


def _ends(block: Block, below: Block, size: int) -> bool:
    """Whether the line below has just the cells that a row wants, the broken one included."""
    return "。" not in below.shown and _size(block) + _size(below) - 1 == size


def _is_numbered(block: Block) -> bool:
    return block.shown[:1].isdigit() and block.shown.partition(" ")[0].isdigit()


def _size(block: Block) -> int:
    return block.shown.count(" ") + 1
