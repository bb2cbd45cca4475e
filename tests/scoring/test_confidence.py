"""Confidence is measured, covers every rule, and orders the facts."""

from pathlib import Path

import pytest

from brands.vocabulary.choices import PUBLIC_CONFIDENCE
from ingest.confidence import confidence_of
from ingest.lexicon import table
from tests.scoring.calibrate import PRIOR, STRENGTH, calibrated, measured_sets, smoothed, written
from tests.scoring.confidence import rated, thirds
from tests.scoring.runs import ROOT, Judged, judged, own_gold

RULES = [(kind, rule) for kind, rules in table("confidence").items() for rule in rules]
KINDS = ("brands", "programs", "statistics")


@pytest.fixture(scope="module")
def facts(corpus: Path) -> list[Judged]:
    return judged(corpus, measured_sets(corpus))


@pytest.mark.parametrize(("kind", "rule"), RULES)
def test_every_rule_of_the_table_is_in_the_code(kind: str, rule: str) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "ingest" / "extract").glob("*.py"))
    assert f'"{rule}"' in code
    assert 0 < confidence_of(kind, rule) < 1


def test_a_rule_without_a_number_fails() -> None:
    with pytest.raises(KeyError):
        confidence_of("brands", "no-such-rule")


def test_what_is_held_out_measures_no_rule(corpus: Path) -> None:
    """The confidence of a rule is a feature of the decision: the half of our gold that judges it must not be in it."""
    held_out = set(own_gold().half("held out", first=1).gold)
    measured = {path for one in measured_sets(corpus) for path in one.gold}
    assert measured
    assert not measured & held_out


def test_few_facts_stay_near_the_belief() -> None:
    assert smoothed(0, 0) == PRIOR
    assert PRIOR < smoothed(2, 2) < smoothed(20, 20) < 1
    assert smoothed(0, STRENGTH) < PUBLIC_CONFIDENCE  # a rule that is wrong three times out of three is not public


def test_the_table_is_written_with_its_counts() -> None:
    facts = [Judged("brands", "a-rule", 0.9, True), Judged("brands", "a-rule", 0.9, False)]
    numbers = calibrated(facts, {"brands": ["b-rule"]})
    assert numbers == {"brands": {"a-rule": smoothed(1, 2), "b-rule": PRIOR}}
    lines = written(numbers, facts).splitlines()
    assert [line for line in lines if "-rule" in line] == ["b-rule = 0.750  # 0 / 0", "a-rule = 0.650  # 1 / 2"]


def test_the_numbers_are_those_of_the_gold(facts: list[Judged]) -> None:
    """Within what a few facts more or less can move: the table need not be made anew for each change."""
    for kind, rules in calibrated(facts, table("confidence")).items():
        for rule, measured in rules.items():
            assert confidence_of(kind, rule) == pytest.approx(measured, abs=0.15), (kind, rule)


@pytest.mark.parametrize("kinds", [("brands", "programs"), ("statistics",), KINDS], ids="+".join)
def test_precision_falls_with_confidence(facts: list[Judged], kinds: tuple[str, ...]) -> None:
    top, middle, bottom = thirds(fact for fact in facts if fact.kind in kinds)
    assert top >= middle >= bottom, (top, middle, bottom)
    assert top > bottom


def test_what_one_half_teaches_holds_on_the_other(corpus: Path) -> None:
    sets = measured_sets(corpus)
    halves = [judged(corpus, [one.half(one.name, first=first) for one in sets]) for first in (0, 1)]
    crossed = [f for a, b in (halves, halves[::-1]) for f in rated(b, calibrated(a, dict.fromkeys(KINDS, ())))]
    top, middle, bottom = thirds(crossed)
    assert top >= middle >= bottom, (top, middle, bottom)


def test_ties_are_not_ordered_by_luck() -> None:
    lucky = [Judged("brands", "a", 0.9, True)] * 2 + [Judged("brands", "a", 0.9, False)]
    assert thirds(lucky) == pytest.approx([2 / 3] * 3)
