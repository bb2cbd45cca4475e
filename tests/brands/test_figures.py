"""Figures by metric, with their quotes, and the series that they make."""

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from brands.figures.figures import Figure, abreast, figure_groups, series
from brands.models import Brand, Statistic
from brands.vocabulary.choices import Metric, Qualifier
from tests.brands.factories import article, bear_out, brand, regions, statistic

pytestmark = pytest.mark.django_db


@pytest.fixture
def carer() -> Brand:
    return brand("护工", region=regions()["140000"])


def figures(*statistics: Statistic) -> list[Figure]:
    return [Figure(one, list(one.evidence.select_related("article"))) for one in statistics]


def labels(*statistics: Statistic) -> list[str] | None:
    chart = series(figures(*statistics))
    return None if chart is None else [f"{column.point.when} {column.point.short}" for column in chart.columns]


def test_groups_stand_in_the_order_of_metrics_and_figures_by_date(carer: Brand) -> None:
    statistic(carer, 5, metric=Metric.OTHER)
    statistic(carer, 1, as_of="2020")
    statistic(carer, 2)
    statistic(carer, 3, as_of="2021-06")
    statistic(carer, 4, as_of="2021-06")
    groups = figure_groups(Statistic.objects.published())
    assert [group.metric for group in groups] == ["employment", "other"]
    assert [int(figure.statistic.value) for figure in groups[0].figures] == [4, 3, 1, 2]
    assert groups[0].differing
    assert not groups[1].differing


def test_two_statements_whatever_there_is(carer: Brand, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for year in range(2000, 2020):
        statistic(carer, year, as_of=str(year))
    with django_assert_num_queries(2):
        groups = figure_groups(Statistic.objects.published())
    assert all(figure.quotes[0].words for group in groups for figure in group.figures)  # type: ignore[attr-defined]


def test_a_series_takes_two_dates_and_one_unit(carer: Brand) -> None:
    early, late, undated = statistic(carer, 1, as_of="2020"), statistic(carer, 2, as_of="2021"), statistic(carer, 3)
    times = statistic(carer, 4, unit="人次", as_of="2022")
    assert labels(late, undated, early) == ["未注明时间 3", "2020年 1", "2021年 2"]
    assert labels(early, undated) is None
    assert labels(early) is None
    assert labels(early, late, times) is None


def test_of_several_values_of_a_date_the_most_reported_is_drawn(carer: Brand) -> None:
    early = statistic(carer, 1, as_of="2020")
    small, large = statistic(carer, 20, as_of="2021"), statistic(carer, 30, as_of="2021")
    assert labels(early, small, large) == ["2020年 1", "2021年 30"]
    bear_out(small, article("又是20人。"), "20人")
    assert labels(early, small, large) == ["2020年 1", "2021年 20"]


def test_one_source_an_article(carer: Brand) -> None:
    source = article("共20人，20人都在。")
    twice = statistic(carer, 20, source=source)
    bear_out(twice, source, "20人都")
    assert len(figures(twice)[0].sources) == 1


def test_hedges_show_in_the_chart(carer: Brand) -> None:
    over = statistic(carer, 1000, as_of="2020", qualifier=Qualifier.OVER)
    several = statistic(carer, 1000, as_of="2021", qualifier=Qualifier.SEVERAL)
    most = statistic(carer, 1000, as_of="2022", qualifier=Qualifier.AT_MOST)
    chart = series(figures(over, several, most))
    assert chart is not None
    drawn = [(column.point.open, column.point.vague) for column in chart.columns]
    assert drawn == [(True, False), (False, True), (False, True)]
    assert [column.point.short for column in chart.columns] == ["超 1000", "数千", "至多 1000"]


def test_what_fell_is_no_series_of_columns(carer: Brand) -> None:
    rose, fell = (
        statistic(carer, value, metric=Metric.GROWTH, unit="%", as_of=year)
        for value, year in ((12, "2020"), (-3, "2021"))
    )
    assert series(figures(rose, fell)) is None
    assert abreast([("甲", figures(rose)[0]), ("乙", figures(fell)[0])]) is None
