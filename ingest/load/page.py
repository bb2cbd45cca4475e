"""All that loading a page does, in order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.db import connection, transaction

from brands.listing import sync
from brands.models import Page
from ingest.load.articles import corrections, delete_empty, load_articles, load_page_row
from ingest.load.brands import load_brands
from ingest.load.changes import Action, ChangeLog, RowChange, count
from ingest.load.details import load_details
from ingest.load.earlier import EarlierEvidence
from ingest.load.evidence import Finding, delete_unfounded, load_evidence, refresh_confidence
from ingest.load.links import load_links
from ingest.load.pairs import Entity
from ingest.load.programs import load_programs
from ingest.load.proposals import load_proposals, opinions_of
from ingest.load.reprints import is_copy, load_reprints
from ingest.load.standing_rules import in_force, present, ruled
from ingest.load.statistics import load_statistics
from ingest.pipeline import extract_page
from ingest.records import PageFacts, Subject, SubjectType
from ingest.standing_rules import StandingRules

# Number of the advisory lock that loaders on PostgreSQL take. SQLite's IMMEDIATE transactions wait by themselves.
LOCK = 1_701_210_101

MAX_NAMES = 10_000
# Brands and programs, and statistics, that one page may have: SQLite takes 32,766 values in a statement. The longest
# list of labour brands ever printed has 3,000 names.
MAX_STATISTICS = 10_000


class Status(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a page did."""

    name: str
    status: Status
    changes: tuple[RowChange, ...] = ()

    def counts(self) -> Counter[tuple[str, Action]]:
        """How many rows of each model were created, updated and deleted."""
        return count(self.changes)


def is_loaded(sha256: str, *, version: str) -> bool:
    """Whether this version of the extractor has read a page of these bytes, by the rules that count, so that loading it
    would change nothing."""
    return Page.objects.filter(sha256=sha256, extractor=present(version)).exists()


def load_page(facts: PageFacts, *, version: str, again: bool = False, numbers_wait: bool = False) -> Loaded:
    """Write what a page says, in one transaction. The same bytes are one page, and so are files whose texts differ in
    nothing but widths, marks and line ends; a page that this version of the extractor has read is left as it is, unless
    it is to be read `again`. Where people corrected articles of the page, or keep rules that touch it, and the facts
    don't know it, it is read anew. The page is marked with the version and with the rules that count.

    `numbers_wait` is whether the numbers of a page that is new wait for review; one that is known keeps what it has,
    since staff may have decided on it.

    What a person confirmed, changed or rejected is not touched, but may gain evidence. What no page bears out any more
    and no person touched is deleted. ValueError for more facts than a page can have, and for a statistic whose subject
    the page does not have.
    """
    _check(facts)
    with transaction.atomic(), sync.gathered():
        _wait_for_other_loaders()
        stored = Page.objects.filter(sha256=facts.page.sha256).first()
        rules = in_force()
        version = rules.stamp(version)
        if stored is not None and stored.extractor == version and not again:
            return Loaded(facts.page.name, Status.UNCHANGED)
        if stored is None and is_copy(facts.page, facts.articles):
            return Loaded(facts.page.name, Status.UNCHANGED)
        facts = _as_told(facts, stored, rules)
        journal = ChangeLog()
        page = load_page_row(facts.page, stored, journal, version=version, numbers_wait=numbers_wait)
        _load_facts(facts, page, journal, version)
    status = Status.NEW if stored is None else Status.CHANGED if journal.changes else Status.UNCHANGED
    return Loaded(facts.page.name, status, tuple(journal.changes))


def _as_told(facts: PageFacts, stored: Page | None, rules: StandingRules) -> PageFacts:
    """The facts of the page with what people said of its articles, and by the rules that touch it."""
    page = replace(facts.page, corrected=facts.page.corrected if stored is None else corrections(stored))
    page = replace(page, rules=ruled(page, rules))
    return facts if page == facts.page else extract_page(page)


def _check(facts: PageFacts) -> None:
    names = sum(1 + len(one.aliases) for found in (facts.brands, facts.doubtful, facts.programs) for one in found)
    if names > MAX_NAMES:
        raise ValueError(f"{names} names of brands and programs on one page, the limit is {MAX_NAMES}")
    if len(facts.statistics) > MAX_STATISTICS:
        raise ValueError(f"{len(facts.statistics)} statistics on one page, the limit is {MAX_STATISTICS}")


def _load_facts(facts: PageFacts, page: Page, journal: ChangeLog, version: str) -> None:
    earlier = EarlierEvidence.on(page, new=journal.is_new(page))
    articles = load_articles(page, facts.articles, journal)
    brands = load_brands((*facts.brands, *facts.doubtful), earlier, journal)
    programs = load_programs(facts.programs, earlier, journal)
    subjects = _subjects(facts)
    subjects |= _rows(SubjectType.BRAND, brands) | _rows(SubjectType.PROGRAM, programs)
    statistics = load_statistics(facts.statistics, subjects, earlier, journal)
    findings = [Finding(brand.row, brand.found.quotes) for brand in brands] + load_details(brands, journal)
    findings += [Finding(program.row, program.found.quotes) for program in programs]
    findings += [Finding(statistic.row, statistic.found.quotes) for statistic in statistics]
    lost = load_evidence(findings, articles, earlier, journal, version=version)
    refresh_confidence([finding.row for finding in findings], journal)
    delete_unfounded(lost, journal)
    delete_empty(articles.values(), journal)
    load_links(programs, brands, journal)
    load_proposals(opinions_of(brands, programs, statistics), page, articles, journal, version=version)
    load_reprints((article for article in articles.values() if article.pk), journal)


def _subjects(facts: PageFacts) -> dict[Subject, int | str | None]:
    """All brands and programs that statistics of the page may speak of, none of them with a row yet."""
    kinds: dict[SubjectType, Sequence[Entity]] = {
        SubjectType.BRAND: facts.brands,
        SubjectType.PROGRAM: facts.programs,
    }
    names = ((kind, name) for kind, found in kinds.items() for one in found for name in (one.name, *one.aliases))
    return {Subject(kind, name): None for kind, name in names}


def _rows(kind: SubjectType, pairs: Iterable[Any]) -> dict[Subject, int | str | None]:
    """The rows by names and, where no name is the same, by other names; of two with one name, the first."""
    found: dict[Subject, int | str | None] = {}
    for pair in pairs:
        found.setdefault(Subject(kind, pair.found.name), pair.row.pk)
    for pair in pairs:
        for alias in pair.found.aliases:
            found.setdefault(Subject(kind, alias), pair.row.pk)
    return found


def _wait_for_other_loaders() -> None:
    """Two loaders at once could both find a name missing and both create it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
