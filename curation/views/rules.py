"""Rules that staff keep: the table, a new one with what else is like the mistake, and the way to let it count."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brands.admin.bases import ToldOnce
from brands.audit.change_sets import open_change_set, within
from brands.audit.history import table_of
from brands.audit.merge import MergeError
from brands.models import ChangeSet, StandingRule
from brands.models.standing_rule import MAX_MEANS, MAX_SENTENCE
from brands.spreadsheets.downloads import as_csv
from brands.vocabulary.choices import ChangeSetKind, Metric, RuleKind, RuleState
from brands.vocabulary.names import MAX_NAME
from curation.bulk_edit import ChangedSinceError
from curation.jobs import reextraction, rule_comparison
from curation.pages import MAX_NUMBER, render_page, staff_page, staff_user
from curation.standing_rules import alike, lessons, table, worklist
from curation.standing_rules.lessons import Lesson
from curation.standing_rules.meaning import in_words, settled
from curation.transfer.import_file import MAX_BYTES
from curation.transfer.raw_table import RefusedFileError

SEES = "brands.view_standingrule"
PROPOSES = "brands.add_standingrule"
COMPARES = "brands.ingest_pages"
CHANGES = "brands.change_in_bulk"
DROPS = "brands.change_standingrule"
IMPORTS = "brands.import_facts"

# Rules on the page of the table.
LISTED = 200

# Comparisons that the page of a rule names.
COMPARED = 10


class RuleForm(ToldOnce):
    """A rule as people write it. `was` is what the machine had made of the words, `sentence` where they stood, `origin`
    the change set of the correction."""

    words = forms.CharField(label=_("字样"), max_length=MAX_NAME)
    means = forms.CharField(
        label=_("意思"),
        required=False,
        max_length=MAX_MEANS,
        help_text=_("别名：品牌的名称；词：指标；网站：报刊；地名：行政区划的名称或代码。从来不是品牌的，不填。"),
        widget=forms.TextInput(attrs={"list": "metrics"}),
    )
    paper = forms.CharField(
        label=_("报刊"),
        required=False,
        max_length=MAX_MEANS,
        help_text=_("地名只在这家报刊里这样读；不填就处处这样读。"),
    )
    was = forms.CharField(required=False, max_length=MAX_MEANS, widget=forms.HiddenInput)
    sentence = forms.CharField(required=False, max_length=MAX_SENTENCE, widget=forms.HiddenInput)
    origin = forms.IntegerField(required=False, min_value=1, max_value=MAX_NUMBER, widget=forms.HiddenInput)

    class Meta:
        model = StandingRule
        fields: ClassVar[tuple[str, ...]] = ("kind", "words", "means", "paper", "why")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("kind") and said.get("words"):
            try:
                said["words"], said["means"] = settled(RuleKind(said["kind"]), said["words"], said.get("means", ""))
            except ValidationError as error:
                for name, found in error.message_dict.items():
                    self.add_error(name, found)
        return said

    @property
    def lesson(self) -> Lesson:
        """What the form says, once it is valid, as something to find others by."""
        said = self.cleaned_data
        kind = RuleKind(said["kind"])
        paper = said["paper"] if kind is RuleKind.PLACE else ""
        return Lesson(kind, said["words"], said["means"], paper, said["was"], sentence=said["sentence"])


@require_safe
@staff_page(SEES)
def rules(request: HttpRequest) -> HttpResponse:
    """The table, those that wait first."""
    rows = _all()
    state = request.GET.get("state", "")
    if state in RuleState.values:
        rows = rows.filter(state=state)
    context = {
        "title": gettext("更正规则"),
        "rules": [(row, in_words(row.kind, row.means)) for row in rows[:LISTED]],
        "states": [("", gettext("全部")), *RuleState.choices],
        "chosen": state,
        "more": max(rows.count() - LISTED, 0),
        "compares": request.user.has_perm(COMPARES),
        "proposes": request.user.has_perm(PROPOSES),
        "imports": request.user.has_perm(IMPORTS),
        "exports": request.user.has_perm("brands.export_facts"),
    }
    return render_page(request, "curation/rules.html", context)


def _all() -> Any:
    return StandingRule.objects.select_related("author", "decided_by", "change_set").order_by("-pk")


@require_safe
@staff_page("brands.export_facts")
def rules_csv(request: HttpRequest) -> HttpResponse:
    """All of the table."""
    return as_csv(table.lines(_all()), "standing-rules")


@require_POST
@staff_page(IMPORTS)
def rules_import(request: HttpRequest) -> HttpResponse:
    """Rules from a file; they wait to be looked at."""
    file = request.FILES.get("file")
    try:
        if not isinstance(file, UploadedFile):
            raise RefusedFileError(gettext("请选一个文件。"))
        change_set, made = table.take_in(file.read(MAX_BYTES + 1), by=staff_user(request))
    except RefusedFileError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("curation:rules"))
    if change_set is None:
        messages.info(request, gettext("文件里的规则都已经有了。"))
    else:
        told = (
            ngettext("添了 %d 条规则，核对之后才生效，记为批次", "添了 %d 条规则，核对之后才生效，记为批次", made)
            % made
        )
        messages.success(request, format_html("{} {}", told, _link(change_set)))
    return HttpResponseRedirect(reverse("curation:rules"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PROPOSES)
def new_rule(request: HttpRequest) -> HttpResponse:
    """A rule, filled in from a correction, with all to which the same applies: `change` does the same to those that are
    picked, `remember` keeps the rule, and without either the page is made anew."""
    form = RuleForm(_sent(request))
    found = alike.Alike()
    if form.is_bound and form.is_valid():
        if "remember" in request.POST:
            return HttpResponseRedirect(_remember(request, form).get_absolute_url())
        if "change" in request.POST and (done := _change(request, form)):
            return done
        found = alike.alike(form.lesson)
    elif not form.is_bound:
        form = RuleForm(initial={"kind": RuleKind.NEVER})
    context = {
        "title": gettext("记住一条更正"),
        "trail": [(gettext("更正规则"), reverse("curation:rules")), (gettext("记住"), "")],
        "form": form,
        "found": found,
        "looked": form.is_bound and form.is_valid(),
        "metrics": [str(label) for label in Metric.labels],
        "changes": request.user.has_perm(CHANGES),
        "most": alike.MOST,
    }
    return render_page(request, "curation/rule_new.html", context)


def _sent(request: HttpRequest) -> dict[str, Any] | None:
    """What the form holds: as it was sent, or as a correction fills it in."""
    if request.method == "POST":
        return request.POST
    if "kind" not in request.GET:
        return None
    said = {name: request.GET.get(name, "") for name in ("kind", "words", "means", "paper", "was", "sentence")}
    kind, means = said["kind"], said["means"]
    return {**said, "means": in_words(kind, means), "origin": request.GET.get("from", ""), "why": ""}


def _change(request: HttpRequest, form: RuleForm) -> HttpResponse | None:
    """Do to those that were picked what was done to the corrected one; None, with a message, where nothing was."""
    if not request.user.has_perm(CHANGES):
        raise PermissionDenied
    picked = {int(one) for one in request.POST.getlist("row") if one.isascii() and one.isdecimal() and len(one) < 19}
    lesson = form.lesson
    note = form.cleaned_data["why"] or gettext("同样的更正：%s") % lesson.words
    try:
        done = alike.change(lesson, picked, by=staff_user(request), why=note, seal=request.POST.get("seal", ""))
    except ChangedSinceError:
        messages.warning(request, gettext("你打开本页之后有了变动，请看过现在的内容再改。"))
        return None
    except MergeError as error:
        messages.warning(request, str(error))
        return None
    if done is None:
        messages.info(request, gettext("没有改动。"))
        return None
    messages.success(request, format_html("{} {}", gettext("同样的也改了，记为批次"), _link(done)))
    return HttpResponseRedirect(f"{reverse('curation:rule_new')}?{lesson.query}")


def _remember(request: HttpRequest, form: RuleForm) -> StandingRule:
    """The rule, made or, where it is there, as it is."""
    row: StandingRule = form.save(commit=False)
    row.author, row.sentence = staff_user(request), form.cleaned_data["sentence"]
    row.change_set = ChangeSet.objects.filter(pk=form.cleaned_data["origin"] or 0).first()
    row.clean()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=row.author_id)  # one after the other: a double click makes one
        if known := table.alike(row):
            messages.info(request, gettext("已经有这条规则。"))
            return known
        with within(open_change_set(ChangeSetKind.EDIT, author=row.author, note=gettext("记住：%s") % row.words)):
            row.save()
    messages.success(request, gettext("记下了。看过它会改动什么，应用之后才生效。"))
    return row


@require_safe
@staff_page(SEES)
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule: who, when, why, from which correction, and what was compared."""
    row = get_object_or_404(_all(), pk=pk)
    context = {
        "title": gettext("更正规则：%s") % row,
        "trail": [(gettext("更正规则"), reverse("curation:rules")), (str(row), "")],
        "rule": row,
        "means": in_words(row.kind, row.means),
        "jobs": row.jobs.select_related("author", "change_set").order_by("-pk")[:COMPARED],
        "compares": request.user.has_perm(COMPARES),
        "drops": row.state == RuleState.PROPOSED and request.user.has_perm(DROPS),
    }
    return render_page(request, "curation/rule.html", context)


