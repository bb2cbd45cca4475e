"""The catalogue: sources, regions, and the facts that people review.

source          pages as delivered, their articles, and the evidence in them
region          administrative divisions
bounds          between which days what is told can have been printed or counted
brand, program, statistic       the facts; review: what they have in common
proposal        values beside those that stand
correction      what readers report
synonym         words that search takes for one another
standing_rule   what staff told the extraction once and for all
audit           change sets, and the changes of rows that triggers write
redirect        where the address of a brand or program leads that has no row any more
card            the read model of lists
search_document the texts that search looks through
data_version    the version of the public data
derived, collation              fields that follow from others; text that both databases compare alike
"""

from brands.models.audit import Change, ChangeSet, CurrentChangeSet, Seal
from brands.models.brand import Brand, BrandAlias, BrandDetail
from brands.models.card import Card, CardFigure, CardLink
from brands.models.correction import Correction
from brands.models.data_version import DataVersion
from brands.models.program import Program
from brands.models.proposal import Proposal
from brands.models.redirect import ProgramRedirect, Redirect
from brands.models.region import Region, RegionName
from brands.models.review import Reviewed
from brands.models.search_document import DocumentKind, SearchDocument
from brands.models.source import Article, Evidence, HiddenSource, Page
from brands.models.standing_rule import StandingRule
from brands.models.statistic import Statistic
from brands.models.synonym import Synonym

__all__ = [
    "Article",
    "Brand",
    "BrandAlias",
    "BrandDetail",
    "Card",
    "CardFigure",
    "CardLink",
    "Change",
    "ChangeSet",
    "Correction",
    "CurrentChangeSet",
    "DataVersion",
    "DocumentKind",
    "Evidence",
    "HiddenSource",
    "Page",
    "Program",
    "ProgramRedirect",
    "Proposal",
    "Redirect",
    "Region",
    "RegionName",
    "Reviewed",
    "Seal",
    "SearchDocument",
    "StandingRule",
    "Statistic",
    "Synonym",
]
