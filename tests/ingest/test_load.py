"""From facts to rows: what is written, what is left alone, and what goes away."""

import sqlite3
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, models
from django.test import Client

from brands.models import Article, Brand, BrandAlias, Evidence, Page, Program, Redirect, Statistic
from brands.vocabulary.choices import BrandLevel, Category, Industry, Metric, ProgramKind, Qualifier, ReviewState
from ingest import records
from ingest.load import page as load_module
from ingest.load.changes import Action, ChangeLog
from ingest.load.page import Loaded, Status, load_page
from ingest.records import PageFacts
from ingest.text import Span
from tests.ingest.building import PageBuilder
from tests.ingest.dump import dump
from tests.needs import thorough

pytestmark = [pytest.mark.usefixtures("divisions"), pytest.mark.django_db]

TEXT = """护工出山 全省第一
“吕梁山护工”带动就业9万人。来自天镇的“天镇保姆”培训1万人。
全国劳务品牌发展大会上，“吕梁山护工”又一次亮相。"""


def load(facts: PageFacts, version: str = "1") -> Loaded:
    return load_page(facts, version=version)


def story() -> PageBuilder:
    page = PageBuilder(TEXT)
    both = (page.quote("吕梁山护工"), page.quote("吕梁山护工", nth=1, confidence=0.6))
    page.brand("吕梁山护工", "141100", quotes=both, aliases=("吕梁护工",))
    page.brand("天镇保姆", "140222", industry=Industry.DOMESTIC_SERVICE)
    page.program("全国劳务品牌发展大会", place="100000", held="2025-11")
    page.statistic("吕梁山护工", "9万人", 90000, as_of="2025")
    page.statistic("天镇保姆", "1万人", 10000, metric=Metric.TRAINING)
    page.statistic("#全国劳务品牌发展大会", "第一", 1, "个", metric=Metric.OTHER)
    return page


def single(text: str, name: str, region: str = "", *, file: str = "甲.txt", **more: Any) -> PageBuilder:
    page = PageBuilder(text, name=file)
    page.brand(name, region, **more)
    return page


def stamps() -> dict[str, list[Any]]:
    """When each fact was last written."""
    kinds: tuple[type[models.Model], ...] = (Brand, Program, Statistic)
    return {kind.__name__: list(kind._default_manager.order_by("pk").values_list("pk", "updated_at")) for kind in kinds}


def test_a_doubtful_name_waits_hidden_from_readers() -> None:
    made = story().facts()
    *others, last = made.brands
    quotes = tuple(replace(quote, confidence=0.3) for quote in last.quotes)
    numbers = tuple(fact for fact in made.statistics if fact.subject.key != last.name)
    doubted = replace(made, brands=tuple(others), statistics=numbers, doubtful=(replace(last, quotes=quotes),))
    load(doubted)
    row = Brand.objects.get(name=last.name)
    assert (row.review, row.confidence) == (ReviewState.PROPOSED, pytest.approx(0.3))
    assert [brand.name for brand in Brand.objects.published()] == [brand.name for brand in others]


