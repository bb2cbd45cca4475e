"""The one registry of the fields of facts: what each is called, of what kind it is, and where it is used.

A new field of a fact is a line here and one in its model, with a migration. Proposals, readers' reports, edits in bulk,
the review's forms, previews of uploads, tables out and in, the brand's page and the API read from here which fields
they have.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class FieldKind(Enum):
    """How a field is written into a cell, read from one and compared."""

    TEXT = "text"
    CHOICE = "choice"
    YEAR = "year"
    NUMBER = "number"
    COUNT = "count"
    DATE = "date"
    REGION = "region"
    BRAND = "brand"


@dataclass(frozen=True, slots=True)
class FactField:
    """A field of a brand, program or statistic, by the name that its model has for it.

    `proposable`: a run or an editor may propose a value beside the one that stands. `in_bulk`: many rows may be given
    one value. `in_review`: the review's form has it. `in_preview`: the preview of an upload shows it. `in_table`: it is
    a column of the exported and imported table. `on_page` is what the page calls it where a reader may report it as
    wrong, else empty; the page of a brand lists such fields of text by itself. `in_api` is the name of the API's
    column, else empty. `precision` names the field that says how much of a date is known.
    """

    name: str
    kind: FieldKind = FieldKind.TEXT
    proposable: bool = True
    in_bulk: bool = False
    in_review: bool = True
    in_preview: bool = True
    in_table: bool = True
    on_page: str | Promise = ""
    in_api: str = ""
    precision: str = ""

    @property
    def column(self) -> str:
        """The attribute that holds the stored value: of a key to another row, the key itself."""
        return f"{self.name}_id" if self.kind in {FieldKind.REGION, FieldKind.BRAND} else self.name


# The fields of each kind of fact, in the order in which people meet them.
FIELDS: dict[str, tuple[FactField, ...]] = {
    "brand": (
        FactField("name", in_api="name"),
        FactField("region", FieldKind.REGION, in_bulk=True, on_page=_("所在地"), in_api="adcode"),
        FactField("industry", FieldKind.CHOICE, in_bulk=True, on_page=_("行业"), in_api="industry"),
        FactField("category", FieldKind.CHOICE, in_bulk=True, on_page=_("类型"), in_api="category"),
        FactField("level", FieldKind.CHOICE, in_bulk=True, on_page=_("级别"), in_api="level"),
        FactField("owner_kind", FieldKind.CHOICE, in_preview=False, in_api="owner_kind"),
        FactField("series", FieldKind.BRAND, in_review=False, in_preview=False, on_page=_("所属系列"), in_api="series"),
        FactField("organisation", on_page=_("建设单位")),
        FactField("recognised_year", FieldKind.YEAR, on_page=_("认定年份"), in_api="year"),
        FactField("batch", in_api="batch"),
        FactField("issuer", on_page=_("认定机关")),
        FactField("document_number", on_page=_("认定文号")),
        FactField("description", in_review=False, in_preview=False),
    ),
    "program": (
        FactField("name"),
        FactField("kind", FieldKind.CHOICE, in_bulk=True),
        FactField("edition", FieldKind.COUNT),
        FactField("year", FieldKind.YEAR),
        FactField("other_names", in_preview=False),
        FactField("issuer"),
        FactField("held_on", FieldKind.DATE, precision="held_precision"),
        FactField("place", FieldKind.REGION, in_bulk=True),
    ),
    "statistic": (
        FactField("metric", FieldKind.CHOICE, in_bulk=True),
        FactField("value", FieldKind.NUMBER),
        FactField("value_max", FieldKind.NUMBER),
        FactField("qualifier", FieldKind.CHOICE),
        FactField("unit", in_bulk=True),
        FactField("scope", FieldKind.CHOICE, in_bulk=True),
        FactField("part_of"),
        FactField("per", FieldKind.CHOICE, in_bulk=True),
        FactField("period", in_preview=False),
        FactField("as_of", FieldKind.DATE, precision="as_of_precision"),
        FactField("as_of_basis", FieldKind.CHOICE, in_bulk=True, in_preview=False),
        FactField("stated", proposable=False, in_review=False),
    ),
}

# Fields of the models that people may edit and that are no fields of the fact, with the reason.
LEFT_OUT: dict[str, dict[str, str]] = {
    "brand": {"review": "a verdict", "confidence": "the machine's", "created_at": "a stamp", "updated_at": "a stamp"},
    "program": {
        "review": "a verdict",
        "confidence": "the machine's",
        "created_at": "a stamp",
        "updated_at": "a stamp",
        "brands": "links, worked out from sentences",
        "regions": "links, worked out from sentences",
    },
    "statistic": {
        "review": "a verdict",
        "confidence": "the machine's",
        "created_at": "a stamp",
        "updated_at": "a stamp",
        "whole": "a link to another statistic",
        "brand": "its subject",
        "program": "its subject",
        "region": "its subject",
    },
}

# Dates, and the fields that say how much of them is known.
PRECISIONS = {field.name: field.precision for fields in FIELDS.values() for field in fields if field.precision}


def names(kind: str, use: str) -> tuple[str, ...]:
    """The names of the fields of a kind of fact that have this use: an attribute of `FactField`, such as "in_bulk"."""
    return tuple(field.name for field in FIELDS[kind] if getattr(field, use))


def columns(kind: str, use: str) -> tuple[str, ...]:
    """As `names`, but the attributes that hold what is stored, a date's precision behind it."""
    return tuple(_columns(kind, use))


def _columns(kind: str, use: str) -> Iterator[str]:
    for field in FIELDS[kind]:
        if getattr(field, use):
            yield field.column
            if field.precision:
                yield field.precision


def unknown_on_page(kind: str, fact: object) -> list[FactField]:
    """The fields that the page of this fact shows and whose values are unknown, in the order of the registry."""
    return [field for field in FIELDS[kind] if field.on_page and getattr(fact, field.column) in {None, ""}]


@dataclass(frozen=True, slots=True)
class TextOnPage:
    """A field of text as the page of its fact shows it."""

    name: str
    label: str
    value: str


def texts_on_page(kind: str, fact: object) -> list[TextOnPage]:
    """The fields of text that the page of this fact, of this kind, shows and that are known, in its order."""
    shown = (field for field in FIELDS[kind] if field.on_page and field.kind is FieldKind.TEXT)
    told = (TextOnPage(field.name, str(field.on_page), getattr(fact, field.name)) for field in shown)
    return [text for text in told if text.value]
