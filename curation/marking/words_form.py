"""Which words are marked and as what: they are selected, with their place, or copied in; where they stand several
times, it is asked which are meant."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.text.selection import ShownText, WordPlace

# Characters of marked words: a list of some two hundred names.
MAX_WORDS = 3000

# Characters of a page, of which no file has more.
LONGEST_PAGE = 10_000_000


class MarkKind(TextChoices):
    """What marked words are said to be."""

    BRAND = "brand", _("劳务品牌")
    STATISTIC = "statistic", _("数据")
    PROGRAM = "program", _("政策与活动")
    ALIAS = "alias", _("别名")
    NOTHING = "nothing", _("不收")


class WordsForm(forms.Form):
    """The words, and where they stand: behind `skip` characters of the `paragraph` that begins at this place of the
    page, or at the `spot` that was chosen of several."""

    what = forms.ChoiceField(label=_("标为"), choices=MarkKind.choices, initial=MarkKind.BRAND)
    words = forms.CharField(
        label=_("原文里的字句"), max_length=MAX_WORDS, widget=forms.Textarea(attrs={"rows": 2, "cols": 40})
    )
    paragraph = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_PAGE, widget=forms.HiddenInput)
    skip = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_PAGE, widget=forms.HiddenInput)
    spot = forms.ChoiceField(label=_("指哪一处"), required=False, widget=forms.RadioSelect)

    def __init__(self, shown: ShownText, data: Any = None) -> None:
        super().__init__(data)
        self.shown = shown
        if not self.several:
            del self.fields["spot"]

    @cached_property
    def places(self) -> list[WordPlace]:
        """Where the words may be meant to stand: one where the selection or the choice says which."""
        words = self.data.get("words", "")[:MAX_WORDS]
        numbers = [self.data.get(name, "") for name in ("paragraph", "skip")]
        if all(one.isascii() and one.isdigit() and len(one) < 10 for one in numbers):
            paragraph, skip = map(int, numbers)
            if (place := self.shown.place_at(words, paragraph, skip)) is not None:
                return [place]
        return self.shown.places(words)

    @property
    def several(self) -> bool:
        """Whether it has to be asked which place is meant."""
        if len(self.places) > 1:
            places = ((str(one.start), f"…{one.before}〔{one.words}〕{one.after}…") for one in self.places)
            self.fields["spot"].choices = list(places)  # type: ignore[attr-defined]
            return True
        return False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "words" in self.cleaned_data and not self.places:
            self.add_error("words", gettext("这篇报道里没有这些字，请照原文选取。"))
        elif "spot" in self.fields and not self.errors and not self.cleaned_data.get("spot"):
            self.add_error("spot", gettext("这些字在文中不止一处，请选一处。"))
        return cleaned

    @property
    def place(self) -> WordPlace | None:
        """The place that is meant, once that is known."""
        if not self.is_valid():
            return None
        chosen = self.cleaned_data.get("spot")
        return next((one for one in self.places if not chosen or str(one.start) == chosen), None)
