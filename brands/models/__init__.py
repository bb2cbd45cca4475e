"""The catalogue: sources, regions, and the facts that people review."""

from brands.models.brand import Brand, BrandAlias
from brands.models.card import Card, CardLink, Tally
from brands.models.correction import Correction
from brands.models.forwarding import Forwarding
from brands.models.ledger import Batch, Change, CurrentBatch
from brands.models.program import Program
from brands.models.proposal import Proposal
from brands.models.region import Region, RegionName
from brands.models.review import Reviewed
from brands.models.search import Kind, SearchDocument
from brands.models.source import Article, Evidence, Page
from brands.models.statistic import Statistic
from brands.models.synonym import Synonym
from brands.models.version import DataVersion

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
    "Evidence",
    "Forwarding",
    "Kind",
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
