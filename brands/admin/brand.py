"""Brands, their other names and their details."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from brands.admin.bases import ModelForm, ReadOnlyAdmin, TabularInline
from brands.admin.choices import RegionFields
from brands.admin.evidence import EvidenceInline
from brands.admin.facts import FactAdmin
from brands.admin.filters import ConfidenceFilter, ProvinceFilter
from brands.admin.proposing import FactForm, KeptName
from brands.admin.statistic import StatisticInline
from brands.admin.version_rows import RowForm, RowsInline, rebased, without_gone
from brands.admin.versions import Version
from brands.models import Brand, BrandAlias, BrandDetail


class AliasForm(ModelForm):
    """A name that a person enters is kept whatever papers print."""

    class Meta:
        model = BrandAlias
        fields = ("name",)

    def save(self, commit: bool = True) -> object:
        self.instance.by_hand = True
        return super().save(commit)


class RenamingForm(FactForm):
    """A brand and its other names."""

    beside = ("aliases",)
    keeps_name = KeptName(
        label=_("旧名留作别名"),
        required=False,
        initial=True,
        help_text=_("改了名称时，旧名称留作别名：以后的报道再用旧名称，仍归到这一条，不会另建一条。"),
    )


class AliasInline(TabularInline):
    model = BrandAlias
    form = AliasForm
    readonly_fields = ("by_hand",)
    extra = 1


class DetailForm(RowForm):
    """A detail that a person enters is kept whatever papers print."""

    class Meta:
        model = BrandDetail
        fields = ("kind", "words", "region", "country", "people")

    def save(self, commit: bool = True) -> object:
        self.instance.by_hand = True
        return super().save(commit)


class DetailInline(RegionFields, RowsInline):
    model = BrandDetail
    form = DetailForm
    autocomplete_fields = ("region",)
    readonly_fields = ("by_hand",)
    extra = 0


# What is part of a brand, by the model of its rows, as `hand_set` calls it.
PARTS = {BrandAlias: "aliases", BrandDetail: "details"}


@admin.register(Brand)
class BrandAdmin(FactAdmin):
    autocomplete_fields = ("region", "series")
    form = RenamingForm
    inlines: ClassVar[tuple[object, ...]] = (AliasInline, DetailInline, EvidenceInline, StatisticInline)
    list_display = ("name", "region", "industry", "category", "level", "review", "confidence", "articles")
    list_filter = ("review", ConfidenceFilter, "industry", "category", "level", "owner_kind", ProvinceFilter)
    list_select_related = ("region",)
    ordering = ("pinyin", "pk")
    search_fields = ("name__contains", "name_key__contains", "aliases__name__contains", "pinyin__contains")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Brand]:
        return super().get_queryset(request).with_counts()  # type: ignore[no-any-return,attr-defined]

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Of other names, only what was done to them counts, whatever others did since the form was opened; details
        that others deleted are left out."""
        options: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, AliasInline) and "data" in options and obj.pk is not None:
            seen = Version.read(request.POST.get("opened", "")).beside.get("aliases", {})
            rebased(options["data"], prefix, seen, Version.of(obj, ("aliases",)).beside["aliases"])
        if isinstance(inline, DetailInline) and "data" in options:
            without_gone(options["data"], prefix, DetailForm)
        return options

    @admin.display(description=_("报道"), ordering="article_count")
    def articles(self, row: Brand) -> int:
        """The number of articles that name the brand."""
        return row.article_count  # type: ignore[attr-defined,no-any-return]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Other names and details are part of the brand: who changes one has changed the brand."""
        super().save_related(request, form, formsets, change)
        if change and "name" in form.changed_data and form.cleaned_data.get("keeps_name"):
            self._keep_name(request, form)
        changed = [PARTS[formset.model] for formset in formsets if formset.model in PARTS and formset.has_changed()]
        if changed and not self.only_proposes(request):
            form.instance.set_by_hand(changed, confirms=not settings.FOUR_EYES)
            form.instance.save()

    def _keep_name(self, request: HttpRequest, form: Any) -> None:
        """The name that the brand had stays one of its names; a proposed name says so when it is accepted."""
        if not self.only_proposes(request):
            form.instance.also_called(form.initial["name"])

    def get_fields(self, request: HttpRequest, obj: Brand | None = None) -> Any:
        """What becomes of the old name is asked below the name, of who may write it."""
        names = [name for name in super().get_fields(request, obj) if name != "keeps_name"]
        if obj is None or self.only_proposes(request) or not self.has_change_permission(request, obj):
            return names
        at = names.index("name") + 1
        return [*names[:at], "keeps_name", *names[at:]]


@admin.register(BrandAlias)
class BrandAliasAdmin(ReadOnlyAdmin):
    """Other names as a list to search; they are changed on the page of their brand."""

    list_display = ("name", "brand", "by_hand")
    list_filter = ("by_hand",)
    list_select_related = ("brand",)
    search_fields = ("name__contains", "brand__name__contains")


@admin.register(BrandDetail)
class BrandDetailAdmin(ReadOnlyAdmin):
    """Details as a list to search; they are changed on the page of their brand."""

    list_display = ("words", "kind", "region", "country", "people", "brand", "by_hand")
    list_filter = ("kind", "by_hand")
    list_select_related = ("brand", "region")
    search_fields = ("words__contains", "brand__name__contains")
