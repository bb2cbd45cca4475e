"""The public data as tables: which rows of which models a dump and the feed of changes tell, and each column of them.

A row is public where readers see it and the sentence that says it. A value that refers to what is not public is null,
as is what is unknown. Keys are those of the catalogue, and rows stand in their order.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, TypeAlias

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Substr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import (
    Article,
    Brand,
    BrandAlias,
    BrandDetail,
    Evidence,
    Program,
    Redirect,
    Region,
    RegionName,
    Statistic,
)
from brands.vocabulary.choices import (
    BrandLevel,
    Category,
    DateBasis,
    Departure,
    DetailKind,
    Industry,
    Metric,
    OwnerKind,
    Per,
    ProgramKind,
    Qualifier,
    RegionLevel,
    RegionNameKind,
    ReviewState,
    Scope,
)
from brands.vocabulary.dates import to_iso

# A type of Table Schema.
Kind: TypeAlias = Literal["string", "integer", "number", "date", "datetime", "array"]

# A public row, by the names of its columns.
Record: TypeAlias = dict[str, Any]

# Rows that are read together.
BATCH = 2_000

# A date that may stop at the month or the year.
PARTIAL_DATE = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


@dataclass(frozen=True, slots=True)
class DumpColumn:
    """A column. `sources` are the attributes or expressions of the row that it is made of; `into` is the attribute that
    takes its value where a dump is loaded, empty for what follows from others. `of` is the table that it refers to."""

    name: str
    sources: tuple[str | Combinable, ...]
    meaning: str
    kind: Kind = "string"
    into: str = ""
    of: str = ""
    choices: type[TextChoices] | None = None
    required: bool = False
    pattern: str = ""
    unit: str = ""
    made: Callable[..., Any] = field(default=lambda value: value)

    def value(self, values: tuple[Any, ...]) -> Any:
        """The public value of these of the row; unknown is None."""
        found = self.made(*values)
        if found == "":
            return None
        if isinstance(found, datetime):
            return found.astimezone(UTC).isoformat()
        return found.isoformat() if isinstance(found, date) else found


def plain(value: Decimal | None) -> int | Decimal | None:
    """The number without zeros that say nothing: whole where it is whole.

    >>> plain(Decimal("2.5000"))
    Decimal('2.5')
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()


def _column(name: str, meaning: str = "", source: str | Combinable = "", **said: Any) -> DumpColumn:
    """A column that holds one attribute as it is."""
    source = source or name
    into = source if isinstance(source, str) else ""
    return DumpColumn(name, (source,), meaning, **({"into": into} | said))


def _number(meaning: str = "number of the record; it stays the same") -> DumpColumn:
    return _column("id", meaning, kind="integer", required=True)


def _key(name: str, of: str, meaning: str = "", source: str | Combinable = "", **said: Any) -> DumpColumn:
    """A column that refers to a row of another table."""
    kind = "string" if of == "regions" else "integer"
    return _column(name, meaning, source or f"{name}_id", **({"of": of, "kind": kind, "into": f"{name}_id"} | said))


def _place(name: str, meaning: str, source: str) -> DumpColumn:
    return _key(name, "regions", f"{meaning}: code of the division (GB/T 2260)", source, into=source)


def _partial_date(name: str, precision: str, meaning: str) -> DumpColumn:
    told = f"{meaning}: ISO 8601; stops at the month or the year where no more is known"
    return DumpColumn(name, (name, precision), told, pattern=PARTIAL_DATE, made=to_iso)


def _confidence() -> DumpColumn:
    return _column("confidence", "the extraction's own estimate, 0 to 1", kind="number", required=True)


def _review() -> DumpColumn:
    told = "confirmed by a person, or proposed by the machine"
    return _column("review", told, choices=ReviewState, required=True)


