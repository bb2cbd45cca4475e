"""Numbers, on a page of their own and on those of their subjects."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from brands.admin.bases import ReadOnlyInline
from brands.admin.facts import FactAdmin
from brands.admin.filters import ConfidenceFilter, ProvinceFilter
from brands.models import Statistic


class Amounts:
    """A column that says a number in full."""

    @admin.display(description=_("数值"), ordering="value")
    def amount(self, row: Statistic) -> str:
        """Hedge, value or range, and unit."""
        upper = f"–{row.value_max.normalize():,f}" if row.value_max is not None else ""
        return f"{row.get_qualifier_display()} {row.value.normalize():,f}{upper} {row.unit}"


class StatisticInline(Amounts, ReadOnlyInline):
    """The numbers that speak of a brand or program, each linked to its own page."""

    model = Statistic
    fields = readonly_fields = ("metric", "amount", "as_of", "stated", "review", "confidence")
    show_change_link = True


@admin.register(Statistic)
class StatisticAdmin(Amounts, FactAdmin):
    autocomplete_fields = ("brand", "program", "region")
    list_display = ("stated", "subject", "metric", "amount", "as_of", "review", "confidence")
    list_filter = ("review", ConfidenceFilter, "metric", "qualifier", "unit", ProvinceFilter)
    list_select_related = ("brand", "program", "region")
    ordering = ("metric", "-as_of", "pk")
    search_fields = ("stated__contains", "brand__name__contains", "program__name__contains", "region__name__contains")

    @admin.display(description=_("主体"))
    def subject(self, row: Statistic) -> str:
        return str(row.subject)
