"""Brands or regions beside each other: one metric, the newest figure of each, drawn, in a table and in a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from brands.figures.figures import Figure, dated_words, query_of, series
from brands.listing.pages import trail
from brands.models import Statistic
from brands.place_words import region_names
from brands.views.chart import chart_of
from brands.views.chart_params import MOST, ChartParams, asked_for
from brands.vocabulary.choices import Metric

# Subjects that make a comparison.
LEAST = 2

# Subjects that are offered to be added; a part of the name finds the others.
OFFERED = 40

# Characters of a name that is looked for.
MAX_NAME = 40

# The kinds that are offered, and where their names stand.
NAMES = {"brand": "brand__name", "region": "region__common_name"}


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    chosen: bool = False


def compare(request: HttpRequest) -> HttpResponse:
    asked = asked_for(request.GET)
    kind = asked.keys[0].partition(":")[0] if asked.keys else request.GET.get("kind", "")
    kind = kind if kind in NAMES else "brand"
    name = request.GET.get("name", "").replace("\x00", "")[:MAX_NAME]
    context = {
        "asked": asked,
        "chart": chart_of(asked) if asked.metric and len(asked.sides) >= LEAST else None,
        "said": _sentence(asked) if asked.metric and len(asked.sides) >= LEAST else "",
        "sides": [(side, series(side.figures), _without(asked, side.key)) for side in asked.sides],
        "metrics": _metrics(asked, kind),
        "kinds": _kinds(asked, kind),
        "kind": kind,
        "name": name,
        "offered": _offered(asked, kind, name) if asked.metric and len(asked.keys) < MOST else [],
        "least": LEAST,
        "most": MOST,
        "trail": trail((gettext("数据"), reverse("brands:statistic_list")), (gettext("比较"), "")),
    }
    return render(request, "brands/compare.html", context)


def _sentence(asked: ChartParams) -> str:
    """What the chart shows, in words, and what keeps its columns from being compared."""
    known = [(side.name, side.newest) for side in asked.sides if side.newest]
    missing = [side.name for side in asked.sides if not side.figures]
    parts = [_ranking(asked, known)] if known else []
    if missing:
        names = gettext("、").join(missing)
        parts.append(gettext("本库没有%(names)s的%(metric)s。") % {"names": names, "metric": asked.label})
    return " ".join(parts)


def _ranking(asked: ChartParams, known: list[tuple[str, Figure]]) -> str:
    units = {figure.statistic.unit for _name, figure in known}
    one_scale = len(units) == 1 and asked.metric != Metric.OTHER
    ranked = sorted(known, key=lambda pair: -pair[1].statistic.value) if one_scale else known
    values = gettext("，").join(f"{name} {dated_words(figure.statistic)}" for name, figure in ranked)
    if not one_scale:
        return gettext("%(metric)s：%(values)s。单位或所数的东西不同，不能比大小。") % {
            "metric": asked.label,
            "values": values,
        }
    told = gettext("最新的%(metric)s从大到小：%(values)s。") % {"metric": asked.label, "values": values}
    dates = {(figure.statistic.as_of, figure.statistic.as_of_precision) for _name, figure in known}
    return f"{told} {gettext('各数的时间不同，只宜粗略相比。')}" if len(dates) > 1 else told


def _without(asked: ChartParams, key: str) -> str:
    return _url(asked.with_keys([kept for kept in asked.keys if kept != key]))


def _metrics(asked: ChartParams, kind: str) -> list[Link]:
    chosen = [*(("of", key) for key in asked.keys)]
    return [
        Link(
            str(metric.label),
            _url(query_of(metric.value, asked.keys), kind if not chosen else ""),
            metric == asked.metric,
        )
        for metric in Metric
        if metric != Metric.OTHER
    ]


def _kinds(asked: ChartParams, kind: str) -> list[Link]:
    """The choice between kinds, as long as no subject has made it."""
    labels: Iterable[tuple[str, str]] = (("brand", gettext("劳务品牌")), ("region", gettext("地区")))
    return [] if asked.keys else [Link(label, _url(asked.query, one), one == kind) for one, label in labels]


def _offered(asked: ChartParams, kind: str, name: str) -> list[Link]:
    """The subjects with figures of the metric, those with the largest first."""
    column = NAMES[kind]
    rows = Statistic.objects.published().wholes().filter(**{"metric": asked.metric, f"{kind}__isnull": False})
    if name:
        rows = rows.filter(**{f"{column}__contains": name})
    chosen = [key.partition(":")[2] for key in asked.keys]
    rows = rows.exclude(**{f"{kind}__in": chosen}) if chosen else rows
    found = rows.order_by().values_list(f"{kind}_id", column).annotate(most=Max("value"))
    offered = {str(key): label for key, label, _most in found.order_by("-most", f"{kind}_id")[:OFFERED]}
    labels = region_names(offered) if kind == "region" else offered
    return [Link(label, _url(asked.with_keys([*asked.keys, f"{kind}:{key}"]))) for key, label in labels.items()]


def _url(query: str, kind: str = "") -> str:
    return f"{reverse('brands:statistic_compare')}?{query}{f'&kind={kind}' if kind else ''}"
