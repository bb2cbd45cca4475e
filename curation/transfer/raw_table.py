"""A table as a file has it: lines of cells with their numbers, before anybody asks what its columns mean."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext

# Most rows of a file: as many changes as one click takes back.
MAX_ROWS = 10_000

MAX_COLUMNS = 40

# Lines that are looked through, empty ones among them.
MAX_LINES = 100_000

# Lines with something in them that may stand above the names of the columns: a title, who issued it, when.
MAX_ABOVE = 10


class RefusedFileError(Exception):
    """Why the file can't be read, in the active language."""


@dataclass(slots=True)
class RawTable:
    """Lines with a word in them, each with the number that it has in a spreadsheet. `format` and `encoding` say how
    they were read, `notes` what of the file was passed over, `faults` what is wrong with a cell, by line and column
    (counted from 0), and `merged` names the ranges of merged cells."""

    rows: list[tuple[int, list[str]]]
    format: str
    encoding: str = ""
    notes: list[str] = field(default_factory=list)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)


def collected(lines: Iterable[list[str]], format: str, encoding: str = "") -> RawTable:  # noqa: A002
    """The lines with a word in them. RefusedFileError where there are too many."""
    rows: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(lines, 1):
        if number > MAX_LINES or len(rows) > MAX_ROWS + MAX_ABOVE:
            raise too_many_rows()
        if any(cell.strip() for cell in cells):
            rows.append((number, cells))
    return RawTable(rows, format, encoding)


def too_many_rows() -> RefusedFileError:
    return RefusedFileError(gettext("超过 %s 行，请拆成几个文件。") % f"{MAX_ROWS:,}")
