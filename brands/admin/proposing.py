"""The form of a fact, and what becomes of it where a person may only propose."""

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.admin.bases import ModelForm
from brands.admin.sourcing import SourcedForm
from brands.models.audit import MAX_NOTE
from brands.proposals import FIELDS, PRECISIONS, Fact, propose, value_of


class ChangeReason(forms.CharField):
    """Why something is changed: it goes with the change and is none itself."""

    def has_changed(self, initial: object, data: object) -> bool:
        return False


class KeptName(forms.BooleanField):
    """Whether the name that a brand had stays one of its names: that goes with a new name, and is no change itself."""

    def has_changed(self, initial: object, data: object) -> bool:
        return False


class FactForm(SourcedForm):
    """The fields of a fact, and why they are changed."""

    why = ChangeReason(
        label=_("理由"),
        required=False,
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text=_("为什么改、依据是什么，随这次改动一起留存。可以不填。"),
    )

    def clean(self) -> dict[str, object] | None:
        """Where nobody reviews their own work, a change and the verdict on it are two people's."""
        cleaned = super().clean()
        changed = set(self.changed_data)
        if settings.FOUR_EYES and "review" in changed and len(changed) > 1:
            raise ValidationError({"review": gettext("改动了内容就不能同时审核，要由别人来审核。")})
        return cleaned


def offered(model: type[models.Model]) -> set[str]:
    """The fields of the form that hold what can be proposed."""
    fields = FIELDS[model.__name__.lower()]
    return {*fields, *(PRECISIONS[field] for field in fields if field in PRECISIONS)}


def propose_changes(filled: Fact, form: ModelForm, *, author: User) -> int:
    """Propose what the form says differently from what is stored, a proposal a field, and count them. `filled` is the
    row with the form's values, which is not saved."""
    stored = type(filled)._base_manager.get(pk=filled.pk)
    why = form.cleaned_data.get("why", "")
    fields = FIELDS[type(filled).__name__.lower()]
    made = (propose(stored, field, value_of(filled, field), author=author, why=why) for field in fields)
    return sum(1 for proposal in made if proposal is not None)
