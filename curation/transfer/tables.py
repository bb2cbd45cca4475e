"""The tables: their columns in order, and what makes a row of each a good one.

They are resources of django-import-export that look at a file line by line and never write: what they find,
:mod:`curation.transfer.import_rows` writes as one batch.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from import_export.resources import Resource

from brands.models import Brand, Program, Region, Reviewed, Statistic, Synonym
from brands.models.region import COUNTRY
from brands.search.store import batches as chunks
from brands.vocabulary import fields
from brands.vocabulary.fields import FieldKind
from curation.bulk_edit import IDENTITY
from curation.transfer.cells import Cell
from curation.transfer.columns import (
    Aliases,
    ChoiceColumn,
    DateColumn,
    FlagColumn,
    Links,
    NameOf,
    NumberColumn,
    OtherNames,
    ReadOnlyColumn,
    Reference,
    TableColumn,
    YearColumn,
)
from curation.transfer.references import AT_ONCE, Known, divisions, of_model

# The column that says what a row was when it was written out.
VERSION = "version"

# The models that fields lead to.
TARGETS: Mapping[FieldKind, type[models.Model]] = {FieldKind.REGION: Region, FieldKind.BRAND: Brand}

# How the other fields are written.
COLUMNS: Mapping[FieldKind, type[TableColumn]] = {
    FieldKind.TEXT: TableColumn,
    FieldKind.CHOICE: ChoiceColumn,
    FieldKind.YEAR: YearColumn,
    FieldKind.NUMBER: NumberColumn,
}

Complaints = Iterator[tuple[str, str | Promise]]


class Loader:
    """The rows that a file names, read a few thousand at a time."""

    def __init__(self, table: "Table", dataset: Any) -> None:
        keys = {row[table.key].strip() for row in dataset.dict}
        self.rows: dict[str, Any] = {}
        for some in chunks(sorted(filter(table.is_key, keys)), AT_ONCE):
            self.rows |= {str(row.pk): row for row in table.rows().filter(pk__in=some)}


class Table(Resource):  # type: ignore[misc]
    """What the tables have in common: a key, the version, and columns of which some are only to be read.

    `confirms` says whether who imports a proposed fact confirms it; with `locks`, rows stay as they are until the
    transaction ends.
    """

    class Meta:
        instance_loader_class = Loader
        import_id_fields: tuple[str, ...] = ()
        use_bulk = True
        batch_size = None
        skip_diff = True
        store_instance = True

    model: ClassVar[type[models.Model]]
    key: ClassVar[str] = "id"
    related: ClassVar[tuple[str, ...]] = ()
    """What the cells need besides the row itself."""
    identity: ClassVar[tuple[str, ...]] = ()
    """The columns of the database of which no two rows may have the same."""

    def __init__(self, *, confirms: bool = False, locks: bool = False) -> None:
        super().__init__()
        self.confirms, self.locks = confirms, locks
        for column in self.layout():
            self.fields[column.column_name] = column
            if isinstance(column, Reference):
                self.fields[column.named] = NameOf(column)
        self.references = [column for column in self.fields.values() if isinstance(column, Reference)]
        self.written: list[TableColumn] = [column for column in self.fields.values() if not column.shown_only]

    def layout(self) -> Sequence[TableColumn]:
        """The columns in order."""
        raise NotImplementedError

    def rows(self) -> "models.QuerySet[Any]":
        """All rows, with what their cells need."""
        rows = self.model._base_manager.prefetch_related(*self.related)
        return rows.select_for_update() if self.locks else rows

    # Out

    def get_export_headers(self, selected_fields: Any = None) -> list[str]:
        return [self.key, VERSION, *self.fields]

    def export_resource(self, instance: Any, selected_fields: Any = None, **known: Any) -> list[Cell]:
        said = {column.column_name: column.said(instance) for column in self.written}
        cells = (one.export(instance, said=said.get(name), **known) for name, one in self.fields.items())
        return [instance.pk, version_of(said.values()), *cells]

    def version(self, row: Any) -> str:
        return version_of(column.said(row) for column in self.written)

    def known_of(self, mentioned: Callable[[Any], Iterable[tuple[str, str]]]) -> Known:
        """The rows of others that these columns mention, as `mentioned` says it of each column that refers to any."""
        keys: dict[type[models.Model], set[str]] = {}
        names: dict[type[models.Model], set[str]] = {}
        for column in self.fields.values():
            if isinstance(column, Reference | Links):
                for key, name in mentioned(column):
                    keys.setdefault(column.model, set()).add(key)
                    names.setdefault(column.model, set()).update({name} if name and not key else ())
                keys.setdefault(column.model, set())
        return {
            model: divisions() if model is Region else of_model(model, keys[model], names.get(model, set()))
            for model in keys
        }

    # In: each of these is called for a line, in this order

    def is_key(self, text: str) -> bool:
        """Whether the text may be the key of a row."""
        return text.isascii() and text.isdecimal() and len(text) < 19

    def may_be_new(self, row: Mapping[str, str]) -> bool:
        return not row[self.key].strip()

    def init_instance(self, row: Any = None) -> Any:
        return self.model()

    def get_or_init_instance(self, instance_loader: Loader, row: Mapping[str, str]) -> tuple[Any, bool]:
        key = row[self.key].strip()
        found = instance_loader.rows.get(key)
        if found is None and not self.may_be_new(row):
            raise ValidationError({self.key: gettext("没有编号为“%s”的记录。") % key})
        return found or self.init_instance(row), found is None

    def after_init_instance(self, instance: Any, new: bool, row: Any, **given: Any) -> None:
        """Keep what the row was."""
        before = self.model.__new__(self.model)
        vars(before).update(vars(instance))
        vars(instance)["_before"] = before

    def import_instance(self, instance: Any, row: Mapping[str, str], **given: Any) -> None:
        """Read the cells into the row; ValidationError by column."""
        errors = {}
        for column in self.written:
            if column.column_name in row:
                try:
                    column.save(instance, row, **given)
                except ValueError as error:
                    errors[column.column_name] = str(error)
        if errors:
            raise ValidationError(errors)

    def changed(self, instance: Any) -> list[TableColumn]:
        """The columns in which the row differs from what it was."""
        before = vars(instance)["_before"]
        return [column for column in self.written if column.said(instance) != column.said(before)]

    def skip_row(
        self, instance: Any, original: Any, row: Mapping[str, str], import_validation_errors: Any = None
    ) -> bool:
        """What is as it was is left alone, and what the file says just as it was written out: then it was somebody else
        who changed the row."""
        if import_validation_errors or instance._state.adding:
            return False
        return not self.changed(instance) or self.version(instance) == row.get(VERSION, "").strip()

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """What stands against the row, by column; nothing is asked of the database."""
        errors: dict[str, list[Any]] = {column: list(told) for column, told in (import_validation_errors or {}).items()}
        by_attribute = {column.attribute: column.column_name for column in self.written} | {"adcode": "adcode"}
        fields = instance._meta.concrete_fields
        left_out = {field.name for field in fields if field.is_relation or field.attname not in by_attribute}
        left_out |= {field.name for field in fields if by_attribute.get(field.attname) in errors}
        if not instance._state.adding:  # what stood there before is not what the file is told of
            concerned = {column.attribute for column in self.changed(instance)}
            left_out |= {field.name for field in fields if field.attname not in concerned}
        for check in (lambda: instance.clean_fields(exclude=left_out), instance.clean):
            try:
                check()
            except ValidationError as error:
                for name, told in error.update_error_dict({}).items():
                    errors.setdefault(by_attribute.get(name, name), []).extend(told)
        if not errors:
            for name, words in self.complaints(instance):
                errors.setdefault(name, []).append(ValidationError(str(words)))
        if errors:
            raise ValidationError(errors)

    def complaints(self, instance: Any) -> Complaints:
        """What the database would refuse, and a line that is behind the times."""
        yield from ()

    def save_instance(self, instance: Any, is_create: bool, row: Mapping[str, str], **given: Any) -> None:
        """Take down whose hand it was. A row that somebody changed since it was written out is not trampled."""
        if not is_create:
            self._check_version(vars(instance)["_before"], row.get(VERSION, "").strip())
        self.by_hand(instance, [column.name for column in self.changed(instance)])

    def by_hand(self, instance: Any, names: Sequence[str]) -> None:
        if isinstance(instance, Reviewed):
            instance.set_by_hand(names, confirms=self.confirms)

    def _check_version(self, before: Any, version: str) -> None:
        if not version:
            raise ValidationError(
                {VERSION: gettext("缺少导出时的 version，无法判断这一行此后有没有人改过；请重新导出再改。")}
            )
        if version != self.version(before):
            raise ValidationError({VERSION: gettext("导出之后有人改过这一行；请重新导出，在新的内容上修改。")})


def version_of(said: Iterable[str]) -> str:
    """Short for all that an import could change of a row; it begins with a letter, lest it be taken for a
    number."""
    return f"v{hashlib.sha256(chr(31).join(said).encode()).hexdigest()[:12]}"


def refusal(model: type[models.Model], constraint: str) -> str | Promise:
    """What the model's constraint of this name says."""
    found = next(one for one in model._meta.constraints if one.name == constraint)
    return found.violation_error_message or ""


