"""The queue: articles with something to decide, the hard ones first, and how much is left where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import User
from django.db.models import Count, F, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.models import Region
from curation.models import Hardness, Job, Waiting
from curation.review.claims import free_for

SHOWN = 30
"""Articles on a page of the queue."""

KINDS: Mapping[str, Promise] = {
    "proposals": _("修改建议"),
    "brands": _("劳务品牌"),
    "programs": _("政策与活动"),
    "statistics": _("数据"),
}
CONFIDENCES: Mapping[str, Promise] = {
    "low": _("可信度低，未公开"),
    "sure": _("可信度 0.95 及以上"),
}
NOWHERE = "none"
"""The value of `province` for articles of the whole country and of unknown places."""


class Choice(forms.Form):
    """What of the queue somebody wants to see. Articles are chosen that hold at least one fact of the kind."""

    province = forms.CharField(label=_("省份"), required=False, max_length=6)
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=[("", _("全部")), *KINDS.items()])
    confidence = forms.ChoiceField(label=_("可信度"), required=False, choices=[("", _("全部")), *CONFIDENCES.items()])
    hardness = forms.TypedChoiceField(
        label=_("难度"), required=False, choices=[("", _("全部")), *Hardness.choices], coerce=int, empty_value=None
    )
    job = forms.IntegerField(label=_("入库任务"), required=False, min_value=1, max_value=2**62)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def clean_province(self) -> str:
        code = str(self.cleaned_data["province"])
        if code and code != NOWHERE and not Region.objects.provinces().filter(pk=code).exists():
            raise forms.ValidationError(gettext("没有代码为“%s”的省份。") % code)
        return code

    def clean_job(self) -> int | None:
        number: int | None = self.cleaned_data["job"]
        if number and not Job.objects.filter(pk=number).exists():
            raise forms.ValidationError(gettext("没有编号为 %s 的入库任务。") % number)
        return number

    def chosen(self) -> "QuerySet[Waiting]":
        """The articles in the order of the queue; those of a choice that makes no sense are left unchosen."""
        values = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        rows = Waiting.objects.order_by("hardness", "lowest", "article")
        for name in ("kind", "confidence"):
            if values.get(name):
                rows = rows.filter(**{f"{values[name]}__gt": 0})
        if values.get("province"):
            rows = rows.filter(province=values["province"].replace(NOWHERE, ""))
        if values.get("hardness") is not None:
            rows = rows.filter(hardness=values["hardness"])
        if values.get("job"):
            files = Job.objects.filter(pk=values["job"]).values("files__sha256")
            rows = rows.filter(article__page__sha256__in=files)
        return rows

    def query(self, **changed: Any) -> str:
        """The choice as a query string, with some of it changed; the page is left out."""
        values = {name: self.data.get(name, "") for name in self.fields if name != "page"} | changed
        filled = {name: value for name, value in values.items() if value not in {None, ""}}
        return f"?{urlencode(filled)}" if filled else ""


@dataclass(frozen=True, slots=True)
class Left:
    """How many facts wait of one sort, and what shows them."""

    label: str
    count: int
    value: str
    query: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue. `held` are articles that others hold, which are not shown."""

    choice: Choice
    rows: list[Waiting]
    articles: int
    facts: int
    held: int
    page: int
    provinces: list[Left]
    kinds: list[Left]

    @property
    def pages(self) -> int:
        return max(1, -(-(self.articles - self.held) // SHOWN))

    @property
    def previous(self) -> str:
        return self.choice.query(page=self.page - 1)

    @property
    def following(self) -> str:
        return self.choice.query(page=self.page + 1)

    @property
    def fields(self) -> list[forms.BoundField]:
        """The fields to choose by, but for the province, whose choices have counts."""
        return [self.choice[name] for name in ("kind", "confidence", "hardness", "job")]


def queue(choice: Choice, user: User) -> Queue:
    """What waits for the user, of what was chosen."""
    chosen = choice.chosen()
    free = free_for(user, chosen)
    total = chosen.aggregate(articles=Count("pk"), **_sums())
    page = (choice.cleaned_data.get("page") if choice.is_valid() else None) or 1
    first = (page - 1) * SHOWN
    rows = list(free.select_related("article__place").defer(*UNSHOWN)[first : first + SHOWN])
    return Queue(
        choice=choice,
        rows=rows,
        articles=total["articles"],
        facts=sum(total[kind] or 0 for kind in KINDS),
        held=total["articles"] - free.count(),
        page=page,
        provinces=_by_province(choice),
        kinds=[_left(choice, "kind", kind, str(words), total[kind] or 0) for kind, words in KINDS.items()],
    )


UNSHOWN = ("article__spans", "article__fingerprint")


def _sums() -> dict[str, Sum]:
    return {kind: Sum(kind) for kind in KINDS}


def _by_province(choice: Choice) -> list[Left]:
    """The provinces of what is chosen but for the province, the most left first."""
    rows = Choice({name: choice.data.get(name, "") for name in choice.fields if name != "province"}).chosen()
    total = F("brands") + F("programs") + F("statistics") + F("proposals")
    counts = rows.order_by().values_list("province").annotate(left=Sum(total)).order_by("-left", "province")
    names = dict(Region.objects.provinces().values_list("adcode", "common_name"))
    return [
        _left(choice, "province", code or NOWHERE, names.get(code, gettext("全国或不详")), left)
        for code, left in counts
    ]


def _left(choice: Choice, name: str, value: str, label: str, count: int) -> Left:
    return Left(label, count, value, choice.query(**{name: value}), choice.data.get(name) == value)
