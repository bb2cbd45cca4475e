"""Which rules of the extraction people correct most, and what they corrected: the way to what else is like it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.urls import reverse

from brands.proposals import Fact
from brands.search.store import batches
from curation.models import Verdict
from curation.review.edits import MODELS, StaffEdit, decided

# Verdicts that say that the machine was wrong.
CHANGED = (Verdict.CHANGED, Verdict.ACCEPTED)
REJECTED = (Verdict.REJECTED,)

# Rules and corrections that are listed.
RULES = 60
SHOWN = 100

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class CorrectedRule:
    """A rule of the extraction: how many of its finds people looked at one by one, changed, and rejected."""

    rule: str
    seen: int
    changed: int
    rejected: int

    @property
    def wrong(self) -> int:
        return self.changed + self.rejected


@dataclass(frozen=True, slots=True)
class Corrected:
    """A fact that was corrected, the newest verdict on it, and where what is like it is shown."""

    label: str
    verdict: Verdict
    at: datetime
    address: str
    alike: str


def rules() -> list[CorrectedRule]:
    """Those that people corrected, the most often corrected first."""
    seen: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    rejected: Counter[str] = Counter()
    for one in _last():
        if not (one.together and one.verdict == Verdict.CONFIRMED):
            seen[one.rule] += 1
            changed[one.rule] += one.verdict in CHANGED
            rejected[one.rule] += one.verdict in REJECTED
    found = (CorrectedRule(rule, count, changed[rule], rejected[rule]) for rule, count in seen.items())
    return sorted((one for one in found if one.wrong), key=lambda one: (-one.wrong, one.rule))[:RULES]


def corrected(rule: str) -> list[Corrected]:
    """The facts of the rule that people corrected and that are still there, the last corrected first."""
    wrong = [one for one in _last() if one.rule == rule and one.verdict in (*CHANGED, *REJECTED)]
    newest = sorted(wrong, key=lambda one: one.at, reverse=True)[:SHOWN]
    facts = _facts(newest)
    return [_told(one, facts[one.kind, one.fact]) for one in newest if (one.kind, one.fact) in facts]


def _last() -> Iterable[StaffEdit]:
    """Of each fact the newest that people said."""
    found: dict[tuple[str, int, str], StaffEdit] = {}
    for one in sorted(decided(), key=lambda one: one.at):
        found[one.kind, one.fact, one.rule] = one
    return found.values()


def _facts(wanted: Iterable[StaffEdit]) -> dict[tuple[str, int], Fact]:
    found: dict[tuple[str, int], Fact] = {}
    for model in MODELS.values():
        kind = model.__name__.lower()
        related = [one.name for one in model._meta.fields if isinstance(one, models.ForeignKey) and one.name != "whole"]
        for some in batches(sorted({one.fact for one in wanted if one.kind == kind}), AT_ONCE):
            found |= {(kind, row.pk): row for row in model._base_manager.filter(pk__in=some).select_related(*related)}
    return found


def _told(one: StaffEdit, fact: Fact) -> Corrected:
    return Corrected(
        label=str(fact),
        verdict=Verdict(one.verdict),
        at=one.at,
        address=reverse(f"admin:brands_{one.kind}_change", args=[fact.pk]),
        alike=reverse("curation:alike", args=[one.kind, fact.pk]),
    )
