"""Evidence: the sentence of the article with the phrase marked."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from brands.admin.bases import ReadOnlyAdmin, ReadOnlyInline
from brands.models import Brand, Evidence, Program, Statistic
from brands.text.highlight import Mark, highlighted
from brands.vocabulary.choices import DetailKind

FACTS = {"brand": Brand, "program": Program, "statistic": Statistic}


class QuoteColumns:
    """Columns of a list of evidence; its rows are those of ``with_words()``."""

    @admin.display(description=_("原文"))
    def sentence(self, row: Evidence) -> SafeString:
        """The sentence as it stands on the page, with the phrase marked."""
        start = row.start - row.context_start
        kind = "is-scope" if row.field == "scope" else ""
        return highlighted(row.sentence, [Mark(start, start + row.end - row.start, kind=kind)])

    @admin.display(description=_("报道"), ordering="article")
    def paper(self, row: Evidence) -> SafeString:
        """Title, paper and date, linked to the article."""
        article = row.article
        date = article.published_on.isoformat() if article.published_on else ""
        url = reverse("admin:brands_article_change", args=[article.pk])
        return format_html('<a href="{}">{}</a> {} {}', url, article.title, article.publisher, date)

    @admin.display(description=_("所证字段"), ordering="field")
    def borne_out(self, row: Evidence) -> str:
        """What of the fact the words say, as its form calls it; a dash for the fact itself."""
        if row.field in DetailKind.values:
            return str(DetailKind(row.field).label)
        kind = next((name for name in FACTS if getattr(row, f"{name}_id")), "")
        if not row.field or not kind:
            return "—"
        fields = {field.name: field for field in FACTS[kind]._meta.get_fields()}
        return str(getattr(fields.get(row.field), "verbose_name", row.field))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        return Evidence.objects.with_words().order_by("article", "start", "pk")


class EvidenceInline(QuoteColumns, ReadOnlyInline):
    """What bears out a fact, for reading; what a person adds is asked for above it."""

    model = Evidence
    fields = readonly_fields = ("sentence", "paper", "borne_out", "rule", "confidence")
    verbose_name_plural = _("依据")


@admin.register(Evidence)
class EvidenceAdmin(QuoteColumns, ReadOnlyAdmin):
    """All evidence, for reading and searching; the text it quotes stays what the paper printed."""

    list_display = ("sentence", "fact", "paper", "borne_out", "rule", "confidence")
    list_display_links = ("fact",)
    list_filter = ("rule", "field")
    list_per_page = 50
    search_fields = (
        "brand__name__contains",
        "program__name__contains",
        "statistic__stated__contains",
        "article__title__contains",
    )
    fields = ("sentence", "fact", "paper", "borne_out", "rule", "version", "confidence")
    readonly_fields = ("sentence", "fact", "paper", "borne_out")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        return super().get_queryset(request).select_related("brand", "program", "statistic")

    @admin.display(description=_("事实"))
    def fact(self, row: Evidence) -> str:
        return str(row.brand or row.program or row.statistic)
