"""What the extraction finds of the corpus's gold. The floors only rise."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ingest.export import export_line
from ingest.pipeline import extract_bytes

F1 = {"relevant_articles": 0.90, "brands": 0.85, "statistics": 0.65}
ACCURACY = {"region": 0.90, "grounded": 1.0}


@pytest.fixture(scope="module")
def report(corpus: Path) -> Any:
    """The report of the corpus's own score over the seeds and the retold articles."""
    folders = [corpus / "seeds", corpus / "retold"]
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    lines = (export_line(extract_bytes(path.name, path.read_bytes())) for path in paths)
    found = {facts["file"]: facts for facts in map(json.loads, lines)}
    assert found, f"no articles in {folders}"
    return scorer(corpus / "score.py").score(corpus / "gold", found, folders)[0]


def scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("kind", "floor"), F1.items())
def test_f1_is_above_its_floor(report: Any, kind: str, floor: float) -> None:
    assert report[kind]["f1"] >= floor, report[kind]


@pytest.mark.parametrize(("what", "floor"), ACCURACY.items())
def test_accuracy_is_above_its_floor(report: Any, what: str, floor: float) -> None:
    assert report["accuracy"][what]["rate"] >= floor, report["accuracy"][what]


def test_the_gold_was_compared(report: Any) -> None:
    """A score of nothing would be perfect."""
    assert report["brands"]["tp"] + report["brands"]["fn"] > 100
    assert report["accuracy"]["grounded"]["of"] > 300
