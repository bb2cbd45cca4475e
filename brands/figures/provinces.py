"""What papers report of provinces themselves, by kind of number: one number of each, never a sum."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext

from brands.figures.figures import Figure, figures_of, standing
from brands.models import Statistic
from brands.vocabulary.choices import Metric, Scope

# What papers call the brands that a province itself recognised.
OF_PROVINCE = ("省级", "自治区级", "市级")

# How the words end for a number of some of a province's brands: 51个省级劳务品牌带动120多万人. It stands, with these
# words, where none of all brands is reported.
SOME_BRANDS = "劳务品牌"


@dataclass(frozen=True, slots=True)
class ReportedKind:
    """A metric in one unit, of the whole; or of the brands that the province itself recognised."""

    metric: Metric
    unit: str
    provincial: bool = False

    @property
    def label(self) -> str:
        return gettext("省级品牌") if self.provincial else str(self.metric.label)

    @property
    def asked(self) -> Q:
        of_kind = Q(metric=self.metric, unit=self.unit, per="")
        if self.provincial:
            return of_kind & Q(scope__in=(Scope.TOTAL, Scope.PART), part_of__in=OF_PROVINCE)
        whole = Q(part_of="") if self.metric is Metric.BRANDS else Q(part_of="") | Q(part_of__endswith=SOME_BRANDS)
        return of_kind & whole & Q(scope=Scope.TOTAL)

    def has(self, statistic: Statistic) -> bool:
        """Whether a number that was asked for with others is of this kind."""
        alike = (statistic.metric, statistic.unit) == (self.metric, self.unit)
        return alike and (statistic.part_of in OF_PROVINCE if self.provincial else statistic.part_of not in OF_PROVINCE)


# The kinds that are compared, in the order of their columns. Those that sums over brands have too are called as there.
KINDS = {
    "brands": ReportedKind(Metric.BRANDS, "个"),
    "provincial": ReportedKind(Metric.BRANDS, "个", provincial=True),
    "employment": ReportedKind(Metric.EMPLOYMENT, "人"),
    "placement": ReportedKind(Metric.PLACEMENT, "人"),
    "placement-times": ReportedKind(Metric.PLACEMENT, "人次"),
    "training": ReportedKind(Metric.TRAINING, "人"),
    "training-times": ReportedKind(Metric.TRAINING, "人次"),
    "credentials": ReportedKind(Metric.CREDENTIALS, "人"),
    "output_value": ReportedKind(Metric.OUTPUT_VALUE, "元"),
    "labour_income": ReportedKind(Metric.LABOUR_INCOME, "元"),
    "pay-month": ReportedKind(Metric.PER_CAPITA_INCOME, "元/月"),
    "pay-year": ReportedKind(Metric.PER_CAPITA_INCOME, "元/年"),
}


def reported(codes: Collection[str], kinds: Iterable[str]) -> dict[str, dict[str, Figure]]:
    """By kind and by code, the newest number that papers report of a division itself; those of which none is reported
    are left out. In two statements."""
    return _reported(codes, {kind: KINDS[kind] for kind in kinds})


def reported_of(codes: Collection[str], metric: Metric, unit: str) -> dict[str, Figure]:
    """The same of the wholes of one metric and unit, by code."""
    return _reported(codes, {unit: ReportedKind(metric, unit)})[unit]


def _reported(codes: Collection[str], asked: Mapping[str, ReportedKind]) -> dict[str, dict[str, Figure]]:
    found = Statistic.objects.published().filter(region__in=list(codes), value__gt=0)
    by_place: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures_of(found.filter(reduce(or_, (kind.asked for kind in asked.values())))):
        kind = next(name for name, one in asked.items() if one.has(figure.statistic))
        by_place[kind, str(figure.statistic.region_id)].append(figure)
    told: dict[str, dict[str, Figure]] = {kind: {} for kind in asked}
    for (kind, code), figures in by_place.items():
        whole = [figure for figure in figures if not figure.statistic.part_of] if kind != "provincial" else []
        if best := standing(whole or figures):
            told[kind][code] = best
    return told
