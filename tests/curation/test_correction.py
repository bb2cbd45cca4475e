"""The head of an article is corrected by hand: what follows from it follows, and no later run takes it back."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.audit.undo import undo
from brands.models import Article, Brand, ChangeSet, Evidence, Proposal, Statistic
from brands.sources import OwnSource, article_of
from brands.vocabulary.choices import DateBasis, ReviewState
from curation.article_correction import CorrectedHead
from ingest.load.articles import corrections, raw_page
from ingest.load.page import load_page
from ingest.pipeline import extract_bytes, extract_page
from tests.brands.whole import state
from tests.staff import client_of, member

pytestmark = [pytest.mark.usefixtures("divisions"), pytest.mark.django_db]

MOST_QUERIES = 30
PAPER = """---
title: 护工走出大山
publisher: 吕梁日报
published_on: 2021-12-29
---
护工走出大山

近日，“吕梁山护工”劳务品牌走出大山，带动就业9万余人，今年以来又培训1.2万人。
“吕梁山护工”劳务品牌去年输出2万人次，劳务品牌越擦越亮。
"""
OTHER = """---
title: 天气预报
publisher: 吕梁日报
published_on: 2021-12-29
---
天气预报

吕梁市明天晴转多云，气温零下三度。山里的“柳林碗团”师傅照常出摊，街坊说味道不错。
"""


@pytest.fixture
def reviewer() -> User:
    return member("reviewer", "shenhe")


@pytest.fixture
def client(reviewer: User) -> Client:
    return client_of(reviewer)


@pytest.fixture
def row() -> Article:
    load_page(extract_bytes("1.txt", PAPER.encode()), version="1")
    return Article.objects.select_related("page", "place").get()


def dates() -> dict[str, tuple[str, str, str]]:
    rows = Statistic.objects.order_by("pk")
    return {row.metric: (str(row.as_of)[:7], row.as_of_precision, row.as_of_basis) for row in rows}


def correct(client: Client, row: Article, *, write: bool = True, **said: str) -> Any:
    url = reverse("curation:correct_article", args=[row.pk])
    form = client.get(url).context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    sent = {name: form.fields[name].prepare_value(value) for name, value in sent.items()} | said
    sent = {name: "on" if value is True else value for name, value in sent.items() if value is not None}
    return client.post(url, sent | ({"write": "1"} if write else {}))


def test_dates_that_follow_from_the_paper_follow(client: Client, row: Article, reviewer: User) -> None:
    """To a later month as well as to an earlier; 今年 and 去年 are those of the new date."""
    assert dates()["employment"] == ("2021-12", "month", DateBasis.PUBLISHED)
    assert dates()["placement"][0] == "2020-01"
    before = state()
    shown = correct(client, row, write=False, published_on="2024-11-05")
    assert state() == before
    told = {one.name: one for one in shown.context["rows"]}
    assert len(told) >= 3
    assert "2024" in shown.content.decode()
    assert correct(client, row, published_on="2024-11-05").status_code == 302
    assert dates()["employment"] == ("2024-11", "month", DateBasis.PUBLISHED)
    assert dates()["placement"][0] == "2023-01"
    row.refresh_from_db()
    assert (row.published_on, row.hand_set) == (date(2024, 11, 5), ["published_on"])
    undo(ChangeSet.objects.latest("pk"), author=reviewer)
    assert state() == before


def test_what_was_corrected_stays_whoever_reads_the_page_again(client: Client, row: Article) -> None:
    correct(client, row, published_on="2024-11-05", publisher="山西日报")
    after = dates()
    load_page(extract_bytes("1.txt", PAPER.encode()), version="2")
    assert dates() == after
    load_page(extract_page(raw_page(row.page)), version="3")
    assert dates() == after
    found = Article.objects.get()
    assert (found.publisher, found.published_on) == ("山西日报", date(2024, 11, 5))
    assert [one.order for one in corrections(found.page)] == [0]


def test_numbers_that_people_confirmed_follow_but_for_a_date_of_their_own(client: Client, row: Article) -> None:
    Statistic.objects.update(review=ReviewState.CONFIRMED)
    own = Statistic.objects.get(metric="employment")
    correct(client, row, published_on="2024-11-05")
    assert dates()["employment"] == ("2024-11", "month", DateBasis.PUBLISHED)
    own.refresh_from_db()
    own.as_of = date(2019, 1, 1)
    own.set_by_hand(["as_of"])
    own.save()
    correct(client, row, published_on="2023-02-05")
    assert dates()["employment"] == ("2019-01", "month", DateBasis.PUBLISHED)


def test_a_place_that_was_concluded_follows(client: Client) -> None:
    text = PAPER.replace("吕梁日报", "晚报").replace("吕梁山护工", "黄土月嫂")
    load_page(extract_bytes("1.txt", text.encode()), version="1")
    row = Article.objects.get()
    Brand.objects.update(review=ReviewState.CONFIRMED)
    assert Brand.objects.get().region_id is row.place_id is None
    for place, code in (("大同市", "140200"), ("吕梁市", "141100")):
        correct(client, Article.objects.get(), place=place)
        after = Brand.objects.get()
        assert (after.region_id, after.review, "region" in after.inferred) == (code, ReviewState.CONFIRMED, True)
        assert not Proposal.objects.filter(field="region").exists()
    after.set_by_hand(["region"])
    after.save()
    correct(client, Article.objects.get(), place="大同市")
    assert Brand.objects.get().region_id == "141100"


def test_an_article_is_said_to_be_or_not_to_be_about_labour_brands(client: Client, row: Article) -> None:
    before = state()
    correct(client, row, relevant="")
    row.refresh_from_db()
    assert (row.relevant, row.reason) == (False, "人工判定为无关")
    assert (Brand.objects.count(), Statistic.objects.count(), Evidence.objects.count()) == (0, 0, 0)
    undo(ChangeSet.objects.latest("pk"), author=None)
    assert state() == before


def test_an_article_that_was_passed_over_is_read_for_facts(client: Client) -> None:
    load_page(extract_bytes("2.txt", OTHER.encode()), version="1")
    row = Article.objects.get()
    assert not row.relevant
    correct(client, row, relevant="on")
    row.refresh_from_db()
    assert (row.relevant, row.reason, row.hand_set) == (True, "人工判定为有关", ["relevant"])
    load_page(extract_bytes("2.txt", OTHER.encode()), version="2")
    assert Article.objects.get().relevant


def test_a_title_or_an_address_changes_nothing_else(client: Client, row: Article) -> None:
    shown = correct(client, row, write=False, url="https://example.org/1")
    assert [one.model for one in shown.context["rows"]] == ["报道"]
    correct(client, row, url="https://example.org/1")
    assert Article.objects.get().url == "https://example.org/1"


def test_who_was_late_is_told_and_overwrites_nothing(client: Client, row: Article) -> None:
    """What was typed stays, what nobody touched follows, and the next time it is written."""
    url = reverse("curation:correct_article", args=[row.pk])
    opened = client.get(url).context["form"]
    shown = {name: opened.fields[name].prepare_value(opened[name].value()) or "" for name in opened.fields}
    assert "opened" in shown
    Article.objects.get().correct(publisher="山西日报", url="https://example.org/1")
    late = {**shown, "title": "别的", "publisher": "吕梁晚报", "write": "1"}
    answer = client.post(url, late)
    assert answer.status_code == 409
    form = answer.context["form"]
    assert form.errors["publisher"] == ["别人刚改成了“山西日报”；再保存，就以你填的为准。"]
    again = {name: form[name].value() or "" for name in form.fields}
    assert (again["title"], again["publisher"], again["url"]) == ("别的", "吕梁晚报", "https://example.org/1")
    stored = Article.objects.get()
    assert (stored.publisher, stored.title) == ("山西日报", "护工走出大山")
    assert client.post(url, {**again, "write": "1"}).status_code == 302
    stored.refresh_from_db()
    assert (stored.title, stored.publisher, stored.url) == ("别的", "吕梁晚报", "https://example.org/1")


def test_a_source_of_ones_own_is_corrected_and_still_grows(client: Client) -> None:
    own = article_of(OwnSource("名单", "人社厅", date(2024, 1, 1)), ["离石绣娘"])
    correct(client, own, publisher="省人社厅")
    assert article_of(OwnSource("名单", "人社厅", date(2024, 1, 1)), ["文水面塑匠"]).publisher == "省人社厅"
    assert Article.objects.get().page.text == "离石绣娘\n文水面塑匠"


def test_no_page_asks_much(client: Client, row: Article) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("curation:correct_article", args=[row.pk])).status_code == 200
    assert len(queries) <= MOST_QUERIES


def test_nothing_is_changed_where_nothing_differs(client: Client, row: Article, reviewer: User) -> None:
    assert CorrectedHead.of(row, {"publisher": row.publisher}).values == {}
    assert correct(client, row).status_code == 302
    assert not ChangeSet.objects.filter(author=reviewer).exists()
