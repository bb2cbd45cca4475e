"""Whether the audit log holds: its triggers are there, its chain of seals is whole, and replayed it is the tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connections, transaction

from brands.audit import triggers
from brands.audit.followed_tables import MOST_MINUTES
from brands.audit.replay import AuditFinding, replay
from brands.audit.seals import AT_ONCE, BEGINNING, MARK, covered, hashed, linked
from brands.models import Change, ChangeSet, Seal
from brands.vocabulary.choices import ChangeAction, ChangeSetKind

# How much later than its change set an entry may be: a review goes on for a day, a long folder is read for days.
LIFETIME = {ChangeSetKind.REVIEW: timedelta(days=7), ChangeSetKind.INGEST: timedelta(days=7)}
LIFETIME_ELSE = timedelta(days=1)

SLACK = timedelta(minutes=MOST_MINUTES)


@dataclass(slots=True)
class Checked:
    """What a check read, and what did not fit: of the triggers, then by the number of the entry."""

    entries: int = 0
    sealed: int = 0
    base: int = 0
    head: str = ""
    findings: list[AuditFinding] = field(default_factory=list)


def check(using: str = "default", *, known: str = "", after: int = 0) -> Checked:
    """Check the log as it stands at one moment; others may write meanwhile. `known` is a seal that was noted elsewhere,
    NUMBER:DIGEST as `Checked.head` has it, and must be in the chain. What entries up to the number `after` show is left
    out."""
    done = Checked()
    with snapshot(using):
        found = [AuditFinding(None, "", "", what) for what in triggers.differences(using)]
        seals = list(Seal.objects.using(using).order_by("pk").defer("marks"))
        begun = seals[0].last if seals else 0
        if not seals:
            found.append(AuditFinding(None, "brands_seal", "", "the chain has no beginning"))
        elif known and known not in map(str, seals):
            found.append(
                AuditFinding(None, "brands_seal", known.split(":", maxsplit=1)[0], "is not the seal that was noted")
            )
        entries = [*_sealed(seals, done, using), *_entries(begun, done, using)]
        for model in triggers.followed().values():
            entries += replay(model, using, since=begun)
        done.head = str(seals[-1]) if seals else ""
    entries.sort(key=lambda one: (one.entry is None, one.entry or 0))
    done.findings = found + [one for one in entries if one.entry is None or one.entry > after]
    return done


@contextmanager
def snapshot(using: str) -> Iterator[None]:
    """All that is read inside is of one moment, and nobody waits for it."""
    connection = connections[using]
    connection.ensure_connection()
    if connection.in_atomic_block or (connection.vendor == "sqlite" and connection.connection.in_transaction):
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using=using):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own would lock writers out
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _sealed(seals: list[Seal], done: Checked, using: str) -> Iterator[AuditFinding]:
    """What does not fit of the chain."""
    before = None
    for one in seals:
        if before is None:
            if one.digest != BEGINNING or one.count:
                yield AuditFinding(None, "brands_seal", str(one.pk), "the chain does not begin with it")
        else:
            yield from _under(one, before, done, using)
        before = one


def _under(one: Seal, before: Seal, done: Checked, using: str) -> Iterator[AuditFinding]:
    if one.pk != before.pk + 1 or one.last <= covered(before):
        yield AuditFinding(None, "brands_seal", str(one.pk), f"does not follow seal {before.pk}")
    entries = list(Change.objects.using(using).filter(pk__gt=covered(before), pk__lte=one.last).order_by("pk"))
    hashes = [digest for at in range(0, len(entries), AT_ONCE) for digest in hashed(entries[at : at + AT_ONCE], using)]
    done.sealed += len(entries)
    if len(entries) == one.count and linked(before.digest, hashes) == one.digest:
        return
    marks = [bytes(one.marks)[at : at + MARK] for at in range(0, len(one.marks), MARK)]
    for at, entry in enumerate(entries):
        if at < len(marks) and hashes[at][:MARK] == marks[at]:
            continue
        following = marks[at + 1 : at + 2]
        what = (
            "the entry before it is gone" if following == [hashes[at][:MARK]] else "it was changed after it was sealed"
        )
        yield AuditFinding(entry.pk, entry.table, entry.row, f"seal {one.pk}: {what}")
        return
    if len(entries) < len(marks):
        last = entries[-1].pk if entries else covered(before)
        yield AuditFinding(last + 1, "brands_change", "", f"seal {one.pk}: the entries from here on are gone")
    else:
        yield AuditFinding(None, "brands_seal", str(one.pk), f"it was changed, or seal {before.pk} was")


def _entries(begun: int, done: Checked, using: str) -> Iterator[AuditFinding]:
    """What does not fit of times and change sets, entry by entry in the order of their numbers."""
    newest: datetime | None = None
    tables = triggers.followed()
    sets: dict[int, ChangeSet] = {}
    columns = ("pk", "table", "row", "action", "at", "change_set_id")
    for number, table, row, action, at, set_number in (
        Change.objects.using(using).order_by("pk").values_list(*columns).iterator()
    ):
        done.entries += 1
        done.base += action == ChangeAction.BASE
        if number <= begun:
            continue
        if table not in tables:
            yield AuditFinding(number, table, row, "no such table is followed")
        if newest is not None and at < newest - SLACK:
            yield AuditFinding(number, table, row, f"its time, {at:%Y-%m-%d %H:%M}, is before that of earlier entries")
        newest = at if newest is None else max(newest, at)
        if set_number is not None:
            if set_number not in sets:
                sets[set_number] = ChangeSet.objects.using(using).get(pk=set_number)
            if what := _misdated(sets[set_number], at):
                yield AuditFinding(number, table, row, what)


def _misdated(change_set: ChangeSet, at: datetime) -> str:
    lasts = LIFETIME.get(ChangeSetKind(change_set.kind), LIFETIME_ELSE)
    if change_set.created_at - SLACK <= at <= change_set.created_at + lasts:
        return ""
    return f"its time, {at:%Y-%m-%d %H:%M}, is not that of change set {change_set.pk}"
