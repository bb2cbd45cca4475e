"""Splitting a brand that was joined wrongly: what hangs on it is dealt out, and two it is."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from brands.audit.split import SplitError, split
from brands.models import Brand, Region
from curation.pages import render_page, staff_page
from curation.review.forms import PlaceField
from curation.splitting import MOST_ROWS, SplitForm, rows_of, seal

# Who may say that one record is two: who may say that two are one.
PERMISSION = "brands.merge_facts"


class PlaceForm(forms.Form):
    """Where the new brand is: what is set there is suggested to it."""

    place = PlaceField(label=_("分出的那个在哪里"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PERMISSION)
def splitting(request: HttpRequest, pk: int) -> HttpResponse:
    """What hangs on the brand, each piece with the side that it seems to belong to; on POST the deed."""
    brand = get_object_or_404(Brand.objects.select_related("region__parent__parent"), pk=pk)
    where = PlaceForm(request.GET if "place" in request.GET else None, auto_id="id_where_%s")
    place: Region | None = where.cleaned_data["place"] if where.is_bound and where.is_valid() else None
    rows = rows_of(brand, place)
    form = SplitForm(brand, rows[:MOST_ROWS], request.POST if request.method == "POST" else None, place=place)
    refused = _too_many(len(rows))
    if request.method == "POST" and not refused and form.is_valid():
        if form.cleaned_data["seal"] != seal(brand, rows[:MOST_ROWS]):
            refused = gettext("你打开本页之后这个品牌又有变化，请看过现在的内容再拆。")
            form = SplitForm(brand, rows, place=place)
        else:
            try:
                return _split(request, brand, form)
            except SplitError as error:
                refused = str(error)
    context = {
        "title": gettext("把“%s”拆成两个") % brand,
        "trail": [
            (gettext("劳务品牌"), reverse("admin:brands_brand_changelist")),
            (str(brand), reverse("admin:brands_brand_change", args=[brand.pk])),
            (gettext("拆成两个"), ""),
        ],
        "brand": brand,
        "form": form,
        "where": where,
        "refused": refused,
    }
    return render_page(request, "curation/split.html", context, status=409 if refused else 200)


def _too_many(count: int) -> str:
    if count <= MOST_ROWS:
        return ""
    return gettext("牵涉 %(count)d 条，超过 %(most)d 条，一页分不过来。") % {"count": count, "most": MOST_ROWS}


def _split(request: HttpRequest, brand: Brand, form: SplitForm) -> HttpResponse:
    named = {"one": brand, "other": form.values["name"]}
    why = form.cleaned_data["why"] or gettext("拆成两个：%(one)s、%(other)s") % named
    change_set, made = split(brand.pk, form.values, form.dealt, author=request.user, why=why)  # type: ignore[arg-type]
    link = format_html('<a href="{}">#{}</a>', reverse("curation:batch", args=[change_set.pk]), change_set.pk)
    other = format_html('<a href="{}">{}</a>', reverse("admin:brands_brand_change", args=[made.pk]), made)
    messages.success(request, format_html("{} {} · {} {}", gettext("已分出"), other, gettext("记为批次"), link))
    return HttpResponseRedirect(reverse("admin:brands_brand_change", args=[brand.pk]))
