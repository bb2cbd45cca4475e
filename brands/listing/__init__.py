"""From a query string to validated choices, to rows and counts, and to words that say what was chosen.

One :class:`Listing` serves a page, its facets and the API. What an address says that we don't know is told and
otherwise ignored: a stale link still shows a list.

listing         what all lists have in common: what is chosen, the rows, their number, their order
brands, others  the lists themselves: each filter and facet is a line
filters         what a chosen value asks of the rows; fields: which values there are; form: which were refused
orders          ways to sort, and the columns of a table whose heads do it; keyset: rows from behind one of them
counts          how many rows have each value of each facet, by bitmaps
facets          the facets of a page, each value with its count and its address; regions: divisions as a tree
address         addresses of lists; pages: the pages of a list
tables          small tables that are worked out whole, sorted by their heads; provinces: such a table of provinces
trades          trades beside each other, and what one has; recognised: provinces by years of recognition
flow            from which province to which place people go to work
rows            cards as a list draws them, and rows of the table
read_model      the cards (`Card`, `CardLink`) made equal to the catalogue
own_sources     which sources of people's own are shown
sync            calls for all that, and for the search index, in the transaction that changes a row
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