class TestANewPage:
    def test_is_stored_with_all_that_it_says(self) -> None:
        loaded = load(story().facts())
        assert loaded.status is Status.NEW
        page = Page.objects.get()
        assert (page.text, page.encoding, page.extractor) == (TEXT, "utf-8", "1")
        article = Article.objects.get()
        assert (article.title, article.publisher, article.relevant) == ("护工出山 全省第一", "新华社", True)
        assert article.spans == [[0, len(TEXT)]]
        brand = Brand.objects.get(name="吕梁山护工")
        assert (brand.name_key, brand.pinyin, brand.region_id) == ("吕梁山护工", "lv liang shan hu gong", "141100")
        assert brand.confidence == 0.9
        assert [alias.name for alias in brand.aliases.all()] == ["吕梁护工"]
        program = Program.objects.get()
        assert (program.held_on, program.held_precision, program.place_id) == (date(2025, 11, 1), "month", "100000")
        statistic = brand.statistics.get()
        assert (statistic.value, statistic.as_of, statistic.as_of_precision) == (90000, date(2025, 1, 1), "year")
        assert statistic.fact_key == "employment:exact:90000:人:2025"
        assert {e.quote for e in Evidence.objects.filter(brand=brand)} == {"吕梁山护工"}
        assert statistic.evidence.get().sentence == "“吕梁山护工”带动就业9万人。"

    def test_counts_its_rows(self) -> None:
        counts = load(story().facts()).counts()
        created = {"Page": 1, "Article": 1, "Brand": 2, "BrandAlias": 1, "Program": 1, "Statistic": 3, "Evidence": 7}
        assert {model: counts[model, Action.CREATED] for model in created} == created

    def test_links_a_program_to_brands_of_its_sentence_and_their_regions(self) -> None:
        load(story().facts())
        program = Program.objects.get()
        assert [brand.name for brand in program.brands.all()] == ["吕梁山护工"]
        assert [region.pk for region in program.regions.all()] == ["100000", "141100"]

    def test_is_loaded_in_few_statements(self, django_assert_max_num_queries: Any) -> None:
        text = "标题\n" + "".join(f"品牌{n}号师傅，带动{n}人。" for n in range(1, 101))
        page = PageBuilder(text)
        for n in range(1, 101):
            page.brand(f"品牌{n}号师傅", "450000")
            page.statistic(f"品牌{n}号师傅", f"带动{n}人", n)
        with django_assert_max_num_queries(80):  # of which upkeep has thirty
            load(page.facts())
        assert Brand.objects.count() == Statistic.objects.count() == 100


class TestTheSamePageAgain:
    def test_is_unchanged_when_the_version_is(self, django_assert_num_queries: Any) -> None:
        load(story().facts())
        before, written = dump(), stamps()
        again = load(replace(story().facts(), page=replace(story().facts().page, name="别名.txt")))
        assert (again.status, again.changes) == (Status.UNCHANGED, ())
        assert (dump(), stamps()) == (before, written)

    def test_of_another_version_with_the_same_facts_changes_only_the_page(self) -> None:
        load(story().facts())
        before, written = dump(), stamps()
        again = load(story().facts(), "2")
        assert (again.status, again.changes) == (Status.UNCHANGED, ())
        assert stamps() == written
        assert Page.objects.get().extractor == "2"
        Page.objects.update(extractor="1")
        assert dump() == before

    def test_loses_what_is_no_longer_found(self) -> None:
        load(story().facts())
        page = PageBuilder(TEXT)
        page.brand("天镇保姆", "140222", industry=Industry.DOMESTIC_SERVICE)
        again = load(page.facts(), "2")
        assert again.status is Status.CHANGED
        assert [brand.name for brand in Brand.objects.all()] == ["天镇保姆"]
        assert not Program.objects.exists()
        assert not Statistic.objects.exists()
        assert not BrandAlias.objects.exists()
        assert Evidence.objects.get().brand == Brand.objects.get()
        assert again.counts()["Statistic", Action.DELETED] == 3

    def test_leaves_the_reason_at_the_address_of_what_it_lost_and_brings_it_back_there(self, client: Client) -> None:
        load(story().facts())
        brand = Brand.objects.get(name="吕梁山护工")
        address, number = brand.get_absolute_url(), brand.pk
        page = PageBuilder(TEXT)
        page.brand("天镇保姆", "140222", industry=Industry.DOMESTIC_SERVICE)
        load(page.facts(), "2")
        assert Redirect.objects.get().pk == number
        assert client.get(address).status_code == 410
        load(story().facts(), "3")
        assert Brand.objects.get(name="吕梁山护工").pk == number
        assert client.get(address).status_code == 200
        assert not Redirect.objects.exists()
        load(single("“隰县梨农”", "隰县梨农", "141000", file="乙.txt").facts())
        assert Brand.objects.get(name="隰县梨农").pk > number

    def test_says_what_the_new_run_says(self) -> None:
        load(single(TEXT, "吕梁山护工", "140000", aliases=("吕梁护工",), level=BrandLevel.COUNTY).facts())
        page = single(TEXT, "吕梁山护工", "141100", aliases=("山护工",), industry=Industry.DOMESTIC_SERVICE)
        load(page.facts(), "2")
        brand = Brand.objects.get()
        assert (brand.region_id, brand.industry, brand.level) == ("141100", "domestic_service", "")
        assert [alias.name for alias in brand.aliases.all()] == ["山护工"]

    def test_equals_a_first_run_after_any_detour(self) -> None:
        load(story().facts(), "2")
        straight = dump()
        Page.objects.all().delete()
        Brand.objects.all().delete()
        Program.objects.all().delete()
        load(single(TEXT, "护工", "440000", file="报纸.txt").facts(), "1")
        load(story().facts(), "2")
        assert dump() == straight