@dataclass(frozen=True)
class DumpTable:
    """A table: its `rows` are all that are public; the first column is the key."""

    name: str
    title: Promise
    model: type[Model]
    meaning: str
    rows: Callable[[], QuerySet[Any]]
    columns: tuple[DumpColumn, ...]

    @property
    def key(self) -> DumpColumn:
        return self.columns[0]

    @cached_property
    def _places(self) -> list[slice]:
        """Where the values of each column stand in a row that is read."""
        ends = [sum(len(one.sources) for one in self.columns[: at + 1]) for at in range(len(self.columns))]
        return [slice(end - len(one.sources), end) for one, end in zip(self.columns, ends, strict=True)]

    def records(self, keys: Collection[Any] | None = None) -> Iterator[Record]:
        """The public rows in the order of their keys, or those of them with these keys."""
        rows = self.rows() if keys is None else self.rows().filter(pk__in=keys)
        sources = [source for column in self.columns for source in column.sources]
        found = rows.order_by("pk").values_list(*sources)
        for values in found.iterator(chunk_size=BATCH) if keys is None else found:
            yield {
                column.name: column.value(values[place])
                for column, place in zip(self.columns, self._places, strict=True)
            }


# Which rows are public


def _told(fact: str) -> Exists:
    """That a sentence bears the fact out which readers may see."""
    told = Evidence.objects.of_facts().filter(article__relevant=True)
    return Exists(told.filter(**{fact: OuterRef("pk")}))


def public_brands() -> QuerySet[Brand]:
    return Brand.objects.published().filter(_told("brand"))


def public_programs() -> QuerySet[Program]:
    return Program.objects.published().filter(_told("program"))


def public_statistics() -> QuerySet[Statistic]:
    """Of subjects that are public themselves."""
    whose = Q(region__isnull=False) | Q(brand__in=public_brands()) | Q(program__in=public_programs())
    return Statistic.objects.published().filter(_told("statistic")).filter(whose)


def _public_evidence() -> QuerySet[Evidence]:
    whose = Q(brand__in=public_brands()) | Q(program__in=public_programs()) | Q(statistic__in=public_statistics())
    return Evidence.objects.filter(whose, article__relevant=True)


def _of_brands(model: type[Model]) -> Callable[[], QuerySet[Any]]:
    return lambda: model._default_manager.filter(brand__in=public_brands())


def _program_brands() -> QuerySet[Any]:
    links = Program.brands.through._default_manager
    return links.filter(program__in=public_programs(), brand__in=public_brands())


def _program_regions() -> QuerySet[Any]:
    return Program.regions.through._default_manager.filter(program__in=public_programs())


def _if_public(rows: Callable[[], QuerySet[Any]], key: str) -> Subquery:
    """The key in this attribute, null where no public row has it."""
    return Subquery(rows().filter(pk=OuterRef(key)).order_by().values("pk")[:1])


_TEXT = "article__page__text"

# The name of a brand that was merged is that of another one now, and it may never have been public itself.
_WITHDRAWN_NAME = Case(When(reason=Departure.MERGED, then=Value("")), default=F("name"), output_field=CharField())
_WITHDRAWN_PLACE = Case(When(reason=Departure.MERGED, then=Value("")), default=F("region"), output_field=CharField())

_REGIONS = DumpTable(
    "regions", _("行政区划"), Region,
    "administrative divisions", Region.objects.all,
    (
        _column("adcode", "code (GB/T 2260)", required=True, pattern="^[1-9][0-9]{5}$"),
        _column("name", "full name", required=True),
        _column("common_name", "name without the word for its kind", required=True),
        _column("short_name", "one character, of provinces"),
        _column("level", "level of the division", choices=RegionLevel, required=True),
        _key("parent", "regions", "the division that holds it"),
        _column("pinyin", "name in syllables"),
    ),
)  # fmt: skip

_REGION_NAMES = DumpTable(
    "region_names", _("区划别名"), RegionName,
    "other names of divisions: short, literary, former", RegionName.objects.all,
    (
        _number(),
        _place("adcode", "whose name it is", "region_id"),
        _column("name", "the other name", required=True),
        _column("kind", "kind of name", choices=RegionNameKind, required=True),
        _column("note", "what is to be said of it"),
    ),
)  # fmt: skip

