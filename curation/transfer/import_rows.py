"""What was planned -> the catalogue: one change set, many rows by one statement. Nothing is deleted but the other names
and the links that a cell no longer has."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from brands.audit.change_sets import open_change_set, within
from brands.listing import sync
from brands.models import Brand, BrandAlias, ChangeSet
from brands.search.store import batches as chunks
from brands.vocabulary.choices import ChangeSetKind
from brands.vocabulary.names import name_key
from curation.transfer.columns import Aliases, Links
from curation.transfer.import_plan import ImportPlan, Planned
from curation.transfer.source_columns import write_sources

# Rows that one statement inserts or deletes.
AT_ONCE = 500

# Rows that one statement changes, each to values of its own.
WRITTEN = 100


def write(plan: ImportPlan, *, by: User, note: str) -> ChangeSet:
    """Write all rows of the plan, as one change set. IntegrityError where somebody was quicker; then nothing is
    written."""
    with within(open_change_set(ChangeSetKind.IMPORT, author=by, note=note)) as change_set, sync.gathered():
        write_rows(plan)
    return change_set


def write_rows(plan: ImportPlan) -> None:
    """The same within a change set that is open."""
    model = plan.table.model
    model._base_manager.bulk_create([one.row for one in plan.new], AT_ONCE)
    _update(model, plan.changed)
    _note(model, plan.rows)
    _keep_names(plan.changed)
    for column in plan.table.written:
        concerned = [one for one in plan.rows if column in one.columns]
        if isinstance(column, Aliases):
            _write_aliases(concerned, column)
        elif isinstance(column, Links):
            _write_links(concerned, column)
    write_sources(one.now for one in plan.rows)


def _update(model: type[models.Model], changed: Iterable[Planned]) -> None:
    """Write the columns that differ, those rows together in which the same ones do."""
    now = timezone.now()
    stamped = any(field.name == "updated_at" for field in model._meta.concrete_fields)
    alike: defaultdict[tuple[str, ...], list[models.Model]] = defaultdict(list)
    for one in changed:
        names = [field.name for field in model._meta.concrete_fields if _differs(field, one)]
        if stamped:
            one.row.updated_at = now
            names.append("updated_at")
        alike[tuple(names)].append(one.row)
    for columns, rows in alike.items():
        if columns:
            model._base_manager.bulk_update(rows, columns, WRITTEN)


def _differs(field: "models.Field[object, object]", one: Planned) -> bool:
    return bool(getattr(one.row, field.attname) != getattr(one.before, field.attname))


def _note(model: type[models.Model], rows: Sequence[Planned]) -> None:
    if model.__name__ in sync.OWNERS:
        before = {one.row.pk: vars(one.before) for one in rows if not one.is_new}
        sync.note([one.row for one in rows], before=before)


def _keep_names(rows: Iterable[Planned]) -> None:
    """The name that a brand had stays one of its names, unless the file says what these are."""
    for one in rows:
        names = {column.header for column in one.columns}
        if isinstance(one.row, Brand) and "name" in names and "aliases" not in names:
            one.row.also_called(one.before.name)


def _write_aliases(rows: Iterable[Planned], column: Aliases) -> None:
    """Give the brands the names that their cells have. A name in another spelling is the same name."""
    gone: list[int] = []
    renamed: list[BrandAlias] = []
    made: list[BrandAlias] = []
    for one in rows:
        wanted = {name_key(name): name for name in column.parts(one.now)}
        for alias in _aliases_of(one):
            name = wanted.pop(alias.name_key, None)
            if name is None:
                gone.append(alias.pk)
            elif name != alias.name:
                alias.name, alias.by_hand = name, True
                renamed.append(alias)
        made += [BrandAlias(brand=one.row, name=name, by_hand=True).prepare() for name in wanted.values()]
    for some in chunks(gone, AT_ONCE):
        BrandAlias.objects.filter(pk__in=some).delete()
    BrandAlias.objects.bulk_update(renamed, ("name", "by_hand"), WRITTEN)
    BrandAlias.objects.bulk_create(made, AT_ONCE)
    sync.note([*renamed, *made])


def _aliases_of(one: Planned) -> list[BrandAlias]:
    brand: Brand = one.before
    return [] if one.is_new else list(brand.aliases.all())


def _write_links(rows: Iterable[Planned], column: Links) -> None:
    read = column.model._meta.pk.to_python
    for one in rows:
        getattr(one.row, column.attribute).set([read(key) for key in column.parts(one.now)])
