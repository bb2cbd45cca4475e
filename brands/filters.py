"""From a query string to validated choices, to a queryset, and to words that say what was chosen.

One :class:`Listing` serves a page and its facets. What an address says that we don't know is told and otherwise
ignored: a stale link still shows a list.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.address import Address
from brands.choices import BrandLevel, Category, Industry, Metric, ProgramKind
from brands.models import Article, Brand, Region, Statistic
from brands.models.region import COUNTRY
from brands.querysets import adcode_range

UNKNOWN = "unknown"
"""The value that asks for rows of which the papers don't say."""

MAX_VALUES = 40
"""Values of one parameter that are looked at; nobody clicks so many together, and each costs a condition."""

SHOWN = 30
"""Characters of a wrong value that a message repeats."""

_ADCODE = re.compile(r"[1-9][0-9]{5}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value: what it is called, of which facet, and the address without it."""

    facet: str
    label: str
    url: str


class ValuesField(forms.MultipleChoiceField):  # type: ignore[misc, unused-ignore]
    """Values of one parameter, given once or repeated. Keeps those it knows and remembers the others in `refused`."""

    refused: list[str]

    def clean(self, value: list[str] | None) -> list[str]:
        given = list(dict.fromkeys(part.strip() for part in value or () if part.strip()))
        accepted = self.accept(given[:MAX_VALUES])
        self.refused = [part for part in given if part not in accepted]
        return accepted

    def accept(self, given: list[str]) -> list[str]:
        return [part for part in given if self.valid_value(part)]


class RegionField(ValuesField):
    """Codes of divisions that exist; `regions` holds them by code."""

    regions: dict[str, Region]

    def accept(self, given: list[str]) -> list[str]:
        codes = [part for part in given if _ADCODE.fullmatch(part)]
        self.regions = Region.objects.in_bulk(codes) if codes else {}
        return [part for part in given if part in self.regions or part == UNKNOWN]


class YearField(ValuesField):
    def accept(self, given: list[str]) -> list[str]:
        return [part for part in given if _YEAR.fullmatch(part) or part == UNKNOWN]


class ValuesFilter(django_filters.MultipleChoiceFilter):  # type: ignore[misc]
    """Rows that have any of the chosen values in `field_name`."""

    field_class = ValuesField

    def __init__(self, field_name: str, choices: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(field_name=field_name, choices=[*choices, (UNKNOWN, _("未见报道"))], distinct=False, **options)

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return qs.filter(reduce(or_, map(self.condition, value))) if value else qs

    def condition(self, value: str) -> Q:
        return Q(**{self.field_name: "" if value == UNKNOWN else value})


class RegionFilter(ValuesFilter):
    """Rows of the chosen divisions and all in them; `field_name` holds a code. The country means what is said of the
    country itself: all that lies in it is what no choice at all gives."""

    field_class = RegionField

    def condition(self, value: str) -> Q:
        if value == UNKNOWN:
            return Q(**{f"{self.field_name}__isnull": True})
        if value == COUNTRY:
            return Q(**{self.field_name: COUNTRY})
        first, after = adcode_range(value)
        return Q(**{f"{self.field_name}__gte": first, f"{self.field_name}__lt": after})


class YearFilter(ValuesFilter):
    """Rows of the chosen years; `field_name` holds a year or nothing."""

    field_class = YearField

    def condition(self, value: str) -> Q:
        return Q(**{f"{self.field_name}__isnull": True} if value == UNKNOWN else {self.field_name: int(value)})


class Listing(django_filters.FilterSet):  # type: ignore[misc]
    """A list that can be filtered and sorted. `orders` maps the values of ``sort`` to what they are called and the
    columns; the first is the default."""

    orders: ClassVar[dict[str, tuple[Any, tuple[Any, ...]]]]

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], *, path: str) -> None:
        super().__init__(data=data, queryset=queryset)
        self.form.is_valid()
        keys = (*self.filters, "sort", "page")
        chosen = [(name, value) for name in self.filters for value in self.chosen(name)]
        self.address = Address(path, keys, (*chosen, *self._sort_pairs()))

    def chosen(self, name: str) -> list[str]:
        """The accepted values of one filter."""
        return list(self.form.cleaned_data.get(name, ()))

    def rows(self, *, but: str = "") -> QuerySet[Any]:
        """What the choices select, in no order; without the choices of the filter `but`."""
        rows: QuerySet[Any] = self.queryset.all()
        for name, rule in self.filters.items():
            if name != but:
                rows = rule.filter(rows, self.chosen(name))
        return rows

    def ordered(self) -> QuerySet[Any]:
        """What the choices select, in the chosen order."""
        return self.rows().order_by(*self.orders[self.sort][1])

    @property
    def sort(self) -> str:
        given = self.data.get("sort", "")
        return given if given in self.orders else next(iter(self.orders))

    def _sort_pairs(self) -> list[tuple[str, str]]:
        return [] if self.sort == next(iter(self.orders)) else [("sort", self.sort)]

    def sorts(self) -> list[Chip]:
        """The ways to sort; the chosen one has no address."""
        base = self.address.only("sort", [])
        first = next(iter(self.orders))
        return [
            Chip("sort", str(label), "" if key == self.sort else (base if key == first else base.plus("sort", key)).url)
            for key, (label, _columns) in self.orders.items()
        ]

    @cached_property
    def complaints(self) -> list[str]:
        """What the address says that we can't follow, a sentence each."""
        told = [gettext("不认识参数“%s”，已忽略。") % _shown(key) for key in self.data if key not in self.address.keys]
        for name, rule in self.filters.items():
            told += [_no_such(rule.label, value) for value in getattr(self.form.fields[name], "refused", ())]
        given = self.data.get("sort", "")
        if given not in self.orders and given.strip():
            told.append(_no_such(gettext("排序"), given))
        return told[:MAX_VALUES]

    def label(self, name: str, value: str) -> str:
        """What a value of a filter is called."""
        if value == UNKNOWN:
            return gettext("未见报道")
        field = self.form.fields[name]
        if isinstance(field, RegionField):
            return gettext("全国") if value == COUNTRY else field.regions[value].common_name
        return value if isinstance(field, YearField) else str(dict(field.choices)[value])

    def chips(self) -> list[Chip]:
        """The chosen values, each with the address without it."""
        return [
            Chip(str(rule.label), self.label(name, value), self.address.minus(name, value).url)
            for name, rule in self.filters.items()
            for value in self.chosen(name)
        ]

    def saying(self) -> str:
        """The choices in words, for titles: 广西或广东 · 餐饮."""
        parts = [[self.label(name, value) for value in self.chosen(name)] for name in self.filters]
        return " · ".join(gettext("或").join(part) for part in parts if part)