_ARTICLES = DumpTable(
    "articles", _("报道"), Article,
    "articles on labour brands; their whole texts are their publishers'", Article.objects.relevant,
    (
        _number(),
        _column("title", "headline", required=True),
        _column("publisher", "the newspaper or site"),
        _column("published_on", "day of issue", kind="date"),
        _column("source_url", "where the publisher has it", "url"),
        _place("adcode", "where it is set", "place_id"),
        _column("score", "how far its words say that it is about labour brands, 0 to 1", kind="number", required=True),
        _key("reprint_of", "articles", "the article that it reprints",
             _if_public(Article.objects.relevant, "reprint_of_id")),
    ),
)  # fmt: skip

_BRANDS = DumpTable(
    "brands", _("劳务品牌"), Brand,
    "labour brands", public_brands,
    (
        _number(),
        _column("name", "name", required=True),
        _column("pinyin", "name in syllables"),
        _place("adcode", "where it is at home", "region_id"),
        _column("industry", "trade", choices=Industry, required=True),
        _column("category", "official field", choices=Category),
        _column("level", "who recognised it", choices=BrandLevel),
        _column("owner_kind", "whose brand it is", choices=OwnerKind),
        _key("series", "brands", "the brand whose series it belongs to",
             _if_public(public_brands, "series_id")),
        _column("year", "year of recognition", "recognised_year", kind="integer"),
        _column("batch", "batch of recognition, as printed"),
        _column("organisation", "who builds or runs it"),
        _column("issuer", "who recognised it, by name"),
        _column("document_number", "number of the paper that recognised it"),
        _column("description", "what it is, in a few words"),
        _column("inferred", "fields that no sentence states: a rule concluded them", kind="array", required=True),
        _review(),
        _confidence(),
    ),
)  # fmt: skip

_BRAND_NAMES = DumpTable(
    "brand_names", _("品牌别名"), BrandAlias,
    "other names under which brands are printed", _of_brands(BrandAlias),
    (
        _number(),
        _key("brand", "brands", "whose name it is", required=True),
        _column("name", "the other name", required=True),
    ),
)  # fmt: skip

_BRAND_DETAILS = DumpTable(
    "brand_details", _("品牌详情"), BrandDetail,
    "what a brand may have several of: destinations, trades, honours",
    _of_brands(BrandDetail),
    (
        _number(),
        _key("brand", "brands", "whose it is", required=True),
        _column("kind", "kind of detail", choices=DetailKind, required=True),
        _column("words", "as printed", required=True),
        _place("adcode", "of a destination", "region_id"),
        _column("country", "of a destination abroad: ISO 3166-1"),
        _column("people", "the words for how many work there"),
    ),
)  # fmt: skip

_PROGRAMS = DumpTable(
    "programs", _("政策与活动"), Program,
    "policies, conferences, contests, campaigns, projects and co-operation", public_programs,
    (
        _number(),
        _column("name", "name", required=True),
        _column("other_names", "other names, 、 between them"),
        _column("kind", "kind of program", choices=ProgramKind, required=True),
        _column("edition", "第三届 is 3", kind="integer"),
        _column("year", "the year that its name says", kind="integer"),
        _column("issuer", "who issued or held it"),
        _partial_date("held_on", "held_precision", "when it was held or issued"),
        _place("adcode", "where", "place_id"),
        _review(),
        _confidence(),
    ),
)  # fmt: skip

_PROGRAM_BRANDS = DumpTable(
    "program_brands", _("政策与活动涉及的品牌"), Program.brands.through,
    "the brands that programs concern", _program_brands,
    (
        _number("number of the link"),
        _key("program", "programs", "the program", required=True),
        _key("brand", "brands", "the brand", required=True),
    ),
)  # fmt: skip

_PROGRAM_REGIONS = DumpTable(
    "program_regions", _("政策与活动涉及的地区"), Program.regions.through,
    "the divisions that programs concern", _program_regions,
    (
        _number("number of the link"),
        _key("program", "programs", "the program", required=True),
        _place("adcode", "the division", "region_id"),
    ),
)  # fmt: skip

