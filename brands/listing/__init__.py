"""From a query string to validated choices, to rows and counts, and to words that say what was chosen.

One :class:`Listing` serves a page, its facets and the API. What an address says that we don't know is told and
otherwise ignored: a stale link still shows a list.
"""

from brands.listing.brands import BrandList
from brands.listing.fields import MAX_VALUES, SHOWN, UNKNOWN, not_known
from brands.listing.filters import RegionFilter, YearFilter
from brands.listing.listing import Chip, Listing, Range
from brands.listing.others import ArticleList, ProgramList, StatisticList

__all__ = [
    "MAX_VALUES",
    "SHOWN",
    "UNKNOWN",
    "ArticleList",
    "BrandList",
    "Chip",
    "Listing",
    "ProgramList",
    "Range",
    "RegionFilter",
    "StatisticList",
    "YearFilter",
    "not_known",
]
