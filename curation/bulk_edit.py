"""One edit of many facts: what it would make of each row, which rows stand in its way, and the deed, as one change
set."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.audit.change_sets import open_change_set, within
from brands.audit.four_eyes import brought_in, own_among
from brands.audit.net_changes import STAMPS
from brands.listing import sync
from brands.models import Brand, ChangeSet, Program, Statistic
from brands.search.store import batches as chunks
from brands.vocabulary import fields
from brands.vocabulary.choices import ChangeSetKind, ReviewState

Fact: TypeAlias = Brand | Program | Statistic

# Rows that are changed at once, as many as one click takes back.
MOST_ROWS = 10_000

# Rows that one statement reads or writes.
AT_ONCE = 500

MODELS: Mapping[str, type[Fact]] = {"brand": Brand, "program": Program, "statistic": Statistic}

# The fields that many rows may be given one value of. A number's region is what it speaks of, and its value is its own:
# neither is set for many.
SETTABLE: Mapping[type[Fact], tuple[str, ...]] = {
    model: fields.names(kind, "in_bulk") for kind, model in MODELS.items()
}

# The columns of which no two rows may have the same.
IDENTITY: Mapping[type[Fact], tuple[str, ...]] = {
    Brand: ("name_key", "region_id"),
    Program: ("name_key", "place_id"),
    Statistic: ("brand_id", "program_id", "region_id", "fact_key"),
}


class BulkVerdict(models.TextChoices):
    """What may be said of many facts."""

    CONFIRM = "confirm", _("确认")
    REJECT = "reject", _("撤下")
    RESTORE = "restore", _("恢复")


# Who takes a fact back into the catalogue has looked at it: it is confirmed then.
STATES = {
    BulkVerdict.CONFIRM: ReviewState.CONFIRMED,
    BulkVerdict.REJECT: ReviewState.REJECTED,
    BulkVerdict.RESTORE: ReviewState.CONFIRMED,
}

DOUBLE = _("已有相同的一条")
BROUGHT = _("是你导入的，请逐条审核，或由别人来审核")
OWN = _("最后的改动是你做的，要由别人来审核")


@dataclass(frozen=True, slots=True)
class Edit:
    """`deed` is one of `Verdict`, or a field that gets `value`."""

    deed: str
    value: object = None

    @property
    def is_verdict(self) -> bool:
        return self.deed in BulkVerdict.values


@dataclass(frozen=True, slots=True)
class EditedRow:
    """One row of the selection: as it is, and the values that its columns would have."""

    row: Fact
    values: Mapping[str, object]
    hindrance: Promise | str = ""


@dataclass(slots=True)
class EditPlan:
    """What an edit comes to: rows that change, rows that it leaves as they are since they are so already, and rows that
    it must leave as they are, each with the reason. `seal` stands for the rows with all that they say."""

    seal: str = ""
    changing: list[EditedRow] = field(default_factory=list)
    already: int = 0
    hindered: list[EditedRow] = field(default_factory=list)


class ChangedSinceError(Exception):
    """The rows are not what was shown any more."""


def plan(rows: Sequence[Fact], edit: Edit, *, by: User) -> EditPlan:
    """What the edit would make of the rows; nothing is written."""
    found = EditPlan(_seal(rows))
    keys = [row.pk for row in rows] if edit.is_verdict else []
    own = own_among(by, type(rows[0]), keys) if keys else set()
    brought = brought_in(by, type(rows[0]), keys) if keys and edit.deed == BulkVerdict.CONFIRM else set()
    wanted = []
    for row in rows:
        values = _changed(row, edit)
        if not values:
            found.already += 1
        elif row.pk in own:
            found.hindered.append(EditedRow(row, values, OWN))
        elif row.pk in brought:
            found.hindered.append(EditedRow(row, values, BROUGHT))
        else:
            wanted.append(EditedRow(row, values))
    doubles = set() if edit.is_verdict else _doubles(wanted)
    for one in wanted:
        if one.row.pk in doubles:
            found.hindered.append(EditedRow(one.row, one.values, DOUBLE))
        else:
            found.changing.append(one)
    return found


def apply(
    model: type[Fact], keys: Sequence[int], edit: Edit, *, by: User, why: str, seal: str = ""
) -> tuple[ChangeSet | None, EditPlan]:
    """Do the edit to the rows with these keys, as one change set; None for the change set where nothing was to
    change. ChangedSinceError where a `seal` is given and the rows are not those of the plan that has it: then nothing
    is written."""
    with transaction.atomic():
        rows: list[Any] = []
        for some in chunks(sorted(keys), AT_ONCE):
            rows += model._base_manager.filter(pk__in=some).select_for_update().order_by("pk")
        done = plan(rows, edit, by=by)
        if seal and seal != done.seal:
            raise ChangedSinceError
        if not done.changing:
            return None, done
        with within(open_change_set(ChangeSetKind.BULK, author=by, note=why)) as change_set, sync.gathered():
            _write(model, done.changing)
    return change_set, done


def _seal(rows: Sequence[Fact]) -> str:
    """Short for the rows in their order and all that they say."""
    digest = hashlib.sha256()
    for row in rows:
        said = [getattr(row, one.attname) for one in row._meta.concrete_fields if one.attname not in STAMPS]
        digest.update(repr(said).encode())
    return digest.hexdigest()[:16]


def _changed(row: Fact, edit: Edit) -> dict[str, object]:
    """The columns that the edit would change, with their new values; none where the row is so already."""
    if edit.is_verdict:
        state = STATES[BulkVerdict(edit.deed)]
        is_due = row.review == ReviewState.REJECTED if edit.deed == BulkVerdict.RESTORE else row.review != state
        return {"review": state.value} if is_due else {}
    column = row._meta.get_field(edit.deed).attname  # type: ignore[union-attr]
    if getattr(row, column) == edit.value:
        return {}
    after = type(row)(**{one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields})
    setattr(after, column, edit.value)
    after.set_by_hand([edit.deed], confirms=not settings.FOUR_EYES)
    if not settings.FOUR_EYES:
        after.review = row.review  # who sets one field of many rows has looked at that field alone
    if isinstance(after, Brand):
        after.inferred = [name for name in after.inferred if name != edit.deed]
    if isinstance(after, Program | Statistic):
        after.prepare()
    names = (one.attname for one in row._meta.concrete_fields)
    return {name: getattr(after, name) for name in names if getattr(after, name) != getattr(row, name)}


def _doubles(wanted: Sequence[EditedRow]) -> set[int]:
    """The keys of those rows that would be the same as another one: one that stays as it is, or an earlier of them."""
    if not wanted:
        return set()
    model = type(wanted[0].row)
    moving = {one.row.pk for one in wanted}
    taken: dict[tuple[Any, ...], int] = {}
    key = IDENTITY[model][0 if model is not Statistic else -1]
    named = sorted({_identity(one)[IDENTITY[model].index(key)] for one in wanted})
    for some in chunks(named, AT_ONCE):
        for pk, *identity in model._base_manager.filter(**{f"{key}__in": some}).values_list("pk", *IDENTITY[model]):
            if pk not in moving:
                taken[tuple(identity)] = pk
    found = set()
    for one in wanted:
        if taken.setdefault(_identity(one), one.row.pk) != one.row.pk:
            found.add(one.row.pk)
    return found


def _identity(one: EditedRow) -> tuple[Any, ...]:
    return tuple(one.values.get(name, getattr(one.row, name)) for name in IDENTITY[type(one.row)])


def _write(model: type[Fact], changing: Iterable[EditedRow]) -> None:
    """Write the rows, those that get the same values by one statement, and let what follows from them be worked out."""
    now = timezone.now()
    alike: defaultdict[str, list[EditedRow]] = defaultdict(list)
    before = {}
    for one in changing:
        before[one.row.pk] = dict(vars(one.row))
        for name, value in {**one.values, "updated_at": now}.items():
            setattr(one.row, name, value)
        alike[repr(sorted(one.values.items()))].append(one)
    for group in alike.values():
        values = {**group[0].values, "updated_at": now}
        for some in chunks([one.row.pk for one in group], AT_ONCE):
            model._base_manager.filter(pk__in=some).update(**values)
    sync.note([one.row for group in alike.values() for one in group], before=before)