_STATISTICS = DumpTable(
    "statistics", _("数据"), Statistic,
    "numbers that papers report of a brand, a program or a division", public_statistics,
    (
        _number(),
        _key("brand", "brands", "of which brand it is"),
        _key("program", "programs", "of which program it is"),
        _place("adcode", "of which division it is", "region_id"),
        _column("metric", "what is counted", choices=Metric, required=True),
        _column("value", "the number, in the plain unit", kind="number", required=True, unit="see unit", made=plain),
        _column("value_max", "the upper end of a range", kind="number", unit="see unit", made=plain),
        _column("qualifier", "how the paper hedges it", choices=Qualifier, required=True),
        _column("unit", "the plain unit, without 万 and 亿", required=True),
        _column("scope", "what it measures: the whole, an addition, a part, a rate", choices=Scope, required=True),
        _column("part_of", "the words for the part, or for the limit of a total"),
        _key("whole", "statistics", "the number that it is a part of",
             _if_public(public_statistics, "whole_id")),
        _column("per", "for one of what, or in which span, a rate holds", choices=Per),
        _column("period", "the words of the period that as_of ends"),
        _partial_date("as_of", "as_of_precision", "its date"),
        _column("as_of_basis", "stated by the text, or published: only the paper is dated", choices=DateBasis),
        _column("stated", "the paper's words for it"),
        _review(),
        _confidence(),
    ),
)  # fmt: skip

_EVIDENCE = DumpTable(
    "evidence", _("原句"), Evidence,
    "the sentences that say the facts, each with the very words", _public_evidence,
    (
        _number(),
        _key("article", "articles", "where it stands", required=True),
        _key("brand", "brands", "the brand that it bears out"),
        _key("program", "programs", "the program that it bears out"),
        _key("statistic", "statistics", "the number that it bears out"),
        _key("detail", "brand_details", "the detail of the brand that it bears out"),
        _column("field", "the field that it bears out; null for the fact itself"),
        _column("words", "the words, as printed",
                Substr(_TEXT, F("start") + 1, F("end") - F("start")), required=True),
        _column("sentence", "the sentence around them, as printed",
                Substr(_TEXT, F("context_start") + 1, F("context_end") - F("context_start")), required=True),
        _column("start", "offset of the words in the page as it was delivered", kind="integer", required=True,
                unit="code points"),
        _column("end", "offset of their end", kind="integer", required=True, unit="code points"),
        _column("sentence_start", "offset of the sentence", "context_start", kind="integer", required=True,
                unit="code points"),
        _column("sentence_end", "offset of its end", "context_end", kind="integer", required=True,
                unit="code points"),
        _column("rule", "the rule that found it; by-hand for a person"),
        _column("version", "version of the extraction"),
        _confidence(),
    ),
)  # fmt: skip

_REDIRECTS = DumpTable(
    "redirects", _("已撤下的品牌"), Redirect,
    "brands that have no page any more, and where their addresses lead", Redirect.objects.all,
    (
        _number("number that the brand had"),
        _column("name", "its name; of one that was merged, the name is its heir's", _WITHDRAWN_NAME, into="name"),
        _column("adcode", "code of its division", _WITHDRAWN_PLACE, into="region"),
        _column("reason", "why it went", choices=Departure, required=True),
        _column("heir", "number of the brand that took it over", kind="integer"),
        _column("since", "when it went", kind="datetime", required=True),
    ),
)  # fmt: skip

# All tables, each after those that it refers to.
TABLES: dict[str, DumpTable] = {
    table.name: table
    for table in (
        _REGIONS, _REGION_NAMES, _ARTICLES, _BRANDS, _BRAND_NAMES, _BRAND_DETAILS, _PROGRAMS, _PROGRAM_BRANDS,
        _PROGRAM_REGIONS, _STATISTICS, _EVIDENCE, _REDIRECTS,
    )
}  # fmt: skip
