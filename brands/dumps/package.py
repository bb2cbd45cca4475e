"""The description of a dump: a Frictionless Data Package (https://specs.frictionlessdata.io/data-package/), with the
schema of every table, keys, units, licence, coverage and sources."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Max, Min, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from brands.dumps.columns import DumpColumn, DumpTable
from brands.dumps.files import DELTA, FORMAT, sum_of
from brands.dumps.formats import DATABASE
from brands.dumps.public import public_brands, public_statistics
from brands.dumps.tables import TABLES
from brands.models import Article, Region
from brands.models.region import COUNTRY
from brands.seo.linked_data import MEDIA_TYPES

Data = dict[str, Any]

TITLE = "劳务品牌库"
DESCRIPTION = (
    "China's labour brands (劳务品牌) as newspapers report them: brands, programs and numbers, each with the sentence"
    " that says it, its paper and its date. The licence is that of the compilation; the sentences are their papers'."
)

_CSV = {"dialect": {"delimiter": ",", "doubleQuote": True, "lineTerminator": "\n"}, "encoding": "utf-8"}


def described(folder: Path, *, created: str, place: str, since: str, rows: Mapping[str, int]) -> Data:
    """The description of the files in a folder. `rows` are how many each table has, `place` is where the feed of
    changes goes on, `since` the name of the dump that the delta begins with, empty for none."""
    written = {path.name for path in folder.iterdir()}
    resources = [_tabular(folder, table, rows[table.name]) for table in TABLES.values()]
    tabular = {resource["path"] for resource in resources}
    others = [_file(folder / name) for name in sorted(written - tabular)]
    home = {"homepage": settings.SITE_URL + reverse("brands:data")} if settings.SITE_URL else {}
    return home | {
        "profile": "data-package",
        "name": "laobrand",
        "title": TITLE,
        "description": DESCRIPTION,
        "version": created[:10],
        "created": created,
        "licenses": [_licence()],
        "sources": sources(),
        "keywords": ["劳务品牌", "labour brands", "China"],
        "laobrand": {
            "format": FORMAT,
            "changes": place,
            "since": since or None,
            "coverage": coverage(),
            "files": others,
        },
        "resources": resources,
    }


def _licence() -> Data:
    """The name is the identifier that the Open Definition has for the licence, where it looks like one."""
    return {
        "name": "-".join(settings.DATA_LICENCE.split()),
        "title": settings.DATA_LICENCE,
        "path": settings.DATA_LICENCE_URL,
    }


def _tabular(folder: Path, table: DumpTable, rows: int) -> Data:
    said = {"name": table.name, "profile": "tabular-data-resource", "description": table.meaning}
    return said | _stored(folder / f"{table.name}.csv") | _CSV | {"rows": rows, "schema": schema(table)}


def _file(path: Path) -> Data:
    """A file that is no resource: programs for Data Packages ask for libraries of their own to read such."""
    told = {DATABASE: "all tables as a SQLite database", DELTA: "what changed since the dump before, a row a line"}
    return {"description": told.get(path.name, f"the table {path.stem}")} | _stored(path)


def _stored(path: Path) -> Data:
    ending = path.suffix.lstrip(".")
    return {
        "path": path.name,
        "format": ending,
        "mediatype": MEDIA_TYPES[ending],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sum_of(path)}",
    }


def schema(table: DumpTable) -> Data:
    """The Table Schema of a table."""
    refers = [
        {
            "fields": column.name,
            "reference": {
                "resource": "" if column.of == table.name else column.of,
                "fields": TABLES[column.of].key.name,
            },
        }
        for column in table.columns
        if column.of
    ]
    return {
        "fields": [_field(column, is_key=column is table.key) for column in table.columns],
        "primaryKey": table.key.name,
        "missingValues": [""],
    } | ({"foreignKeys": refers} if refers else {})


def _field(column: DumpColumn, *, is_key: bool) -> Data:
    limits: Data = {}
    if column.required:
        limits["required"] = True
    if is_key:
        limits["unique"] = True
    if column.choices is not None:
        limits["enum"] = list(column.choices.values)
    if column.pattern:
        limits["pattern"] = column.pattern
    said = {"name": column.name, "type": column.kind, "description": column.meaning}
    if column.kind == "datetime":
        said["format"] = "any"
    return said | ({"unit": column.unit} if column.unit else {}) | ({"constraints": limits} if limits else {})


def sources() -> list[Data]:
    """The papers and sites whose articles were read, each with how many."""
    rows = Article.objects.published().exclude(publisher="").order_by().values_list("publisher").annotate(Count("pk"))
    return [{"title": publisher, "articles": count} for publisher, count in sorted(rows)]


def coverage() -> Data:
    """From when to when the articles were printed, and how many brands, numbers and articles each province has; what is
    said of the country stands under its code, what has no known place under null."""
    printed = Article.objects.published().aggregate(first=Min("published_on"), last=Max("published_on"))
    counted = {
        "brands": _by_province(public_brands(), F("region_id")),
        "statistics": _by_province(public_statistics(), Coalesce("region_id", "brand__region_id", "program__place_id")),
        "articles": _by_province(Article.objects.published(), F("place_id")),
    }
    names = dict(Region.objects.filter(level__in=("country", "province")).values_list("adcode", "name"))
    codes = sorted({code for counts in counted.values() for code in counts} - {""})
    return {
        "from": printed["first"].isoformat() if printed["first"] else None,
        "to": printed["last"].isoformat() if printed["last"] else None,
        "provinces": [
            {"adcode": code or None, "name": names.get(code)} | {name: counts[code] for name, counts in counted.items()}
            for code in [*codes, ""]
        ],
    }


def _by_province(rows: QuerySet[Any], place: F | Coalesce) -> Counter[str]:
    found: Counter[str] = Counter()
    counted = rows.order_by().values(where=place).annotate(rows=Count("pk"))
    for adcode, count in counted.values_list("where", "rows"):
        found[_province(adcode or "")] += count
    return found


def _province(adcode: str) -> str:
    return adcode if adcode in {"", COUNTRY} else f"{adcode[:2]}0000"