class TestTheSameBrandOnTwoPages:
    @pytest.mark.parametrize(
        ("first", "second", "left"),
        [
            ("141100", "141100", ["141100"]),
            ("140000", "141100", ["141100"]),
            ("141100", "140000", ["141100"]),
            ("", "141100", ["141100"]),
            ("141100", "", ["141100"]),
            ("100000", "141100", ["141100"]),
            ("", "", [None]),
            ("141100", "440000", ["141100", "440000"]),
            ("141100", "140200", ["141100", "140200"]),
        ],
    )
    def test_is_one_row_unless_the_regions_differ(self, first: str, second: str, left: list[str | None]) -> None:
        load(single("甲报\n说到吕梁山护工。", "吕梁山护工", first).facts())
        load(single("乙报\n也说到吕梁山护工。", "吕梁山护工", second, file="乙.txt").facts())
        assert [brand.region_id for brand in Brand.objects.order_by("pk")] == left
        assert Evidence.objects.count() == 2

    def test_of_unknown_region_is_none_of_two(self) -> None:
        load(single("甲\n巧手绣娘。", "巧手绣娘", "140000").facts())
        load(single("乙\n巧手绣娘们。", "巧手绣娘", "440000").facts())
        load(single("丙\n说巧手绣娘。", "巧手绣娘").facts())
        assert Brand.objects.filter(region=None).count() == 1
        assert Brand.objects.count() == 3

    def test_is_found_by_an_alias_in_its_region(self) -> None:
        load(single("甲\n龙妹月嫂。", "龙妹月嫂", "511300", aliases=("龙妹",)).facts())
        load(single("乙\n龙妹。", "龙妹", "510000").facts())
        load(single("丙\n龙妹来了。", "龙妹", "440000").facts())
        load(single("丁\n龙妹又来了。", "龙妹").facts())
        assert sorted((brand.name, brand.region_id or "") for brand in Brand.objects.all()) == [
            ("龙妹", "440000"),
            ("龙妹月嫂", "511300"),
        ]

    def test_gathers_what_each_page_knows(self) -> None:
        load(single("甲\n天镇保姆。", "天镇保姆", industry=Industry.OTHER, category=Category.LIVELIHOOD).facts())
        load(single("乙\n说天镇保姆。", "天镇保姆", "140222", level=BrandLevel.COUNTY, confidence=0.95).facts())
        load(single("丙\n看天镇保姆。", "天镇保姆", industry=Industry.BEAUTY_HEALTH, confidence=0.3).facts())
        brand = Brand.objects.get()
        assert (brand.industry, brand.category, brand.level, brand.confidence) == ("care", "livelihood", "county", 0.95)

    def test_takes_a_stated_attribute_for_an_inferred_one(self) -> None:
        load(single("甲\n天镇保姆。", "天镇保姆", inferred=("industry",)).facts())
        load(single("乙\n说天镇保姆。", "天镇保姆", industry=Industry.DOMESTIC_SERVICE).facts())
        brand = Brand.objects.get()
        assert (brand.industry, brand.inferred) == ("domestic_service", [])

    def test_stays_when_one_page_no_longer_names_it(self) -> None:
        load(single("甲\n天镇保姆。", "天镇保姆", "140222", confidence=0.95).facts())
        load(single("乙\n说天镇保姆。", "天镇保姆", "140222", confidence=0.6).facts())
        empty = PageBuilder("甲\n天镇保姆。", name="甲.txt")
        load(empty.facts(), "2")
        assert Brand.objects.get().evidence.count() == 1

    def test_belongs_to_its_series(self) -> None:
        page = PageBuilder("题\n“川字号”里有龙泉车工。")
        page.brand("龙泉车工", "510112", series="川字号")
        page.brand("川字号", "510000")
        load(page.facts())
        assert Brand.objects.get(name="龙泉车工").series == Brand.objects.get(name="川字号")


