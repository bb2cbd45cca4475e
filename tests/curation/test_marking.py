"""Facts that a person marks in the text: where the words stand, what is read from them, what is written and kept."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from brands.audit.undo import undo
from brands.listing.sync import gathered
from brands.models import Article, Brand, ChangeSet, Evidence, Region, Statistic
from brands.text.selection import ShownText
from brands.vocabulary.choices import ReviewState
from curation.marking.article_reading import ArticleReading
from curation.marking.whole_article import reject_article
from curation.models import Decision
from curation.review.decisions import Key, RefusedError, moment, reassign, undo_last
from ingest.load.page import load_page
from tests.brands.factories import article, brand, regions, statistic
from tests.brands.whole import state
from tests.ingest.building import PageBuilder
from tests.staff import client_of, member

pytestmark = pytest.mark.django_db

MOST_QUERIES = 30
TEXT = (
    "护工走出大山\n山西省公布第三批省级劳务品牌，“吕梁山护工”“天镇保姆”和“离石绣娘”榜上有名。\n"
    "天镇保姆年收入16亿元，截至2024年底带动就业近3.5万人。吕梁山护工累计培训9万余名。"
)


@pytest.fixture
def reviewer() -> User:
    return member("reviewer", "shenhe")


@pytest.fixture
def client(reviewer: User) -> Client:
    return client_of(reviewer)


@pytest.fixture
def source() -> Article:
    with gathered():
        places = regions()
        made = article(TEXT, title="护工走出大山", place=places["140000"])
        brand("吕梁山护工", source=made, region=places["141100"], confidence=0.8)
        brand("天镇保姆", source=made, region=places["140222"], confidence=0.8)
    return made


def mark(client: Client, source: Article, what: str, words: str, **said: str) -> Any:
    """Fill the form in as it is shown, but for what is `said`, and send it."""
    url = reverse("curation:mark", args=[source.pk])
    asked = {"what": what, "words": words, **{name: said.pop(name) for name in ("spot",) if name in said}}
    form = client.get(url, asked).context["form"]
    filled = {}
    for part in filter(None, (form, getattr(form, "values", None))):
        for field in part:
            value = field.value()
            if value is True:
                value = "on"
            if value not in (None, False):
                prepared = field.field.prepare_value(value)
                filled[field.html_name] = prepared if prepared is not None else ""
    return client.post(url, {**filled, **asked, "write": "1", **said}, follow=True)


def quotes_of(row: Any) -> list[str]:
    kind = type(row).__name__.lower()
    return [piece.quote for piece in Evidence.objects.filter(**{kind: row}).select_related("article__page")]


# Where the words stand


def test_words_are_found_across_the_noise_of_the_print() -> None:
    made = article("为 深 入 贯 彻，\u200b吕梁\n山护工走出大山，吕梁山护工是品牌。")
    shown = ShownText.of(made)
    places = shown.places("吕梁山 护工")
    assert [made.page.text[one.start : one.end] for one in places] == ["吕梁\n山护工", "吕梁山护工"]
    paragraph = made.page.text.index("为")
    found = shown.place_at("吕梁山护工", paragraph, len("为深入贯彻，"))
    assert found is not None
    assert found.start == places[0].start
    assert shown.place_at("吕梁山护工", paragraph, 1) is None
    assert shown.places("没有的字") == [] == shown.places("  ")


def test_a_selection_does_not_run_across_other_articles() -> None:
    made = article("甲地护" + "另一篇的字" * 40 + "工很多。", spans=[[0, 3], [203, 207]])
    assert ShownText.of(made).places("甲地护工很多") == []


def test_a_number_is_read_as_ingest_reads_it(source: Article) -> None:
    reading = ArticleReading.of(source)
    at = TEXT.index("3.5")
    number = reading.number(at, at + 3)
    assert number is not None
    assert TEXT[number.start : number.end] == "近3.5万人"
    said = number.values
    assert (said["value"], said["unit"], said["metric"], said["qualifier"]) == (35000, "人", "employment", "nearly")
    assert (str(said["as_of"])[:4], said["as_of_basis"]) == ("2024", "stated")
    assert reading.number(0, 2) is None


# What is written


def test_a_marked_brand_has_evidence_and_no_run_takes_it_away(client: Client, reviewer: User) -> None:
    regions()
    page = PageBuilder(TEXT, name="1.txt")
    page.brand("天镇保姆", "140222")
    load_page(page.facts(), version="1")
    before = state()
    assert mark(client, Article.objects.get(), "brand", "离石绣娘").status_code == 200
    made = Brand.objects.get(name="离石绣娘")
    assert (made.review, made.region_id, made.hand_set) == (
        ReviewState.CONFIRMED, "141102", ["industry", "level", "name", "region"],
    )  # fmt: skip
    assert Brand.objects.published().filter(pk=made.pk).exists()
    piece = Evidence.objects.get(brand=made)
    assert (piece.quote, piece.rule, piece.confidence) == ("离石绣娘", "by-hand", 1.0)
    assert piece.sentence.endswith("榜上有名。")
    load_page(page.facts(), version="2")
    assert quotes_of(made) == ["离石绣娘"]
    undo(ChangeSet.objects.get(kind="edit"), author=reviewer)
    load_page(page.facts(), version="1")
    assert state() == before


def test_words_that_bear_out_what_the_machine_found_stay_at_the_next_run(client: Client) -> None:
    """Also those of a fact that nobody has confirmed."""
    regions()
    page = PageBuilder(f"{TEXT}\n人称吕梁大姐。", name="1.txt")
    page.brand("吕梁山护工", "141100")
    load_page(page.facts(), version="1")
    carer = Brand.objects.get()
    mark(client, Article.objects.get(), "alias", "吕梁大姐", subject=f"brand-{carer.pk}")
    assert list(carer.aliases.values_list("name", "by_hand")) == [("吕梁大姐", True)]
    load_page(page.facts(), version="2")
    assert sorted(quotes_of(carer)) == ["吕梁大姐", "吕梁山护工"]
    assert [alias.name for alias in carer.aliases.all()] == ["吕梁大姐"]


def test_a_brand_that_is_there_gains_the_words_and_one_that_was_rejected_comes_back(
    client: Client, source: Article
) -> None:
    second = article("“天镇保姆”“吕梁山护工”又来了。")
    Brand.objects.filter(name="天镇保姆").update(review=ReviewState.REJECTED)
    mark(client, second, "brand", "“天镇保姆”“吕梁山护工”")
    assert Brand.objects.count() == 2
    assert dict(Brand.objects.values_list("name", "review")) == {"吕梁山护工": "proposed", "天镇保姆": "confirmed"}
    assert Evidence.objects.filter(article=second, rule="by-hand").count() == 2


def test_a_marked_number_takes_the_place_of_what_was_read_wrongly(client: Client, source: Article) -> None:
    carer, maid = Brand.objects.get(name="吕梁山护工"), Brand.objects.get(name="天镇保姆")
    wrong = statistic(carer, 1_600_000_000, unit="元", metric="output_value", source=source, phrase="16亿元")
    mark(client, source, "statistic", "16亿元")
    wrong.refresh_from_db()
    right = Statistic.objects.get(review=ReviewState.CONFIRMED)
    assert wrong.review == ReviewState.REJECTED
    assert (right.subject, right.metric, right.stated) == (maid, "labour_income", "16亿元")
    assert {"metric", "value", "unit", "as_of"} <= set(right.hand_set) <= {f.name for f in Statistic._meta.fields}


def test_a_number_of_somebody_whom_the_article_does_not_name(client: Client, source: Article) -> None:
    other = brand("永川工匠")
    answer = mark(client, source, "statistic", "9万余名", elsewhere="没有的")
    assert "库里没有叫“没有的”的" in answer.content.decode()
    mark(client, source, "statistic", "9万余名", elsewhere="永川工匠")
    assert Statistic.objects.get().subject == other


def test_the_very_number_of_the_subject_is_not_written_twice(client: Client, source: Article) -> None:
    mark(client, source, "statistic", "9万余名")
    second = article("又讯，吕梁山护工累计培训9万余名。")
    row = Statistic.objects.get()
    mark(client, second, "statistic", "9万余名", elsewhere="吕梁山护工")
    assert Statistic.objects.count() == 1
    assert len(quotes_of(row)) == 2


def test_with_four_eyes_what_is_marked_waits_for_somebody_else(client: Client, source: Article, settings: Any) -> None:
    settings.FOUR_EYES = True
    mark(client, source, "brand", "离石绣娘")
    made = Brand.objects.get(name="离石绣娘")
    assert (made.review, made.machine_may_write) == (ReviewState.PROPOSED, False)
    answer = client.post(
        reverse("curation:queue_decide", args=[source.pk]), {"yes": f"brand-{made.pk}", "seen": moment(timezone.now())},
    )  # fmt: skip
    made.refresh_from_db()
    assert answer.status_code in {302, 409}
    assert made.review == ReviewState.PROPOSED


def test_words_that_are_nothing_are_rejected(client: Client, source: Article) -> None:
    mark(client, source, "nothing", "“吕梁山护工”“天镇保姆”")
    assert set(Brand.objects.values_list("review", flat=True)) == {ReviewState.REJECTED}
    undo(ChangeSet.objects.latest("pk"), author=None)
    assert set(Brand.objects.values_list("review", flat=True)) == {ReviewState.PROPOSED}


def test_what_cannot_be_is_said_and_nothing_is_written(client: Client, source: Article) -> None:
    before = state()
    url = reverse("curation:mark", args=[source.pk])
    assert "没有这些字" in client.get(url, {"what": "brand", "words": "别处的字"}).content.decode()
    assert "不止一处" in client.get(url, {"what": "brand", "words": "天镇保姆"}).content.decode()
    answer = mark(client, source, "brand", "离石绣娘", region="没有的地方")
    assert "没有叫" in answer.content.decode()
    row = Brand.objects.get(name="天镇保姆")
    start = TEXT.index("天镇保姆")
    same = mark(client, source, "brand", "天镇保姆", spot=str(start), **{f"same_{start}": ""}, region="天镇")
    assert "已有同名" in same.content.decode()
    assert state() == before
    assert row == Brand.objects.get(pk=row.pk)


def test_others_hold_the_article(client: Client, source: Article) -> None:
    other = member("reviewer", "other")
    theirs = Client()
    theirs.force_login(other)
    theirs.get(reverse("curation:queue_article", args=[source.pk]))
    assert "正由他人审核" in mark(client, source, "brand", "离石绣娘").content.decode()
    assert not Brand.objects.filter(name="离石绣娘").exists()


# Subjects and whole articles


def test_a_number_that_another_has_already_is_not_given_to_it(source: Article, reviewer: User) -> None:
    carer, maid = Brand.objects.get(name="吕梁山护工"), Brand.objects.get(name="天镇保姆")
    row = statistic(carer, 35000, source=source, phrase="3.5万人", part_of="女")
    statistic(maid, 35000, source=source, phrase="近3.5万人", part_of="女")
    with pytest.raises(RefusedError, match="已有同一数据"):
        reassign(reviewer, source, Key("statistic", row.pk), maid, seen=moment(timezone.now()))
    with pytest.raises(RefusedError, match="本来就是"):
        reassign(reviewer, source, Key("statistic", row.pk), carer, seen=moment(timezone.now()))
    changed = reassign(
        reviewer, source, Key("statistic", row.pk), Region.objects.get(pk="140000"), seen=moment(timezone.now())
    )
    assert (changed.brand, changed.region_id, changed.review) == (None, "140000", ReviewState.CONFIRMED)
    assert Decision.objects.get().verdict == "changed"


def test_rejecting_an_article_leaves_what_others_say_and_is_one_step(source: Article, reviewer: User) -> None:
    carer, maid = Brand.objects.get(name="吕梁山护工"), Brand.objects.get(name="天镇保姆")
    elsewhere = article("另一家报纸也说天镇保姆。")
    Evidence.objects.create(
        article=elsewhere, brand=maid, start=7, end=11, context_start=0, context_end=12, rule="x"
    )  # fmt: skip
    row = statistic(carer, 90000, source=source, phrase="9万余名")
    before = state()
    reject_article(reviewer, source)
    assert dict(Brand.objects.values_list("name", "review")) == {"吕梁山护工": "rejected", "天镇保姆": "proposed"}
    row.refresh_from_db()
    source.refresh_from_db()
    assert (row.review, source.relevant) == (ReviewState.REJECTED, False)
    undo_last(reviewer)
    assert state() == before


def test_no_page_asks_much(client: Client, source: Article) -> None:
    row = statistic(Brand.objects.get(name="吕梁山护工"), 90000, source=source, phrase="9万余名")
    asked = [
        (reverse("curation:mark", args=[source.pk]), {"what": what, "words": words})
        for what, words in (
            ("brand", "“吕梁山护工”“天镇保姆”和“离石绣娘”"),
            ("statistic", "16亿元"),
            ("program", "榜上有名"),
        )
    ]
    asked += [(reverse("curation:subject", args=[source.pk, f"statistic-{row.pk}"]), {})]
    asked += [(reverse("curation:reject_article", args=[source.pk]), {})]
    for address, said in asked:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address, said).status_code == 200
        assert len(queries) <= MOST_QUERIES, address
