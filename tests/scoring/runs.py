"""The gold sets, their halves, and what the extraction finds in their articles: what the scores are made of."""

import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from ingest.export import export_line
from ingest.pipeline import extract_bytes

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

# What `export` makes of a page, or a gold file: both have the same form.
Facts = dict[str, Any]


def corpus_folder() -> Path:
    """The folder with the corpus (LAOBRAND_CORPUS, as in the README). SystemExit where it is missing."""
    folder = Path(os.environ.get("LAOBRAND_CORPUS") or ROOT.parent / "shared" / "corpus")
    if not (folder / "score.py").is_file():
        raise SystemExit(f"no corpus at {folder}: set LAOBRAND_CORPUS to the folder with score.py")
    return folder


@cache
def scorer(path: Path) -> ModuleType:
    """The corpus's own score.py, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("corpus_score", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Gold files and the folders that hold their articles."""

    name: str
    gold: tuple[Path, ...]
    folders: tuple[Path, ...]

    @classmethod
    def of(cls, name: str, gold: Path, *folders: Path) -> "GoldSet":
        return cls(name, tuple(sorted(gold.glob("*.json"))), folders)

    def half(self, name: str, *, first: int) -> "GoldSet":
        """Every second file in the order of names, from place `first` (0: the odd places, 1: the even ones)."""
        return GoldSet(name, self.gold[first::2], self.folders)

    def texts(self) -> tuple[Path, ...]:
        """The articles, in the order of their gold."""
        asked = (json.loads(path.read_text(encoding="utf-8"))["file"] for path in self.gold)
        return tuple(next(f / name for f in self.folders if (f / name).is_file()) for name in asked)


def corpus_gold(corpus: Path) -> GoldSet:
    return GoldSet.of("corpus", corpus / "gold", corpus / "seeds", corpus / "retold")


def own_gold() -> GoldSet:
    """The gold of this folder, which other people wrote than those who wrote the rules."""
    return GoldSet.of("own", HERE / "gold", ROOT / "ingest" / "samples", HERE / "articles")


@cache
def extracted(path: Path) -> Facts:
    """The facts of an article, as `extract_facts` prints them."""
    facts: Facts = json.loads(export_line(extract_bytes(path.name, path.read_bytes())))
    return facts


def report(corpus: Path, gold: GoldSet) -> dict[str, Any]:
    """The report of the corpus's score.py over a gold set."""
    return report_with_misses(corpus, gold)[0]


def report_with_misses(corpus: Path, gold: GoldSet, *, verbose: bool = False) -> tuple[dict[str, object], list[str]]:
    """The report and, where `verbose`, a line for each miss and each extra."""
    found = {path.name: extracted(path) for path in gold.texts()}
    with tempfile.TemporaryDirectory() as folder:
        for path in gold.gold:
            shutil.copy(path, folder)
        module = scorer(corpus / "score.py")
        made: tuple[dict[str, Any], list[str]] = module.score(Path(folder), found, list(gold.folders), verbose)
    return made


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact that was found: by which rule, with which confidence, and whether the gold has it."""

    kind: str
    rule: str
    confidence: float
    right: bool


def judged(corpus: Path, gold: Iterable[GoldSet]) -> list[Judged]:
    """Every fact found in the gold sets, without those that the gold calls optional."""
    module = scorer(corpus / "score.py")
    found: list[Judged] = []
    for one in gold:
        for path, text in zip(one.gold, one.texts(), strict=True):
            found.extend(_judged(module, json.loads(path.read_text(encoding="utf-8")), extracted(text)))
    return found


def _judged(module: ModuleType, gold: Facts, facts: Facts) -> Iterable[Judged]:
    names = [{module.norm(n) for n in [b["name"], *b.get("aliases", [])]} for b in gold["brands"]]
    tests = {
        "brands": module.same_brand,
        "programs": module.same_program,
        "statistics": lambda one, other: module.same_statistic(one, other, names=names),
    }
    for kind, same in tests.items():
        pairs, _, extras = module.match(gold[kind], facts[kind], same)
        hits = [(fact, True) for entry, fact in pairs if not entry.get("optional")]
        for fact, right in [*hits, *((fact, False) for fact in extras)]:
            yield Judged(kind, fact["rule"], fact["confidence"], right)