def test_the_same_number_from_two_papers_is_one_row() -> None:
    for text in ("甲\n天镇保姆带动1万人。", "乙\n天镇保姆共1万人。"):
        page = single(text, "天镇保姆", "140222")
        page.statistic("天镇保姆", "1万人", 10000, as_of="2025-11")
        load(page.facts())
    statistic = Statistic.objects.get()
    assert statistic.evidence.count() == 2
    assert statistic.brand == Brand.objects.get()


def test_values_that_disagree_are_all_kept() -> None:
    page = PageBuilder("题\n全国近2000个。又说2300多个。")
    page.statistic("100000", "近2000个", 2000, "个", metric=Metric.BRANDS, qualifier=Qualifier.NEARLY)
    page.statistic("100000", "2300多个", 2300, "个", metric=Metric.BRANDS, qualifier=Qualifier.OVER, as_of="2024-11")
    load(page.facts())
    assert [(s.value, s.region_id) for s in Statistic.objects.by_date()] == [(2300, "100000"), (2000, "100000")]


def meeting(name: str, *, file: str, kind: ProgramKind = ProgramKind.CONFERENCE, **more: Any) -> None:
    """A page that tells of one program."""
    page = PageBuilder(f"{file}说，{name}开了。", name=file)
    page.program(name, kind, **more)
    load(page.facts())


class TestPrograms:
    """Which row a program of a page is."""

    def test_two_editions_are_two_rows_of_one_series(self) -> None:
        meeting("第二届全国编匠大会", file="甲.txt", place="430100", held="2023-11")
        meeting("第三届全国编匠大会", file="乙.txt", place="450100")
        rows = Program.objects.order_by("edition")
        assert [(row.edition, row.place_id) for row in rows] == [(2, "430100"), (3, "450100")]
        assert len({row.series for row in rows}) == 1

    @pytest.mark.parametrize("order", [1, -1])
    def test_an_edition_is_one_by_its_number_and_by_its_year(self, order: int) -> None:
        pages = [
            ("第二届全国编匠大会", {"held": "2023-11-20"}),
            ("2023全国编匠大会", {"place": "430100"}),
        ]
        for number, (name, more) in enumerate(pages[::order]):
            meeting(name, file=f"{number}.txt", **more)  # type: ignore[arg-type]
        row = Program.objects.get()
        assert (row.edition, row.year, row.place_id, row.held_on) == (2, 2023, "430100", date(2023, 11, 20))

    def test_a_name_without_edition_is_not_the_only_edition_known(self) -> None:
        meeting("第二届全国编匠大会", file="甲.txt")
        meeting("全国编匠大会", file="乙.txt")
        assert Program.objects.count() == 2

    @pytest.mark.parametrize(
        "other", ["竹编品牌建设办法", "关于竹编品牌建设的办法（试行）", "县府办关于印发竹编品牌建设办法的通知"]
    )
    def test_a_policy_is_one_under_two_names(self, other: str) -> None:
        meeting("关于竹编品牌建设的办法", file="甲.txt", kind=ProgramKind.POLICY, place="330523")
        meeting(other, file="乙.txt", kind=ProgramKind.POLICY, place="330523", held="2022-05")
        row = Program.objects.get()
        assert (row.name, row.held_precision) == ("关于竹编品牌建设的办法", "month")
        assert row.evidence.count() == 2

    def test_a_project_is_one_with_and_without_its_kind(self) -> None:
        meeting("竹乡师傅", file="甲.txt", kind=ProgramKind.PROJECT)
        meeting("“竹乡师傅”工程", file="乙.txt", kind=ProgramKind.PROJECT)
        assert Program.objects.get().evidence.count() == 2

    def test_a_policy_of_the_country_is_none_of_a_province(self) -> None:
        for place, file in (("100000", "甲.txt"), ("330000", "乙.txt")):
            meeting("关于竹编品牌建设的意见", file=file, kind=ProgramKind.POLICY, place=place)
        assert {row.place_id for row in Program.objects.all()} == {"100000", "330000"}

    def test_it_is_found_by_the_short_name_that_a_paper_gave_it(self) -> None:
        full = "关于做好返乡编匠就业工作的若干意见"
        meeting(full, file="甲.txt", kind=ProgramKind.POLICY, other_names=("返乡编匠意见",))
        meeting("返乡编匠意见", file="乙.txt", kind=ProgramKind.POLICY)
        row = Program.objects.get()
        assert (row.name, row.names) == (full, ["返乡编匠意见"])

    def test_what_a_person_set_stays_and_is_only_proposed(self) -> None:
        meeting("第二届全国编匠大会", file="甲.txt", held="2023")
        Program.objects.update(edition=4, hand_set=["edition"], review=ReviewState.CONFIRMED)
        facts = PageBuilder("甲.txt说，第二届全国编匠大会开了。", name="甲.txt")
        facts.program("第二届全国编匠大会", held="2023-11")
        load(facts.facts(), version="2")
        row = Program.objects.get()
        assert (row.edition, row.held_precision) == (4, "year")
        assert {(one.field, one.value) for one in row.proposals.all()} == {("held_on", "2023-11")}


