"""Whether figures say what their sentences say: prints it, and writes ingest/lexicon/meaning.toml.

    python -m tests.scoring.meaning [--check]

The digits of a figure are hardly ever wrong; its meaning may be: of whom it is (owner), what it counts (metric), what
it measures (scope), and of which year it is. A figure is right here only if all four are. Measured on pages whose gold
may be read (the `train` and `development` parts of real pages, our own gold's development half), so that the held-out
parts stay what nothing was decided by.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import ModuleType

from brands.vocabulary.choices import PUBLIC_CONFIDENCE
from ingest.lexicon import FOLDER
from tests.scoring.harvest import harvest, retold
from tests.scoring.runs import Facts, GoldSet, corpus_folder, extracted, own_gold, scorer

# Fewer figures than this give no rate of their own.
ENOUGH = 15
# Where one band of confidence ends and the next begins; the second is where figures become public.
BANDS = (0.0, PUBLIC_CONFIDENCE, 0.75, 0.85, 1.01)


# So many figures of its own weigh as much as what is known of figures in general.
STRENGTH = 10

HEAD = f"""\
# How many figures of each metric and scope proved right in owner, metric, scope and year, drawn to those of all where
# few were seen: (right + all figures' share x {STRENGTH}) / (number + {STRENGTH}); behind each: right / number.
# Written by `python -m tests.scoring.meaning` from gold that is not held out. Read by ingest/confidence.py: where this
# is below the threshold of what is public, figures of the kind wait for review, however sure their rules are.
"""


@dataclass(frozen=True, slots=True)
class Meant:
    """A figure that was found, and whether the gold says the same."""

    metric: str
    scope: str
    confidence: float
    right: bool

    @property
    def public(self) -> bool:
        return self.confidence >= PUBLIC_CONFIDENCE


def open_gold(corpus: Path) -> tuple[GoldSet, ...]:
    """The gold that confidences may be measured on; the corpus's own pages are those that the rules were made on."""
    real = (pages.part(part) for pages in (harvest(corpus), retold()) for part in ("train", "development"))
    return (*real, own_gold().half("own, development", first=0))


def meant(corpus: Path, sets: Iterable[GoldSet]) -> list[Meant]:
    """The figures found in the articles of gold sets, without those that the gold calls optional."""
    module = scorer(corpus / "score.py")
    return [
        one
        for gold in sets
        for path, text in zip(gold.gold, gold.texts(), strict=True)
        for one in _judged(module, json.loads(path.read_text(encoding="utf-8")), extracted(text))
    ]


def _judged(module: ModuleType, gold: Facts, facts: Facts) -> Iterator[Meant]:
    names = [{module.norm(n) for n in [b["name"], *b.get("aliases", [])]} for b in gold["brands"]]

    def same(one: Facts, other: Facts) -> bool:
        return bool(module.same_statistic(one, other, names=names))

    pairs, _, extras = module.match(gold["statistics"], facts["statistics"], same)
    for entry, fact in pairs:
        if not entry.get("optional"):
            yield _meant(fact, right=bool(module.same_scope(entry, fact)) and _same_year(entry, fact))
    yield from (_meant(fact, right=False) for fact in extras)


def _meant(fact: Facts, *, right: bool) -> Meant:
    return Meant(fact["metric"], fact["scope"], fact["confidence"], right)


def _same_year(entry: Facts, fact: Facts) -> bool:
    """Gold dates a figure only where the text does."""
    return not (entry.get("as_of") and fact["as_of"]) or entry["as_of"][:4] == fact["as_of"][:4]


def precision(figures: Sequence[Meant]) -> float:
    return sum(one.right for one in figures) / max(len(figures), 1)


def by(figures: Iterable[Meant], key: Callable[[Meant], str]) -> dict[str, list[Meant]]:
    """The figures by what the key says of them, the most frequent first."""
    found: dict[str, list[Meant]] = defaultdict(list)
    for one in figures:
        found[key(one)].append(one)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def band(one: Meant) -> str:
    """The band of confidence in which a figure lies."""
    low, high = next((a, b) for a, b in pairwise(BANDS) if a <= one.confidence < b)
    return f"{low:.2f} to {min(high, 1):.2f}"


def rates(figures: Sequence[Meant]) -> Iterator[tuple[str, float, int]]:
    """A name, the precision and the number of: all figures, those that are public and those that wait, those of each
    metric and of each scope. What has fewer than `ENOUGH` is put together."""
    yield "all", precision(figures), len(figures)
    state = by(figures, lambda one: "public" if one.public else "waits for review")
    yield from ((name, precision(some), len(some)) for name, some in sorted(state.items()))
    for kind, key in (("metric", lambda one: one.metric), ("scope", lambda one: one.scope)):
        yield from _of_kind(kind, by(figures, key))


def _of_kind(kind: str, grouped: Mapping[str, Sequence[Meant]]) -> Iterator[tuple[str, float, int]]:
    few = [one for some in grouped.values() if len(some) < ENOUGH for one in some]
    for name, some in grouped.items():
        if len(some) >= ENOUGH:
            yield f"{kind} {name}", precision(some), len(some)
    if few:
        yield f"other {kind}s", precision(few), len(few)


def written(figures: Sequence[Meant]) -> str:
    """The text of the table: by metric, the value of each scope that was seen, and that of the others."""
    common = precision(figures)
    lines = [HEAD + f"unseen = {common:.3f}"]
    for metric, some in sorted(by(figures, lambda one: one.metric).items()):
        lines += ["", f"[{metric}]"]
        for scope, own in sorted(by(some, lambda one: one.scope).items()):
            right = sum(one.right for one in own)
            value = (right + common * STRENGTH) / (len(own) + STRENGTH)
            lines.append(f"{scope} = {value:.3f}  # {right} / {len(own)}")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only print")
    arguments = parser.parse_args()
    corpus = corpus_folder()
    figures = meant(corpus, open_gold(corpus))
    for name, share, number in rates(figures):
        print(f"{name:28} {share:.3f} of {number}")
    for name, some in sorted(by(figures, band).items()):
        print(f"confidence {name:17} {precision(some):.3f} of {len(some)}")
    if not arguments.check:
        (FOLDER / "meaning.toml").write_text(written(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
