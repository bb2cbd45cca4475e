"""Traditional pages and pages with pronunciations give what the same page gives without them."""

import pytest

from ingest.orthography import as_printed, is_traditional, pronunciations
from ingest.pipeline import extract_bytes
from ingest.records import PageFacts, bearing

TRADITIONAL = "勞務品牌帶富山鄉\n\n近日，壽寧縣認定“壽寧茶師”“壽寧月嫂”兩個勞務品牌，帶動就業2600多人。\n"
SIMPLIFIED = "劳务品牌带富山乡\n\n近日，寿宁县认定“寿宁茶师”“寿宁月嫂”两个劳务品牌，带动就业2600多人。\n"
SPOKEN = SIMPLIFIED.replace("劳务", "劳务(wù)").replace("月嫂", "月（yuè）嫂(sǎo)")


def facts(text: str) -> PageFacts:
    return extract_bytes("a.txt", text.encode())


def test_a_traditional_page_says_what_its_simplified_form_says() -> None:
    said, plain = facts(TRADITIONAL), facts(SIMPLIFIED)
    assert [b.name for b in said.brands] == ["壽寧茶師", "壽寧月嫂"]
    assert [b.name in s.aliases for b, s in zip(plain.brands, said.brands, strict=True)] == [True, True]
    assert [b.region for b in said.brands] == [b.region for b in plain.brands] == ["350924"] * 2
    assert [s.value for s in said.statistics] == [s.value for s in plain.statistics] != []


def test_what_is_shown_of_a_traditional_page_is_as_printed() -> None:
    said = facts(TRADITIONAL)
    assert said.articles[0].title == "勞務品牌帶富山鄉"
    for brand in said.brands:
        assert all(quote.span.of(TRADITIONAL) == brand.name for quote in bearing(brand.quotes))


def test_a_traditional_title_of_the_front_matter_counts() -> None:
    head = "---\ntitle: 勞務品牌帶富山鄉\n---\n"
    found = facts(head + TRADITIONAL.split("\n\n")[1]).articles[0]
    assert (found.title, found.relevant) == ("勞務品牌帶富山鄉", True)


def test_pronunciations_in_brackets_are_noise() -> None:
    said, plain = facts(SPOKEN), facts(SIMPLIFIED)
    assert [b.name for b in said.brands] == [b.name for b in plain.brands] != []
    assert {q.span.of(SPOKEN) for b in said.brands for q in bearing(b.quotes)} == {"寿宁茶师", "寿宁月（yuè）嫂"}


@pytest.mark.parametrize("text", ["乾县“乾县面匠”是劳务品牌，带动就业。", "", "ABC", "五千人外出，月收入六千元。"])
def test_a_few_characters_of_the_table_make_no_traditional_text(text: str) -> None:
    assert not is_traditional(text)


def test_a_traditional_text_is_one() -> None:
    assert is_traditional(TRADITIONAL)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("旮旯（gā lá）里", "旮旯里"),
        ("品(pin)牌(pái)", "品牌"),
        ("重5吨（5t）、12（km）", "重5吨（5t）、12（km）"),
        ("手机软件（APP）", "手机软件（APP）"),
        ("第一段(a)", "第一段"),
        ("5(wu)", "5(wu)"),
    ],
)
def test_only_syllables_behind_characters_go(text: str, left: str) -> None:
    assert pronunciations().sub("", text) == left


def test_a_name_gets_the_characters_of_the_page() -> None:
    assert as_printed("后坪里工匠", "後坪裏\n工匠") == "後坪裏工匠"
    assert as_printed("天镇保姆", "天镇保姆") == "天镇保姆"
    assert as_printed("寿宁茶师", "壽寧") == "壽寧茶师"
