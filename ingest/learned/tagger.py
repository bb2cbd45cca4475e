"""A tagger of names: a conditional random field over characters that proposes where names of brands may stand.

The model, ``brand_tagger.crfsuite`` in this folder, is read by python-crfsuite. Without the file or the library there
are no proposals, and the extraction works by its rules alone.
"""

import logging
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ingest.frozen import frozen
from ingest.learned.name_features import Marked, name_features
from ingest.sentences import Sentences
from ingest.text import Span

try:
    import pycrfsuite
except ImportError:
    pycrfsuite = None

MODEL = Path(__file__).with_name("brand_tagger.crfsuite")

# A span is proposed where its first and its last character have this probability.
LEAST = 0.04

# Characters of a proposed name.
MIN_SPAN, MAX_SPAN = 2, 16


@frozen()
class NameProposal:
    """The characters ``[start, end)`` of a text, which may be a name; `score` is the least probability on the way."""

    start: int
    end: int
    score: float


class NameTagger:
    """A trained model, asked sentence by sentence."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def proposals(self, marked: Marked, sentences: Sentences, score: float) -> Iterator[NameProposal]:
        """The spans of an article that may be names, in the order of their beginnings; none past the marked text."""
        for sentence in sentences.spans:
            if sentence.end <= len(marked.text) and _may_name(marked, sentence):
                self._model.set(name_features(marked, sentence.start, sentence.end, score))
                yield from self._spans(sentence.start, len(sentence))

    def _spans(self, offset: int, size: int) -> Iterator[NameProposal]:
        marginal = self._model.marginal
        ends = {at: p for at in range(1, size) if (p := marginal("E", at)) >= LEAST}
        for first in range(size - 1):
            if not ends:
                return
            least = marginal("B", first)
            for last in range(first + 1, min(first + MAX_SPAN, size)):
                if least < LEAST:
                    break
                if last in ends:
                    yield NameProposal(offset + first, offset + last + 1, min(least, ends[last]))
                least = min(least, marginal("I", last))


def _may_name(marked: Marked, sentence: Span) -> bool:
    """Whether a sentence is worth the time: it quotes, lists, says 品牌, or names a place and a trade."""
    text = sentence.of(marked.text)
    if len(text) < MIN_SPAN or any(mark in text for mark in _NAMING):
        return len(text) >= MIN_SPAN
    trades = sentence.of(marked.trade)
    return "B" in sentence.of(marked.place) and any(size in trades for size in _LONG_TRADES)


_LONG_TRADES = "23456"
_NAMING = ("“", "「", "『", "、", "品牌")


@cache
def tagger() -> NameTagger | None:
    """The tagger, or None where its library or its model is not installed; the log tells that once."""
    if pycrfsuite is None or not MODEL.is_file():
        logging.getLogger(__name__).warning("names are found by rules alone: no python-crfsuite, or no %s", MODEL.name)
        return None
    model = pycrfsuite.Tagger()
    model.open(str(MODEL))
    return NameTagger(model)
