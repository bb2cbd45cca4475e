"""The trained parts: their files are those that were measured, they give those figures, and nothing hangs on them."""

import logging
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.extract.names import find_brands
from ingest.learned import tagger as tagger_module
from ingest.learned.tagger import MODEL, tagger
from ingest.lexicon import FOLDER, table
from tests.ingest.articles import article
from tests.scoring.runs import own_gold, report
from tests.scoring.training.card import CARD
from tests.scoring.training.samples import training_samples
from tests.scoring.training.tagger import forms, labelled_sentences, train_tagger

MODELS = ("page_score", "brand_decision")


def test_the_model_is_the_one_that_was_measured() -> None:
    card = tomllib.loads(CARD.read_text(encoding="utf-8"))
    data = MODEL.read_bytes()
    assert (card["sha256"], card["bytes"]) == (sha256(data).hexdigest(), len(data))


def test_all_models_together_are_small() -> None:
    sizes = [(FOLDER / f"{name}.toml").stat().st_size for name in MODELS]
    assert max(sizes) <= 5_000
    assert sum(sizes) + MODEL.stat().st_size < 1_000_000


def test_they_give_the_figures_that_they_were_shipped_with(corpus: Path) -> None:
    found = tomllib.loads(CARD.read_text(encoding="utf-8"))["found"]
    made = report(corpus, own_gold())
    for kind in ("relevant_articles", "brands"):
        assert made[kind]["f1"] == pytest.approx(found[f"{kind}_f1"], abs=0.01), kind


@pytest.mark.parametrize("name", MODELS)
def test_no_name_of_a_brand_is_a_feature(corpus: Path, name: str) -> None:
    names = {form for sample in training_samples(corpus) for form in forms(sample.gold, optional=False)}
    assert names & set(table(name)["weights"]) == set()


def test_training_gives_the_same_bytes_again(corpus: Path, tmp_path: Path) -> None:
    taught = [one for sample in training_samples(corpus)[:8] for one in labelled_sentences(sample, 0.9)]
    made = []
    for name in ("one", "other"):
        train_tagger(taught, tmp_path / name)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(tagger_module, "MODEL", tmp_path / "none.crfsuite")
    tagger.cache_clear()
    yield
    tagger.cache_clear()


@pytest.mark.usefixtures("without_model")
def test_without_the_model_the_rules_stand_and_the_log_tells(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        told = article("劳务品牌“云岭绣娘”带动8000人就业。", score=0.9)
        assert {mention.name for mention in find_brands(told)} == {"云岭绣娘"}
    assert "rules alone" in caplog.text


def test_a_decision_gives_the_confidence() -> None:
    told = article("县里的劳务品牌“永川豆豉师”带动8000人就业，“永川豆豉师”年年外出务工。", score=0.9)
    confidences = {mention.confidence for mention in find_brands(told)}
    assert len(confidences) == 1
    assert 0.5 <= confidences.pop() < 1
