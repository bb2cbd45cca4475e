"""The queue: articles with something to decide, the hard ones first, and how much is left where."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import User
from django.db.models import Count, Prefetch, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.models import Article, Region
from curation.models import Hardness, Job, Waiting
from curation.models.review import SORTS
from curation.review.locks import held_by_others

# Articles on a page of the queue.
SHOWN = 25

CONFIDENCES: Mapping[str, Promise] = {
    "low": _("可信度低，未公开"),
    "sure": _("可信度 0.95 及以上"),
}
# The value of `province` for articles of the whole country and of unknown places.
NOWHERE = "none"


class QueueChoice(forms.Form):
    """What of the queue somebody wants to see. Articles are chosen that hold at least one fact of the kind."""

    province = forms.CharField(label=_("省份"), required=False, max_length=6)
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=[("", _("全部")), *SORTS.items()])
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

    def chosen(self, *, without: Collection[str] = ()) -> "QuerySet[Waiting]":
        """The articles in the order of the queue; what is wrong with a field leaves that one out, as does `without`."""
        self.is_valid()
        values = {name: value for name, value in self.cleaned_data.items() if name not in without}
        rows = Waiting.objects.order_by("hardness", "lowest", "article_id")
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

    def query(self, **changed: object) -> str:
        """The choice as a query string, with some of it changed; the page is left out."""
        values = {name: self.data.get(name, "") for name in self.fields if name != "page"} | changed
        filled = {name: value for name, value in values.items() if value not in {None, ""}}
        return f"?{urlencode(filled)}" if filled else ""


@dataclass(frozen=True, slots=True)
class QueueRemaining:
    """How much waits of one sort, and what shows it, or everything again where it is shown already."""

    value: str
    label: str
    count: int
    query: str
    selected: bool


@dataclass(frozen=True, slots=True)
class QueueFacet:
    """What may be chosen by, with all that is left of each choice."""

    label: str
    choices: list[QueueRemaining]


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue. `held` are articles that others hold, which are not shown."""

    choice: QueueChoice
    rows: list[Waiting]
    articles: int
    facts: int
    held: int
    page: int
    facets: list[QueueFacet]

    @property
    def pages(self) -> int:
        return max(1, -(-(self.articles - self.held) // SHOWN))

    @property
    def previous(self) -> str:
        return self.choice.query(page=self.page - 1)

    @property
    def following(self) -> str:
        return self.choice.query(page=self.page + 1)


COUNTED = (*SORTS, *CONFIDENCES)


@dataclass(frozen=True, slots=True)
class QueueCount:
    """What waits in one province at one hardness: the columns of `COUNTED`."""

    province: str
    hardness: int
    articles: int
    counts: tuple[int, ...]

    @property
    def facts(self) -> int:
        return sum(self.counts[: len(SORTS)])


def queue(choice: QueueChoice, user: User) -> Queue:
    """What waits for the user, of what was chosen."""
    chosen, cells = choice.chosen(), _cells(choice)
    held = list(chosen.order_by().filter(article__in=held_by_others(user)).values_list("pk", flat=True))
    page = choice.cleaned_data.get("page") or 1
    first = (page - 1) * SHOWN
    free = chosen.exclude(pk__in=held) if held else chosen
    here = [cell for cell in cells if _fits(cell, choice, "province") and _fits(cell, choice, "hardness")]
    return Queue(
        choice=choice,
        rows=list(free.prefetch_related(ARTICLES)[first : first + SHOWN]),
        articles=sum(cell.articles for cell in here),
        facts=sum(cell.facts for cell in here),
        held=len(held),
        page=page,
        facets=_facets(choice, cells, here),
    )


# Asked for by key, behind the page's own rows: a join would make SQLite sort all that waits.
ARTICLES = Prefetch(
    "article",
    Article.objects.select_related("place").only("title", "publisher", "published_on", "place__common_name"),
)


def _cells(choice: QueueChoice) -> list[QueueCount]:
    """All numbers of the page, from one walk over what is chosen but for province and hardness."""
    rows = choice.chosen(without=("province", "hardness")).order_by().values_list("province", "hardness")
    counted = rows.annotate(Count("pk"), *(Sum(name) for name in COUNTED))
    return [
        QueueCount(province, hardness, articles, tuple(counts)) for province, hardness, articles, *counts in counted
    ]


def _fits(cell: QueueCount, choice: QueueChoice, name: str) -> bool:
    """Whether the cell is of the province, or the hardness, that is chosen."""
    wanted = choice.cleaned_data.get(name)
    return wanted in {None, ""} or getattr(cell, name) == (wanted if wanted != NOWHERE else "")


def _facets(choice: QueueChoice, cells: Sequence[QueueCount], here: Sequence[QueueCount]) -> list[QueueFacet]:
    sums = [sum(column) for column in zip(*(cell.counts for cell in here), strict=True)] or [0] * len(COUNTED)
    of = dict(zip(COUNTED, sums, strict=True))
    provinces: Counter[str] = Counter()
    hardness: Counter[str] = Counter()
    for cell in cells:
        provinces[cell.province or NOWHERE] += cell.facts if _fits(cell, choice, "hardness") else 0
        hardness[str(cell.hardness)] += cell.articles if _fits(cell, choice, "province") else 0
    places = dict(Region.objects.provinces().values_list("adcode", "common_name"))
    named = {code: places.get(code, gettext("全国或不详")) for code, _count in provinces.most_common()}
    degrees = {str(value): label for value, label in Hardness.choices if hardness[str(value)]}
    return [
        _facet(choice, "kind", gettext("种类"), SORTS, of),
        _facet(choice, "confidence", gettext("可信度"), CONFIDENCES, of),
        _facet(choice, "hardness", gettext("报道按难度"), degrees, hardness),
        _facet(choice, "province", gettext("省份"), named, provinces),
    ]


def _facet(
    choice: QueueChoice, name: str, label: str, labels: "Mapping[str, str | Promise]", counts: Mapping[str, int]
) -> QueueFacet:
    asked = choice.data.get(name)
    return QueueFacet(
        label,
        [
            QueueRemaining(
                value,
                str(words),
                counts[value],
                choice.query(**{name: "" if asked == value else value}),
                asked == value,
            )
            for value, words in labels.items()
        ],
    )
