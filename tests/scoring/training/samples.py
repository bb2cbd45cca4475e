"""The articles that are trained on, each with its gold, its fold and how much it counts."""

import hashlib
import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from ingest.clean import clean
from ingest.read import read
from ingest.records import ExtractedArticle, RawPage
from ingest.segment import segment
from tests.scoring.harvest import PARTS, Pages, fresh, harvest, retold
from tests.scoring.runs import HERE, ROOT, Facts, GoldSet, corpus_gold, own_gold

# Articles that tell of the same brands, or are of one source, lie in one of so many folds.
FOLDS = 10

# How much an article counts that the authors of the rules had read, and one that was made up for the purpose.
SEEN, INVENTED = 0.7, 0.4

# Invented pages for turns of phrase that are rare in the gold.
FRAMES = Path(__file__).with_name("frames.toml")


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Gold that is trained on. `unseen` are pages that nobody had read who wrote the rules; files of one of `groups`
    lie in one fold, and a file without one is a group of its own."""

    gold: GoldSet
    unseen: bool = False
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sample:
    """An article of a page with the gold of the page. `about` is None where the gold calls the article optional."""

    file: str
    fold: int
    article: ExtractedArticle
    about: bool | None
    gold: Facts
    weight: float = SEEN

    @property
    def unseen(self) -> bool:
        return self.weight == 1.0


def training_sets(corpus: Path) -> tuple[TrainingSet, ...]:
    """The gold that models are made from, beside the invented pages; all other gold only tells how good they are.

    Not the retold pages: twice models made from them too were worse on the held-out parts (docs/extraction.md).
    """
    return (
        TrainingSet(harvest(corpus).part("train"), unseen=True, groups=harvest(corpus).groups()),
        TrainingSet(corpus_gold(corpus)),
        TrainingSet(own_gold().half("our gold, development half", first=0)),
        *staff_gold(corpus),
    )


def staff_gold(corpus: Path) -> Iterator[TrainingSet]:
    """What `manage.py export_gold` wrote to the folder that LAOBRAND_GOLD names, if any: all pages but those that the
    other gold has, since some of that is held out. SystemExit where there is no such gold."""
    named = os.environ.get("LAOBRAND_GOLD")
    if not named:
        return
    pages = Pages("decisions of the staff", Path(named), (Path(named) / "texts",))
    if not (pages.folder / "SOURCES.tsv").is_file():
        raise SystemExit(f"no gold at {named}: LAOBRAND_GOLD names a folder that `manage.py export_gold` wrote")
    every = GoldSet.of(pages.name, pages.folder / "gold", *pages.texts)
    known = _known_texts(corpus)
    new = (path for path, text in zip(every.gold, every.texts(), strict=True) if _text(text) not in known)
    yield TrainingSet(replace(every, gold=tuple(new)), unseen=True, groups=pages.groups())


def _known_texts(corpus: Path) -> set[str]:
    """The texts of all other gold, whatever it is for."""
    known = GoldSet.of("known", HERE / "gold" / "known", ROOT / "ingest" / "samples")
    parts = (pages.part(part) for pages in (harvest(corpus), retold(), fresh()) for part in PARTS)
    return {_text(path) for gold in (known, own_gold(), corpus_gold(corpus), *parts) for path in gold.texts()}


def _text(path: Path) -> str:
    return read(path.name, path.read_bytes()).text


def told_of_sets(corpus: Path) -> str:
    """The training sets in words, for the head of what is made from them."""
    told = (f"{one.gold.name}: {len(one.gold.gold)} pages" for one in training_sets(corpus))
    return "; ".join([*told, "invented pages"])


@cache
def training_samples(corpus: Path) -> tuple[Sample, ...]:
    """The articles of the training sets, in a fixed order."""
    return (*(sample for one in training_sets(corpus) for sample in samples_of(one)), *_invented())


def samples_of(one: TrainingSet) -> Iterator[Sample]:
    """The articles of a set that its gold knows."""
    for path, text in zip(one.gold.gold, one.gold.texts(), strict=True):
        gold = json.loads(path.read_text(encoding="utf-8"))
        fold = fold_of(one.groups.get(text.name, text.name))
        articles = _articles(read(text.name, text.read_bytes()))
        for article in articles:
            told = _told(article, gold, alone=len(articles) == 1)
            if told is not None:
                about = None if told.get("optional") else bool(told["relevant"])
                yield Sample(text.name, fold, article, about, gold, 1.0 if one.unseen else SEEN)


def _invented() -> Iterator[Sample]:
    """The articles of the invented pages."""
    for number, page in enumerate(tomllib.loads(FRAMES.read_text(encoding="utf-8"))["page"]):
        file = f"frame {number}"
        gold: Facts = {"brands": [{"name": name} for name in page["brands"].split()]}
        for article in _articles(read(file, page["text"].encode())):
            yield Sample(file, fold_of(file), article, page.get("about", True), gold, INVENTED)


def _articles(page: RawPage) -> tuple[ExtractedArticle, ...]:
    return tuple(segment(page, clean(page)))


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