@require_POST
@staff_page(COMPARES)
def rules_compare(request: HttpRequest) -> HttpResponse:
    """Begin to show what the picked rules change, unless a comparison is under way: that is shown then."""
    keys = [one for one in request.POST.getlist("rule") if one.isascii() and one.isdecimal() and len(one) < 19]
    picked = list(StandingRule.objects.filter(pk__in=keys[: rule_comparison.MOST]).order_by("pk"))
    if not picked:
        messages.info(request, gettext("请先勾选规则。"))
        return HttpResponseRedirect(reverse("curation:rules"))
    if job := reextraction.under_way():
        messages.info(request, gettext("同一时间只比较一项，这一项还在进行。"))
        return HttpResponseRedirect(job.get_absolute_url())
    return HttpResponseRedirect(rule_comparison.compare(picked, staff_user(request)).get_absolute_url())


@require_POST
@staff_page(DROPS)
def rule_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a rule away that never counted."""
    with transaction.atomic():
        row = get_object_or_404(StandingRule.objects.select_for_update(), pk=pk)
        if row.state != RuleState.PROPOSED:
            messages.warning(request, gettext("这条规则的状态刚刚变了，没有照办。"))
            return HttpResponseRedirect(row.get_absolute_url())
        with within(
            open_change_set(ChangeSetKind.EDIT, author=staff_user(request), note=gettext("放弃规则：%s") % row)
        ):
            row.state = RuleState.WITHDRAWN
            row.save(update_fields=["state"])
    messages.success(request, gettext("已放弃。"))
    return HttpResponseRedirect(row.get_absolute_url())


@require_safe
@staff_page(PROPOSES)
def alike_of_batch(request: HttpRequest, number: int) -> HttpResponse:
    """What a change set teaches."""
    found = get_object_or_404(ChangeSet, pk=number)
    back = (gettext("批次 %s") % found, reverse("curation:batch", args=[number]))
    return _lessons(request, lessons.of_change_set(found), back)


@require_safe
@staff_page(PROPOSES)
def alike_of_row(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What people's corrections of a fact or an article teach."""
    name = table_of(kind)
    if kind not in ("brand", "statistic", "program", "article") or name is None:
        raise Http404
    back = (gettext("历史"), reverse("curation:history", args=[kind, pk]))
    return _lessons(request, lessons.of_row(name, str(pk)), back)


