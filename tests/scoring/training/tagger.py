"""Trains the tagger of names, ingest/learned/brand_tagger.crfsuite."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pycrfsuite

from brands.vocabulary.script import simplified
from ingest.learned.name_features import Marked, name_features
from ingest.place_mentions import places_in
from ingest.sentences import sentences_of
from tests.scoring.runs import Facts
from tests.scoring.training.samples import Sample

# How the training is held back; chosen before any figure was seen.
SETTINGS = {"c1": 0.05, "c2": 0.02, "max_iterations": 60, "feature.minfreq": 2}

Labelled = tuple[list[list[str]], list[str]]


def train_tagger(labelled: Iterable[Labelled], path: Path) -> None:
    """Write the model of labelled sentences. The same sentences in the same order give the same model."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(SETTINGS)
    for features, labels in labelled:
        trainer.append(features, labels)
    trainer.train(str(path))


def labelled_sentences(sample: Sample, score: float) -> Iterator[Labelled]:
    """The sentences of an article with B, I, E at the characters of its brands and O elsewhere. A sentence with a name
    that the gold calls optional is left out: it teaches neither."""
    text = sample.article.text.text
    marked, labels = Marked(text, places_in(text)), labels_of(text, forms(sample.gold, optional=False))
    doubtful = forms(sample.gold, optional=True)
    for sentence in sentences_of(text).spans:
        if len(sentence) > 1 and not any(name in sentence.of(text) for name in doubtful):
            features = name_features(marked, sentence.start, sentence.end, score)
            yield features, labels[sentence.start : sentence.end]


def labels_of(text: str, names: Sequence[str]) -> list[str]:
    """A label for each character; of names in names the longer one counts."""
    labels = ["O"] * len(text)
    for name in names:
        at = text.find(name)
        while at >= 0:
            if set(labels[at : at + len(name)]) == {"O"}:
                labels[at : at + len(name)] = ["B", *"I" * (len(name) - 2), "E"]
            at = text.find(name, at + 1)
    return labels


def forms(gold: Facts, *, optional: bool) -> list[str]:
    """The names and other names of the brands of a page that are, or are not, optional; the longest first."""
    brands = [brand for brand in gold["brands"] if bool(brand.get("optional")) == optional]
    found = {simplified(name) for brand in brands for name in (brand["name"], *brand.get("aliases", ()))}
    return sorted((name for name in found if len(name) > 1), key=lambda name: (-len(name), name))
