"""Correcting an article: what is wrong with its head, what follows, and the deed."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from brands.admin.versions import VersionedForm
from brands.models import Article
from brands.models.audit import MAX_NOTE
from curation.article_correction import FIELDS, CorrectedHead
from curation.pages import render_page, staff_page
from curation.review.forms import PlaceField
from curation.views.rules import also
from ingest.load.standing_rules import present
from ingest.version import extractor_version

# Rows of the preview.
SHOWN = 100


class ArticleForm(VersionedForm):
    """The head of an article."""

    place = PlaceField(label=_("报道地区"))
    url = forms.URLField(label=_("网址"), required=False, max_length=500, assume_scheme="https")
    why = forms.CharField(label=_("原因"), required=False, max_length=MAX_NOTE)

    class Meta:
        model = Article
        fields = FIELDS
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "published_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        }

    def __init__(self, row: Article, data: Any = None) -> None:
        super().__init__(data, instance=row)
        self.fields["title"].widget.attrs["size"] = 50

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("brands.change_article")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of the article; on POST what its correction changes, and with `write` the deed."""
    row = get_object_or_404(Article.objects.select_related("page", "place__parent__parent"), pk=pk)
    stored = get_object_or_404(Article.objects.select_related("page", "place"), pk=pk)
    form = ArticleForm(row, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "rows": None}
    with transaction.atomic():
        is_valid = request.method == "POST" and form.is_valid()
    if is_valid:
        done = _preview_or_do(request, form, stored, context)
        if done is not None:
            return done
    context |= {
        "title": gettext("更正出处"),
        "trail": [
            (gettext("报道"), reverse("admin:brands_article_changelist")),
            (stored.title, reverse("admin:brands_article_change", args=[stored.pk])),
            (gettext("更正出处"), ""),
        ],
        "article": stored,
        "most": SHOWN,
    }
    return render_page(request, "curation/correct.html", context, status=409 if form.errors.get("__all__") else 200)


def _preview_or_do(
    request: HttpRequest, form: ArticleForm, stored: Article, context: dict[str, Any]
) -> HttpResponse | None:
    """What the correction changes, put into the context; the way back where it was made."""
    correction = CorrectedHead.of(stored, form.values)
    if not correction.values:
        messages.info(request, gettext("没有改动。"))
        return HttpResponseRedirect(reverse("admin:brands_article_change", args=[stored.pk]))
    if "write" not in request.POST:
        rows = correction.rehearse()
        outdated = correction.facts is not None and stored.page.extractor != present(extractor_version())
        context |= {"rows": rows[:SHOWN], "more": max(len(rows) - SHOWN, 0), "outdated": outdated}
        return None
    note = form.cleaned_data["why"] or gettext("更正出处：%s") % stored.title
    change_set = correction.apply(request.user, why=note)  # type: ignore[arg-type]  # somebody who may
    link = format_html('<a href="{}">#{}</a>', reverse("curation:batch", args=[change_set.pk]), change_set.pk)
    messages.success(request, format_html("{} {}{}", gettext("出处已更正，记为批次"), link, also(change_set)))
    return HttpResponseRedirect(reverse("curation:queue_article", args=[stored.pk]))
