"""The lists of the pages as records: which rows each reads, and what makes records of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.http import HttpRequest

from brands.api import records
from brands.listing import ArticleList, BrandList, Listing, ProgramList, StatisticList
from brands.models import Card
from brands.models.source import ArticleQuerySet
from brands.models.statistic import SUBJECTS


@dataclass(frozen=True, slots=True)
class RecordList:
    """A list, its rows with what their records read, what makes records of some of them, and what makes the same
    without their sentences, where they have some."""

    listing: type[Listing]
    rows: Callable[[], Any]
    made: Callable[[HttpRequest, Sequence[Any]], Sequence[records.Record]]
    bare: Callable[[HttpRequest, Sequence[Any]], Sequence[records.Record]] | None = None


LISTS = {
    "brands": RecordList(BrandList, lambda: Card.objects.values(*records.CARD_COLUMNS), records.brands),
    "statistics": RecordList(
        StatisticList,
        lambda: StatisticList.all_rows().select_related(*SUBJECTS),
        records.statistics,
        partial(records.statistics, quoted=False),
    ),
    "programs": RecordList(
        ProgramList,
        lambda: ProgramList.all_rows().select_related("place"),
        records.programs,
        partial(records.programs, quoted=False),
    ),
    "articles": RecordList(
        ArticleList, lambda: cast("ArticleQuerySet", ArticleList.all_rows()).without_text(), records.articles
    ),
}
