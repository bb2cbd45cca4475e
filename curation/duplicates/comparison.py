"""Two records beside each other, as pages show them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Count, F, Model, QuerySet, Window
from django.db.models.functions import RowNumber

from brands.audit.merge import differing
from brands.models import Brand, Evidence, Program, Region
from brands.models.source import reports
from brands.proposals import FIELDS, kind_of, shown, value_of
from curation.models import RecordKind

# Sentences of papers that are shown of a record.
SENTENCES = 2

Fact: TypeAlias = Brand | Program
MODELS: Mapping[str, type[Fact]] = {RecordKind.BRAND: Brand, RecordKind.PROGRAM: Program}
PLACES: Mapping[str, str] = {RecordKind.BRAND: "region", RecordKind.PROGRAM: "place"}
TRADES: Mapping[str, str] = {RecordKind.BRAND: "industry", RecordKind.PROGRAM: "kind"}


@dataclass(frozen=True, slots=True)
class ComparedRecord:
    """A record with its other names, sentences that name it, and how many articles and numbers it has."""

    record: Fact
    names: Sequence[str]
    sentences: Sequence[Evidence]
    articles: int
    statistics: int


@dataclass(frozen=True, slots=True)
class ComparedField:
    """A field and what both sides have there."""

    field: str
    label: str
    left: str
    right: str
    differs: bool


def sides(kind: str, numbers: Iterable[int]) -> dict[int, ComparedRecord]:
    """The records of these numbers that are there, in five statements."""
    rows = _counted(MODELS[kind]._default_manager.filter(pk__in=set(numbers)), kind)
    if kind == RecordKind.BRAND:
        rows = rows.prefetch_related("aliases")
    found = {row.pk: row for row in rows}
    said = _sentences(kind, found)
    return {pk: _side(row, said[pk]) for pk, row in found.items()}


def _side(row: Fact, said: Sequence[Evidence]) -> ComparedRecord:
    names = [alias.name for alias in row.aliases.all()] if isinstance(row, Brand) else []
    counts = vars(row)
    return ComparedRecord(row, names, said, counts["article_count"], counts["statistic_count"])


def _counted(rows: "QuerySet[Any]", kind: str) -> "QuerySet[Any]":
    place = PLACES[kind]
    also = ("series",) if kind == RecordKind.BRAND else ()
    counts = {
        "article_count": reports("evidence__article"),
        "statistic_count": Count("statistics", distinct=True),
    }
    found: QuerySet[Any] = rows.annotate(**counts).select_related(f"{place}__parent__parent", *also)
    return found


def _sentences(kind: str, numbers: Iterable[int]) -> defaultdict[int, list[Evidence]]:
    """The newest sentences that name each record."""
    place = Window(RowNumber(), partition_by=F(kind), order_by=(F("article__published_on").desc(nulls_last=True), "pk"))
    rows = Evidence.objects.of_facts().filter(**{f"{kind}__in": list(numbers)}).annotate(place=place)
    chosen = [pk for pk, _place in rows.filter(place__lte=SENTENCES).order_by("pk").values_list("pk", "place")]
    found: defaultdict[int, list[Evidence]] = defaultdict(list)
    for piece in Evidence.objects.filter(pk__in=chosen).with_words().order_by("-article__published_on", "pk"):
        found[getattr(piece, f"{kind}_id")].append(piece)
    return found


def lines(left: Fact, right: Fact) -> list[ComparedField]:
    """The fields that either side knows, in the order of forms."""
    apart = set(differing(left, right))
    found = []
    for field in FIELDS[kind_of(left)]:
        if value_of(left, field) or value_of(right, field):
            label = str(left._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
            found.append(ComparedField(field, label, in_words(left, field), in_words(right, field), field in apart))
    return found


def in_words(record: Fact, field: str) -> str:
    """What stands in the field, as people read it; nothing is asked of the database where relations are loaded."""
    value = getattr(record, field)
    if isinstance(value, Region):
        return " ".join(str(one) for one in value.lineage)
    if isinstance(value, Model):
        return str(value)
    return shown(record, field, value_of(record, field))
