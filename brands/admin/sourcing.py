"""Where a person's fact comes from, asked in its form: words of an article, or of a source of one's own."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.admin.choices import SentSelect
from brands.admin.versions import VersionedForm
from brands.models import Article, Evidence
from brands.models.bounds import check_past
from brands.sources import MAX_WORDS, OwnSource, article_of, bear_out, check_words

# The fields of the source, in order.
SOURCE_FIELDS = (
    "source_words",
    "source_article",
    "source_title",
    "source_publisher",
    "source_date",
    "source_url",
)


class SourcedForm(VersionedForm):
    """The form of a fact, with the source that somebody has for it; the source is no field of the fact."""

    source_words = forms.CharField(
        label=_("原话"),
        required=False,
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text=_("照抄说到它的那一句或那一行，里面要有它的名称。"),
    )
    source_article = forms.ModelChoiceField(
        label=_("出自库里的报道"), queryset=Article.objects.without_text(), required=False
    )
    source_title = forms.CharField(
        label=_("或者：别的出处"),
        required=False,
        max_length=255,
        help_text=_("标题，如《关于公布第三批省级劳务品牌的通知》"),
    )
    source_publisher = forms.CharField(label=_("报刊或发布单位"), required=False, max_length=100)
    source_date = forms.DateField(label=_("刊发日期"), required=False, widget=AdminDateWidget, validators=[check_past])
    source_url = forms.URLField(label=_("网址"), required=False, max_length=500, assume_scheme="https")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "source_article" in self.fields:
            self.fields["source_article"].widget = SentSelect(
                Evidence._meta.get_field("article"),
                admin.site,
                choices=self.fields["source_article"].choices,  # type: ignore[attr-defined]
            )

    @cached_property
    def changed_data(self) -> list[str]:
        """The fields of the fact that differ."""
        return [name for name in super().changed_data if name not in SOURCE_FIELDS]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        given = {name for name in SOURCE_FIELDS if cleaned.get(name)}
        if given and not given & set(self.errors):
            self._check_source(cleaned, given)
        return cleaned

    def _check_source(self, cleaned: dict[str, Any], given: set[str]) -> None:
        own, article = given - {"source_words", "source_article"}, cleaned.get("source_article")
        if not cleaned.get("source_words"):
            self.add_error("source_words", gettext("请摘录原话：没有原话，出处证实不了什么。"))
        elif bool(own) == bool(article) or (own and "source_title" not in given):
            self.add_error("source_title", gettext("请选一篇报道，或者填写别的出处的标题，二者取一。"))
        else:
            self._check_words(cleaned["source_words"], article)

    def _check_words(self, words: str, article: Article | None) -> None:
        try:
            check_words(words, self._names(), article, self.instance)
        except ValidationError as error:
            self.add_error("source_words", error)

    def _names(self) -> list[str]:
        """What the form calls the fact, other names that are typed beside it included."""
        typed = [
            self.data.get(name, "") for name in self.data if name.startswith("aliases-") and name.endswith("-name")
        ]
        return [self.cleaned_data.get("name") or self.cleaned_data.get("stated") or "", *typed]

    def bear_out(self) -> Evidence | None:
        """Write the source down as the evidence of the fact, which is saved; None where no source is given."""
        words = self.cleaned_data.get("source_words")
        if not words:
            return None
        said = (self.cleaned_data[name] for name in SOURCE_FIELDS[2:])
        article = self.cleaned_data["source_article"] or article_of(OwnSource(*said), [words])
        return bear_out(self.instance, article, words)