def _lessons(request: HttpRequest, found: list[Lesson], back: tuple[str, str]) -> HttpResponse:
    """The lessons to choose from; where there is one, what is like it."""
    if len(found) == 1:
        return HttpResponseRedirect(f"{reverse('curation:rule_new')}?{found[0].query}")
    context = {
        "title": gettext("同样的还有吗"),
        "trail": [back, (gettext("同样的还有吗"), "")],
        "lessons": [(one, in_words(one.kind, one.means)) for one in found],
    }
    return render_page(request, "curation/lessons.html", context)


@require_safe
@staff_page(SEES)
def rules_work(request: HttpRequest) -> HttpResponse:
    """Which rules of the extraction are corrected most, and the corrections of one."""
    chosen = request.GET.get("rule", "")
    context = {
        "title": gettext("改得最多的抽取规则"),
        "trail": [(gettext("更正规则"), reverse("curation:rules")), (gettext("改得最多的"), "")],
        "rules": worklist.rules(),
        "chosen": chosen,
        "corrected": worklist.corrected(chosen) if chosen else [],
        "proposes": request.user.has_perm(PROPOSES),
    }
    return render_page(request, "curation/rules_work.html", context)


def also(change_set: ChangeSet) -> SafeString:
    """To how many more the correction applies, with the way there; empty for none."""
    count = alike.count(lessons.of_change_set(change_set))
    if not count:
        return SafeString()
    address = reverse("curation:alike_of_batch", args=[change_set.pk])
    told = ngettext("同样的还有 %d 处", "同样的还有 %d 处", count) % count
    return format_html('{} <a href="{}">{}</a>', gettext("。"), address, told)


def _link(change_set: ChangeSet) -> str:
    return format_html('<a href="{}">#{}</a>', reverse("curation:batch", args=[change_set.pk]), change_set.pk)