def test_programs_of_one_name_in_two_provinces_are_two() -> None:
    for place in ("510000", "420000", "510000"):
        page = PageBuilder(f"题{place}{Program.objects.count()}\n《劳务品牌行动方案》。")
        page.program("劳务品牌行动方案", ProgramKind.POLICY, place=place)
        load(page.facts())
    assert sorted(program.place_id or "" for program in Program.objects.all()) == ["420000", "510000"]


class TestAPersonsWord:
    @pytest.fixture
    def brand(self) -> Brand:
        load(story().facts())
        return Brand.objects.get(name="吕梁山护工")

    @pytest.mark.parametrize("state", [ReviewState.CONFIRMED, ReviewState.REJECTED])
    def test_on_a_fact_stands_and_the_fact_keeps_its_evidence(self, brand: Brand, state: ReviewState) -> None:
        brand.review = state
        brand.save()
        load(PageBuilder(TEXT).facts(), "2")
        kept = Brand.objects.get()
        assert (kept.name, kept.review, kept.evidence.count()) == ("吕梁山护工", state, 2)
        assert kept.updated_at == brand.updated_at

    def test_a_rejected_fact_does_not_come_back(self, brand: Brand) -> None:
        Brand.objects.filter(pk=brand.pk).update(review=ReviewState.REJECTED)
        Statistic.objects.filter(brand=brand).update(review=ReviewState.REJECTED)
        load(story().facts(), "2")
        load(single("乙\n说吕梁山护工。", "吕梁山护工", "140000", file="乙.txt").facts())
        assert Brand.objects.filter(name="吕梁山护工").count() == 1
        assert Brand.objects.get(name="吕梁山护工").review == ReviewState.REJECTED
        assert Statistic.objects.filter(brand=brand).count() == 1
        assert Evidence.objects.filter(brand=brand).count() == 3, "new evidence is added all the same"

    def test_changed_fields_stay(self, brand: Brand) -> None:
        Brand.objects.filter(pk=brand.pk).update(industry=Industry.TOURISM, hand_set=["industry"])
        page = single("乙\n吕梁山护工。", "吕梁山护工", "141121", aliases=("护工队",), level=BrandLevel.COUNTY)
        load(page.facts())
        load(story().facts(), "2")
        kept = Brand.objects.get(pk=brand.pk)
        assert (kept.industry, kept.region_id, kept.level, kept.confidence) == ("tourism", "141100", "", 0.9)
        assert [alias.name for alias in kept.aliases.all()] == ["吕梁护工"]
        assert kept.evidence.count() == 3

    def test_a_renamed_and_moved_brand_is_known_by_its_place(self, brand: Brand) -> None:
        brand.name, brand.region_id, brand.hand_set = "吕梁山护理员", "140000", ["name", "region"]
        brand.save()
        load(story().facts(), "2")
        assert sorted(row.name for row in Brand.objects.all()) == ["吕梁山护理员", "天镇保姆"]
        assert brand.statistics.count() == 1

    @pytest.mark.parametrize("other", ["同页", "另页"])
    def test_on_a_name_leaves_its_words_to_one_brand(self, other: str) -> None:
        """A brand was renamed and its old name not kept; then another page makes a brand of the old name. The words of
        the first page still prove the first brand alone, in whatever order the pages are read again."""
        text = "礼县“贤大嫂”带动就业。" + ("\n“贤大嫂”在北京。" if other == "同页" else "")
        once = PageBuilder(text, name="一.txt")
        once.brand("贤大嫂", "621226", quotes=(once.quote("贤大嫂"),))
        load(once.facts())
        first = Brand.objects.get()
        first.name = "礼县大嫂"
        first.set_by_hand(["name"])
        first.save()
        load(single("“贤大嫂”又见报，是新的一篇。", "贤大嫂", "621226", file="二.txt").facts())
        second = Brand.objects.get(name="贤大嫂")
        again = PageBuilder(text, name="一.txt")
        again.brand(
            "贤大嫂", "621226", quotes=tuple(again.quote("贤大嫂", nth=nth) for nth in range(again.text.count("贤")))
        )
        load(again.facts(), version="2")
        proved: dict[tuple[int, int], int | None] = {}
        for row in Evidence.objects.filter(article__page__name="一.txt", field=""):
            assert proved.setdefault((row.start, row.end), row.brand_id) == row.brand_id
        assert proved[(3, 6)] == first.pk
        assert Brand.objects.count() == 2
        assert second.evidence.exists()

    def test_a_corrected_number_is_known_by_its_place(self, brand: Brand) -> None:
        statistic = brand.statistics.get()
        statistic.value, statistic.hand_set = Decimal(95000), ["value"]
        statistic.save()
        load(story().facts(), "2")
        assert [row.value for row in brand.statistics.all()] == [95000]

    def test_a_number_instead_of_a_rejected_one_is_news(self, brand: Brand) -> None:
        brand.statistics.update(review=ReviewState.REJECTED)
        page = story()
        page.statistics[0] = replace(page.statistics[0], qualifier=Qualifier.OVER)
        load(page.facts(), "2")
        assert sorted((row.review, row.qualifier) for row in brand.statistics.all()) == [
            ("proposed", "over"),
            ("rejected", "exact"),
        ]

    def test_keeps_what_it_rests_on(self, brand: Brand) -> None:
        """A brand without evidence stays while a person's number or program needs it."""
        brand.statistics.update(review=ReviewState.CONFIRMED)
        load(PageBuilder(TEXT).facts(), "2")
        assert Brand.objects.get().statistics.get().review == ReviewState.CONFIRMED

    @pytest.mark.parametrize("kin", ["program", "member"])
    def test_keeps_the_brands_of_its_programs_and_series(self, brand: Brand, kin: str) -> None:
        Statistic.objects.all().delete()
        if kin == "program":
            Program.objects.update(review=ReviewState.CONFIRMED)
        else:
            Brand.objects.create(name="柳林护工", series=brand, hand_set=["series"])
        load(PageBuilder(TEXT).facts(), "2")
        assert Brand.objects.filter(pk=brand.pk).exists()
        assert not Brand.objects.filter(name="天镇保姆").exists()

    def test_survives_a_run_that_cuts_the_page_otherwise(self) -> None:
        text = "一\n甲说天镇保姆。\n\n二\n乙说吕梁山护工。"
        page = single(text, "吕梁山护工", "141100")
        load(page.facts())
        Brand.objects.update(review=ReviewState.CONFIRMED)
        whole = PageBuilder(text.replace("\n\n", "\n \n"))
        facts = replace(whole.facts(), page=page.facts().page)
        load(facts, "2")
        assert Article.objects.count() == 1
        assert Evidence.objects.get().article == Article.objects.get()


