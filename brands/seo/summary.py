"""A brand in one line, and what employers and workers ask first: how many people, where, for how much, whom to ask.

All of it is made of the brand's facts; each leads to the sentences that say it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from brands.figures.details import DetailGroup
from brands.figures.figures import Figure, FigureGroup, dated_words, figure_words, newest, when_words
from brands.figures.measures import joined
from brands.models import Brand, Evidence, Region
from brands.models.region import COUNTRY
from brands.place_words import region_title
from brands.seo.descriptions import full_place
from brands.vocabulary.choices import DetailKind, Industry, Metric, RegionLevel, Scope

# Destinations that the first line names.
NAMED = 3

# The metrics that say how many people there are, the best first.
PEOPLE = (Metric.EMPLOYMENT, Metric.PLACEMENT, Metric.TRAINING)

# Provinces that are cities: their offices are bureaus.
MUNICIPALITIES = ("11", "12", "31", "50")


@dataclass(frozen=True, slots=True)
class Saying:
    """A fact in words, and where it is borne out: on its page or in an article; empty where nothing states it."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, and what is known of it; nothing for unknown."""

    label: str
    sayings: Sequence[Saying] = ()


@dataclass(frozen=True, slots=True)
class BrandSummary:
    """`line` is the first line in pieces, `answers` what is known and `unknown` what was asked in vain; `contact` is
    how to ask as papers print it, else `office` names who is asked about any brand of the place."""

    line: Sequence[Saying]
    answers: Sequence[Asked]
    unknown: Sequence[str]
    contact: Asked
    office: str

    @property
    def text(self) -> str:
        """The line in one piece."""
        return gettext("%s。") % gettext("，").join(piece.words for piece in self.line)


def summary(
    brand: Brand, groups: Sequence[FigureGroup], details: Sequence[DetailGroup], fields: Mapping[str, Evidence]
) -> BrandSummary:
    """Of a brand whose region and its parents are loaded, with its public figures and its details; `fields` is the
    evidence of its fields by their names."""
    people = next((found for metric in PEOPLE if (found := _newest(groups, metric))), None)
    pay = _newest(groups, Metric.PER_CAPITA_INCOME)
    by_kind = {group.kind: group for group in details}
    places = by_kind.get(DetailKind.DESTINATION)
    line = [Saying(identity(brand)), *_working(people, places), *_paid(pay), *_recognised(brand, fields)]
    asked = [
        Asked(gettext("人数"), [_of_figure(people)] if people else ()),
        Asked(gettext("去哪里干活"), _destinations(places)),
        Asked(gettext("人均收入"), [_of_figure(pay)] if pay else ()),
        Asked(gettext("建设单位"), _field(brand.organisation, fields.get("organisation"))),
    ]
    return BrandSummary(
        line,
        [answer for answer in asked if answer.sayings],
        [answer.label for answer in asked[:-1] if not answer.sayings],
        Asked(gettext("联系方式"), _of_details(by_kind.get(DetailKind.CONTACT))),
        office(brand.region),
    )


def identity(brand: Brand) -> str:
    """What a brand is: 山西吕梁的养老护理劳务品牌."""
    told = {"place": full_place(brand.region), "trade": brand.get_industry_display()}
    if brand.industry == Industry.OTHER:
        return gettext("%(place)s的劳务品牌") % told if told["place"] else gettext("劳务品牌，所在地未注明")
    if told["place"]:
        return gettext("%(place)s的%(trade)s劳务品牌") % told
    return gettext("%(trade)s劳务品牌，所在地未注明") % told


def office(region: Region | None) -> str:
    """Who is asked about work in a division: its office of human resources and social security; empty for the
    country and for nowhere."""
    if region is None or region.pk == COUNTRY:
        return ""
    of_province = region.level == RegionLevel.PROVINCE and not region.pk.startswith(MUNICIPALITIES)
    name = gettext("%s人社厅") if of_province else gettext("%s人社局")
    return name % region_title(region)


def _newest(groups: Iterable[FigureGroup], metric: Metric) -> Figure | None:
    group = next((group for group in groups if (group.metric, group.scope) == (metric, Scope.TOTAL)), None)
    return newest(group.figures) if group else None


def _of_figure(figure: Figure) -> Saying:
    """超 9 万人（2025年11月）; what is no count of workers says what it is: 培训超 8 万人."""
    words = _dated(_COUNTED[figure.statistic.metric], figure) if figure.statistic.metric in _COUNTED else ""
    return Saying(words or dated_words(figure.statistic), f"#m-{figure.statistic.metric}")


# How people are told who are counted, and what they earn.
_COUNTED = {
    Metric.PLACEMENT.value: gettext_lazy("输送 %s"),
    Metric.TRAINING.value: gettext_lazy("培训 %s"),
}
_IN_LINE = {
    **_COUNTED,
    Metric.EMPLOYMENT.value: gettext_lazy("%s从业"),
    Metric.PER_CAPITA_INCOME.value: gettext_lazy("人均收入 %s"),
}


def _dated(pattern: Any, figure: Figure) -> str:
    """The figure in these words, with its date: 超 9 万人从业（2025年11月）."""
    told = joined(str(pattern) % figure_words(figure.statistic))
    when = when_words(figure.statistic)
    return gettext("%(figure)s（%(when)s）") % {"figure": told, "when": when} if when else told


def _in_line(figure: Figure) -> Saying:
    metric = figure.statistic.metric
    return Saying(_dated(_IN_LINE[metric], figure), f"#m-{metric}")


def _working(people: Figure | None, places: DetailGroup | None) -> Iterable[Saying]:
    """How many people there are, and where they go."""
    if people is not None:
        yield _in_line(people)
    if places is not None:
        reached = [item for item in places.items if item.value] or places.items
        named = gettext("、").join(item.words for item in reached[:NAMED])
        more = len(reached) > NAMED
        told = gettext("去往%(places)s等 %(count)d 地务工") if more else gettext("去往%(places)s务工")
        yield Saying(told % {"places": named, "count": len(reached)}, _address(places))


def _paid(pay: Figure | None) -> Iterable[Saying]:
    if pay is not None:
        yield _in_line(pay)


def _recognised(brand: Brand, fields: Mapping[str, Evidence]) -> Iterable[Saying]:
    """The level, and since when; not where a rule concluded it."""
    if not brand.level or "level" in brand.inferred:
        return
    told = {"year": brand.recognised_year, "level": brand.get_level_display()}
    dated = brand.recognised_year and "recognised_year" not in brand.inferred
    words = gettext("%(year)d年认定为%(level)s") % told if dated else told["level"]
    evidence = fields.get("recognised_year") if dated else None
    evidence = evidence or fields.get("level")
    yield Saying(str(words), evidence.get_absolute_url() if evidence else "")


def _destinations(places: DetailGroup | None) -> list[Saying]:
    """Each with the list of the brands whose people work there."""
    found = []
    for item in places.items if places else ():
        words = f"{item.words}（{item.detail.people}）" if item.detail.people else item.words
        listed = f"{reverse('brands:brand_list')}?{urlencode({'destination': item.value})}" if item.value else ""
        found.append(Saying(words, listed))
    return found


def _of_details(group: DetailGroup | None) -> list[Saying]:
    return [Saying(item.words, _address(group)) for item in group.items] if group else []


def _field(value: str, evidence: Evidence | None) -> list[Saying]:
    return [Saying(value, evidence.get_absolute_url() if evidence else "")] if value else []


def _address(group: DetailGroup) -> str:
    return group.quotes[0].get_absolute_url() if group.quotes else ""
