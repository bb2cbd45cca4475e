"""What the forms of all kinds of marks have in common: the words, and what the machine took from them before."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from brands.models import Evidence, Statistic
from brands.vocabulary.choices import ReviewState
from curation.marking.facts import Fact, MarkedPlace, Written
from curation.marking.words_form import MarkKind

# Characters of marked words that the form repeats.
MOST_SHOWN = 60


class MarkForm(forms.Form):
    """What all marks are asked: which facts of the machine's at the same words they stand for."""

    kind: ClassVar[MarkKind]

    instead_of = forms.MultipleChoiceField(
        label=_("同时否决这里原有的"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, place: MarkedPlace, evidence: Sequence[Evidence], data: Any = None) -> None:
        super().__init__(data)
        self.place, self.evidence = place, evidence
        self.offer(self._there())

    def _there(self) -> list[Fact]:
        raise NotImplementedError

    @property
    def label(self) -> str:
        """What the words are marked as."""
        return str(self.kind.label)

    @property
    def shown(self) -> str:
        """The words, not more of them than there is room for."""
        words = "".join(self.place.article.page.text[self.place.start : self.place.end].split())
        return words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}…"

    def offer(self, facts: Sequence[Fact], *, ticked: bool = True) -> None:
        """Ask which of these facts go; the field is left out where there are none."""
        self.there = {f"{type(fact).__name__.lower()}-{fact.pk}": fact for fact in facts}
        field = self.fields["instead_of"]
        if not self.there:
            del self.fields["instead_of"]
            return
        field.choices = [(key, said(fact)) for key, fact in self.there.items()]  # type: ignore[attr-defined]
        field.initial = list(self.there) if ticked else []

    @property
    def gone(self) -> list[Fact]:
        """The facts that go."""
        return [self.there[key] for key in self.cleaned_data.get("instead_of", ())]

    def write(self, user: User) -> Written:
        """Write what the form says, as a change set of the user's. ValidationError where that can't be."""
        raise NotImplementedError

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that are shown one below the other; names of a list are a table of their own."""
        return [self[name] for name in self.fields if not name.startswith(("pick_", "name_", "same_"))]


def said(fact: Fact) -> str:
    review = ReviewState(fact.review).label
    if isinstance(fact, Statistic):
        return f"{fact.subject} · {fact.get_metric_display()} {fact.stated}（{review}）"
    return f"{fact}（{review}）"
