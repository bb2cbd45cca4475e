"""What the admin's pages of brands, programs and statistics have in common."""

from typing import Any, ClassVar, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from brands.admin.bases import LedgeredAdmin
from brands.admin.choices import RegionFields
from brands.admin.evidence import EvidenceInline
from brands.admin.proposing import FactForm, offered, propose_changes
from brands.admin.sourcing import SOURCE_FIELDS
from brands.audit.four_eyes import may_review
from brands.models import Reviewed
from brands.vocabulary.choices import ReviewState

Fact = TypeVar("Fact", bound=Reviewed)


class FactAdmin(RegionFields, LedgeredAdmin):
    """A fact with its evidence. It is confirmed, rejected or changed, never deleted: a deleted fact would come back
    with the next run, a rejected one does not.

    A field that a person changes is noted in `hand_set`, and the fact counts as confirmed; from then on no machine run
    writes it, see :meth:`brands.models.Reviewed.set_by_hand`. Where nobody reviews their own work (FOUR_EYES), it is
    for somebody else to confirm it. What an editor changes, who may only propose, stays as it was beside the proposals.
    """

    actions = ("confirm", "reject", "restore", "set_values")
    form = FactForm
    inlines: ClassVar[tuple[Any, ...]] = (EvidenceInline,)
    list_per_page = 50
    show_full_result_count = False
    readonly_fields = ("confidence", "set_by_people", "created_at", "updated_at")
    save_on_top = True

    @admin.action(description=_("确认所选%(verbose_name_plural)s"), permissions=["bulk"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[Fact]) -> HttpResponse:
        return self._in_bulk(request, queryset, "confirm")

    @admin.action(description=_("撤下所选%(verbose_name_plural)s"), permissions=["bulk"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Fact]) -> HttpResponse:
        return self._in_bulk(request, queryset, "reject")

    @admin.action(description=_("恢复所选%(verbose_name_plural)s"), permissions=["bulk"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Fact]) -> HttpResponse:
        return self._in_bulk(request, queryset, "restore")

    @admin.action(description=_("批量修改所选%(verbose_name_plural)s"), permissions=["bulk"])
    def set_values(self, request: HttpRequest, queryset: QuerySet[Fact]) -> HttpResponse:
        return self._in_bulk(request, queryset, "")

    @admin.display(description=_("人工改动的字段"))
    def set_by_people(self, row: Reviewed) -> str:
        """The names of the fields that people changed, as the form calls them."""
        names = {field.name: str(getattr(field, "verbose_name", field.name)) for field in row._meta.get_fields()}
        return gettext("、").join(names.get(name, name) for name in row.hand_set) or "—"

    def only_proposes(self, request: HttpRequest) -> bool:
        """Whether what this person saves becomes proposals."""
        return not super().has_change_permission(request) and request.user.has_perm("brands.propose_facts")

    def has_change_permission(self, request: HttpRequest, obj: Reviewed | None = None) -> bool:
        return super().has_change_permission(request, obj) or request.user.has_perm("brands.propose_facts")

    def has_bulk_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("brands.change_in_bulk")

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("brands.review_facts")

    def has_delete_permission(self, request: HttpRequest, obj: Reviewed | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        """Besides those of all: what can't be proposed, for who only proposes, and the verdict on one's own work."""
        fields = tuple(self.readonly_fields)
        if self.only_proposes(request):
            columns = (*self.opts.fields, *self.opts.many_to_many)
            kept = [column.name for column in columns if column.editable and column.name not in offered(self.model)]
            return (*fields, *(name for name in kept if name not in fields and name != self.opts.pk.name))
        return fields if obj is None or _may_decide(request.user, obj) else (*fields, "review")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fields of the fact; those of its source have a part of the page to themselves."""
        return [name for name in super().get_fields(request, obj) if name not in SOURCE_FIELDS]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if self.only_proposes(request) or not super().has_change_permission(request, obj):
            return fieldsets
        told = _("没有出处的不公开。出处可以是库里的报道，也可以是还没有入库的名单、文件、网页。")
        return (*fieldsets, (_("出处"), {"fields": SOURCE_FIELDS, "description": told}))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """An empty form, whatever the address says: Django looks up rows by what it names, number or not, and fails."""
        return {}

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **options: Any) -> HttpResponse:
        """Say beforehand what will become of the form, where that is not what the button says."""
        row = options.get("obj")
        if row is not None and not borne_out_by(row):
            self.message_user(request, gettext("未公开：还没有出处。请在“出处”一栏补上原话。"), messages.WARNING)
        if self.only_proposes(request):
            self.message_user(request, gettext("你的改动会作为建议提交，由审核员决定是否采纳。"), messages.INFO)
        elif row is not None and self.has_review_permission(request) and not _may_decide(request.user, row):
            self.message_user(request, gettext("最后的改动是你做的，要由别人来审核。"), messages.INFO)
        return super().render_change_form(request, context, *args, **options)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if self.only_proposes(request):
            count = propose_changes(obj, form, author=request.user)  # type: ignore[arg-type]  # somebody who may
            self.message_user(request, _told(count), messages.SUCCESS if count else messages.INFO)
            return
        obj.set_by_hand(form.changed_data, confirms=not settings.FOUR_EYES)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: object, change: bool) -> None:
        if self.only_proposes(request):
            return
        super().save_related(request, form, formsets, change)
        if form.bear_out() is None and not change:
            told = gettext("“%s”还没有出处，暂不公开；打开它，在“出处”一栏补上原话，就会公开。")
            self.message_user(request, told % form.instance, messages.WARNING)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Formsets that were not saved can't say what they changed."""
        return [] if self.only_proposes(request) else super().construct_change_message(request, form, formsets, add)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Django's own log has what was changed; a proposal changes nothing."""
        return None if self.only_proposes(request) else super().log_change(request, obj, message)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if self.only_proposes(request):
            return self.response_post_save_change(request, obj)
        self._lead_on(request, obj)
        return super().response_change(request, obj)

    def _lead_on(self, request: HttpRequest, row: Any) -> None:
        """Say where else the same mistake may be, after one was corrected."""
        corrected = bool(row.hand_set) or row.review == ReviewState.REJECTED
        if corrected and self.opts.model_name != "program" and request.user.has_perm("brands.add_standingrule"):
            address = reverse("curation:alike", args=[self.opts.model_name, row.pk])
            link = format_html('<a href="{}">{}</a>', address, gettext("同样的还有吗"))
            self.message_user(request, format_html("{} {}", row, link), messages.INFO)

    def _in_bulk(self, request: HttpRequest, queryset: QuerySet[Fact], deed: str) -> HttpResponse:
        """Where many rows are shown before and after, and changed as one change set. All that match the list are handed
        on as its parameters, since they may be many."""
        if request.POST.get("select_across") == "1":
            asked = {"where": request.META.get("QUERY_STRING", "")}
        else:
            asked = {"rows": ",".join(str(pk) for pk in queryset.order_by("pk").values_list("pk", flat=True))}
        address = reverse("curation:bulk", args=[self.opts.model_name])
        return HttpResponseRedirect(f"{address}?{urlencode(asked | ({'deed': deed} if deed else {}))}")


def borne_out_by(row: Any) -> bool:
    """Whether some article bears the fact out."""
    return bool(row.evidence.filter(field="").exists())


def _may_decide(user: User | AnonymousUser, row: Any) -> bool:
    """:func:`may_review`, asked once a request: the admin looks up the fields of a form many times."""
    known = vars(row)
    if "_may_decide" not in known:
        known["_may_decide"] = may_review(user, row)
    return bool(known["_may_decide"])


def _told(count: int) -> str:
    if not count:
        return gettext("没有改动，未提交建议。")
    return ngettext("已提交 %(count)d 项建议，等待审核。", "已提交 %(count)d 项建议，等待审核。", count) % {
        "count": count
    }
