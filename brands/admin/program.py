"""Policies, conferences, contests and the like."""

from typing import ClassVar

from django.contrib import admin

from brands.admin.evidence import EvidenceInline
from brands.admin.facts import FactAdmin
from brands.admin.filters import ConfidenceFilter, PlaceProvinceFilter
from brands.admin.statistic import StatisticInline
from brands.models import Program


@admin.register(Program)
class ProgramAdmin(FactAdmin):
    autocomplete_fields = ("place", "brands", "regions")
    inlines: ClassVar[tuple[object, ...]] = (EvidenceInline, StatisticInline)
    list_display = ("name", "kind", "edition", "year", "issuer", "held_on", "place", "review", "confidence")
    list_filter = ("review", ConfidenceFilter, "kind", PlaceProvinceFilter)
    list_select_related = ("place",)
    search_fields = ("name__contains", "name_key__contains", "other_names__contains", "issuer__contains")
