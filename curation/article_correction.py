"""Correcting an article: its title, paper, date, address, place, and whether it is about labour brands at all.

What follows from these follows: the page is read again with the corrected words, and what comes of it is shown before
it counts. What people decided stays, but for the dates and places that a fact has only from the article.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from brands.audit import describe
from brands.audit.change_sets import open_change_set, rehearse, within
from brands.audit.undo import net
from brands.listing.sync import gathered
from brands.models import Article, Brand, ChangeSet, Evidence, Page, Proposal, Redirect, Statistic
from brands.models.source import BY_HAND
from brands.models.statistic import is_dated
from brands.vocabulary.choices import ChangeSetKind, DateBasis, DatePrecision, ProposalState
from brands.vocabulary.dates import from_iso
from ingest.load.articles import correction, raw_page
from ingest.load.page import load_page
from ingest.pipeline import extract_page
from ingest.records import PageFacts
from ingest.version import extractor_version

# What is corrected of an article, in the order in which people meet it.
FIELDS = ("title", "publisher", "published_on", "url", "place", "relevant")

# What the reading of a page depends on; a title or an address is only told.
READ = frozenset({"title", "publisher", "published_on", "place", "relevant"})

# Why an article counts as it does, where a person said so.
REASONS = {True: "人工判定为有关", False: "人工判定为无关"}

# Rows whose changes nobody needs to see: places in the text, which extractor has read a page, what waits at an address.
SILENT = (Evidence, Page, Redirect)


@dataclass(frozen=True, slots=True)
class CorrectedHead:
    """What a person says of an article: the fields that differ, with their values; `facts` is what its page says then,
    None where that stays the same."""

    article: Article
    values: Mapping[str, Any]
    facts: PageFacts | None

    @classmethod
    def of(cls, article: Article, values: Mapping[str, Any]) -> "CorrectedHead":
        """Reads the page again where that may matter: here and now, since it was read within its time before."""
        differing = {name: value for name, value in values.items() if getattr(article, name) != value}
        is_read = article.page.extractor != BY_HAND and bool(READ & differing.keys())
        return cls(article, differing, _read(article, differing) if is_read else None)

    def rehearse(self) -> list[describe.Told]:
        """What the correction changes, the article first; nothing is written."""
        _none, changes = rehearse(self._write)
        silent = {model._meta.db_table for model in SILENT}
        nets = [one for one in net(changes) if one.table not in silent]
        nets.sort(key=lambda one: (one.table, one.row) != (Article._meta.db_table, str(self.article.pk)))
        return describe.tell(nets, foreseen=True)

    def apply(self, user: User, *, why: str) -> ChangeSet:
        with transaction.atomic():
            change_set = open_change_set(ChangeSetKind.EDIT, author=user, note=why)
            with within(change_set):
                self._write()
        return change_set

    def _write(self) -> None:
        with gathered():
            reason = {"reason": REASONS[self.values["relevant"]]} if "relevant" in self.values else {}
            row = Article.objects.select_for_update().get(pk=self.article.pk)
            row.correct(**self.values, **reason)
            if self.facts is not None:
                load_page(self.facts, version=extractor_version(), again=True)
                _follow_dates(row, self.facts)
                _follow_places(row, self.facts)


def _read(article: Article, values: Mapping[str, Any]) -> PageFacts:
    """What the page says once the article is corrected."""
    raw = raw_page(article.page)
    said = {name: getattr(article, name) for name in article.hand_set} | dict(values)
    reason = REASONS[values["relevant"]] if "relevant" in values else article.reason
    own = correction(article.order, said, reason=reason)
    others = [one for one in raw.corrected if one.order != article.order]
    corrected = sorted([*others, own], key=lambda one: one.order)
    return extract_page(replace(raw, corrected=tuple(corrected)))


def _follow_dates(article: Article, facts: PageFacts) -> None:
    """Numbers that nothing but the day of their papers dates have that of the earliest, as the article now says; not
    those whose date a person has set."""
    rows = _rows(Statistic, article)
    for fact in facts.statistics:
        row = next((rows[span] for quote in fact.quotes if (span := (quote.span.start, quote.span.end)) in rows), None)
        if row is None or is_dated(row) or "as_of" in row.hand_set or fact.as_of_basis is DateBasis.STATED:
            continue
        dates = [told for told in (from_iso(fact.as_of), *_months(row, article)) if told[0] is not None]
        as_of, precision = min(dates, default=(None, ""))
        if (row.as_of, row.as_of_precision) != (as_of, precision):
            row.as_of, row.as_of_precision = as_of, precision
            row.as_of_basis = DateBasis.PUBLISHED if as_of else ""
            row.save(update_fields=["as_of", "as_of_precision", "as_of_basis", "updated_at"])


def _months(row: Statistic, article: Article) -> Iterator[tuple[date | None, str]]:
    """The months in which other articles gave the number."""
    others = Article.objects.filter(evidence__statistic=row, evidence__field="").exclude(pk=article.pk)
    for day in others.values_list("published_on", flat=True):
        if day is not None:
            yield day.replace(day=1), DatePrecision.MONTH.value


def _follow_places(article: Article, facts: PageFacts) -> None:
    """Brands that people confirmed, whose place was only concluded, have the one that is concluded now."""
    rows = _rows(Brand, article)
    for fact in facts.brands:
        row = next((rows[span] for quote in fact.quotes if (span := (quote.span.start, quote.span.end)) in rows), None)
        if row is None or row.machine_may_write or "region" in row.hand_set:
            continue
        if row.region_id is not None and "region" not in row.inferred:
            continue  # a text says so
        if "region" not in fact.inferred or (row.region_id or "") == fact.region:
            continue
        row.region_id = fact.region or None
        row.inferred = sorted({*row.inferred, "region"} if fact.region else set(row.inferred) - {"region"})
        try:
            row.validate_constraints()
        except ValidationError:
            continue  # another of that name is there already: the proposal stays, for somebody to decide
        row.save(update_fields=["region", "inferred", "updated_at"])
        Proposal.objects.filter(
            brand=row, field="region", value=fact.region, state=ProposalState.OPEN, author=None
        ).delete()


def _rows(model: Any, article: Article) -> dict[tuple[int, int], Any]:
    """The facts of the article by the places that bear them out."""
    kind = model._meta.model_name
    pieces = Evidence.objects.filter(article__page=article.page_id, field="", **{f"{kind}__isnull": False})
    return {(piece.start, piece.end): getattr(piece, kind) for piece in pieces.select_related(kind)}
