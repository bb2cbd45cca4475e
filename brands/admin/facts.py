"""What the admin's pages of brands, programs and statistics have in common."""

from typing import Any, ClassVar, TypeVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from brands import upkeep
from brands.admin.bases import ModelAdmin, ModelForm
from brands.admin.evidence import EvidenceInline
from brands.choices import ReviewState
from brands.models import Reviewed

Fact = TypeVar("Fact", bound=Reviewed)


class FactAdmin(ModelAdmin):
    """A fact with its evidence. It is confirmed, rejected or changed, never deleted: a deleted fact would come back
    with the next run, a rejected one does not.

    A field that a person changes is noted in `hand_set`, and the fact counts as confirmed; from then on no machine run
    writes it, see :meth:`brands.models.Reviewed.set_by_hand`.
    """

    actions = ("confirm", "reject")
    inlines: ClassVar[tuple[Any, ...]] = (EvidenceInline,)
    list_per_page = 50
    show_full_result_count = False
    readonly_fields = ("confidence", "set_by_people", "created_at", "updated_at")
    save_on_top = True

    @admin.action(description=_("确认所选%(verbose_name_plural)s"), permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[Fact]) -> None:
        count = _decide(queryset, ReviewState.CONFIRMED)
        said = ngettext("已确认 %(count)d 条。", "已确认 %(count)d 条。", count) % {"count": count}
        self.message_user(request, said, messages.SUCCESS)

    @admin.action(description=_("否决所选%(verbose_name_plural)s"), permissions=["change"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Fact]) -> None:
        count = _decide(queryset, ReviewState.REJECTED)
        said = ngettext("已否决 %(count)d 条。", "已否决 %(count)d 条。", count) % {"count": count}
        self.message_user(request, said, messages.SUCCESS)

    @admin.display(description=_("人工改动的字段"))
    def set_by_people(self, row: Reviewed) -> str:
        """The names of the fields that people changed, as the form calls them."""
        names = {field.name: str(getattr(field, "verbose_name", field.name)) for field in row._meta.get_fields()}
        return "、".join(names.get(name, name) for name in row.hand_set) or "—"

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """An empty form, whatever the address says: Django looks up rows by what it names, number or not, and fails."""
        return {}

    def save_model(self, request: HttpRequest, obj: Reviewed, form: ModelForm, change: bool) -> None:
        obj.set_by_hand(form.changed_data)
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Reviewed | None = None) -> bool:
        return False


def _decide(queryset: QuerySet[Fact], state: ReviewState) -> int:
    """Set the verdict on facts that have another one, and count those."""
    rows = queryset.model._default_manager.filter(pk__in=queryset.values("pk")).exclude(review=state)
    with upkeep.gathered():
        decided = list(rows.select_for_update())
        rows.model._default_manager.filter(pk__in=[row.pk for row in decided]).update(
            review=state, updated_at=timezone.now()
        )
        upkeep.note(decided)
    return len(decided)