class TestReprints:
    STORY = "近日，首届大会在某地举行，来自各地的二十个劳务品牌带着自己的手艺走上台前。" * 3

    def page(self, title: str, day: int, story: str, name: str) -> PageBuilder:
        return PageBuilder(f"{title}\n{story}", name=name, published_on=date(2025, 11, day))

    def test_point_to_the_earliest_print_whatever_comes_first(self) -> None:
        for title, day in (("晚报题", 21), ("早报题", 19), ("日报题", 20)):
            load(self.page(title, day, self.STORY + f"据{title}。", f"{day}.txt").facts())
        prints = {article.title: article.reprint_of for article in Article.objects.all()}
        head = Article.objects.get(title="早报题")
        assert prints == {"早报题": None, "晚报题": head, "日报题": head}

    def test_are_not_articles_that_share_one_sentence(self) -> None:
        own = [
            f"{name}的师傅们从清晨忙到夜里，把一样又一样的东西做好，再送到很远的地方去卖，{n}"
            for n, name in enumerate("甲乙丙丁")
        ]
        load(self.page("一", 19, self.STORY[:38] + "。".join(own), "1.txt").facts())
        load(self.page("二", 20, self.STORY[:38] + "另一座城市的街道上，新开的门店一家连着一家。" * 9, "2.txt").facts())
        assert not Article.objects.filter(reprint_of__isnull=False).exists()