class BrandList(Listing):
    region = RegionFilter("region_id", label=_("地区"))
    industry = ValuesFilter("industry", Industry.choices, label=_("行业"))
    category = ValuesFilter("category", Category.choices, label=_("类型"))
    level = ValuesFilter("level", BrandLevel.choices, label=_("级别"))

    orders = {
        "pinyin": (_("拼音"), ("pinyin", "pk")),
        "newest": (_("最新报道"), (F("newest_report").desc(nulls_last=True), "pinyin", "pk")),
        "reports": (_("报道数"), ("-article_count", "pinyin", "pk")),
    }

    def ordered(self) -> QuerySet[Brand]:
        """Counts and dates of reports are joined only where the order needs them."""
        rows = self.rows()
        if self.sort == "newest":
            rows = rows.annotate(newest_report=Max("evidence__article__published_on"))
        if self.sort == "reports":
            rows = rows.annotate(article_count=Count("evidence__article", distinct=True))
        return rows.order_by(*self.orders[self.sort][1])


class ProgramList(Listing):
    kind = ValuesFilter("kind", ProgramKind.choices, label=_("类别"))
    region = RegionFilter("place_id", label=_("地点"))

    orders = {
        "newest": (_("日期"), (F("held_on").desc(nulls_last=True), "name", "pk")),
        "name": (_("名称"), ("name", "pk")),
    }


class SubjectField(ValuesField):
    def accept(self, given: list[str]) -> list[str]:
        return [part for part in given if part != UNKNOWN and self.valid_value(part)]


class SubjectFilter(ValuesFilter):
    """Statistics of the chosen kinds of subject."""

    field_class = SubjectField

    def condition(self, value: str) -> Q:
        return Q(**{f"{value}__isnull": False})


SUBJECTS = (("brand", _("劳务品牌")), ("program", _("政策与活动")), ("region", _("地区")))


class StatisticList(Listing):
    """Over statistics with `place_code` and `year`, see :func:`explorable`."""

    metric = ValuesFilter("metric", Metric.choices, label=_("指标"))
    subject = SubjectFilter("subject", SUBJECTS, label=_("对象"))
    region = RegionFilter("place_code", label=_("地区"))
    year = YearFilter("year", label=_("年份"))

    orders = {
        "newest": (_("时间"), (F("as_of").desc(nulls_last=True), "metric", "pk")),
        "largest": (_("数值"), ("-value", "pk")),
    }


def explorable(statistics: QuerySet[Statistic]) -> QuerySet[Any]:
    """Statistics with the code of the division that their subject belongs to, and the year that they speak of."""
    return statistics.annotate(
        place_code=Coalesce("region_id", "brand__region_id", "program__place_id"), year=ExtractYear("as_of")
    )


class ArticleList(Listing):
    """Over articles with `year`, see :func:`dated`."""

    region = RegionFilter("place_id", label=_("报道地区"))
    year = YearFilter("year", label=_("年份"))

    orders = {
        "newest": (_("最新"), (F("published_on").desc(nulls_last=True), "-pk")),
        "oldest": (_("最早"), (F("published_on").asc(nulls_last=True), "pk")),
    }


def dated(articles: QuerySet[Article]) -> QuerySet[Any]:
    """Articles with the year in which they were printed."""
    return articles.annotate(year=ExtractYear("published_on"))


def _shown(text: str) -> str:
    """The beginning of what somebody wrote into an address, without characters that can't be seen."""
    visible = "".join(c if c.isprintable() else "�" for c in text[:SHOWN])
    return visible if len(text) <= SHOWN else f"{visible}…"


def _no_such(facet: object, value: str) -> str:
    return gettext("“%(facet)s”里没有“%(value)s”，已忽略。") % {"facet": facet, "value": _shown(value)}
