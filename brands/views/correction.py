"""The form by which readers report an error. It needs no account and no script; it alone of the public pages sets a
cookie, against forged posts."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from brands.corrections import PER_ADDRESS, WORDS, ReportSubject, TooManyError, subject_of, take, values_of
from brands.listing.pages import trail
from brands.models import Correction
from brands.visitors import visitor

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Correction]
else:
    ModelForm = forms.ModelForm


class CorrectionForm(ModelForm):
    """`website` is for programs that fill in whatever they find: people don't see it."""

    website = forms.CharField(required=False, label=gettext_lazy("请留空"))

    class Meta:
        model = Correction
        fields = WORDS
        widgets = {"wrong": forms.Textarea(attrs={"rows": 4}), "right": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "seen_at": gettext_lazy("网址、报纸名称和日期，或您的消息来源。选填。"),
            "contact": gettext_lazy("如需答复，请留邮箱或电话，仅编辑可见。选填。"),
        }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form, for the value that ``about`` names; for the whole site where it names none."""
    about = request.POST.get("about", request.GET.get("about", ""))
    subject = subject_of(about)
    complaint = "" if subject else gettext("参数“about”所指的内容不存在或已撤下；您可以在此反映整个网站的问题。")
    subject = subject or subject_of("")
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if subject is not None and form.is_valid():
        if form.cleaned_data["website"]:
            return _thanked(subject)
        try:
            take(subject.about, form.cleaned_data, visitor=visitor(request))
            return _thanked(subject)
        except TooManyError:
            complaint = gettext("今天来自这个网络地址的纠错已满 %d 条，或全站已收满，请明天再来。") % PER_ADDRESS
            return _form(request, form, subject, complaint, status=429)
    return _form(request, form, subject, complaint, status=400 if form.errors else 200)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """That the report has come, and the way back."""
    subject = subject_of(request.GET.get("about", "")) or subject_of("")
    context = {"subject": subject, "trail": trail((gettext("纠错"), ""))}
    return render(request, "brands/correction_thanks.html", context)


def _thanked(subject: ReportSubject) -> HttpResponse:
    about = f"?{urlencode({'about': subject.about})}" if subject.about else ""
    return HttpResponseRedirect(reverse("brands:correction_thanks") + about)


def _form(
    request: HttpRequest, form: object, subject: ReportSubject | None, complaint: str, *, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "subject": subject,
        "values": values_of(subject.about) if subject else [],
        "complaint": complaint,
        "trail": trail((gettext("纠错"), "")),
    }
    return render(request, "brands/correction.html", context, status=status)
