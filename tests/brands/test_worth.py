"""Which brands the home page offers: by papers, then by date, one a province, each with a figure and its sentence."""

import re
from typing import Any

import pytest
from django.test import Client

from brands.figures.featured import worth_reading
from brands.listing.sync import gathered
from brands.models import Brand
from tests.brands.factories import article, bear_out, brand, regions, statistic
from tests.brands.pages import page, text_of

pytestmark = pytest.mark.django_db


def told(name: str, *, papers: tuple[str, ...] = ("县报",), people: int = 100, code: str = "", **fields: Any) -> Brand:
    """A brand that each of the papers names, the first of them with a figure in a sentence."""
    found = regions()
    sentence = f"{name}走出大山，如今已有{people}人在外地做事。"
    first = article(sentence, publisher=papers[0], **fields)
    made = brand(name, source=first, region=found.get(code))
    for paper in papers[1:]:
        bear_out(made, article(f"{name}也来了。", publisher=paper, **fields), name)
    statistic(made, people, source=first)
    return made


def names() -> list[str]:
    return [reading.card.name for reading in worth_reading(6)]


def test_first_those_of_most_papers_then_those_of_the_newest_report() -> None:
    with gathered():
        told("旧闻工", code="140000", published_on="2020-01-01")
        told("新闻工", code="420000", published_on="2025-01-01")
        told("名工", papers=("县报", "市报"), code="500000", published_on="2019-01-01")
    assert names() == ["名工", "新闻工", "旧闻工"]


def test_two_articles_of_one_paper_and_papers_without_a_name_are_no_two_papers() -> None:
    with gathered():
        told("甲工", papers=("县报", "县报", "", ""), code="140000", published_on="2020-01-01")
        told("乙工", code="420000", published_on="2025-01-01")
    assert names() == ["乙工", "甲工"]


def test_one_a_province() -> None:
    with gathered():
        told("甲工", papers=("县报", "市报"), code="141102")
        told("乙工", code="140222")
        told("丙工", code="429005")
    assert names() == ["甲工", "丙工"]


def test_a_brand_without_figure_or_sentence_is_not_offered() -> None:
    with gathered():
        found = regions()
        brand("无数工", region=found["140000"])
        made = brand("短句工", region=found["420000"])
        statistic(made, 5, source=article("5人"), phrase="5人")
        long = brand("长句工", region=found["500000"])
        statistic(long, 7, source=article("，".join(["各地各行各业"] * 30) + "7人"), phrase="7人")
    assert names() == []


def test_no_more_than_fit_the_page() -> None:
    with gathered():
        told("甲工", code="140000")
        told("乙工", code="420000")
    assert len(worth_reading(1)) == 1


def test_the_page_states_the_rule_and_shows_figure_sentence_and_paper(client: Client) -> None:
    with gathered():
        made = told("吕梁山护工", code="141102", people=90_000)
    html = page(client, "/").partition('id="worth"')[2].partition("</section>")[0]
    shown = text_of("<main>" + html)
    assert "报道媒体多的在前" in shown
    assert "每省最多一个" in shown
    assert "就业人数 9 万人" in shown
    assert "吕梁山护工走出大山，如今已有<mark>90000人</mark>在外地做事。" in html
    assert re.search(r"县报.*看原文", shown)
    assert made.get_absolute_url() in html


def test_without_brands_the_section_is_left_out(client: Client) -> None:
    assert 'id="worth"' not in page(client, "/")