def columns_of(kind: str, *, but: str = "") -> Iterator[TableColumn]:
    """The columns of the fields of such a fact, in the order of the registry."""
    for field in fields.FIELDS[kind]:
        if not field.in_table or field.name == but:
            continue
        if field.precision:
            yield DateColumn(field.name, field.precision)
        elif field.kind in TARGETS:
            yield Reference(field.column, TARGETS[field.kind])
        else:
            yield COLUMNS[field.kind](field.name)


class Brands(Table):
    model = Brand
    identity = IDENTITY[Brand]
    related = ("aliases",)

    def layout(self) -> Sequence[TableColumn]:
        return (
            TableColumn("name"),
            Aliases("aliases"),
            *columns_of("brand", but="name"),
            ReadOnlyColumn("review"),
            ReadOnlyColumn("confidence"),
        )

    def complaints(self, instance: Any) -> Complaints:
        if not instance.name_key:
            yield "name", refusal(Brand, "brand_has_a_name")
        if instance.series_id is not None and instance.series_id == instance.pk:
            yield "series", gettext("品牌不能属于自己。")

    def by_hand(self, instance: Any, names: Sequence[str]) -> None:
        super().by_hand(instance, names)
        instance.inferred = [name for name in instance.inferred if name not in names]


class Programs(Table):
    model = Program
    identity = IDENTITY[Program]
    related = ("brands", "regions")

    def layout(self) -> Sequence[TableColumn]:
        return (
            *columns_of("program"),
            Links("brands", Brand),
            Links("regions", Region),
            ReadOnlyColumn("review"),
            ReadOnlyColumn("confidence"),
        )

    def complaints(self, instance: Any) -> Complaints:
        if not instance.name_key:
            yield "name", refusal(Program, "program_has_a_name")


