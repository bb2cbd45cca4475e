"""The catalogue field by field, without primary keys and times, to compare two databases."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from brands.models import Article, Brand, BrandAlias, BrandDetail, Evidence, Page, Program, Statistic

LEFT_OUT = {"id", "ingested_at", "created_at", "updated_at"}
Natural = tuple[Any, ...]


def dump() -> dict[str, list[Natural]]:
    """By model, all its rows as sorted tuples of values; rows that a foreign key leads to stand by their own values."""
    tables: tuple[type[models.Model], ...] = (
        Page,
        Article,
        Brand,
        BrandAlias,
        BrandDetail,
        Program,
        Statistic,
        Evidence,
    )
    found = {
        model.__name__: sorted((natural(row) for row in model._default_manager.all()), key=repr) for model in tables
    }
    found["links"] = sorted(links(), key=repr)
    return found


def natural(row: models.Model) -> Natural:
    return tuple(
        (name, key_of(getattr(row, column.name)) if column.is_relation else getattr(row, column.attname))
        for column in row._meta.concrete_fields
        if (name := column.name) not in LEFT_OUT
    )


def key_of(row: Any) -> Natural | None:
    """What names a row to a person."""
    match row:
        case None:
            return None
        case Page():
            return (row.sha256,)
        case Article():
            return (row.page.sha256, row.order)
        case Brand() | Program():
            return (row.name_key, getattr(row, "region_id", None) or getattr(row, "place_id", None))
        case BrandDetail():
            return (key_of(row.brand), row.kind, row.detail_key)
        case Statistic():
            return (key_of(row.subject), row.fact_key)
        case _:
            return (row.pk,)


def links() -> Iterator[Natural]:
    for program in Program.objects.all():
        yield from (("brand", key_of(program), key_of(brand)) for brand in program.brands.all())
        yield from (("region", key_of(program), region.pk) for region in program.regions.all())
