"""Filters of the admin's lists."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from brands.admin.bases import ModelAdmin
from brands.models import Article, Region
from brands.vocabulary.adcodes import adcode_range
from brands.vocabulary.choices import PUBLIC_CONFIDENCE

Lookups = list[tuple[str, Any]]


class ProvinceFilter(admin.SimpleListFilter):
    """By province, with all divisions in it; below that, the region of a fact is found by searching for its name."""

    title = _("省份")
    parameter_name = "province"
    column = "region_id"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Lookups:
        provinces = Region.objects.provinces().values_list("adcode", "common_name")
        return [("none", _("未知")), *provinces]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        code = self.value()
        if code == "none":
            return queryset.filter(**{f"{self.column}__isnull": True})
        if code not in {value for value, _label in self.lookup_choices}:
            return queryset
        first, after = adcode_range(str(code))
        return queryset.filter(**{f"{self.column}__gte": first, f"{self.column}__lt": after})


class PlaceProvinceFilter(ProvinceFilter):
    column = "place_id"


class DoubtfulFilter(admin.SimpleListFilter):
    """The articles that may be about labour brands and gave no facts: a person looks whether a page was missed."""

    title = _("遗漏可能")
    parameter_name = "doubtful"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Lookups:
        return [("yes", _("可能与劳务品牌有关，未采用"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(pk__in=Article.objects.doubtful().values("pk"))


class ConfidenceFilter(admin.SimpleListFilter):
    """Under the threshold a fact waits for review and is not public."""

    title = _("可信度")
    parameter_name = "confidence"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Lookups:
        threshold = f"{PUBLIC_CONFIDENCE:.0%}"
        return [
            ("low", _("低于 %(threshold)s（待审不公开）") % {"threshold": threshold}),
            ("high", _("%(threshold)s 及以上") % {"threshold": threshold}),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "low":
            return queryset.filter(confidence__lt=PUBLIC_CONFIDENCE)
        if self.value() == "high":
            return queryset.filter(confidence__gte=PUBLIC_CONFIDENCE)
        return queryset
