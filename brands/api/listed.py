"""The lists of the pages as records: which columns of its rows each reads, and what makes records of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from brands.api import records
from brands.api.pieces import Record
from brands.listing import ArticleList, BrandList, Listing, ProgramList, StatisticList


@dataclass(frozen=True, slots=True)
class RecordList:
    """A list, the columns that its records read, what makes records of some rows, and what makes the same without their
    sentences, where they have some."""

    listing: type[Listing]
    columns: tuple[str, ...]
    made: Callable[[HttpRequest, Sequence[Any]], Sequence[Record]]
    bare: Callable[[HttpRequest, Sequence[Any]], Sequence[Record]] | None = None

    def rows(self) -> QuerySet[Any]:
        """All of its rows, each with these columns."""
        return _rows(self.columns).all()


@cache
def _rows(columns: tuple[str, ...]) -> QuerySet[Any]:
    """Said once: Django takes longer to say which rows are public than the database to read some. Nobody may read it,
    as it would keep what it read."""
    listing = next(one.listing for one in LISTS.values() if one.columns == columns)
    rows: QuerySet[Any] = listing.all_rows().values(*columns)
    return rows


LISTS = {
    "brands": RecordList(BrandList, records.CARD_COLUMNS, records.brands),
    "statistics": RecordList(
        StatisticList, records.STATISTIC_COLUMNS, records.statistics, partial(records.statistics, quoted=False)
    ),
    "programs": RecordList(
        ProgramList, records.PROGRAM_COLUMNS, records.programs, partial(records.programs, quoted=False)
    ),
    "articles": RecordList(ArticleList, records.ARTICLE_COLUMNS, records.articles),
}