@pytest.mark.parametrize(
    ("value", "unit"), [(10**20, "人"), (1, "人" * 21)], ids=["more digits than the column", "a unit of 21 characters"]
)
def test_numbers_that_no_column_holds_are_left_out(value: int, unit: str) -> None:
    page = single("题\n天镇保姆带动1万人。", "天镇保姆")
    page.statistic("天镇保姆", "1万人", value, unit)
    load(page.facts())
    assert Brand.objects.exists()
    assert not Statistic.objects.exists()


def test_names_that_no_column_holds_are_left_out_with_their_numbers() -> None:
    long = "长" * 61
    page = single(f"题\n{long}带动1万人。", long)
    page.statistic(long, "1万人", 10000)
    load(page.facts())
    assert not Brand.objects.exists()
    assert not Statistic.objects.exists()


def test_a_statistic_of_nobody_is_an_error_that_writes_nothing() -> None:
    page = PageBuilder("题\n天镇保姆带动1万人。")
    page.statistic("天镇保姆", "1万人", 10000)
    with pytest.raises(ValueError, match="1万人: the page has no brand 天镇保姆"):
        load(page.facts())
    assert not Page.objects.exists()


@pytest.mark.parametrize(("name", "message"), [("MAX_NAMES", "4 names of"), ("MAX_STATISTICS", "3 statistics on")])
def test_more_facts_than_a_page_can_have_are_an_error(monkeypatch: pytest.MonkeyPatch, name: str, message: str) -> None:
    assert getattr(load_module, name) == 10_000
    monkeypatch.setattr(load_module, name, 3 if name == "MAX_NAMES" else 2)
    with pytest.raises(ValueError, match=message):
        load(story().facts())
    assert not Page.objects.exists()


