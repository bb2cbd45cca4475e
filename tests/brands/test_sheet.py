"""What of a brand is printed on one sheet, and what the sheet says that it leaves out."""

import pytest
from django.test import Client

from brands.figures import print_layout as sheets
from brands.figures.figures import figure_groups
from brands.figures.print_layout import NAMINGS, Sheet, sheet
from brands.models import Brand, Evidence, Statistic
from brands.vocabulary.choices import Metric
from tests.brands.factories import article, bear_out, brand, statistic
from tests.brands.pages import page, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def carer() -> Brand:
    """A brand with three figures of one metric and one of another."""
    made = brand("护工")
    for year in ("2022", "2023", "2024"):
        statistic(made, int(year), as_of=year)
    shared = statistic(made, 8, metric=Metric.TRAINING)
    bear_out(shared, article("又说8人。"), "8人")
    return made


def of(made: Brand, *, besides: str = "") -> Sheet:
    namings = list(Evidence.objects.of_facts().filter(brand=made))
    return sheet(figure_groups(Statistic.objects.filter(brand=made)), namings, besides=besides)


def test_what_fits_is_printed_each_with_one_quote(carer: Brand) -> None:
    assert of(carer) == Sheet({"employment": 3, "training": 1}, figures=0, quotes=1)


def test_each_metric_has_its_newest_figure_before_any_has_a_second(
    carer: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "LINES", 25)
    assert of(carer) == Sheet({"employment": 2, "training": 1}, figures=1, quotes=2)


def test_a_description_takes_the_room_of_figures(carer: Brand) -> None:
    assert of(carer, besides="字" * 5000).figures == 4


def test_the_page_marks_what_is_not_printed_and_the_sheet_says_so(
    client: Client, carer: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = page(client, carer.get_absolute_url())
    assert "unprinted" not in html
    assert "另有 1 处原话未印出" in text_of(html)
    monkeypatch.setattr(sheets, "LINES", 17)
    html = page(client, carer.get_absolute_url())
    assert html.count('<li class="unprinted">') == 2
    assert html.count('<section class="metric unprinted"') == 1
    assert "另有 3 条数据" in text_of(html)


def test_sentences_that_name_it_are_left_out_after_the_third(carer: Brand) -> None:
    for number in range(NAMINGS + 1):
        bear_out(carer, article(f"护工{number}"), "护工")
    assert of(carer).quotes == 1 + 2
