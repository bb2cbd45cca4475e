"""Rules that staff keep, on pages that are read by them: nothing else of what a page says changes."""

from dataclasses import replace

import pytest

from brands.vocabulary.choices import Metric, RuleKind
from ingest.pipeline import extract_page
from ingest.read import read
from ingest.records import PageFacts
from ingest.standing_rules import NOTHING, RuleRecord, made

PAGE = """山西劳务品牌出山

山西省级劳务品牌“吕梁山护工”带动就业9万人。山西省级劳务品牌“天镇保姆”走进京城，领办作坊3200家。
"""


def told(text: str, *rules: RuleRecord) -> PageFacts:
    """What the page says by the rules that touch it."""
    page = read("页.txt", text.encode())
    return extract_page(replace(page, rules=made(list(rules)).touching(page.text)))


def names(facts: PageFacts) -> list[str]:
    return [brand.name for brand in facts.brands]


def metrics(facts: PageFacts) -> dict[int, Metric]:
    """What each number counts."""
    return {int(fact.value): fact.metric for fact in facts.statistics}


class TestTouching:
    @pytest.mark.parametrize("text", ["吕梁山护工", "呂梁山護工", "吕梁山\n护工", "吕梁山“护工”"])
    def test_finds_the_words_however_they_are_printed(self, text: str) -> None:
        rules = made([RuleRecord(RuleKind.NEVER, "吕梁山护工")])
        assert rules.touching(f"说的是{text}。") == rules

    def test_leaves_out_what_is_not_there(self) -> None:
        rules = made([RuleRecord(RuleKind.NEVER, "吕梁山护工"), RuleRecord(RuleKind.NEVER, "天镇保姆")])
        assert [rule.words for rule in rules.touching("天镇保姆").rules] == ["天镇保姆"]
        assert rules.touching("什么也没有") == NOTHING

    @pytest.mark.parametrize("words", ["a]b", "^c-d", "e\\f", "[g", "山(西", "AB甲1"])
    def test_takes_any_characters(self, words: str) -> None:
        rules = made([RuleRecord(RuleKind.NEVER, words)])
        assert rules.touching(f"前{words}后") == rules

    def test_a_host_is_found_as_it_is(self) -> None:
        rules = made([RuleRecord(RuleKind.PAPER, "news.example.cn", "某县融媒")])
        assert rules.touching("url: http://NEWS.example.cn/1") == rules
        assert not rules.touching("newsxexample.cn")

    def test_the_digest_is_of_the_rules_alone(self) -> None:
        one, other = RuleRecord(RuleKind.NEVER, "甲"), RuleRecord(RuleKind.NEVER, "乙")
        assert made([one, other]).digest == made([other, one, one]).digest != made([one]).digest


class TestNever:
    def test_takes_the_name_and_nothing_else(self) -> None:
        before, after = told(PAGE), told(PAGE, RuleRecord(RuleKind.NEVER, "天镇保姆"))
        assert names(before) == ["吕梁山护工", "天镇保姆"]
        assert names(after) == ["吕梁山护工"]
        assert "天镇保姆" not in [brand.name for brand in after.doubtful]

    @pytest.mark.parametrize(("printed", "written"), [("天鎮保姆", "天镇保姆"), ("天镇保姆", "天鎮保姆")])
    def test_in_whichever_characters(self, printed: str, written: str) -> None:
        text = PAGE.replace("天镇保姆", printed)
        assert names(told(text, RuleRecord(RuleKind.NEVER, written))) == ["吕梁山护工"]
        assert "天镇大姐" in names(told(text, RuleRecord(RuleKind.ALIAS, written, "天镇大姐")))

    def test_a_rule_for_another_name_changes_nothing(self) -> None:
        page = read("页.txt", PAGE.encode())
        assert extract_page(replace(page, rules=made([RuleRecord(RuleKind.NEVER, "保姆")]))).brands == told(PAGE).brands


class TestAlias:
    def test_the_brand_has_its_name_and_the_other_one_beside(self) -> None:
        facts = told(PAGE, RuleRecord(RuleKind.ALIAS, "天镇保姆", "天镇大姐"))
        assert names(facts) == ["吕梁山护工", "天镇大姐"]
        assert "天镇保姆" in facts.brands[1].aliases
        assert [fact.subject.key for fact in facts.statistics][-1] == "天镇大姐"

    def test_two_names_on_a_page_are_one_brand(self) -> None:
        facts = told(PAGE, RuleRecord(RuleKind.ALIAS, "天镇保姆", "吕梁山护工"))
        assert names(facts) == ["吕梁山护工"]
        said = [quote.span.of(PAGE) for quote in facts.brands[0].quotes if not quote.field]
        assert said == ["吕梁山护工", "天镇保姆"]


class TestMetric:
    def test_a_word_says_what_is_counted(self) -> None:
        rule = RuleRecord(RuleKind.METRIC, "领办", "facilities")
        before, after = metrics(told(PAGE)), metrics(told(PAGE, rule))
        assert before[3200] is Metric.ORGANISATIONS
        assert after == {**before, 3200: Metric.FACILITIES}

    def test_not_in_a_unit_in_which_that_is_never_counted(self) -> None:
        assert told(PAGE, RuleRecord(RuleKind.METRIC, "领办", "employment")).statistics == told(PAGE).statistics

    def test_a_number_that_counted_nothing_is_read(self) -> None:
        text = "山西劳务品牌\n\n山西省级劳务品牌“吕梁山护工”走进千家万户，评出百佳能人500个。\n"
        rule = RuleRecord(RuleKind.METRIC, "能人", "other")
        assert 500 not in metrics(told(text))
        assert metrics(told(text, rule))[500] is Metric.OTHER


class TestPaper:
    HEAD = "---\nurl: http://news.county.example.cn/2025/1.html\n---\n"

    def test_a_host_has_a_name(self) -> None:
        rule = RuleRecord(RuleKind.PAPER, "county.example.cn", "某县融媒")
        assert told(self.HEAD + PAGE, rule).articles[0].publisher == "某县融媒"
        assert told(self.HEAD + PAGE).articles[0].publisher == ""

    def test_what_the_page_prints_stands(self) -> None:
        text = self.HEAD.replace("---\nurl", "---\npublisher: 山西日报\nurl") + PAGE
        rule = RuleRecord(RuleKind.PAPER, "county.example.cn", "某县融媒")
        assert told(text, rule).articles[0].publisher == "山西日报"

    def test_another_host_has_not(self) -> None:
        rule = RuleRecord(RuleKind.PAPER, "unty.example.cn", "某县融媒")
        assert told(self.HEAD + PAGE, rule).articles[0].publisher == ""


class TestPlace:
    TEXT = "---\npublisher: {}\n---\n劳务品牌出山\n\n“鼓楼月嫂”是有名的劳务品牌，鼓楼带动就业9万人。\n"

    def test_a_name_means_one_division_in_one_paper(self) -> None:
        rule = RuleRecord(RuleKind.PLACE, "鼓楼", "320106", "南京日报")
        [brand] = told(self.TEXT.format("开封日报"), rule).brands
        [other] = told(self.TEXT.format("南京日报"), rule).brands
        assert brand.region != "320106"
        assert other.region == "320106"

    def test_a_place_of_another_name_stands(self) -> None:
        text = "---\npublisher: 南京日报\n---\n劳务品牌\n\n山西省级劳务品牌“吕梁山护工”带动就业9万人，去鼓楼的也有。\n"
        rule = RuleRecord(RuleKind.PLACE, "鼓楼", "320106", "南京日报")
        assert told(text, rule).brands == told(text).brands
