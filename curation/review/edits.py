"""What people said of what the machine had read: in the queue, and outside of it on the pages of records, in bulk and
by tables, of which the audit log tells."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from brands.audit.change_sets import taken_back
from brands.audit.net_changes import STAMPS
from brands.data_version import kept
from brands.models import Brand, Change, Evidence, Program, Statistic
from brands.proposals import Fact
from brands.search.store import batches
from brands.sources import RULE
from brands.vocabulary.choices import ChangeAction, ChangeSetKind, ReviewState
from curation.models import Decision, Verdict

MODELS: Mapping[str, type[Fact]] = {model._meta.db_table: model for model in (Brand, Program, Statistic)}

KINDS = (ChangeSetKind.EDIT, ChangeSetKind.BULK, ChangeSetKind.IMPORT)

# The newest changes that are looked through.
MOST = 20_000

# Rows that one statement asks for.
AT_ONCE = 500

# Columns that say nothing of what the machine read.
UNSAID = frozenset({"review", "confidence", "hand_set", "inferred", "name_key", "pinyin", "fact_key", *STAMPS})


@dataclass(frozen=True, slots=True)
class StaffEdit:
    """What a person said of a fact (its `kind` and key) that the machine had read by `rule`."""

    rule: str
    metric: str
    at: datetime
    verdict: str
    together: bool
    kind: str
    fact: int


def decided() -> list[StaffEdit]:
    """All that stands, from the queue and from elsewhere; what was taken back, alone or with its change set, does not
    count."""
    return [*_in_queue(), *edits("")]


def _in_queue() -> Iterator[StaffEdit]:
    stand = Decision.objects.filter(undone=False).order_by().annotate(together=Decision.made_together())
    columns = ("sitting__change_set", "rule", "metric", "at", "verdict", "together", "kind", "fact")
    rows = list(stand.values_list(*columns))
    gone = taken_back({row[0] for row in rows})
    return (StaffEdit(*row[1:]) for row in rows if row[0] not in gone)


@kept
def edits(_all: str = "") -> tuple[StaffEdit, ...]:
    """Those outside the queue that stand, one for each fact of a change set; what was taken back does not count."""
    rows = Change.objects.filter(table__in=MODELS, action=ChangeAction.UPDATED, change_set__kind__in=KINDS)
    found = list(
        rows.order_by("-pk").values_list("table", "row", "old", "new", "at", "change_set", F("change_set__kind"))[:MOST]
    )
    gone = taken_back({number for *_rest, number, _kind in found})
    said = [row for row in found if row[5] not in gone]
    rules = _rules((table, row) for table, row, *_rest in said)
    return tuple(_edits(said, rules))


def _edits(said: Iterable[Any], rules: Mapping[tuple[str, str], str]) -> Iterator[StaffEdit]:
    for table, row, old, new, at, _number, kind in said:
        verdict, rule = _verdict(old or {}, new or {}), rules.get((table, row))
        if verdict and rule is not None:
            together = kind == ChangeSetKind.BULK and verdict == Verdict.CONFIRMED
            metric, kind_of_fact = str((new or {}).get("metric") or ""), MODELS[table].__name__.lower()
            yield StaffEdit(rule, metric, at, verdict, together, kind_of_fact, int(row))


def _verdict(old: Mapping[str, object], new: Mapping[str, object]) -> str:
    """What the change says of what the machine had read; empty where it says nothing of that: a person's own value is
    changed, or the row is public again."""
    own = old.get("hand_set") or ()
    touched = {name.removesuffix("_id") for name, value in new.items() if name not in UNSAID and value != old.get(name)}
    if new.get("review") == ReviewState.REJECTED != old.get("review"):
        return Verdict.REJECTED
    if touched - set(own if isinstance(own, list | tuple) else ()):
        return Verdict.CHANGED
    confirmed = old.get("review") == ReviewState.PROPOSED and new.get("review") == ReviewState.CONFIRMED
    return Verdict.CONFIRMED if confirmed and not touched else ""


def _rules(spots: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The rule by which the machine found each of these rows; none for what people entered."""
    found: dict[tuple[str, str], str] = {}
    wanted = set(spots)
    for table, model in MODELS.items():
        kind = model.__name__.lower()
        for some in batches(sorted(int(row) for of, row in wanted if of == table), AT_ONCE):
            rows = Evidence.objects.filter(field="", **{f"{kind}__in": some}).exclude(rule=RULE)
            for pk, rule in rows.order_by("confidence", "-pk").values_list(f"{kind}_id", "rule"):
                found[table, str(pk)] = rule
    return found
