"""Trains lexicon/page_score.toml: the words stand there already, their weights are made anew."""

from collections.abc import Iterable
from pathlib import Path

from brands.vocabulary.script import simplified
from ingest.classify import THRESHOLD
from ingest.learned.page_score import page_features
from tests.scoring.training.logistic import Example, Rates, crossed, fitted, write
from tests.scoring.training.samples import Sample, told_of_sets, training_samples

# How freely the weights may grow; chosen before any figure was seen.
STRENGTH = 3.0

HEAD = """\
How much each word speaks for an article on labour brands (its weight times log(1 + count)); what begins with # is no
word but worked out in ingest/learned/page_score.py. Made by `make train`; to count another word, add it with 0.0 and
train again. Read by ingest/classify.py.

Made from {number} articles ({sets}).
By ten-fold cross-validation over groups of sources: {rates}.
"""


def page_examples(samples: Iterable[Sample]) -> list[Example]:
    return [
        Example(page_features(simplified(s.article.title), s.article.text.text), s.about, s.fold, s.weight)
        for s in samples
        if s.about is not None
    ]


def train_page_score(corpus: Path) -> str:
    """Writes the model; gives its cross-validated figures in words."""
    examples = page_examples(training_samples(corpus))
    rates = Rates.of(examples, crossed(examples, strength=STRENGTH), threshold=THRESHOLD)
    write(
        "page_score",
        fitted(examples, strength=STRENGTH),
        HEAD.format(number=len(examples), sets=told_of_sets(corpus), rates=rates),
    )
    return f"page score: {rates}"
