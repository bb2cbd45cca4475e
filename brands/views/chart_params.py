"""Which figures an address asks for: one metric of one or several subjects, and what is wrong with what it says."""

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext

from brands.figures.figures import Figure, figures_of, key_of, newest, query_of
from brands.models import Brand, Program, Region, Statistic
from brands.place_words import region_words
from brands.vocabulary.choices import Metric

# Subjects beside each other: as many columns fit a phone.
MOST = 5

# Characters of a wrong parameter that a complaint repeats.
QUOTED = 40

_KEY = re.compile(r"(brand|program|region):([1-9][0-9]{0,8})")

Subject: TypeAlias = Brand | Program | Region


@dataclass(frozen=True, slots=True)
class ChartSubject:
    """A subject with its figures of the metric, the newest first."""

    key: str
    subject: Subject
    figures: list[Figure]

    @property
    def name(self) -> str:
        if isinstance(self.subject, Region):
            return region_words(self.subject)
        return self.subject.name

    @property
    def newest(self) -> Figure | None:
        return newest(self.figures)


@dataclass(frozen=True, slots=True)
class ChartParams:
    """`metric` is empty where none, or none that we know, is asked for. The complaints name the parameter."""

    metric: str
    sides: list[ChartSubject]
    complaints: list[str]

    @property
    def keys(self) -> list[str]:
        return [side.key for side in self.sides]

    @property
    def query(self) -> str:
        return query_of(self.metric, self.keys)

    def with_keys(self, keys: list[str]) -> str:
        """The same question of other subjects."""
        return query_of(self.metric, keys)

    @property
    def label(self) -> str:
        return str(Metric(self.metric).label) if self.metric else ""


def asked_for(parameters: QueryDict) -> ChartParams:
    """The subjects of `of`, in the order given, each once and at most `MOST`, with their figures of `metric`, in five
    statements."""
    complaints: list[str] = []
    metric = _metric(parameters.get("metric", ""), complaints)
    keys = _keys(parameters.getlist("of"), complaints)
    subjects = _subjects(keys)
    complaints += [gettext("参数 of：没有“%s”这个对象。") % key for key in keys if key not in subjects]
    figures = _figures(metric, list(subjects)) if metric and subjects else []
    sides = [
        ChartSubject(key, subjects[key], [figure for figure in figures if key_of(figure.statistic) == key])
        for key in keys
        if key in subjects
    ]
    return ChartParams(metric, sides, complaints)


def _metric(value: str, complaints: list[str]) -> str:
    if value in Metric.values:
        return value
    if value:
        complaints.append(gettext("参数 metric：没有“%s”这个指标。") % value[:QUOTED])
    return ""


def _keys(values: list[str], complaints: list[str]) -> list[str]:
    wrong = [value for value in values if not _KEY.fullmatch(value)]
    if wrong:
        told = gettext("参数 of：看不懂“%s”，应当像 brand:12 或 region:140000 这样。")
        complaints.append(told % wrong[0][:QUOTED])
    keys = list(dict.fromkeys(value for value in values if _KEY.fullmatch(value)))
    if len(keys) > MOST:
        complaints.append(gettext("参数 of：一次最多比较 %d 个，其余没有显示。") % MOST)
    alike = [key for key in keys if key.partition(":")[0] == keys[0].partition(":")[0]]
    if len(alike) < len(keys):
        complaints.append(gettext("参数 of：品牌、地区、政策不能混在一起比，只显示了与第一个同类的。"))
    return alike[:MOST]


def _subjects(keys: list[str]) -> dict[str, Subject]:
    """Those that a reader may see, by key."""
    by_kind: dict[str, QuerySet[Any]] = {
        "brand": Brand.objects.published(),
        "program": Program.objects.published(),
        "region": Region.objects.all(),
    }
    found: dict[str, Subject] = {}
    for kind, rows in by_kind.items():
        wanted = [key.partition(":")[2] for key in keys if key.startswith(kind)]
        if wanted:
            found |= {f"{kind}:{row.pk}": row for row in rows.filter(pk__in=wanted)}
    return found


def _figures(metric: str, keys: list[str]) -> list[Figure]:
    pairs = (key.split(":") for key in keys)
    any_of = reduce(or_, (Q(**{f"{kind}_id": number}) for kind, number in pairs))
    return figures_of(Statistic.objects.published().wholes().filter(any_of, metric=metric))
