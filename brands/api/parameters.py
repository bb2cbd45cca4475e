"""The parameters of lists: what the description of the interface says of each, and whether a value has its form."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from drf_spectacular.utils import OpenApiParameter

from brands.listing import Listing
from brands.listing.fields import (
    MAX_DIGITS,
    MAX_VALUES,
    UNKNOWN,
    BoundField,
    BrandField,
    DestinationField,
    PrintedField,
    RegionCodeField,
    TypedField,
    ValuesField,
    YearField,
    known,
)
from brands.models.card import MAX_VALUE

# Records of a page of a list, unless fewer are asked for.
PAGE_SIZE = 100

# The last page that a number leads to; `after` leads further.
DEEPEST = 120

# The number of a record.
KEY = "[1-9][0-9]{0,17}"
ADCODE = "[1-9][0-9]{5}"

Schema = Mapping[str, Any]

# Words that somebody types.
WORDS: Schema = {"type": "string", "pattern": r"\S"}

# What the parameters of lists mean, where their labels alone do not say it.
MEANINGS = {
    "q": "words, as in the search box",
    "region": "division by its code (GB/T 2260), and all in it; 100000 is what is said of the country as a whole",
    "industry": "trade",
    "category": "official field",
    "level": "who recognised the brand",
    "year": "year of recognition; of statistics and articles, of the number or the article",
    "batch": "batch of recognition as printed, such as 第一批",
    "owner_kind": "whose brand it is",
    "series": "number of the brand whose series it belongs to",
    "program": "number of a policy or event: of brands, one that names the brand; of statistics, the one whose it is",
    "brand": "number of the brand whose it is",
    "id": "number of the record",
    "destination": "where its people work: code of a province, or of a country (ISO 3166-1)",
    "has": "what is known of the brand; of several, all",
    "metric": "what is counted; of brands, a figure that is reported of them",
    "review": "confirmed by a person, or proposed by the machine",
    "headcount_min": "at least so many people employed",
    "headcount_max": "at most so many",
    "income_min": "at least so many yuan a head and month",
    "income_max": "at most so many",
    "as_of_min": "newest figure not of before this year",
    "as_of_max": "newest figure not of after this year",
    "kind": "kind of program",
    "scope": "what the number measures",
    "subject": "of whom it is",
    "sum": "those that the sum over brands of this name adds up",
}


# The same of the lists that no page has.
PLAIN_MEANINGS = {
    "type": "of what the report is",
    "parent": "code of the division right above",
    "level": "level of the division",
    "brand": "number of the brand that it bears out",
    "program": "number of the program",
    "statistic": "number of the statistic",
    "article": "number of the article that it stands in",
    "field": "the field of the fact that it bears out",
}


def form(field: ValuesField) -> Schema:
    """The JSON schema of one value of a parameter of a list. What has the form may still name nothing."""
    for kind, schema in _FORMS.items():
        if isinstance(field, kind):
            return schema
    return {"type": "string", "enum": [value for value in known(field) if field.accept([value])]}


# The first that fits, so those that others are made of stand last.
_FORMS: dict[type[ValuesField], Schema] = {
    DestinationField: {"type": "string", "pattern": f"^({ADCODE}|[A-Z]{{2}})$"},
    BrandField: {"type": "string", "pattern": f"^{KEY}$"},
    RegionCodeField: {"type": "string", "pattern": f"^({ADCODE}|{UNKNOWN})$"},
    BoundField: {"type": "integer", "minimum": 0, "maximum": 10**MAX_DIGITS - 1},
    TypedField: WORDS,
    PrintedField: {**WORDS, "maxLength": MAX_VALUE},
    YearField: {"type": "string", "pattern": f"^((19|20)[0-9]{{2}}|{UNKNOWN})$"},
}


def is_well_formed(schema: Schema, value: str) -> bool:
    """Whether a value as it stands in an address has this form."""
    if schema["type"] == "integer":
        return value.isascii() and value.isdecimal() and len(value) <= len(str(schema["maximum"]))
    if "enum" in schema:
        return value in schema["enum"]
    return len(value) <= schema.get("maxLength", len(value)) and re.search(schema.get("pattern", ""), value) is not None


def is_one(field: ValuesField) -> bool:
    """Whether a parameter has one value at most."""
    return isinstance(field, BoundField | TypedField)


def described(kind: type[Listing], fields: Iterable[str]) -> list[OpenApiParameter]:
    """All parameters of a list whose records have these fields, in the order of its filters."""
    return [*(_described(name, rule) for name, rule in kind.base_filters.items()), *_common(kind), *paging(fields)]


def _described(name: str, rule: Any) -> OpenApiParameter:
    schema = dict(form(rule.field))
    told = MEANINGS.get(name, str(rule.label))
    if is_one(rule.field):
        return OpenApiParameter(name, schema, description=told)
    several = {"type": "array", "items": schema, "maxItems": MAX_VALUES}
    return OpenApiParameter(name, several, description=told)


def _common(kind: type[Listing]) -> Iterable[OpenApiParameter]:
    faceted = [name for name, rule in kind.base_filters.items() if rule.faceted]
    yield OpenApiParameter(
        "sort", str, enum=[*kind.orders], description=f"order; {next(iter(kind.orders))} if not said"
    )
    yield OpenApiParameter("page", _number(DEEPEST), description="the page of this number, of all or behind `after`")
    yield OpenApiParameter("facets", str, enum=["1"], description="1: with the facets of the list and their counts")
    yield OpenApiParameter("facet", str, enum=faceted, description="with this facet alone")
    yield OpenApiParameter(
        "find", dict(WORDS), description="with facets, of which only values with these words in their names"
    )


def paging(fields: Iterable[str]) -> Iterable[OpenApiParameter]:
    """What lists of all kinds have, whose records have these fields."""
    yield OpenApiParameter(
        "after", {"type": "string", "pattern": f"^{KEY}$"}, description="goes on behind this record; stands in `next`"
    )
    yield OpenApiParameter("limit", _number(PAGE_SIZE), description=f"records of a page; {PAGE_SIZE} if not said")
    yield chosen_fields(fields)


def chosen_fields(fields: Iterable[str]) -> OpenApiParameter:
    schema = {"type": "array", "items": {"type": "string", "enum": [*fields]}, "minItems": 1}
    told = "only these fields of each record, with commas between"
    return OpenApiParameter("fields", schema, description=told, explode=False)


def _number(most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": most}