def test_as_many_facts_as_a_page_can_have_fit_in_a_statement(request: pytest.FixtureRequest) -> None:
    """One page of the largest kind, and its second run; both databases have limits of their own. The short form takes
    a part of such a page, and lets SQLite take as small a part of the values that a statement may have."""
    part = 1 if thorough() else 10
    most = load_module.MAX_NAMES // part
    if connection.vendor == "sqlite":
        values = sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER
        connection.ensure_connection()
        limit = connection.connection.getlimit(values)
        connection.connection.setlimit(values, limit // part)
        request.addfinalizer(lambda: connection.connection.setlimit(values, limit))
    names = [f"第{n}号护工" for n in range(most)]
    text = "题\n" + "、".join(names)
    page = PageBuilder(text)
    at = 2
    for name in names:
        span = Span(at, at + len(name))
        page.brands.append(records.ExtractedBrand(name, (records.Quote(0, span, span, "list", 0.9),), ()))
        at += len(name) + 1
    load(page.facts())
    assert Brand.objects.count() == most
    assert load(page.facts(), "2").status is Status.UNCHANGED
    load(PageBuilder(text).facts(), "3")
    assert not Brand.objects.exists()


class TestOneBrandWithAndWithoutItsPlace:
    """白云月嫂 of 白云县 and 月嫂 of 白云县 are one brand, as are 白云防水 and 白云防水工匠; where its place is smaller
    or other, staff decide."""

    def both(self, first: tuple[str, str], second: tuple[str, str]) -> list[str]:
        for file, (name, region) in zip(("甲.txt", "乙.txt"), (first, second), strict=True):
            load(single(f"“{name}”带动就业9万人。", name, region, file=file).facts())
        return list(Brand.objects.order_by("pk").values_list("name", flat=True))

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (("巧嫂子", "140222"), ("天镇巧嫂子", "140222")),
            (("天镇巧嫂子", "140222"), ("巧嫂子", "140222")),
            (("巧嫂子", "140222"), ("山西巧嫂子", "140000")),
            (("天镇防水", "140222"), ("天镇防水工匠", "140222")),
            (("天镇古建工匠", "140222"), ("天镇古建工", "140222")),
            (("天镇修脚师傅", "140222"), ("天镇修脚", "140222")),
        ],
    )
    def test_is_one(self, first: tuple[str, str], second: tuple[str, str]) -> None:
        assert self.both(first, second) == [first[0]]
        assert list(BrandAlias.objects.values_list("name", flat=True)) == [second[0]]

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (("巧嫂子", "140000"), ("天镇巧嫂子", "140222")),  # a branch may bear the name of the whole
            (("巧嫂子", "141100"), ("天镇巧嫂子", "140222")),
            (("巧嫂子", ""), ("天镇巧嫂子", "140222")),
            (("嫂", "140222"), ("天镇嫂", "140222")),
            (("天镇防水", "140222"), ("天镇防水工匠", "140200")),  # of the city's a county's may be a part
            (("天镇绣", "140222"), ("天镇绣师", "140222")),
            (("天镇厨师", "140222"), ("天镇厨工", "140222")),
        ],
    )
    def test_is_two_where_that_is_not_sure(self, first: tuple[str, str], second: tuple[str, str]) -> None:
        assert self.both(first, second) == [first[0], second[0]]


def test_what_another_page_says_of_another_recognition_is_not_mixed_in() -> None:
    first = single("“天镇保姆”获评。", "天镇保姆", "140222", level=BrandLevel.NATIONAL, recognised_year=2019)
    load(first.facts())
    other = single(
        "“天镇保姆”上榜。", "天镇保姆", "140222", file="乙.txt", level=BrandLevel.PREFECTURAL, issuer="某市人社局"
    )
    load(other.facts())
    row = Brand.objects.get()
    assert (row.level, row.recognised_year, row.issuer) == (BrandLevel.NATIONAL, 2019, "")


def test_what_is_new_is_known_by_its_key_and_not_by_its_place_in_memory() -> None:
    journal = ChangeLog()
    old = Brand.objects.create(name="天镇保姆")
    journal.create(Brand, [Brand(name="离石月嫂").prepare()])
    assert journal.is_new(Brand.objects.get(name="离石月嫂"))
    assert not journal.is_new(old)
    assert not journal.is_new(Program(pk=Brand.objects.get(name="离石月嫂").pk))
