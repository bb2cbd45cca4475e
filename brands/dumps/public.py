"""Which rows are public: those that readers see, with the sentence that says them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from brands.models import Brand, Evidence, Program, Statistic


def public_brands() -> QuerySet[Brand]:
    return Brand.objects.published()


def public_programs() -> QuerySet[Program]:
    return Program.objects.published()


def public_statistics() -> QuerySet[Statistic]:
    """Of subjects that are public themselves."""
    whose = Q(region__isnull=False) | Q(brand__in=public_brands()) | Q(program__in=public_programs())
    return Statistic.objects.published().filter(whose)


def public_evidence() -> QuerySet[Evidence]:
    whose = Q(brand__in=public_brands()) | Q(program__in=public_programs()) | Q(statistic__in=public_statistics())
    return Evidence.objects.told().filter(whose)


def of_brands(model: type[Model]) -> Callable[[], QuerySet[Any]]:
    return lambda: model._default_manager.filter(brand__in=public_brands())


def program_brands() -> QuerySet[Any]:
    links = Program.brands.through._default_manager
    return links.filter(program__in=public_programs(), brand__in=public_brands())


def program_regions() -> QuerySet[Any]:
    return Program.regions.through._default_manager.filter(program__in=public_programs())


def if_public(rows: Callable[[], QuerySet[Any]], key: str) -> Subquery:
    """The key in this attribute, null where no public row has it."""
    return Subquery(rows().filter(pk=OuterRef(key)).order_by().values("pk")[:1])
