"""Real pages with their gold, and how they are split.

    python -m tests.scoring.harvest [PART …] [--pages NAME] [--verbose]

Three sets: `harvest` lies in the corpus, `retold` and `fresh` beside this file. Each holds `texts/`, `gold/` and
SOURCES.tsv.
Pages of one group tell of the same brands, so a group lies in one part whole. The part is told by the group's SHA-256
hash, so that it was settled before anybody read a page: of 100 buckets `train` has 60, `development` 15, `held-out` 25.
What rules or models are made from is `train`; `development` may be looked at; of `held-out` the figures alone are
taken, and its misses are never named. `fresh` was annotated when the rules stood, to tell whether what is changed later
holds on pages that it was not made from: its buckets are halved, one half may be looked at.
"""

import argparse
import csv
import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.scoring.runs import HERE, ROOT, GoldSet, corpus_folder, report_with_misses

# The parts in the order of their buckets, each with the first bucket behind it.
PARTS = {"train": 60, "development": 75, "held-out": 100}
HALVES = {"development": 50, "held-out": 100}

# Where those retold pages are that a new installation begins with besides the samples.
STARTER = tuple(ROOT / "ingest" / "starter" / folder for folder in ("numbers_read", "numbers_wait"))


def part_of(group: str, parts: Mapping[str, int] = PARTS) -> str:
    """The part in which all pages of a group lie."""
    bucket = int(hashlib.sha256(group.encode()).hexdigest(), 16) % 100
    return next(name for name, end in parts.items() if bucket < end)


@cache
def sources(folder: Path) -> tuple[dict[str, str], ...]:
    """The rows of a set's SOURCES.tsv."""
    with (folder / "SOURCES.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@dataclass(frozen=True, slots=True)
class Pages:
    """A set of real pages."""

    name: str
    folder: Path
    """With SOURCES.tsv and the gold."""
    texts: tuple[Path, ...]
    parts: Mapping[str, int] = field(default_factory=lambda: PARTS)

    def groups(self) -> dict[str, str]:
        """The group of each text, by file name."""
        return {row["file"]: row["group"] for row in sources(self.folder)}

    def part(self, part: str) -> GoldSet:
        """The gold of one part, empty where the set has no such part. KeyError for a text that SOURCES.tsv lacks."""
        by_file, gold = self.groups(), sorted((self.folder / "gold").glob("*.json"))
        chosen = (path for path in gold if part_of(by_file[f"{path.stem}.txt"], self.parts) == part)
        return GoldSet(f"{self.name}, {part}", tuple(chosen), self.texts)


def harvest(corpus: Path) -> Pages:
    return Pages("harvest", corpus / "harvest", (corpus / "harvest" / "texts",))


def retold() -> Pages:
    return Pages("retold", HERE / "retold", (HERE / "retold" / "texts", *STARTER))


def fresh() -> Pages:
    return Pages("fresh", HERE / "fresh", (HERE / "fresh" / "texts",), HALVES)


def main(arguments: Sequence[str]) -> None:
    corpus = corpus_folder()
    for chosen, verbose in chosen_parts(arguments, corpus, "harvest", "Scores on real pages."):
        made, misses = report_with_misses(corpus, chosen, verbose=verbose)
        print(*misses, f"== {chosen.name}: {len(chosen.gold)} pages", *rows(made), sep="\n")


def chosen_parts(
    arguments: Sequence[str], corpus: Path, command: str, description: str
) -> Iterator[tuple[GoldSet, bool]]:
    """The gold of the parts that a command line names, and whether misses may be named: never those of the held-out
    part. SystemExit for a part that there is not."""
    sets = {pages.name: pages for pages in (harvest(corpus), retold(), fresh())}
    parser = argparse.ArgumentParser(prog=f"python -m tests.scoring.{command}", description=description)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one of {', '.join(PARTS)}; all without one")
    parser.add_argument("--pages", choices=sets, default="harvest", help="which set of pages (harvest without it)")
    parser.add_argument("--verbose", action="store_true", help="name each miss; of the held-out part none is named")
    options = parser.parse_args(arguments)
    if wrong := [part for part in options.parts if part not in PARTS]:
        parser.error(f"no such part: {', '.join(wrong)}")
    for part in options.parts or PARTS:
        yield sets[options.pages].part(part), options.verbose and part != "held-out"


def rows(made: dict[str, Any]) -> Iterator[str]:
    """A report as lines of text, a measure a line."""
    for kind, row in made.items():
        if kind != "accuracy":
            said = " ".join(f"{name} {row[name]:.3f}" for name in ("precision", "recall", "f1"))
            yield f"{kind:28} {said}   tp {row['tp']} fp {row['fp']} fn {row['fn']}"
    for what, row in made["accuracy"].items():
        yield f"{what:28} {row['rate']:.3f}   {row['right']}/{row['of']}"


if __name__ == "__main__":
    main(sys.argv[1:])
