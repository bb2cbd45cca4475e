"""Search: every substring is found, every word must be, and marks are the matched characters."""

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from brands.models import Article, Brand, RegionName
from brands.search.index import PER_GROUP, Group, find_marks, search, snippet_of
from brands.search.query import MAX_QUERY, MAX_WORDS, QueryError, parse
from tests.brands.factories import article, brand, catalogue, program, regions


def groups(typed: str) -> dict[str, Group]:
    return {group.kind: group for group in search(parse(typed))}


def titles(typed: str, kind: str) -> list[str]:
    found = groups(typed)
    return [hit.title for hit in found[kind].hits] if kind in found else []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ()),
        ("  \u3000 ", ()),
        ("护工", ("护工",)),
        (" 山西\u3000护工 护工 ", ("山西", "护工")),
        ("护\x00工\u202e", ("护", "工")),
        ("a" * MAX_QUERY, ("a" * MAX_QUERY,)),
        (" ".join("一二三四五六七八"), tuple("一二三四五六七八")),
    ],
)
def test_words_of_a_query(typed: str, words: tuple[str, ...]) -> None:
    assert parse(typed).words == words


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("字" * (MAX_QUERY + 1), f"最多 {MAX_QUERY} 个字"),
        ("字" * 1_000_000, f"最多 {MAX_QUERY} 个字"),
        (" " * 10_000, f"最多 {MAX_QUERY} 个字"),
        (" ".join("一二三四五六七八九"), f"最多 {MAX_WORDS} 个"),
    ],
)
def test_queries_that_cannot_be_asked(typed: str, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        parse(typed)


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("吕梁山护工", ("山",), ["山"]),
        ("工匠工", ("工",), ["工", "工"]),
        ("AI训练师 ai", ("ai",), ["AI", "ai"]),
        ("吕梁山护工", ("吕梁", "护工"), ["吕梁", "护工"]),
        ("İstanbul ist", ("ist",), ["ist"]),
        ("吕梁山护工", ("月嫂",), []),
    ],
)
def test_marks_are_the_matched_characters(text: str, words: tuple[str, ...], marked: list[str]) -> None:
    assert [text[mark.start : mark.end] for mark in find_marks(text, words)] == marked


def test_snippets_stand_around_the_first_match() -> None:
    text = "前" * 100 + "护工" + "后" * 100
    snippet = snippet_of(text, ("护工",))
    assert snippet.startswith("…前")
    assert snippet.endswith("后…")
    assert "护工" in snippet
    assert snippet_of("护工", ("护工",)) == "护工"
    assert snippet_of("护工", ("月嫂",)) == ""


@pytest.mark.django_db
class TestSearch:
    @pytest.fixture(autouse=True)
    def _catalogue(self) -> None:
        catalogue()

    @pytest.mark.parametrize("name", ["吕梁山护工", "潜江裁缝"])
    def test_every_substring_of_a_name_finds_it(self, name: str) -> None:
        for start in range(len(name)):
            for end in range(start + 1, len(name) + 1):
                assert name in titles(name[start:end], "brand"), name[start:end]

    @pytest.mark.parametrize(
        ("typed", "names"),
        [
            ("吕梁护工", ["吕梁山护工"]),
            ("山西 护工", ["吕梁山护工"]),
            ("山西", ["离石月嫂", "吕梁山护工", "天镇保姆"]),
            ("吕梁市", ["离石月嫂", "吕梁山护工"]),
            ("文水", []),
            ("护工 裁缝", []),
            ("%", []),
            ("_", []),
            ("\\", []),
            ("'; DROP TABLE", []),
        ],
    )
    def test_brands(self, typed: str, names: list[str]) -> None:
        assert sorted(titles(typed, "brand")) == sorted(names)

    def test_the_name_itself_comes_first_then_its_beginning(self) -> None:
        brand("工")
        brand("工匠人")
        assert titles("工", "brand")[:2] == ["工", "工匠人"]

    def test_an_alias_that_matched_is_shown_and_marked(self) -> None:
        hit = groups("吕梁护工")["brand"].hits[0]
        assert hit.snippet == "吕梁护工"
        assert [hit.snippet[mark.start : mark.end] for mark in hit.snippet_marks] == ["吕梁护工"]

    def test_literary_names_find_what_lies_there(self) -> None:
        RegionName.objects.create(region=regions()["140000"], name="三晋", kind="literary")
        assert len(titles("三晋", "brand")) == 3
        assert titles("三晋 护工", "brand") == ["吕梁山护工"]
        assert titles("三", "region") == [], "a literary name must be meant as a whole"

    def test_regions_from_large_to_small(self) -> None:
        assert titles("市", "region") == ["重庆市", "大同市", "吕梁市", "潜江市"]

    def test_programs(self) -> None:
        assert titles("指导意见", "program") == ["《劳务品牌建设指导意见》"]

    def test_articles_by_title_and_text(self) -> None:
        assert titles("走出大山 天镇", "article") == ["护工走出大山"]
        hit = groups("9万余名")["article"].hits[0]
        assert "9万余名" in hit.snippet

    def test_a_neighbour_on_the_page_is_not_the_article(self) -> None:
        article("护工的事。别的事：信访。", title="护工的事", spans=[[0, 5]])
        assert titles("信访", "article") == []

    def test_what_is_not_public_is_not_found(self) -> None:
        Brand.objects.filter(name="吕梁山护工").update(review="rejected")
        Article.objects.filter(title="护工走出大山").update(relevant=False)
        assert titles("吕梁山", "brand") == []
        assert titles("走出大山", "article") == []

    def test_groups_are_cut_and_counted(self) -> None:
        for number in range(PER_GROUP + 3):
            brand(f"第{number}号工匠")
        found = groups("号工匠")["brand"]
        assert (len(found.hits), found.total) == (PER_GROUP, PER_GROUP + 3)

    def test_statements_do_not_grow_with_hits(self, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        source = article("很多工匠。")
        for number in range(20):
            program(f"工匠计划{number}", source=article(f"工匠计划{number}"))
        assert source.pk
        with django_assert_max_num_queries(8):
            search(parse("工匠"))

    def test_no_words_no_hits(self) -> None:
        assert search(parse("")) == []
