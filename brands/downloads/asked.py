"""Which file is asked for: the list, what is chosen of it, the form; or why there is none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from brands.downloads.chosen import ChosenRecords
from brands.downloads.tables import SOURCES, TABLES, DownloadColumn, DownloadTable

# Rows of a list that XLSX is made of: it is whole before the first byte is sent, and a spreadsheet takes no more than
# 1,048,576 lines of sentences.
MOST_IN_XLSX = 50_000

# Characters of a file's name that say what is chosen.
MAX_SAYING = 60


class NoFileError(Exception):
    """There is no such file; `told` says why, a line for each parameter."""

    def __init__(self, told: Sequence[str]) -> None:
        super().__init__("\n".join(told))
        self.told = told


@dataclass(frozen=True, slots=True)
class AskedFile:
    """A file of a list. `sentences`: a line a sentence, of CSV. `mark`: CSV begins with the mark by which Excel knows
    UTF-8."""

    table: DownloadTable
    chosen: ChosenRecords
    ending: str
    sentences: bool
    mark: bool

    @property
    def name(self) -> str:
        """劳务品牌-山西-养老护理-2026-11-29.csv"""
        saying = "".join(c if c.isalnum() else "-" for c in self.chosen.saying())[:MAX_SAYING]
        parts = [str(self.table.title), *(part for part in saying.split("-") if part)]
        parts += [gettext("原句")] if self.sentences else []
        return f"{'-'.join([*parts, timezone.localdate().isoformat()])}.{self.ending}"

    @property
    def told_columns(self) -> tuple[DownloadColumn, ...]:
        """The columns of the file, each once."""
        return (*self.table.columns, *SOURCES) if self.table.proofs else self.table.columns


def asked_file(kind: str, ending: str, given: QueryDict, path: str = "") -> AskedFile:
    """What the parameters of a list, and `rows` and `bom` beside them, ask for: ``rows=sentences``: a line a sentence,
    of CSV; ``bom=0``: without the mark. `kind` as in `TABLES`. NoFileError for what can't be followed: a file must not
    hold other rows than were asked for."""
    table = TABLES[kind]
    given = given.copy()
    rows, mark = (given.pop(name, [""])[-1] for name in ("rows", "bom"))
    chosen = table.chosen(given, path)
    told = [*chosen.refusals(), *_wrong(table, ending, rows, mark)]
    if not told and ending == "xlsx" and chosen.total() > MOST_IN_XLSX:
        told.append(gettext("XLSX 最多 %d 行，请先筛选，或者下载 CSV。") % MOST_IN_XLSX)
    if told:
        raise NoFileError(told)
    return AskedFile(table, chosen, ending, bool(rows), mark != "0")


def _wrong(table: DownloadTable, ending: str, rows: str, mark: str) -> Iterator[str]:
    if rows not in {"", "sentences"} or (rows and (ending != "csv" or table.proofs is None)):
        yield gettext("参数 rows：只有品牌、数据、政策与活动的 CSV 可以按原句（sentences）导出。")
    if mark not in {"", "0", "1"}:
        yield gettext("参数 bom：只能是 0 或 1。")