class Statistics(Table):
    model = Statistic
    identity = IDENTITY[Statistic]

    def layout(self) -> Sequence[TableColumn]:
        return (
            Reference("brand_id", Brand),
            Reference("program_id", Program),
            Reference("region_id", Region),
            *columns_of("statistic"),
            ReadOnlyColumn("review"),
            ReadOnlyColumn("confidence"),
        )

    def complaints(self, instance: Any) -> Complaints:
        if [instance.brand_id, instance.program_id, instance.region_id].count(None) != 2:
            yield "brand", refusal(Statistic, "statistic_has_one_subject")
        if instance.value_max is not None and instance.value_max < instance.value:
            yield "value_max", refusal(Statistic, "statistic_range_upwards")


class Regions(Table):
    """Divisions, whose code is their key. A line of an unknown code without a version is a new one."""

    model = Region
    key = "adcode"
    related = ("names",)

    def layout(self) -> Sequence[TableColumn]:
        return (
            TableColumn("name"),
            TableColumn("common_name"),
            TableColumn("short_name"),
            ChoiceColumn("level"),
            Reference("parent_id", Region),
            TableColumn("pinyin"),
            OtherNames("names"),
        )

    def is_key(self, text: str) -> bool:
        return bool(text)

    def may_be_new(self, row: Mapping[str, str]) -> bool:
        return not row.get(VERSION, "").strip()

    def init_instance(self, row: Any = None) -> Any:
        return Region(adcode=row[self.key].strip())

    def complaints(self, instance: Any) -> Complaints:
        if instance.parent_id is None and instance.pk != COUNTRY:
            yield "parent", gettext("请填上级的行政区划代码；省级的上级是 100000。")
        elif instance.parent_id == instance.pk:
            yield "parent", gettext("上级不能是自己。")


class Synonyms(Table):
    model = Synonym

    def layout(self) -> Sequence[TableColumn]:
        return (TableColumn("words"), TableColumn("narrower"), FlagColumn("active"), ReadOnlyColumn("key"))

    def by_hand(self, instance: Any, names: Sequence[str]) -> None:
        instance.by_hand = True


# The tables by the names of their models.
TABLES: Mapping[str, type[Table]] = {
    "brand": Brands,
    "region": Regions,
    "program": Programs,
    "statistic": Statistics,
    "synonym": Synonyms,
}
