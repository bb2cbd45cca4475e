"""Rules that staff keep, from their table to the pages that they touch."""

import pytest
from django.contrib.auth.models import User

from brands.models import Brand, Page, StandingRule, Statistic
from brands.vocabulary.choices import Metric, ReviewState, RuleState
from ingest.load import standing_rules
from ingest.load.articles import raw_page
from ingest.load.page import Status, is_loaded, load_page
from ingest.pipeline import extract_bytes
from ingest.records import PageFacts

pytestmark = [pytest.mark.usefixtures("divisions"), pytest.mark.django_db]

ONE = """山西劳务品牌出山

山西省级劳务品牌“吕梁山护工”带动就业9万人。山西省级劳务品牌“天镇保姆”走进京城，领办作坊3200家。
"""
OTHER = "河南劳务品牌出省\n\n河南省级劳务品牌“平舆防水工”带动就业26万人。\n"


def facts(text: str = ONE) -> PageFacts:
    return extract_bytes("页.txt", text.encode())


def rule(
    kind: str = "never", words: str = "天镇保姆", means: str = "", *, state: str = RuleState.IN_FORCE
) -> StandingRule:
    author, _new = User.objects.get_or_create(username="shenhe")
    return StandingRule.objects.create(kind=kind, words=words, means=means, state=state, author=author)


def names() -> set[str]:
    return set(Brand.objects.values_list("name", flat=True))


class TestLoading:
    def test_who_loads_a_page_need_not_know_the_rules(self) -> None:
        rule()
        load_page(facts(), version="1")
        assert names() == {"吕梁山护工"}

    def test_one_that_waits_or_was_withdrawn_does_not_count(self) -> None:
        rule(state=RuleState.PROPOSED)
        rule(words="吕梁山护工", state=RuleState.WITHDRAWN)
        load_page(facts(), version="1")
        assert names() == {"吕梁山护工", "天镇保姆"}

    def test_the_mark_of_a_page_knows_the_rules(self) -> None:
        load_page(facts(), version="1")
        assert Page.objects.get().extractor == "1"
        assert is_loaded(facts().page.sha256, version="1")
        rule()
        assert not is_loaded(facts().page.sha256, version="1")
        assert load_page(facts(), version="1").status is Status.CHANGED
        assert Page.objects.get().extractor == standing_rules.present("1") != "1"
        assert names() == {"吕梁山护工"}
        assert load_page(facts(), version="1").status is Status.UNCHANGED

    def test_a_rule_that_goes_gives_back_what_it_took(self) -> None:
        row = rule()
        load_page(facts(), version="1")
        StandingRule.objects.filter(pk=row.pk).update(state=RuleState.WITHDRAWN)
        load_page(facts(), version="1")
        assert names() == {"吕梁山护工", "天镇保姆"}
        assert Page.objects.get().extractor == "1"

    def test_what_a_person_decided_stands(self) -> None:
        load_page(facts(), version="1")
        Brand.objects.filter(name="天镇保姆").update(review=ReviewState.CONFIRMED)
        firms = Statistic.objects.get(value=3200)
        firms.set_by_hand({"metric"})
        firms.save()
        rule()
        rule("metric", "领办", "facilities")
        load_page(facts(), version="1")
        assert "天镇保姆" in names()
        assert Statistic.objects.get(value=3200).metric == Metric.ORGANISATIONS

    def test_a_page_takes_along_only_what_touches_it(self) -> None:
        rule()
        rule(words="平舆防水工")
        load_page(facts(), version="1")
        page = Page.objects.get()
        assert [one.words for one in raw_page(page).rules.rules] == ["天镇保姆"]

    def test_an_alias_finds_the_brand(self) -> None:
        load_page(
            facts("山西劳务品牌\n\n山西省大同市天镇县的省级劳务品牌“天镇大姐”走进京城，带动就业2万人。\n"), version="1"
        )
        rule("alias", "天镇保姆", "天镇大姐")
        load_page(facts(), version="1")
        assert names() == {"吕梁山护工", "天镇大姐"}
        brand = Brand.objects.get(name="天镇大姐")
        assert "天镇保姆" in set(brand.aliases.values_list("name", flat=True))
        assert brand.evidence.filter(field="").count() == 2


class TestTouched:
    def test_finds_pages_on_either_database(self) -> None:
        for number, text in enumerate((ONE, ONE.replace("天镇保姆", "天鎮\n保姆"), OTHER)):
            load_page(extract_bytes(f"{number}.txt", text.encode()), version="1")
        found = set(standing_rules.touched([rule()]).values_list("name", flat=True))
        assert found == {page.name for page in Page.objects.all() if "镇" in page.text or "鎮" in page.text}
        assert "2.txt" not in found

    def test_finds_a_host_in_an_address_that_people_gave(self) -> None:
        load_page(facts(), version="1")
        row = rule("paper", "county.example.cn", "某县融媒")
        assert not standing_rules.touched([row])
        article = Page.objects.get().articles.get()
        article.correct(url="http://county.example.cn/1")
        assert standing_rules.touched([row]).count() == 1
        load_page(facts(), version="1")
        article.refresh_from_db()
        assert article.publisher == "某县融媒"


class TestSettle:
    def load_both(self) -> None:
        for number, text in enumerate((ONE, OTHER)):
            load_page(extract_bytes(f"{number}.txt", text.encode()), version="1")

    def marks(self) -> dict[str, bool]:
        """Whether each page is marked as read by the present rules."""
        present = standing_rules.present("1")
        return {page.name: page.extractor == present for page in Page.objects.all()}

    def test_pages_that_a_new_rule_does_not_touch_count_as_read(self) -> None:
        self.load_both()
        rule()
        assert self.marks() == {"0.txt": False, "1.txt": False}
        assert standing_rules.settle("1") == 1
        assert self.marks() == {"0.txt": False, "1.txt": True}

    def test_some_at_a_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(standing_rules, "SETTLED", 1)
        self.load_both()
        rule(words="没有的字样")
        assert [standing_rules.settle("1") for _ in range(3)] == [1, 1, 0]
        assert self.marks() == {"0.txt": True, "1.txt": True}

    def test_so_when_one_goes_and_another_comes(self) -> None:
        gone = rule(words="平舆防水工")
        self.load_both()
        StandingRule.objects.filter(pk=gone.pk).update(state=RuleState.WITHDRAWN)
        rule(words="没有的字样")
        standing_rules.settle("1")
        assert self.marks() == {"0.txt": True, "1.txt": False}

    def test_pages_of_another_version_are_left(self) -> None:
        self.load_both()
        rule(words="没有的字样")
        assert standing_rules.settle("2") == 0
        assert Page.objects.filter(extractor="1").count() == 2
