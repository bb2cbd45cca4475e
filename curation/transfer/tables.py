"""The tables: their columns in order, and what makes a row of each a good one. Nothing is written here."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, TypeAlias

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext

from brands.models import Brand, Evidence, Program, Region, Reviewed, Statistic, Synonym
from brands.models.region import COUNTRY
from brands.search.store import batches as chunks
from brands.spreadsheets.cells import Cell
from brands.vocabulary import fields
from brands.vocabulary.fields import FieldKind
from curation.bulk_edit import IDENTITY
from curation.transfer import source_columns
from curation.transfer.columns import (
    Aliases,
    CellTexts,
    ChoiceColumn,
    CountColumn,
    DateColumn,
    Details,
    FlagColumn,
    Links,
    NameOf,
    NumberColumn,
    OtherNames,
    ReadOnlyColumn,
    Reference,
    ScopeWords,
    TableColumn,
    TableRow,
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
    FieldKind.COUNT: CountColumn,
}

Complaints: TypeAlias = Iterator[tuple[str, str | Promise]]
# What is wrong, in words for people, by column.
Errors: TypeAlias = dict[str, list[str]]


class Table:
    """What the tables have in common: a key, the version, and columns of which some are only to be read.

    `confirms` says whether who imports a proposed fact confirms it.
    """

    model: ClassVar[type[models.Model]]
    key: ClassVar[str] = "id"
    # What the cells need besides the row itself.
    related: ClassVar[tuple[str | models.Prefetch[Any], ...]] = ()
    # The columns of the database of which no two rows may have the same.
    identity: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *, confirms: bool = False) -> None:
        self.confirms = confirms
        self.columns: dict[str, TableColumn] = {}
        for column in self.layout():
            self.columns[column.header] = column
            if isinstance(column, Reference):
                self.columns[column.named] = NameOf(column)
        self.references = [column for column in self.columns.values() if isinstance(column, Reference)]
        self.written: list[TableColumn] = [column for column in self.columns.values() if not column.shown_only]

    def layout(self) -> Sequence[TableColumn]:
        """The columns in order."""
        raise NotImplementedError

    @property
    def headers(self) -> list[str]:
        """The names of all columns of a file, in order."""
        return [self.key, VERSION, *self.columns]

    def rows(self, keys: Sequence[object], *, locks: bool = False) -> dict[str, models.Model]:
        """The rows with these keys, with what their cells need, by the text of their key; with `locks`, they stay as
        they are until the transaction ends."""
        found: dict[str, models.Model] = {}
        for some in chunks(keys, AT_ONCE):
            rows = self.model._base_manager.filter(pk__in=some).prefetch_related(*self.related)
            found |= {str(row.pk): row for row in (rows.select_for_update() if locks else rows)}
        return found

    def known_of(self, mentioned: Callable[[Reference | Links], Iterable[tuple[str, str]]]) -> Known:
        """The rows of others that these columns mention, as `mentioned` says it of each column that refers to any."""
        keys: dict[type[models.Model], set[str]] = {}
        names: dict[type[models.Model], set[str]] = {}
        for column in self.columns.values():
            if isinstance(column, Reference | Links):
                for key, name in mentioned(column):
                    keys.setdefault(column.model, set()).add(key)
                    names.setdefault(column.model, set()).update({name} if name and not key else ())
                keys.setdefault(column.model, set())
        return {
            model: divisions() if model is Region else of_model(model, keys[model], names.get(model, set()))
            for model in keys
        }

    # Out

    def cells(self, row: TableRow, known: Known) -> list[Cell]:
        """The line of the row, in the order of `headers`."""
        texts = {header: column.text(row) for header, column in self.columns.items()}
        cells = (column.cell(row, texts[header], known) for header, column in self.columns.items())
        return [row.row.pk, self.version(row), *cells]

    def version(self, row: TableRow) -> str:
        """What the column `VERSION` says of the row."""
        return version_of(column.text(row) for column in self.written if column.is_of_row)

    # In

    def is_key(self, text: str) -> bool:
        """Whether the text may be the key of a row."""
        return text.isascii() and text.isdecimal() and len(text) < 19

    def may_be_new(self, cells: CellTexts) -> bool:
        """Whether a line whose key no row has stands for a new row."""
        return not cells[self.key].strip()

    def new_row(self, cells: CellTexts) -> models.Model:
        """A row for such a line, with nothing but its key."""
        return self.model()

    def load(self, row: TableRow, cells: CellTexts, known: Known) -> Errors:
        """Read the cells of a line into the row; what is wrong with which of them."""
        errors: Errors = {}
        for column in self.written:
            if column.header in cells:
                try:
                    column.load(row, cells, known)
                except ValueError as error:
                    errors[column.header] = [str(error)]
        return errors

    def changed(self, row: TableRow, before: TableRow) -> list[TableColumn]:
        """The columns in which the row differs from what it was."""
        return [column for column in self.written if column.text(row) != column.text(before)]

    def check(self, row: TableRow, before: TableRow, errors: Errors) -> None:
        """ValidationError by column with `errors`, what was wrong with cells, and all else that stands against the row;
        nothing is asked of the database. Of a row that is there, only columns that change are checked: what stood there
        before is not what the file is told of."""
        errors = dict(errors)
        headers = {column.attribute: column.header for column in self.written} | {"adcode": "adcode"}
        concerned = {attribute for attribute, header in headers.items() if header not in errors}
        if not row.row._state.adding:
            concerned &= {column.attribute for column in self.changed(row, before)}
        fields = row.row._meta.concrete_fields
        left_out = {field.name for field in fields if field.is_relation or field.attname not in concerned}
        for check in (partial(row.row.clean_fields, exclude=left_out), row.row.clean):
            try:
                check()
            except ValidationError as error:
                for name, found in error.update_error_dict({}).items():
                    words = (message for one in found for message in one.messages)
                    errors.setdefault(headers.get(name, name), []).extend(words)
        if not errors:
            for name, complaint in (*self.complaints(row.row), *source_columns.complaints(row)):
                errors.setdefault(name, []).append(str(complaint))
        if errors:
            raise ValidationError(errors)

    def complaints(self, row: Any) -> Complaints:
        """What the database would refuse of a row of the model, by column."""
        yield from ()

    def check_version(self, before: TableRow, cells: CellTexts) -> None:
        """ValidationError where somebody changed the row since it was written out, or where nobody can tell."""
        version = cells.get(VERSION, "").strip()
        if not version:
            raise ValidationError(
                {VERSION: gettext("缺少导出时的 version，无法判断这一行此后有没有人改过；请重新导出再改。")}
            )
        if version != self.version(before):
            raise ValidationError({VERSION: gettext("导出之后有人改过这一行；请重新导出，在新的内容上修改。")})

    def by_hand(self, row: Any, names: Sequence[str]) -> None:
        """Note on a row of the model that a person has set these fields."""
        if isinstance(row, Reviewed):
            row.set_by_hand(names, confirms=self.confirms)


def version_of(texts: Iterable[str]) -> str:
    """Short for all that an import could change of a row; it begins with a letter, lest it be taken for a
    number."""
    return f"v{hashlib.sha256(chr(31).join(texts).encode()).hexdigest()[:12]}"


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
    related = ("aliases", "details")

    def layout(self) -> Sequence[TableColumn]:
        return (
            TableColumn("name"),
            Aliases("aliases"),
            *columns_of("brand", but="name"),
            Details("details"),
            *source_columns.source_columns(),
            ReadOnlyColumn("review"),
            ReadOnlyColumn("confidence"),
        )

    def complaints(self, row: Brand) -> Complaints:
        if not row.name_key:
            yield "name", refusal(Brand, "brand_has_a_name")
        if row.series_id is not None and row.series_id == row.pk:
            yield "series", gettext("品牌不能属于自己。")

    def by_hand(self, row: Brand, names: Sequence[str]) -> None:
        super().by_hand(row, names)
        row.inferred = [name for name in row.inferred if name not in names]


class Programs(Table):
    model = Program
    identity = IDENTITY[Program]
    related = ("brands", "regions")

    def layout(self) -> Sequence[TableColumn]:
        return (
            *columns_of("program"),
            Links("brands", Brand),
            Links("regions", Region),
            *source_columns.source_columns(),
            ReadOnlyColumn("review"),
            ReadOnlyColumn("confidence"),
        )

    def complaints(self, row: Program) -> Complaints:
        if not row.name_key:
            yield "name", refusal(Program, "program_has_a_name")


class Statistics(Table):
    model = Statistic
    identity = IDENTITY[Statistic]
    related = (
        models.Prefetch("evidence", Evidence.objects.with_words().filter(field="scope"), to_attr="scope_evidence"),
    )

    def layout(self) -> Sequence[TableColumn]:
        return (
            Reference("brand_id", Brand),
            Reference("program_id", Program),
            Reference("region_id", Region),
            *columns_of("statistic"),
            *source_columns.source_columns(),
            ScopeWords("scope_evidence", header="scope_words"),
            ReadOnlyColumn("review"),
            ReadOnlyColumn("confidence"),
        )

    def complaints(self, row: Statistic) -> Complaints:
        if [row.brand_id, row.program_id, row.region_id].count(None) != 2:
            yield "brand", refusal(Statistic, "statistic_has_one_subject")
        if row.value_max is not None and row.value_max < row.value:
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

    def may_be_new(self, cells: CellTexts) -> bool:
        return not cells.get(VERSION, "").strip()

    def new_row(self, cells: CellTexts) -> models.Model:
        return Region(adcode=cells[self.key].strip())

    def complaints(self, row: Region) -> Complaints:
        if row.parent_id is None and row.pk != COUNTRY:
            yield "parent", gettext("请填上级的行政区划代码；省级的上级是 100000。")
        elif row.parent_id == row.pk:
            yield "parent", gettext("上级不能是自己。")


class Synonyms(Table):
    model = Synonym

    def layout(self) -> Sequence[TableColumn]:
        return (TableColumn("words"), TableColumn("narrower"), FlagColumn("active"), ReadOnlyColumn("key"))

    def by_hand(self, row: Synonym, names: Sequence[str]) -> None:
        row.by_hand = True


# The tables by the names of their models.
TABLES: Mapping[str, type[Table]] = {
    "brand": Brands,
    "region": Regions,
    "program": Programs,
    "statistic": Statistics,
    "synonym": Synonyms,
}
