"""A fact that a person enters is public once a source is given: words of an article, or of a source of one's own."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from brands.audit.change_sets import open_change_set, within
from brands.audit.undo import undo
from brands.listing import sync
from brands.models import Article, Brand, ChangeSet, Evidence, Page, Program, Region, Statistic
from brands.models.source import BY_HAND
from brands.sources import RULE, OwnSource, TakenError, article_of, bear_out, bear_out_all, find_name, find_words
from brands.vocabulary.choices import ChangeSetKind
from curation.jobs.reextraction import outdated
from tests.brands.factories import article, brand, regions, statistic
from tests.brands.test_versions import opened, send, shown, text_of
from tests.brands.whole import replayed, state, without_long_texts
from tests.staff import client_as

pytestmark = pytest.mark.django_db

LIST = {"source_title": "关于公布第五批劳务品牌的通知", "source_publisher": "湖北省人社厅", "source_date": "2026-01-09"}


@pytest.fixture
def reviewer() -> Client:
    return client_as("reviewer", "shen")


def add(client: Client, model: Any, **filled: Any) -> Any:
    return send(client, opened(client, model), **filled)


class TestABrandByHand:
    def test_with_words_of_an_article_is_public(self, reviewer: Client, client: Client) -> None:
        source = article("第五批名单公布。\n“潜江 虾工”\n带动2万人。")
        done = add(
            reviewer,
            Brand,
            name="潜江虾工",
            industry="catering",
            source_article=source.pk,
            source_words="“潜江虾工”带动2万人",
        )
        assert done.status_code == 302
        row = Brand.objects.get(name="潜江虾工")
        proof = row.evidence.get()
        assert (proof.article, proof.quote, proof.rule, proof.confidence) == (source, "潜江 虾工", RULE, 1.0)
        assert proof.sentence == "“潜江 虾工”\n带动2万人"
        assert client.get(row.get_absolute_url()).status_code == 200
        assert list(sync.differences()) == []

    def test_with_a_source_of_one_s_own_is_public_and_taken_back_whole(self, reviewer: Client, client: Client) -> None:
        before = state()
        add(reviewer, Brand, name="潜江虾工", industry="catering", source_words="3 潜江虾工 潜江市 省级", **LIST)
        row = Brand.objects.get(name="潜江虾工")
        proof = row.evidence.get()
        assert (proof.quote, proof.sentence) == ("潜江虾工", "3 潜江虾工 潜江市 省级")
        source = proof.article
        assert (source.title, source.publisher, source.published_on) == (
            LIST["source_title"],
            LIST["source_publisher"],
            date(2026, 1, 9),
        )
        public = client.get(row.get_absolute_url())
        assert public.status_code == 200
        assert LIST["source_title"] in text_of(public)
        assert client.get(source.get_absolute_url()).status_code == 200
        assert replayed() == without_long_texts(state())
        assert undo(ChangeSet.objects.get(), author=None).kept == []
        assert state() == before

    def test_without_one_is_not_public_and_says_so(self, reviewer: Client, client: Client) -> None:
        done = add(reviewer, Brand, name="潜江虾工", industry="catering")
        told = [str(message) for message in reviewer.get(done["Location"]).context["messages"]]
        assert any("还没有出处，暂不公开" in one for one in told)
        row = Brand.objects.get(name="潜江虾工")
        assert client.get(row.get_absolute_url()).status_code == 404, "it never was public, so it is not withdrawn"
        form = opened(reviewer, row)
        assert "未公开：还没有出处" in text_of(reviewer.get(form["address"]))
        send(reviewer, form, source_words="潜江虾工见报", **LIST)
        assert client.get(row.get_absolute_url()).status_code == 200
        row.refresh_from_db()
        assert row.hand_set == ["industry", "name"]

    def test_is_found_by_another_name_that_is_typed_with_it(self, reviewer: Client) -> None:
        add(
            reviewer,
            Brand,
            name="潜江虾工",
            industry="catering",
            source_words="“虾乡大厨”走俏",
            **{"aliases-0-name": "虾乡大厨"},
            **LIST,
        )
        assert Evidence.objects.get().quote == "虾乡大厨"

    @pytest.mark.parametrize(
        ("source", "field", "words"),
        [
            ({"source_title": "通知"}, "source_words", "请摘录原话"),
            ({"source_words": "潜江虾工"}, "source_title", "二者取一"),
            ({"source_words": "潜江虾工", "source_publisher": "日报"}, "source_title", "二者取一"),
            ({"source_words": "潜江虾工", "source_title": "通知", "source_article": "1"}, "source_title", "二者取一"),
            ({"source_words": "天门绣娘", "source_title": "通知"}, "source_words", "原话里没有“潜江虾工”"),
            ({"source_words": "潜江虾工上岗", "source_article": "1"}, "source_words", "没有这句原话"),
        ],
    )
    def test_with_half_a_source_is_asked_again(
        self, reviewer: Client, source: dict[str, str], field: str, words: str
    ) -> None:
        paper = article("“潜江虾工”见报。")
        given = {name: str(paper.pk) if name == "source_article" else value for name, value in source.items()}
        refused = add(reviewer, Brand, name="潜江虾工", industry="catering", **given)
        assert any(words in error for error in refused.context["adminform"].form.errors[field])
        assert not Brand.objects.exists()
        assert shown(refused)["source_words"] == given.get("source_words", "")

    def test_is_reviewed_by_another_where_four_eyes_look(self, reviewer: Client, settings: Any) -> None:
        settings.FOUR_EYES = True
        add(reviewer, Brand, name="潜江虾工", industry="catering", source_words="潜江虾工见报", **LIST)
        row = Brand.objects.get()
        assert row.review == "proposed"
        other = client_as("reviewer", "ling")
        queue = other.get(reverse("curation:queue_article", args=[row.evidence.get().article_id]))
        assert f"brand-{row.pk}" in text_of(queue)


def test_a_number_by_hand_is_public(reviewer: Client, client: Client) -> None:
    paper = article("“潜江虾工”带动2万余人就业。")
    worker = brand("潜江虾工", source=paper)
    filled = {"brand": worker.pk, "metric": "employment", "value": "20000", "unit": "人", "scope": "total"}
    done = add(reviewer, Statistic, stated="2万余人", source_article=paper.pk, source_words="带动2万余人就业", **filled)
    assert done.status_code == 302
    row = Statistic.objects.get()
    assert row.evidence.get().quote == "2万余人"
    assert client.get(reverse("brands:statistic", args=[row.pk])).status_code == 200


def test_a_program_by_hand_is_public(reviewer: Client) -> None:
    add(reviewer, Program, name="虾工计划", kind="project", source_words="实施“虾工计划”", **LIST)
    assert Program.objects.published().get().evidence.get().quote == "虾工计划"


class TestASourceOfOnesOwn:
    def test_is_one_and_grows(self, db: None) -> None:
        source = OwnSource("名单", "人社厅", date(2026, 1, 9), "https://example.org/1")
        first, second = brand("潜江虾工"), brand("天门绣娘")
        one = bear_out(first, article_of(source, ["1 潜江虾工", "1 潜江虾工"]), "1 潜江虾工")
        two = bear_out(second, article_of(source, ["2 天门绣娘", "潜江虾工"]), "2 天门绣娘")
        assert Article.objects.get(page__extractor=BY_HAND).title == "名单"
        assert [Evidence.objects.get(pk=row.pk).quote for row in (one, two)] == ["潜江虾工", "天门绣娘"]
        assert Page.objects.get(extractor=BY_HAND).text == "1 潜江虾工\n2 天门绣娘"
        article_of(OwnSource("名单", "另一家"), ["1 潜江虾工"])
        assert Page.objects.filter(extractor=BY_HAND).count() == 2

    def test_what_was_taken_back_does_not_show_again_when_it_grows(self, db: None) -> None:
        source = OwnSource("名单", "人社厅")
        bear_out(brand("潜江虾工"), article_of(source, ["1 潜江虾工"]), "1 潜江虾工")
        with within(open_change_set(ChangeSetKind.IMPORT)) as second:
            bear_out(brand("天门绣娘"), article_of(source, ["2 天门绣娘"]), "2 天门绣娘")
        undo(second, author=None)
        grown = article_of(source, ["3 沔阳花鼓匠"])
        said = [grown.page.text[start:end] for start, end in grown.spans]
        assert said == ["1 潜江虾工", "3 沔阳花鼓匠"]
        again = article_of(source, ["2 天门绣娘"])
        assert [again.page.text[start:end] for start, end in again.spans] == ["1 潜江虾工", "3 沔阳花鼓匠\n2 天门绣娘"]
        bear_out(brand("仙桃绣娘"), article_of(source, ["4 仙桃绣娘"]), "4 仙桃绣娘")

    def test_is_read_by_no_run(self, db: None) -> None:
        page = article_of(OwnSource("名单"), ["潜江虾工"]).page
        bear_out(brand("潜江虾工"), page.articles.get(), "潜江虾工")
        assert page.extractor == BY_HAND
        assert page not in outdated()

    def test_that_is_left_when_its_first_words_are_taken_back_is_still_none_for_a_run(self, reviewer: Client) -> None:
        for name in ("潜江虾工", "天门绣娘"):
            add(reviewer, Brand, name=name, industry="other", source_words=f"{name}见报", **LIST)
        undo(ChangeSet.objects.earliest("pk"), author=None)
        assert not Evidence.objects.filter(brand__name="潜江虾工").exists()
        assert Evidence.objects.get().quote == "天门绣娘"
        assert Page.objects.get().extractor == BY_HAND
        assert list(sync.differences()) == []


class TestOneSentence:
    """It never proves two brands, where people say what it proves."""

    def test_of_a_paper_is_refused(self, db: None) -> None:
        paper = article("“绣娘”走出大山。")
        first, second = (Brand.objects.create(name="绣娘", region=place) for place in two_places())
        bear_out(first, paper, "“绣娘”走出大山。")
        with pytest.raises(TakenError, match=f"已经是“绣娘”（编号 {first.pk}）的出处"):
            bear_out(second, paper, "“绣娘”走出大山。")
        assert list(paper.evidence.values_list("brand", flat=True)) == [first.pk]

    def test_that_a_rejected_brand_had_is_free(self, db: None) -> None:
        paper = article("“绣娘”走出大山。")
        first, second = (Brand.objects.create(name="绣娘", region=place) for place in two_places())
        bear_out(first, paper, "“绣娘”走出大山。")
        Brand.objects.filter(pk=first.pk).update(review="rejected")
        bear_out(second, paper, "“绣娘”走出大山。")

    def test_of_ones_own_source_stands_there_twice(self, db: None) -> None:
        """As a list has a line for each."""
        source = article_of(OwnSource("名单"), ["绣娘"])
        for row in [Brand.objects.create(name="绣娘", region=place) for place in two_places()]:
            bear_out(row, source, "绣娘")
        assert source.page.text == "绣娘\n绣娘"
        assert len(set(Evidence.objects.values_list("start", flat=True))) == 2

    def test_of_a_list_takes_the_next_line_or_says_whose_it_is(self, db: None) -> None:
        source = article_of(OwnSource("名单"), ["一、甲县\n绣娘\n二、乙县\n绣娘"])
        rows = [Brand.objects.create(name="绣娘", region=place) for place in two_places()]
        written, wrong = bear_out_all(source, [(row, "绣娘", ["绣娘"]) for row in rows])
        assert ([one.start for one in written], wrong) == ([5, 13], {})
        third = Brand.objects.create(name="绣娘")
        written, wrong = bear_out_all(source, [(third, "绣娘", ["绣娘"])])
        assert written == []
        assert "已经是“绣娘”" in wrong[0]

    def test_is_refused_by_the_form(self, reviewer: Client) -> None:
        paper = article("“绣娘”走出大山。")
        first, second = (Brand.objects.create(name="绣娘", region=place) for place in two_places())
        bear_out(first, paper, "“绣娘”走出大山。")
        said = {"source_words": "“绣娘”走出大山。", "source_article": paper.pk}
        refused = send(reviewer, opened(reviewer, second), **said)
        assert "已经是“绣娘”" in refused.context["adminform"].form.errors["source_words"][0]


def two_places() -> list[Region]:
    places = regions()
    return [places["141100"], places["140222"]]


def test_words_are_found_over_blanks_and_line_ends(db: None) -> None:
    paper = article("前言。“潜江\n  虾工”  带动2万人。")
    assert find_words(paper, "“潜江虾工”带动") == (3, 16)
    assert find_name("“潜江\n虾工”", ["虾工", "潜江虾工"]) == (1, 6)
    for words in ("", " ", "带动3万人"):
        with pytest.raises(ValidationError):
            find_words(paper, words)


def test_a_number_s_words_are_all_it_needs(db: None) -> None:
    paper = article("“潜江虾工”带动两万人。")
    row = statistic(brand("潜江虾工", source=paper), 20000, unit="人")
    Statistic.objects.filter(pk=row.pk).update(stated="")
    row.refresh_from_db()
    assert bear_out(row, paper, "带动两万人").quote == "带动两万人"
