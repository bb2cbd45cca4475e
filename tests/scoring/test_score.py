"""What the extraction finds of both golds, the corpus's and our own (see README.md here). The floors only rise,
unless the gold itself was mended."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ingest.export import export_line
from ingest.pipeline import extract_bytes

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "ingest" / "samples"

F1 = {
    "corpus": {
        "relevant_articles": 0.97,
        "brands": 0.98,
        "programs": 0.95,
        "statistics": 0.96,
        "statistics_without_subject": 0.97,
    },
    "own": {"relevant_articles": 0.97, "brands": 0.95, "programs": 0.90, "statistics": 0.88},
    "known": {"relevant_articles": 1.0, "brands": 1.0, "programs": 0.94, "statistics": 0.85},
}
ACCURACY = {
    "corpus": {
        "grounded": 1.0,
        "region": 0.97,
        "province": 1.0,
        "industry": 0.93,
        "qualifier": 0.98,
        "unit": 0.98,
        "as_of_year": 0.95,
        "articles_on_page": 0.90,
    },
    "own": {"grounded": 1.0, "region": 0.96, "province": 0.98, "industry": 0.93, "qualifier": 0.98, "unit": 0.98},
}


@pytest.fixture(scope="module")
def reports(corpus: Path) -> dict[str, object]:
    """The reports of the corpus's own score: over its seeds and retold articles, over our gold, and its known part."""
    return {
        "corpus": _report(corpus, corpus / "gold", [corpus / "seeds", corpus / "retold"]),
        "own": _report(corpus, HERE / "gold", [SAMPLES, HERE / "articles"]),
        "known": _report(corpus, HERE / "gold" / "known", [SAMPLES]),
    }


def _report(corpus: Path, gold: Path, folders: list[Path]) -> object:
    asked = [json.loads(path.read_text(encoding="utf-8"))["file"] for path in sorted(gold.glob("*.json"))]
    paths = [next(f / name for f in folders if (f / name).exists()) for name in asked]
    lines = (export_line(extract_bytes(path.name, path.read_bytes())) for path in paths)
    found = {facts["file"]: facts for facts in map(json.loads, lines)}
    return scorer(corpus / "score.py").score(gold, found, folders)[0]


def scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _cases(floors: dict[str, dict[str, float]]) -> list[tuple[str, str, float]]:
    return [(gold, what, floor) for gold, wanted in floors.items() for what, floor in wanted.items()]


@pytest.mark.parametrize(("gold", "kind", "floor"), _cases(F1))
def test_f1_is_above_its_floor(reports: dict[str, Any], gold: str, kind: str, floor: float) -> None:
    assert reports[gold][kind]["f1"] >= floor, reports[gold][kind]


@pytest.mark.parametrize(("gold", "what", "floor"), _cases(ACCURACY))
def test_accuracy_is_above_its_floor(reports: dict[str, Any], gold: str, what: str, floor: float) -> None:
    assert reports[gold]["accuracy"][what]["rate"] >= floor, reports[gold]["accuracy"][what]


@pytest.mark.parametrize("gold", ["corpus", "own"])
def test_the_gold_was_compared(reports: dict[str, Any], gold: str) -> None:
    """A score of nothing would be perfect."""
    assert reports[gold]["brands"]["tp"] + reports[gold]["brands"]["fn"] > 100
    assert reports[gold]["accuracy"]["grounded"]["of"] > 300
