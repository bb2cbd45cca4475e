"""Hits: what is shown, why it is there, and marks that are exactly the matched characters."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries

from brands.models import Article, DocumentKind, RegionName
from brands.search import find, snippets
from brands.search.conditions import Question, Spelled, Text, Why
from brands.search.hits import PER_GROUP, Answer, Hit, answer, matching
from brands.search.lead import OF_TRADE
from brands.search.query import QueryError
from brands.search.romanised import read
from brands.text.highlight import Mark
from brands.vocabulary.folding import bare, fold
from brands.vocabulary.pinyin import spelling
from tests.brands.factories import article, brand, program, regions, statistic
from tests.ready import ROOT, address

NAMES = st.text(st.sampled_from("吕梁呂樑山护護工ＡaＢb“”·《》 　、1①"), min_size=1, max_size=14)


@given(NAMES, st.data())
def test_marks_in_a_name_are_the_characters_that_matched(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    word = fold(name[start : data.draw(st.integers(start + 1, len(name)))])
    if not word.strip():
        return
    stretches = snippets.in_name(name, [], (Text(word),))
    assert stretches
    assert all(fold(name[left:right]) == word for left, right in stretches)


@given(NAMES, st.data())
def test_marks_of_a_bare_name_are_its_characters_in_order(name: str, data: st.DataObject) -> None:
    key = bare(fold(name))
    start = data.draw(st.integers(0, max(len(key) - 1, 0)))
    word = key[start : data.draw(st.integers(start, len(key)))]
    stretches = snippets.in_name(name, [], (Text(word),)) if word else []
    marked = "".join(name[left:right] for left, right in stretches)
    assert bare(fold(marked)) == word * (len(bare(fold(marked))) // max(len(word), 1))
    assert bool(stretches) is bool(word)


@pytest.mark.parametrize(
    ("name", "word", "marked"),
    [
        ("吕梁山护工", "lls", ["吕梁山"]),
        ("吕梁山护工", "hugong", ["护工"]),
        ("吕梁山护工", "lvliangshanhg", ["吕梁山护工"]),
        ("“吕梁”山护工", "liangshan", ["梁”山"]),
        ("AI训练师", "xunlian", ["训练"]),
    ],
)
def test_marks_of_a_sound_are_the_characters_that_are_spelled(name: str, word: str, marked: list[str]) -> None:
    reading = read(word)
    assert reading is not None
    stretches = snippets.in_name(name, spelling(fold(name)), (Spelled(word, reading),))
    assert [name[start:end] for start, end in stretches] == marked


@pytest.mark.parametrize(
    ("text", "words", "shown", "marked"),
    [
        ("护工来了。吕梁的护工走了！", ["护工"], "护工来了。", ["护工"]),
        ("护工来了。吕梁的护工走了！", ["护工", "吕梁"], "吕梁的护工走了！", ["吕梁", "护工"]),
        ("一\n吕梁護工", ["护工"], "吕梁護工", ["護工"]),
        ("前。后护", ["。后"], "。后护", ["。后"]),
        ("没有", ["护工"], "", []),
        ("", ["护工"], "", []),
    ],
)
def test_the_best_sentence(text: str, words: list[str], shown: str, marked: list[str]) -> None:
    snippet = snippets.snippet(text, [(Text(word),) for word in words])
    assert snippet.text == shown
    assert [snippet.text[mark.start : mark.end] for mark in snippet.marks] == marked


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_long_sentence_is_cut_around_its_first_mark(before: int, after: int) -> None:
    snippet = snippets.snippet("前" * before + "护工" + "后" * after, [(Text("护工"),)])
    assert len(snippet.text) <= snippets.LONGEST + 2
    assert [snippet.text[mark.start : mark.end] for mark in snippet.marks] == ["护工"]
    assert snippet.text.startswith("…") is (before + after + 2 > snippets.LONGEST and snippet.text[0] not in "前护")
    assert set(snippet.text) <= set("…前护工后")


def test_a_mark_in_another_is_left_out() -> None:
    assert snippets.marks([(2, 4), (0, 4), (0, 4), (5, 6), (3, 5)]) == [Mark(0, 4), Mark(3, 5), Mark(5, 6)]


def hits(typed: str, kind: DocumentKind = DocumentKind.BRAND) -> list[Hit]:
    return [hit for hit in answer(typed).hits if hit.type == kind]


def names(typed: str, kind: DocumentKind = DocumentKind.BRAND) -> list[str]:
    return [hit.name for hit in hits(typed, kind)]


def figures(typed: str) -> set[tuple[str, str]]:
    """Whose figures a question is answered with, and what they say."""
    lead = answer(typed).lead
    return {(str(one.statistic.subject), one.statistic.stated) for one in lead.figures} if lead else set()


def check_marks(found: Answer) -> int:
    """How many marks there are; each must be a piece that folds to something."""
    count = 0
    for hit in found.hits:
        for text, marks in ((hit.name, hit.marks), (hit.snippet, hit.snippet_marks)):
            assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
            count += len(list(marks))
    return count


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogued")
class TestAnswers:
    @pytest.mark.parametrize("name", ["吕梁山护工", "潜江裁缝"])
    def test_every_substring_of_a_name_finds_and_marks_it(self, name: str) -> None:
        for start in range(len(name)):
            for end in range(start + 1, len(name) + 1):
                hit = next(hit for hit in hits(name[start:end]) if hit.name == name)
                assert [hit.name[mark.start : mark.end] for mark in hit.marks] == [name[start:end]]

    @pytest.mark.parametrize(
        ("typed", "name", "why", "field", "marked"),
        [
            ("吕梁山护工", "吕梁山护工", Why.EXACT, "name", ["吕梁山护工"]),
            ("呂樑山護工", "吕梁山护工", Why.SCRIPT, "name", ["吕梁山护工"]),
            ("吕梁护工", "吕梁山护工", Why.ALIAS, "alias", []),
            ("llshg", "吕梁山护工", Why.PINYIN, "name", ["吕梁山护工"]),
            ("山西 护工", "吕梁山护工", Why.REGION, "region", ["护工"]),
            ("吕粱山护工", "吕梁山护工", Why.SOUND, "name", ["吕梁山护工"]),
            ("９万余名", "吕梁山护工", Why.EXACT, "evidence", []),
        ],
    )
    def test_why_a_hit_is_there(self, typed: str, name: str, why: Why, field: str, marked: list[str]) -> None:
        hit = next(hit for hit in hits(typed) if hit.name == name)
        assert (hit.why, hit.field) == (why, field)
        assert [hit.name[mark.start : mark.end] for mark in hit.marks] == marked
        assert check_marks(answer(typed))

    def test_a_name_in_the_other_script_says_so_and_comes_second(self) -> None:
        brand("上党護工", region=regions()["140000"])
        brand("上党护工", region=regions()["141100"])
        assert [hit.why for hit in hits("上党护工")[:2]] == [Why.EXACT, Why.SCRIPT]
        assert [hit.name for hit in hits("上党護工")[:2]] == ["上党護工", "上党护工"]

    def test_what_a_snippet_shows(self) -> None:
        alias = next(hit for hit in hits("吕梁护工") if hit.name == "吕梁山护工")
        assert alias.snippet == "吕梁护工"
        told = next(hit for hit in hits("20多个") if hit.name == "吕梁山护工")
        assert [told.snippet[mark.start : mark.end] for mark in told.snippet_marks] == ["20多个"]
        assert next(hit for hit in hits("吕梁山") if hit.name == "吕梁山护工").snippet == ""

    @pytest.mark.parametrize("typed", ["%", "_", "\\", "'; DROP TABLE", '" OR "', "NEAR(护 工)", "a AND b"])
    def test_signs_of_query_languages_mean_themselves(self, typed: str) -> None:
        assert names(typed) == []

    def test_the_name_itself_comes_first_then_its_beginning(self) -> None:
        brand("工")
        brand("工匠人")
        assert names("工")[:2] == ["工", "工匠人"]

    def test_confirmed_before_proposed(self) -> None:
        brand("甲地师傅")
        brand("乙地师傅", review="confirmed")
        assert names("师傅")[:2] == ["乙地师傅", "甲地师傅"]

    def test_marks_and_hyphens_of_a_name_need_not_be_typed(self) -> None:
        brand("威县“纺织女工”")
        hit = hits("威县纺织女工")[0]
        assert [hit.name[mark.start : mark.end] for mark in hit.marks] == ["威县", "纺织女工"]

    def test_former_names_find_what_lies_there(self) -> None:
        RegionName.objects.create(region=regions()["140000"], name="三晋", kind="literary")
        assert len(hits("三晋")) == 3
        assert names("三晋 护工")[0] == "吕梁山护工"

    def test_regions_from_large_to_small(self) -> None:
        assert names("市", DocumentKind.REGION)[:4] == ["重庆", "大同", "吕梁", "潜江"]

    def test_a_neighbour_on_the_page_is_not_the_article(self) -> None:
        article("护工的事。别的事：信访。", title="护工的事", spans=[[0, 5]])
        assert names("信访", DocumentKind.ARTICLE) == []

    def test_reprints_are_one_hit_that_opens(self) -> None:
        first = article("同一条电讯。", title="电讯")
        again = article("同一条电讯。", title="电讯", publisher="市报", reprint_of=first)
        article("同一条电讯。", title="电讯", publisher="晚报", reprint_of=first, relevant=False)
        found = answer("同一条电讯", kinds=[DocumentKind.ARTICLE]).groups[0]
        assert (found.total, len(found.hits)) == (1, 1)
        assert {found.hits[0].row, *found.hits[0].reprints} == {first, again}

    def test_what_is_not_public_is_not_found(self) -> None:
        row = Article.objects.get(title="护工走出大山")
        row.relevant = False
        row.save()
        assert names("走出大山", DocumentKind.ARTICLE) == []

    def test_groups_are_cut_and_counted(self) -> None:
        for number in range(PER_GROUP + 3):
            brand(f"第{number}号工匠")
        group = answer("号工匠", kinds=[DocumentKind.BRAND]).groups[0]
        assert (len(group.hits), group.total, group.at_least) == (PER_GROUP, PER_GROUP + 3, False)
        scores = [hit.score for hit in answer("工").hits]
        assert scores == sorted(scores, reverse=True)

    def test_a_chosen_kind_without_answers_is_no_slip(self) -> None:
        found = answer("吕梁山护工", kinds=[DocumentKind.REGION])
        assert (found.hits, found.corrected, found.did_you_mean) == ([], "", ())

    def test_exactly_what_was_typed(self) -> None:
        assert answer("llshg", exact=True).hits == []
        assert answer("吕粱山护工", exact=True).corrected == ""

    def test_a_slip_is_corrected_and_said(self) -> None:
        found = answer("吕粱山护工")
        assert (found.typed, found.corrected) == ("吕粱山护工", "吕梁山护工")

    def test_filters_that_were_recognised(self) -> None:
        chip = answer("山西 护工").chips[0]
        assert (chip.text, chip.filter, chip.value, chip.label, chip.without) == (
            "山西", "region", "140000", "山西省", "护工"
        )  # fmt: skip
        assert answer("山西").chips == []

    def test_a_way_to_divide_a_word_that_finds_nothing_names_no_filter(self) -> None:
        brand("山西面食师", region=regions()["500000"])
        assert [chip.value for chip in answer("山西面食师").chips] == []
        brand("大同面食师", region=regions()["140200"])
        assert [chip.value for chip in answer("山西面食师").chips] == ["140000"]

    def test_what_stands_beside_a_trade_in_a_sentence_is_none_of_it(self) -> None:
        brand("大同磨刀匠", source=article("大同磨刀匠和护工都来参会。"), industry="craft")
        found = answer("护工")
        assert "大同磨刀匠" not in [hit.name for hit in found.hits]
        assert "大同磨刀匠" in [hit.name for group in found.beside for hit in group.hits]
        assert "大同磨刀匠" in names("参会")  # which is no trade
        shown = {hit.id for hit in found.hits if hit.type == DocumentKind.BRAND}
        assert not shown & {hit.id for group in found.beside for hit in group.hits}

    def test_brands_of_other_places_are_told_apart(self) -> None:
        found = answer("潜江的护工")
        assert hits("潜江的护工") == []
        assert [hit.name for group in found.elsewhere for hit in group.hits] == ["吕梁山护工"]
        assert found.left_out == ("潜江",)
        assert answer("山西的护工").elsewhere == ()

    def test_what_is_refused_is_not_found(self) -> None:
        assert "吕梁山护工" not in names("护工 -吕梁")
        assert names("工 -裁缝") == [name for name in names("工") if name != "潜江裁缝"]
        assert "离石月嫂" not in names("月嫂 -县级")
        assert names("月嫂 -山西") == []

    @pytest.mark.parametrize("unseen", ["\ufe0f", "\u0301", "\u200b"])
    def test_what_nobody_sees_in_a_name_changes_nothing(self, unseen: str) -> None:
        assert names(f"吕梁{unseen}山护工") == names("吕梁山护工")

    def test_a_question_is_answered_by_figures_of_whom_it_names(self) -> None:
        rich, poor = (brand(f"{name}月嫂", region=regions()["140222"], industry="domestic_service") for name in "甲乙")
        for payee, value in ((rich, 12_000), (poor, 4_000)):
            statistic(payee, value, unit="元/月", metric="per_capita_income")
        statistic(poor, 20_000, unit="元/月", metric="per_capita_income", scope="rise")
        assert figures("月嫂一个月多少钱") == {("甲月嫂", "12000元/月"), ("乙月嫂", "4000元/月")}
        assert figures("乙月嫂一个月多少钱") == {("乙月嫂", "4000元/月")}
        assert figures("月薪过万") == {("甲月嫂", "12000元/月")}
        assert names("月薪过万") == ["甲月嫂"]
        assert answer("天镇保姆工资多少").lead.whose == OF_TRADE  # type: ignore[union-attr]
        assert figures("潜江裁缝工资多少") == set()

    def test_a_bound_that_no_public_pay_reaches_is_told(self) -> None:
        rich, poor = (brand(f"{name}月嫂", region=regions()["140222"], industry="domestic_service") for name in "甲乙")
        for payee, value, confidence in ((poor, 4_000, 1.0), (rich, 12_000, 0.45), (rich, 9_000, 0.45)):
            statistic(payee, value, unit="元/月", metric="per_capita_income", confidence=confidence)
        lead = answer("月薪过万").lead
        assert lead is not None
        assert (lead.figures, lead.unmet, lead.waiting) == ((), "1 万元/月", 1)
        of_trade = answer("月薪过万的月嫂").lead
        assert of_trade is not None
        assert (of_trade.figures, of_trade.unmet, of_trade.waiting) == ((), "1 万元/月", 0)
        assert answer("月嫂一个月多少钱").lead.unmet == ""  # type: ignore[union-attr]

    def test_letters_mean_a_prefecture_before_names_that_begin_so(self) -> None:
        place = regions()["141100"]
        place.pinyin = "lv liang"
        place.save()
        brand("绿良茶工", region=regions()["429005"], industry="agriculture")
        found = names("lvliang")
        assert found[0] == "吕梁山护工"
        assert found.index("离石月嫂") < found.index("绿良茶工")

    def test_a_question_for_places_counts_provinces(self) -> None:
        brand("永川月嫂", region=regions()["500118"])
        brand("月嫂", region=regions()["500118"])  # which is no answer for all the others
        lead = answer("哪里有月嫂").lead
        assert lead is not None
        assert [(province.name, province.brands) for province in lead.provinces] == [("重庆", 2), ("山西", 1)]

    def test_an_article_that_is_called_like_a_question_is_found(self) -> None:
        article("没有别的。", title="月嫂一个月多少钱")
        assert names("月嫂一个月多少钱", DocumentKind.ARTICLE)[:1] == ["月嫂一个月多少钱"]

    def test_statements_do_not_grow_with_hits(self, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        answer("工匠")
        for number in range(20):
            program(f"工匠计划{number}", source=article(f"工匠计划{number}"))
        with django_assert_max_num_queries(24):
            answer("工匠")

    @pytest.mark.parametrize("typed", ["", "  ", "\x00"])
    def test_no_words_no_hits(self, typed: str) -> None:
        assert answer(typed).groups == []
        assert matching(typed).pks == []

    def test_what_cannot_be_asked(self) -> None:
        with pytest.raises(QueryError):
            answer("字" * 101)

    def test_matching_brands_in_order(self) -> None:
        found = matching("护工")
        assert found.pks[0] == hits("护工")[0].row.pk
        assert found.complete

    def test_more_than_are_ranked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Names that begin with the query come first, others fill the list up, and the count says so."""
        for number in range(6):
            brand(f"第{number}号工匠")
        brand("工匠人")
        brand("工匠")
        monkeypatch.setattr(find, "RANK_LIMIT", 4)
        for word in ("工匠", "号工匠"):
            question = Question(((Text(word),),), word)
            found = find.find(question, kinds=[DocumentKind.BRAND], limit=4)[0]
            assert (found.total, found.at_least, len(found.ranked)) == (4, True, 4)
        group = answer("工匠", kinds=[DocumentKind.BRAND]).groups[0]
        assert [hit.name for hit in group.hits[:2]] == ["工匠", "工匠人"]
        assert len({hit.id for hit in group.hits}) == len(group.hits) == 9
        assert not matching("工匠").complete

    @pytest.mark.parametrize("ahead", [find.AHEAD, 1])
    def test_what_was_typed_before_what_stands_for_it(self, monkeypatch: pytest.MonkeyPatch, ahead: int) -> None:
        """Among more than are ranked, and however few documents are looked at before all are."""
        for number in range(6):
            brand(f"第{number}号泥水师")
        typed = [brand(f"第{number}号陶瓦匠").pk for number in range(2)]
        monkeypatch.setattr(find, "RANK_LIMIT", 4)
        monkeypatch.setattr(find, "AHEAD", ahead)
        question = Question(((Text("陶瓦匠"), Text("泥水师", Why.SYNONYM)),), "陶瓦匠")
        found = find.find(question, kinds=[DocumentKind.BRAND], limit=4)[0]
        first = DocumentKind.BRAND.numbers[0]
        assert [ranked.number - first for ranked in found.ranked[:2]] == typed
        assert len({ranked.number for ranked in found.ranked}) == 4


@pytest.mark.usefixtures("catalogued")
def test_a_first_search_loads_no_dictionary() -> None:
    """Of a process: neither jieba nor pypinyin, whose dictionaries take longer to load than all the rest."""
    program = """
import sys, django; django.setup()
from brands.search.hits import answer
for typed in ("护工", "llshg"):
    assert answer(typed).hits
    print(sorted({name.split(".")[0] for name in sys.modules} & {"jieba", "pypinyin"}))
"""
    environment = {"DJANGO_SETTINGS_MODULE": "laobrand.settings", "DATABASE_URL": address(), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout == "[]\n[]\n"
