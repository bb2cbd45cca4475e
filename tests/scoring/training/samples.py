"""The articles trained on: the `train` parts of real pages, the corpus's own gold, our gold's development half."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.clean import clean
from ingest.read import read
from ingest.records import ExtractedArticle
from ingest.segment import segment
from tests.scoring.harvest import harvest, retold
from tests.scoring.runs import Facts, GoldSet, corpus_gold, own_gold

# Articles that tell of the same brands, or are of one source, lie in one of so many folds.
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """An article of a page with the gold of the page. `about` is None where the gold calls the article optional;
    `harvested` tells a real page (tests/scoring/harvest.py), which nobody had read who wrote the rules."""

    file: str
    fold: int
    article: ExtractedArticle
    about: bool | None
    gold: Facts
    harvested: bool


def training_sets(corpus: Path) -> tuple[GoldSet, ...]:
    """The gold that models are made from; all other gold only tells how good they are."""
    real = (pages.part("train") for pages in (harvest(corpus), retold()))
    return (*real, corpus_gold(corpus), own_gold().half("own, development", first=0))


@cache
def training_samples(corpus: Path) -> tuple[Sample, ...]:
    """The articles of the training sets, in a fixed order."""
    return tuple(samples(training_sets(corpus), harvest(corpus).groups() | retold().groups()))


def samples(sets: Iterable[GoldSet], group_of: dict[str, str]) -> Iterator[Sample]:
    """The articles of gold sets that the gold knows. A file without a group is a group of its own."""
    for one in sets:
        for path, text in zip(one.gold, one.texts(), strict=True):
            gold = json.loads(path.read_text(encoding="utf-8"))
            fold = fold_of(group_of.get(text.name, text.name))
            page = read(text.name, text.read_bytes())
            articles = segment(page, clean(page))
            for article in articles:
                told = _told(article, gold, alone=len(articles) == 1)
                if told is not None:
                    about = None if told.get("optional") else bool(told["relevant"])
                    yield Sample(text.name, fold, article, about, gold, text.name in group_of)


def fold_of(group: str) -> int:
    return int(hashlib.sha256(f"fold {group}".encode()).hexdigest(), 16) % FOLDS


def _told(article: ExtractedArticle, gold: Facts, *, alone: bool) -> Facts | None:
    """What the gold says of an article: that with its title, or the only one."""
    listed: list[Facts] = gold["articles"]
    if alone and len(listed) == 1:
        return listed[0]
    mine = _letters(article.title)
    return next((told for told in listed if (other := _letters(told["title"])) in mine or mine in other), None)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)
