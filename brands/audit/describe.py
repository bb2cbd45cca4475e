"""Changes in words: what became of which row, with fields, choices, places and dates called by their names.

What is told of many changes is looked up once for all, so that a page asks the same number of questions however many
changes it shows.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import takewhile
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from brands.audit.triggers import followed
from brands.audit.undo import Columns, Net, Spot, label, values_of
from brands.models import Change, Evidence, Proposal
from brands.models.proposal import FACTS
from brands.proposals import PRECISIONS
from brands.vocabulary.choices import ChangeAction
from brands.vocabulary.numbers import day

# Characters of a value that are shown: of longer ones a stretch, from where the old and the new begin to differ.
MAX_WORDS = 300

# Characters of a longer value that stand before the difference.
LEAD = 40

STAMPS = frozenset({"created_at", "updated_at", "ingested_at"})
# Where a sentence stands on its page, of which the sentence itself says more, and the checksum of the page.
PLACES = frozenset({"start", "end", "context_start", "context_end", "sha256"})

# How to reach a reader: the form of corrections promises that only editors see it, and more people see histories.
PRIVATE = frozenset({"contact"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after, as people read it; None on the side where there is no row."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one row: `model` and `name` say which, `kind` and `row` are its part of the history's address,
    `address` its page in the admin, empty where it has none."""

    model: str
    name: str
    kind: str
    row: str
    address: str
    action: ChangeAction
    fields: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of two versions of a row."""

    field: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        return self.left != self.right


def tell(nets: Sequence[Net], *, foreseen: bool = False) -> list[Told]:
    """Each of these, told; asks once for each table that something is named of. `foreseen` changes were tried and taken
    back: the rows that they make are not there, and others may have got their numbers since."""
    names = _Names(nets)
    if foreseen:
        names.foresee(nets)
    return [_told(one, names) for one in nets]


def compare(left: Change, right: Change) -> list[Compared]:
    """All fields of the row after either change; of a deletion, what was there before it."""
    model = followed()[left.table]
    one = Net(left.table, left.row, left.new or left.old, right.new or right.old)
    names = _Names([one])
    found = []
    for field in columns_of(model):
        if field.primary_key or field.name in STAMPS or field.name in PRECISIONS.values():
            continue
        said = [names.said(model, field, columns or {}) for columns in (one.old, one.new)]
        found.append(Compared(_called(field), *(_stretch(*said) if said[0] != said[1] else (_cut(said[0]),) * 2)))
    return found


NAMES = ("name", "title", "stated", "words", "label")


def has(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in columns_of(model))


def columns_of(model: type[models.Model]) -> "Iterator[models.Field[object, object]]":
    yield from model._meta.concrete_fields


def _called(field: "models.Field[object, object]") -> str:
    """What a field is called; a table that joins two models has no words of its own for them."""
    if field.model._meta.auto_created and isinstance(field, models.ForeignKey):
        return str(field.remote_field.model._meta.verbose_name)
    return str(field.verbose_name)


def column(field: "models.Field[object, object]") -> str:
    """The column of a field that has one."""
    return str(field.column)


# One row


def _told(one: Net, names: "_Names") -> Told:
    model = followed()[one.table]
    columns = one.new or one.old or {}
    return Told(
        model=model_name(model),
        name=names.of_row(one.table, one.row, columns),
        kind=one.table.removeprefix("brands_"),
        row=one.row,
        address=_address(model, one.row) if names.stands(one.table, one.row) else "",
        action=_action(one),
        fields=_differences(model, one, names),
    )


def _address(model: type[models.Model], row: str) -> str:
    if not admin.site.is_registered(model):
        return ""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row])


def _action(one: Net) -> ChangeAction:
    if one.base:
        return ChangeAction.BASE
    if one.old is None:
        return ChangeAction.CREATED
    return ChangeAction.DELETED if one.new is None else ChangeAction.UPDATED


def _differences(model: type[models.Model], one: Net, names: "_Names") -> list[Difference]:
    """The fields that differ: those that people write; where none of them does, those that follow; else the stamps."""
    changed = [field for field in columns_of(model) if _differs(field, one)]
    for wanted in (_is_plain, _is_quiet, _is_stamp):
        if shown := [field for field in changed if wanted(field)]:
            return [_difference(model, field, one, names) for field in shown]
    return []


def _is_plain(field: "models.Field[object, object]") -> bool:
    return field.editable and not field.primary_key and field.name not in PLACES | STAMPS


def _is_quiet(field: "models.Field[object, object]") -> bool:
    return field.name not in STAMPS and not field.primary_key


def _is_stamp(field: "models.Field[object, object]") -> bool:
    return field.name in STAMPS


def _differs(field: "models.Field[object, object]", one: Net) -> bool:
    """Whether the field says something else after than before; an empty field of a new or deleted row says nothing. A
    date and how much of it is known are one thing."""
    if field.name in PRECISIONS.values():
        return False
    columns = [column(field)]
    if field.name in PRECISIONS:
        columns.append(PRECISIONS[field.name])
    if one.old is None or one.new is None:
        return (one.new or one.old or {}).get(column(field)) not in (None, "", [], {})
    return any(one.old.get(name) != one.new.get(name) for name in columns)


def _difference(
    model: type[models.Model], field: "models.Field[object, object]", one: Net, names: "_Names"
) -> Difference:
    old, new = (None if columns is None else names.said(model, field, columns) for columns in (one.old, one.new))
    if old is not None and new is not None:
        old, new = _stretch(old, new)
    return Difference(_called(field), old and _cut(old), new and _cut(new))


def _cut(text: str) -> str:
    return text if len(text) <= MAX_WORDS else f"{text[:MAX_WORDS]}…"


def _stretch(old: str, new: str) -> tuple[str, str]:
    """Of long texts, the stretch in which they begin to differ."""
    if max(len(old), len(new)) <= MAX_WORDS:
        return old, new
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    start = max(same - LEAD, 0)
    return tuple(f"{'…' if start else ''}{_cut(text[start:])}" for text in (old, new))  # type: ignore[return-value]


# Names and values


class _Names:
    """What rows are called: those of the changes, and those that they refer to. What is gone is called as the audit log
    knew it last."""

    def __init__(self, nets: Sequence[Net]) -> None:
        self._names: dict[Spot, str] = {}
        self._there: set[Spot] = set()
        wanted = {(one.table, one.row) for one in nets}
        for one in nets:
            for columns in (one.old, one.new):
                wanted.update(_referred(followed()[one.table], columns or {}))
        self._ask(wanted)
        rows = [int(one.row) for one in nets if one.table == Evidence._meta.db_table]
        self._quotes = (
            {str(one.pk): one.quote for one in Evidence.objects.with_words().filter(pk__in=rows)} if rows else {}
        )

    def foresee(self, nets: Sequence[Net]) -> None:
        """Call rows that are only to be made by what is said of them here."""
        for one in nets:
            if one.old is None:
                self._names[one.table, one.row] = _name(one.table, one.new or {})
                self._there.discard((one.table, one.row))

    def _ask(self, wanted: set[Spot]) -> None:
        by_table: defaultdict[str, list[str]] = defaultdict(list)
        for table, row in wanted:
            by_table[table].append(row)
        for table, rows in by_table.items():
            model = User if table == User._meta.db_table else followed()[table]
            columns = [
                field.column for field in columns_of(model) if field.column in {*NAMES, "username", "unit", "value"}
            ]
            for found in model._base_manager.filter(pk__in=rows).values("pk", *columns):
                self._there.add((table, str(found["pk"])))
                self._names[table, str(found["pk"])] = _name(table, found)
        self._ask_the_ledger({(table, row) for table, row in wanted - self._there if table in followed()})

    def _ask_the_ledger(self, gone: set[Spot]) -> None:
        asked = models.Q(pk__in=())
        by_table: defaultdict[str, list[str]] = defaultdict(list)
        for table, row in gone:
            by_table[table].append(row)
        for table, rows in by_table.items():
            asked |= models.Q(table=table, row__in=rows)
        if not gone:
            return
        latest = Change.objects.filter(asked, action=ChangeAction.DELETED).order_by().values("table", "row")
        for change in Change.objects.filter(pk__in=latest.annotate(last=Max("pk")).values("last")):
            self._names[change.table, change.row] = _name(change.table, change.old or {})

    def stands(self, table: str, row: str) -> bool:
        return (table, row) in self._there

    def of(self, table: str, row: str) -> str:
        """The name of a row that a column refers to."""
        return self._names.get((table, row)) or f"#{row}"

    def of_row(self, table: str, row: str, columns: Columns) -> str:
        """What a changed row was called then: by its own words, else by what it belongs to."""
        model = followed()[table]
        if model is Evidence and row in self._quotes:
            return f"“{_cut(self._quotes[row])}”{gettext('（')}{self._belongs(model, columns)}{gettext('）')}"
        if any(has(model, name) for name in NAMES):
            return _cut(_name(table, columns))
        return self._belongs(model, columns) or f"#{row}"

    def _belongs(self, model: type[models.Model], columns: Columns) -> str:
        own = (*FACTS, "region") if model in {Evidence, Proposal} or model._meta.auto_created else ()
        targets = [field for field in columns_of(model) if isinstance(field, models.ForeignKey) and field.name in own]
        return " – ".join(
            self.of(field.remote_field.model._meta.db_table, str(columns[field.column]))
            for field in targets
            if columns.get(column(field)) is not None
        )

    def said(self, model: type[models.Model], field: "models.Field[object, object]", columns: Columns) -> str:
        """The field's value as people read it."""
        value = columns.get(column(field))
        if field.name in PRIVATE:
            return "•••" if value else ""
        if isinstance(field, models.ForeignKey):
            return "" if value is None else self.of(field.remote_field.model._meta.db_table, str(value))
        if field.name in {"hand_set", "inferred"}:
            return gettext("、").join(_field_name(model, name) for name in value or ())
        if field.name == "field":
            return _field_name(_fact(columns), value) if value else ""
        if model is Proposal and field.name == "value":
            return self._proposed(columns)
        return _plainly(model, field, columns)

    def _proposed(self, columns: Columns) -> str:
        """What a proposal wants to write, as the field would say it."""
        fact = _fact(columns)
        value = columns.get("value")
        try:
            field = fact._meta.get_field(str(columns.get("field")))
        except FieldDoesNotExist:
            return _text(value)
        if not isinstance(field, models.Field) or field.name in PRECISIONS or isinstance(field, models.DecimalField):
            return _text(value)
        return self.said(fact, field, {column(field): value})


