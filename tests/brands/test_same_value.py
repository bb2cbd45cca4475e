"""Over random catalogues: a page and the pages that quote it say the same value, and no page mixes what is unlike."""

import json
from html import unescape
from itertools import count
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brands.figures.figures import abreast, counted_words, dated_words, figure_words, figures_of, newest, series
from brands.figures.provinces import reported_of
from brands.listing.sync import gathered
from brands.models import Brand, Card, Region, Statistic
from brands.vocabulary.choices import Metric, Scope
from tests.brands.factories import article, brand, regions, statistic
from tests.brands.pages import page, text_of
from tests.brands.test_like_wholes import fact, numbers
from tests.needs import tries

pytestmark = pytest.mark.django_db

# Names of brands, each used once.
_NUMBERS = count()

Told = list[tuple[int, dict[str, Any]]]
CATALOGUES = st.lists(st.tuples(st.integers(0, 3), numbers()), min_size=1, max_size=10)
FEW = settings(max_examples=tries(8, 3), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY = settings(max_examples=tries(25, 8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def places() -> dict[str, Region]:
    return regions()


@gathered()
def filled(places: dict[str, Region], told: Told) -> list[Brand | Region]:
    """Two brands and two provinces with these numbers."""
    Statistic.objects.all().delete()
    Card.objects.all().delete()
    Brand.objects.all().delete()
    subjects: list[Brand | Region] = [
        brand(f"护工{next(_NUMBERS)}", region=places["141100"]),
        brand(f"月嫂{next(_NUMBERS)}", region=places["429005"]),
        places["140000"],
        places["420000"],
    ]
    papers = [article("据县报。"), article("据省报。", title="又一篇")]
    made: set[Any] = set()
    for number, (whose, fields) in enumerate(told):
        if (key := (whose, *fact(fields))) not in made:
            made.add(key)
            statistic(subjects[whose], source=papers[number % 2], phrase="据", **fields)
    return subjects


def key(subject: Brand | Region) -> str:
    return f"{type(subject).__name__.lower()}:{subject.pk}"


def of(subject: Brand | Region, **fields: Any) -> Any:
    return Statistic.objects.published().filter(**{type(subject).__name__.lower(): subject}, **fields)


def seen(client: Client, address: str) -> str:
    return unescape(text_of(page(client, address)))


def compared(client: Client, metric: str, subjects: list[Brand | Region]) -> str:
    return seen(
        client, f"/statistics/compare/?metric={metric}&" + "&".join(f"of={key(subject)}" for subject in subjects)
    )


@FEW
@given(CATALOGUES)
def test_pages_say_what_the_number_is(client: Client, places: dict[str, Region], told: Told) -> None:
    subjects = filled(places, told)
    own = {subject: seen(client, subject.get_absolute_url()) for subject in subjects}
    country = seen(client, "/regions/100000/")
    feed = unescape(client.get("/statistics/feed/").content.decode())
    home = unescape(page(client, "/?map=people"))
    for subject in subjects:
        for row in of(subject):
            assert figure_words(row) in own[subject]
            assert figure_words(row) in seen(client, row.get_absolute_url())
            assert counted_words(row) in feed
            if (row.metric, row.scope, row.brand_id) == (Metric.BRANDS, Scope.NEW, None):
                assert figure_words(row) in country
        for metric in {row.metric for row in of(subject)}:
            shown = newest(figures_of(of(subject, metric=metric)))
            if shown is not None:
                assert dated_words(shown.statistic) in compared(
                    client, metric, subjects[:2] if isinstance(subject, Brand) else subjects[2:]
                )
    for province, figure in reported_of({"140000": "山西", "420000": "湖北"}, Metric.EMPLOYMENT, "人").items():
        assert dated_words(figure.statistic) in home
        assert figure_words(figure.statistic) in own[places[province]]


@FEW
@given(CATALOGUES)
def test_lists_and_the_api_have_the_brands_own_number(client: Client, places: dict[str, Region], told: Told) -> None:
    subjects = filled(places, told)
    results = {row["id"]: row for row in json.loads(client.get("/api/brands/").content)["results"]}
    listed = seen(client, "/brands/")
    for subject in subjects[:2]:
        people = newest(figures_of(of(subject, metric=Metric.EMPLOYMENT, unit="人")))
        assert results[subject.pk]["headcount"] == (int(people.statistic.value) if people else None)
        assert people is None or figure_words(people.statistic) in listed
        card = Card.objects.get(pk=subject.pk)
        if card.metric:
            shown = newest(figures_of(of(subject, metric=card.metric)))
            assert shown is not None
            assert figure_words(shown.statistic) in seen(client, subject.get_absolute_url())


@MANY
@given(CATALOGUES)
def test_charts_and_comparisons_are_of_one_kind(places: dict[str, Region], told: Told) -> None:
    subjects = filled(places, told)
    for metric in Metric:
        figures = {subject: figures_of(of(subject, metric=metric)) for subject in subjects}
        for found in figures.values():
            chart = series(found)
            drawn = [row for row in _drawn(chart, found) if chart]
            check_alike(drawn)
            assert len(drawn) != 1
            assert all(row.as_of for row in drawn)
            middles = [column.middle for column in chart.columns] if chart else []
            assert middles == sorted(middles)
        chosen = [(str(subject), best) for subject, found in figures.items() if (best := newest(found))]
        check_alike([best.statistic for _name, best in chosen] if abreast(chosen[:5] or []) else [])


def _drawn(chart: Any, figures: list[Any]) -> list[Statistic]:
    drawn = {column.point.href for column in chart.columns} if chart else set()
    return [figure.statistic for figure in figures if figure.statistic.get_absolute_url() in drawn]


def check_alike(rows: list[Statistic]) -> None:
    """All of one metric and unit, and all wholes."""
    assert len({(row.metric, row.unit) for row in rows}) <= 1
    assert {(row.scope, row.per, row.part_of, row.whole_id) for row in rows} <= {(Scope.TOTAL, "", "", None)}


@pytest.mark.parametrize(
    ("dates", "drawn"), [(["2020", "2022"], 0), (["2020", "2021", "2023"], 3), (["", "2021", "2023", "2024"], 3)]
)
def test_three_dated_wholes_make_a_series(places: dict[str, Region], dates: list[str], drawn: int) -> None:
    for number, when in enumerate(dates):
        statistic(places["140000"], 100 + number, as_of=when, as_of_basis="stated" if when else "")
        statistic(places["140000"], 10 + number, as_of=when, as_of_basis="stated" if when else "", scope=Scope.NEW)
    chart = series(figures_of(of(places["140000"])))
    assert len(chart.columns if chart else ()) == drawn
    if chart and drawn == 3 and "" not in dates:
        left, middle, right = (column.middle for column in chart.columns)
        assert right - middle == pytest.approx(2 * (middle - left), abs=2)
