"""Over random catalogues: what is added, drawn, mapped or compared never mixes wholes with anything else."""

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brands.figures.figures import FigureGroup, figure_groups, figures_of, newest
from brands.figures.provinces import reported_of
from brands.figures.sums import ADDED, addable
from brands.listing.sync import gathered
from brands.models import Brand, Card, Region, Statistic
from brands.vocabulary.choices import Metric, Per, Scope
from tests.brands.factories import article, brand, regions, statistic
from tests.needs import tries

pytestmark = pytest.mark.django_db

# Names of brands, each used once.
_NUMBERS = count()

METRICS = (Metric.EMPLOYMENT, Metric.BRANDS, Metric.TRAINING)


@st.composite
def numbers(draw: st.DrawFn) -> dict[str, Any]:
    scope = draw(st.sampled_from(list(Scope)))
    as_of = draw(st.sampled_from(["", "2019", "2021-06", "2023", "2024-11-05"]))
    return {
        "value": draw(st.integers(1, 10**6)),
        "metric": draw(st.sampled_from(METRICS)),
        "unit": draw(st.sampled_from(["人", "人次", "个"])),
        "scope": scope,
        "per": draw(st.sampled_from(["", Per.WEEK, Per.HOUSEHOLD])) if scope in (Scope.TOTAL, Scope.EACH) else "",
        "part_of": draw(st.sampled_from(["", "女性", "省级"])) if scope is Scope.PART else "",
        "as_of": as_of,
        "as_of_basis": draw(st.sampled_from(["stated", "published"])) if as_of else "",
    }


def fact(fields: dict[str, Any]) -> tuple[Any, ...]:
    """What makes a number the same fact, as `fact_key` has it: the day of a paper makes no other one."""
    dated = fields["as_of"] if fields["as_of_basis"] == "stated" else ""
    return (*(value for name, value in fields.items() if not name.startswith("as_of")), dated)


@pytest.fixture
def places() -> dict[str, Region]:
    return regions()


@gathered()
def filled(places: dict[str, Region], told: list[tuple[bool, dict[str, Any]]]) -> Brand:
    """A brand; these numbers are its own, or the province's where the first of a pair is false."""
    Statistic.objects.all().delete()
    Card.objects.all().delete()
    carer = brand(f"护工{next(_NUMBERS)}", region=places["140000"])
    papers = [article("据县报。"), article("据省报。")]
    made: set[Any] = set()
    for number, (of_brand, fields) in enumerate(told):
        key = (of_brand, *fact(fields))
        if key not in made:
            made.add(key)
            statistic(carer if of_brand else places["140000"], source=papers[number % 2], phrase="据", **fields)
    return carer


@settings(max_examples=tries(25, 8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), numbers()), min_size=1, max_size=12))
def test_wholes_alone(places: dict[str, Region], told: list[tuple[bool, dict[str, Any]]]) -> None:
    carer = filled(places, told)
    published = Statistic.objects.published()
    check_groups(figure_groups(published.filter(brand=carer)))
    check_groups(figure_groups(published.of_region("140000")))
    for row in addable(published):
        assert (row.scope, row.per) == (Scope.TOTAL, "")
        assert (row.metric, row.unit) in {(metric.value, unit) for metric, unit in ADDED.values()}
    for metric, unit in ((Metric.EMPLOYMENT, "人"), (Metric.BRANDS, "个")):
        for figure in reported_of({"140000": "山西"}, metric, unit).values():
            row = figure.statistic
            assert (row.scope, row.per, row.metric, row.unit) == (Scope.TOTAL, "", metric, unit)
    card = Card.objects.get(pk=carer.pk)
    shown = newest(figures_of(published.filter(brand=carer, metric=card.metric))) if card.metric else None
    if shown is not None:
        assert (card.value, card.unit) == (shown.statistic.value, shown.statistic.unit)


def check_groups(groups: list[FigureGroup]) -> None:
    for group in groups:
        assert {figure.statistic.scope for figure in group.figures} == {group.scope}
        if group.chart is None:
            continue
        assert group.scope == Scope.TOTAL
        drawn = {column.point.href for column in group.chart.columns}
        rows = [figure.statistic for figure in group.figures if figure.statistic.get_absolute_url() in drawn]
        assert {row.per for row in rows} == {""}
        assert len({row.unit for row in rows}) == 1
        assert all(row.as_of for row in rows)
