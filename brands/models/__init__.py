"""The catalogue: sources, regions, and the facts that people review."""

from brands.models.audit import Batch, Change, CurrentBatch
from brands.models.brand import Brand, BrandAlias
from brands.models.card import Card, CardLink, Tally
from brands.models.correction import Correction
from brands.models.data_version import DataVersion
from brands.models.program import Program
from brands.models.proposal import Proposal
from brands.models.redirect import Forwarding
from brands.models.region import Region, RegionName
from brands.models.review import Reviewed
from brands.models.search_document import DocumentKind, SearchDocument
from brands.models.source import Article, Evidence, Page
from brands.models.statistic import Statistic
from brands.models.synonym import Synonym

__all__ = [
    "Article",
    "Batch",
    "Brand",
    "BrandAlias",
    "Card",
    "CardLink",
    "Change",
    "Correction",
    "CurrentBatch",
    "DataVersion",
    "DocumentKind",
    "Evidence",
    "Forwarding",
    "Page",
    "Program",
    "Proposal",
    "Region",
    "RegionName",
    "Reviewed",
    "SearchDocument",
    "Statistic",
    "Synonym",
    "Tally",
]
