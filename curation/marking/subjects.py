"""The form that says whom a number speaks of."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from brands.models import Article, Brand, Evidence, Program, Region, Statistic
from curation.marking.article_reading import ArticleReading
from curation.marking.fact_marks import SubjectMixin
from curation.marking.suggestions import subjects
from curation.review.decisions import moment


class SubjectChoice(SubjectMixin):
    """Whom the number of this key speaks of: the article's brands and programs, those named nearest first, or another
    by name; `seen` is when the page was made."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    field_order = ("subject", "elsewhere", "seen")

    def __init__(self, article: Article, evidence: Sequence[Evidence], key: str, data: Any = None) -> None:
        super().__init__(data, initial={"seen": moment(timezone.now())}, auto_id="id_subject_%s")
        own = [piece for piece in evidence if f"statistic-{piece.statistic_id}" == key and not piece.field]
        self.number: Statistic | None = own[0].statistic if own else None
        at = own[0].start if own else 0
        self.offer_subjects(subjects(article, evidence, ArticleReading.of(article), at))
        self.chosen: Brand | Program | Region | None = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.chosen = self.clean_subject_fields()
        return cleaned
