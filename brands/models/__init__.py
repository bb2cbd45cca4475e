"""The catalogue: sources, regions, and the facts that people review."""

from brands.models.audit import Change, ChangeSet, CurrentChangeSet
from brands.models.brand import Brand, BrandAlias
from brands.models.card import Card, CardLink
from brands.models.correction import Correction
from brands.models.data_version import DataVersion
from brands.models.program import Program
from brands.models.proposal import Proposal
from brands.models.redirect import Redirect
from brands.models.region import Region, RegionName
from brands.models.review import Reviewed
from brands.models.search_document import DocumentKind, SearchDocument
from brands.models.source import Article, Evidence, Page
from brands.models.statistic import Statistic
from brands.models.synonym import Synonym

__all__ = [
    "Article",
    "Brand",
    "BrandAlias",
    "Card",
    "CardLink",
    "Change",
    "ChangeSet",
    "Correction",
    "CurrentChangeSet",
    "DataVersion",
    "DocumentKind",
    "Evidence",
    "Page",
    "Program",
    "Proposal",
    "Redirect",
    "Region",
    "RegionName",
    "Reviewed",
    "SearchDocument",
    "Statistic",
    "Synonym",
]
