"""A small run of the fuzzer, and that it finds what was planted."""

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.pipeline import extract_bytes
from tests.fuzz import planted
from tests.fuzz.__main__ import main, run
from tests.fuzz.cases import make
from tests.fuzz.floods import FLOODS, HEAD, Flood
from tests.fuzz.judging import NAME, judge
from tests.fuzz.mutations import LIMIT, MUTATIONS, PAIRS, WORDS, Mutation
from tests.fuzz.pages import pages
from tests.needs import tries

SEED = 7
CASES = 50
# Bytes of the largest case here: the command goes up to 2 MB.
SMALL = 40_000


@pytest.mark.parametrize("number", range(CASES))
def test_a_spoilt_page_is_turned_away_or_gives_true_facts(number: int) -> None:
    case = make(SEED, number, limit=SMALL)
    verdict = judge(case.data)
    assert not (*verdict.exceptions, *verdict.ungrounded), case.label


def test_seed_and_number_say_all() -> None:
    first = [make(SEED, number) for number in range(12)]
    assert first == [make(SEED, number) for number in range(12)]
    assert len({case.data for case in first}) == 12
    assert all(len(case.data) <= LIMIT for case in first)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_each_mutation_spoils_a_page(mutation: Mutation) -> None:
    spoilt = [mutation(Random(number), pages()[0]) for number in range(4)]
    assert any(text != pages()[0] for text in spoilt)
    assert spoilt[0] == mutation(Random(0), pages()[0])


@pytest.mark.parametrize("flood", FLOODS, ids=lambda flood: flood.__name__)
def test_each_flood_fills_its_size(flood: Flood) -> None:
    sizes = [len(flood(Random(number), 3000).encode("utf-8", "surrogatepass")) for number in range(6)]
    assert all(1500 < size < 3300 for size in sizes)


def phrases() -> st.SearchStrategy[str]:
    """Text of words that rules ask for, quotes around anything, and pieces of real articles."""
    word = st.sampled_from(WORDS)
    quote = st.builds(lambda pair, inner: pair[0] + inner + pair[1], st.sampled_from(PAIRS), st.text(max_size=12))
    real = st.builds(
        lambda text, at, size: text[at : at + size], st.sampled_from(pages()), st.integers(0, 900), st.integers(1, 60)
    )
    return st.lists(st.one_of(word, quote, real, st.text(max_size=5)), max_size=60).map("".join)


@settings(max_examples=tries(150, 40), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(phrases(), st.sampled_from(("", HEAD, "---\ntitle: 劳务品牌\n---\n", "劳务品牌“")))
def test_words_in_any_order_give_true_facts(text: str, head: str) -> None:
    verdict = judge((head + text).encode("utf-8", "surrogatepass"))
    assert not (*verdict.exceptions, *verdict.ungrounded)


@settings(max_examples=tries(100, 40), deadline=None, derandomize=True)
@given(st.binary(max_size=300), st.sampled_from((b"", b"---\n", "劳务品牌“".encode(), "劳务品牌".encode("gb18030"))))
def test_any_bytes_are_turned_away_or_give_true_facts(data: bytes, head: bytes) -> None:
    verdict = judge(head + data)
    assert not (*verdict.exceptions, *verdict.ungrounded)


def test_a_planted_slow_expression_is_found_and_its_case_saved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = run(SEED, range(1), jobs=1, folder=tmp_path, extract=planted.slow, patience=3.0)
    assert report.exceptions, "no case hung"
    told = re.search(r"(\S+\.bin) \((\d+) bytes.*hung", capsys.readouterr().err)
    assert told, "the case that hung is not told"
    assert Path(told[1]).stat().st_size == int(told[2])


def test_a_planted_false_fact_is_found() -> None:
    page = pages()[0].encode()
    true = judge(page)
    assert true.facts > 3
    assert (true.exceptions, true.ungrounded) == ((), ())  # this process is as large as the tests before have made it
    false = judge(page, planted.careless).ungrounded
    assert any("no evidence holds" in told for told in false)


def test_a_planted_exception_is_found_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = run(SEED, range(8), jobs=1, folder=tmp_path, extract=planted.failing)
    assert report.exceptions
    assert "KeyError: 'a' [planted.py:" in capsys.readouterr().err
    assert len(list(tmp_path.iterdir())) == report.found


def test_the_command_says_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["fuzz", "--cases", "2", "--seed", str(SEED)])
    status = main()
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert out.startswith("2 cases (")
    assert status in (0, 1)


def test_the_pages_are_fine_as_they_are() -> None:
    for text in pages()[:10]:
        assert extract_bytes(NAME, text.encode()).articles
