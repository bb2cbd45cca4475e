"""Four eyes: who may review what, where nobody reviews their own work (`FOUR_EYES`)."""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User

from brands.models import Brand, Change, Program, Proposal, Statistic
from brands.vocabulary.choices import ChangeAction, ChangeSetKind, ReviewState

# Change sets in which a person says what a fact is. In an ingest the machine says it, and what was taken back is again
# what somebody had said before. In a review somebody else said it before, too, unless the fact still waits after it:
# then the reviewer has put other words there.
WORK = (ChangeSetKind.EDIT, ChangeSetKind.BULK, ChangeSetKind.IMPORT, ChangeSetKind.MERGE)

# Change sets that may make a fact again what it was: those who said that count, not those who bring it back.
REPEATS = (ChangeSetKind.UNDO, ChangeSetKind.REVIEW)

# Columns that say what was thought of a fact, not what it says.
VERDICT = {"review", "updated_at"}


def may_review(user: User | AnonymousUser, thing: Proposal | Brand | Program | Statistic) -> bool:
    """Whether the user may decide on this proposal or fact: not on a proposal that they made, nor on a fact whose words
    they were the last to change. Always, where FOUR_EYES is off. Asks nothing of the user's permissions."""
    if not settings.FOUR_EYES:
        return True
    if isinstance(thing, Proposal):
        return thing.author_id != user.pk
    return not own_among(user, type(thing), [thing.pk])


def own_among(
    user: User | AnonymousUser, model: type[Brand] | type[Program] | type[Statistic], keys: Collection[int]
) -> set[int]:
    """The keys of those rows that the user may not review, with FOUR_EYES on; two statements, however many rows."""
    if not settings.FOUR_EYES or not keys:
        return set()
    history = Change.objects.filter(table=model._meta.db_table)
    kinds = (*WORK, ChangeSetKind.REVIEW)
    theirs = history.filter(change_set__author=user.pk, change_set__kind__in=kinds, row__in=[str(key) for key in keys])
    touched = set(theirs.values_list("row", flat=True))
    last = _last_said(history.filter(row__in=touched).select_related("change_set").order_by("-pk"))
    return {int(row) for row, (author, work) in last.items() if author == user.pk and work}


def brought_in(
    user: User | AnonymousUser, model: type[Brand] | type[Program] | type[Statistic], keys: Collection[int]
) -> set[int]:
    """The keys of those rows that came with pages which the user handed in, with FOUR_EYES on: the user may confirm
    each that they look at, but not many at one stroke."""
    if not settings.FOUR_EYES or not keys:
        return set()
    made = Change.objects.filter(
        table=model._meta.db_table, action=ChangeAction.CREATED, row__in=[str(key) for key in keys]
    )
    own = made.filter(change_set__kind=ChangeSetKind.INGEST, change_set__author=user.pk)
    return {int(row) for row in own.values_list("row", flat=True)}


def _last_said(changes: Iterable[Change]) -> dict[str, tuple[int | None, bool]]:
    """Who was the last to say of each row what it says now, and whether as his own words; where nobody said all of it,
    as after parts were taken back, who last said any of it. The changes are given newest first."""
    present: dict[str, dict[str, object] | None] = {}
    whole: dict[str, tuple[int | None, bool]] = {}
    part: dict[str, tuple[int | None, bool]] = {}
    for change in changes:
        said = _words(change.new)
        now = present.setdefault(change.row, said)
        author, kind = (change.change_set.author_id, change.change_set.kind) if change.change_set else (None, None)
        if said == _words(change.old) or kind == ChangeSetKind.UNDO:
            continue
        waits = (change.new or {}).get("review") == ReviewState.PROPOSED
        part.setdefault(change.row, (author, kind in WORK or (kind == ChangeSetKind.REVIEW and waits)))
        if said == now and kind not in REPEATS:
            whole.setdefault(change.row, (author, kind in WORK))
    return {**part, **whole}


def _words(row: dict[str, object] | None) -> dict[str, object] | None:
    return row and {column: value for column, value in row.items() if column not in VERDICT}