def _referred(model: type[models.Model], columns: Columns) -> Iterator[Spot]:
    """The rows that these columns refer to."""
    for field in columns_of(model):
        if isinstance(field, models.ForeignKey) and columns.get(column(field)) is not None:
            yield field.remote_field.model._meta.db_table, str(columns[field.column])
    if model is Proposal and columns.get("value") is not None:
        fact = _fact(columns)
        if has(fact, str(columns.get("field"))):
            yield from _referred(fact, {f"{columns['field']}_id": columns["value"]})


def _fact(columns: Columns) -> type[models.Model]:
    """The model of the fact that a piece of evidence or a proposal is about."""
    return followed()[
        next((f"brands_{name}" for name in FACTS if columns.get(f"{name}_id") is not None), "brands_brand")
    ]


def _name(table: str, columns: Mapping[str, Any]) -> str:
    if table == User._meta.db_table:
        return str(columns["username"])
    if columns.get("value") is not None and not columns.get("stated") and "unit" in columns:
        return f"{Decimal(columns['value']).normalize():,f} {columns['unit']}"
    return label(table, columns)


def _field_name(model: type[models.Model], name: str) -> str:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return str(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name)  # type: ignore[union-attr]


def _plainly(model: type[models.Model], field: "models.Field[object, object]", columns: Columns) -> str:
    value = values_of(model, {column(field): columns.get(column(field))})[field.attname]
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.name in PRECISIONS:
        return day(value, columns.get(PRECISIONS[field.name]) or "day") if value else ""
    return _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "、".join(_text(one) if not isinstance(one, list) else "–".join(map(_text, one)) for one in value)
    return str(value)


def model_name(model: type[models.Model]) -> str:
    """What rows of the model are called."""
    return gettext("关联") if model._meta.auto_created else str(model._meta.verbose_name)


def column_name(table: str, name: str) -> str:
    """What a column of the audit log is called in forms."""
    names = {column(field): _called(field) for field in columns_of(followed()[table])}
    return names.get(name, name)
