"""What is public is rather right in meaning, and a kind of figure that proves wrong waits."""

import tomllib
from pathlib import Path

import pytest

from brands.vocabulary.choices import PUBLIC_CONFIDENCE, Metric, Scope
from ingest import confidence
from ingest.lexicon import FOLDER, table
from tests.ingest.extract.told import BRAND, one
from tests.scoring.meaning import BANDS, STRENGTH, Meant, band, meant, open_gold, precision, rates, written


@pytest.fixture(scope="module")
def figures(corpus: Path) -> list[Meant]:
    return meant(corpus, open_gold(corpus))


def test_public_figures_are_right_and_those_that_wait_less_often(figures: list[Meant]) -> None:
    public, waiting = ([one for one in figures if one.public is state] for state in (True, False))
    assert precision(public) > 0.87
    assert precision(waiting) < precision(public) - 0.08


def test_no_held_out_page_is_measured(corpus: Path) -> None:
    names = [gold.name for gold in open_gold(corpus)]
    assert "own, development" in names
    assert {name.partition(", ")[2] for name in names} == {"train", "development"}


def test_the_table_is_that_of_the_gold(figures: list[Meant]) -> None:
    """Within what a few figures more or less can move: the table need not be made anew for each change."""
    stored = tomllib.loads((FOLDER / "meaning.toml").read_text(encoding="utf-8"))
    for metric, scopes in tomllib.loads(written(figures)).items():
        measured = scopes if isinstance(scopes, dict) else {"": scopes}
        for scope, value in measured.items():
            kept = stored.get(metric, {}).get(scope, stored["unseen"]) if scope else stored["unseen"]
            assert kept == pytest.approx(value, abs=0.2), (metric, scope)


def test_the_table_names_what_there_is() -> None:
    for metric, scopes in table("meaning").items():
        if metric != "unseen":
            assert metric in Metric.values
            assert set(scopes) <= set(Scope.values)


def test_a_kind_that_proves_wrong_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    told = f"“{BRAND}”带动就业6万人。"
    assert one(told).quotes[0].confidence >= PUBLIC_CONFIDENCE
    wrong = [Meant("employment", "total", 0.9, right=False)] * (2 * STRENGTH)
    right = [Meant("training", "total", 0.9, right=True)] * (2 * STRENGTH)
    made = tomllib.loads(written([*wrong, *right]))
    assert made["employment"]["total"] < PUBLIC_CONFIDENCE < made["training"]["total"]
    monkeypatch.setattr(confidence, "table", lambda name: made if name == "meaning" else table(name))
    assert one(told).quotes[0].confidence < PUBLIC_CONFIDENCE
    assert one(f"“{BRAND}”累计培训6万人。").quotes[0].confidence >= PUBLIC_CONFIDENCE


def test_few_figures_are_drawn_to_all() -> None:
    some = [Meant("events", "new", 0.9, right=False), *[Meant("funding", "each", 0.9, right=True)] * 9]
    made = tomllib.loads(written(some))
    assert made["unseen"] == 0.9
    assert 0.8 < made["events"]["new"] < 0.9 < made["funding"]["each"] < 1


def test_rates_and_bands() -> None:
    some = [Meant("events", "new", value, right=value > 0.6) for value in (0.4, 0.55, 0.7, 0.8, 0.99)]
    told = {name: (share, number) for name, share, number in rates(some)}
    assert told["all"] == (0.6, 5)
    assert told["public"] == (0.75, 4)
    assert told["waits for review"] == (0.0, 1)
    assert told["other metrics"] == told["other scopes"] == (0.6, 5)
    assert len({band(one) for one in some}) == len(BANDS) - 1
