"""Why numbers and programs are missed or false, and what would be gained if one cause alone were gone.

    python -m tests.scoring.causes [statistics | programs]

Counts alone, so that held-out parts may be asked, too: no text, no name and no file is printed. The scorer's pairs are
taken as they are. A missed entry and a false fact of one page that tell of the same number (or program) are one fault,
told by what sets them apart; what is left over is missed alone or false alone. An entry that the gold calls optional
costs nothing where it is missed, and a false fact where it is found with another owner or metric. `mended` makes a
table of it: for each cause how many are missed and false, and the F1 there would be without them. Causes are mended
one at a time, so their gains do not add up.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from ingest.clean import clean
from ingest.extract import statistics
from ingest.numerals import find_numbers
from ingest.pipeline import extract_bytes
from ingest.read import read
from tests.scoring.harvest import PARTS, fresh, harvest, retold
from tests.scoring.runs import Facts, GoldSet, corpus_folder, extracted, own_gold, scorer

# What sets a missed entry and a false fact apart, or why there is but one of them.
NOT_RELEVANT = "its article is called irrelevant"
NO_NUMERAL = "the digits are not read, or as another number"
VALUE = "the number is there with another value"
REFUSED = "turned away: an aim, a firm's own, what was before"
STORY = "turned away: one person's, a scene"
NO_METRIC = "no word says what it counts"
NO_OWNER = "no owner, or joined to another figure"
METRIC = "metric"
METRIC_AND_OWNER = "metric and owner"
UNKNOWN_BRAND = "owner is a brand that is not found"
OTHER_BRAND = "another brand"
REGION_FOR_BRAND = "a division for a brand"
BRAND_FOR_REGION = "a brand for a division"
OTHER_REGION = "another division"
OTHER_PROGRAM = "a program, or another one"
SAID_TWICE = "a number that the gold has, told a second time"
READ_WRONGLY = "an article that the gold calls irrelevant is read"
NO_GOLD = "no figure in the gold"
LOST = (NOT_RELEVANT, NO_NUMERAL, VALUE, NO_METRIC, REFUSED, STORY, NO_OWNER)
OWNERS = (UNKNOWN_BRAND, OTHER_BRAND, REGION_FOR_BRAND, BRAND_FOR_REGION, OTHER_REGION, OTHER_PROGRAM)
STATISTICS = (*LOST, METRIC, METRIC_AND_OWNER, *OWNERS, SAID_TWICE, READ_WRONGLY, NO_GOLD)
# What does not part a right number from a wrong one in the score of statistics.
BESIDE = ("qualifier", "unit", "scope", "year", "upper end")

OTHER_NAME = "the name begins or ends elsewhere"
NOT_SEEN = "nothing is found there"
PROGRAMS = (NOT_RELEVANT, OTHER_NAME, NOT_SEEN, READ_WRONGLY, NO_GOLD)
# Names that share a stretch as long as this are of one program.
SHARED = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """A cause, and whether an entry of the gold is missed, a fact is false, or both."""

    cause: str
    missed: bool
    false: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the gold with what was found on it, and the scorer that compares both."""

    scorer: ModuleType
    gold: Facts
    found: Facts
    text: str
    numbers: Mapping[str, frozenset[float]]
    """The values that were read, and those that `read_number`, `is_refused` and `is_story` turned away."""

    def brand_names(self) -> list[set[str]]:
        norm = self.scorer.norm
        return [{norm(name) for name in [one["name"], *one.get("aliases", [])]} for one in self.gold["brands"]]

    def is_read(self, words: str) -> bool:
        """Whether the words stand in an article that was taken for one on labour brands."""
        squeezed = self.scorer.squeeze
        spans = [span for one in self.found["articles"] if one["relevant"] for span in one["spans"]]
        return any(squeezed(words) in squeezed(self.text[start:end]) for start, end in spans)

    def is_relevant(self) -> bool:
        """Whether the gold has an article of the page that is about labour brands, or may be."""
        return any(one["relevant"] or one.get("optional") for one in self.gold["articles"])


def pages_of(corpus: Path, gold: GoldSet) -> Iterator[Page]:
    module = scorer(corpus / "score.py")
    for path, text in zip(gold.gold, gold.texts(), strict=True):
        said = json.loads(path.read_text("utf-8"))
        yield Page(module, said, extracted(text), text.read_text("utf-8"), _turned_away(text))


def _turned_away(path: Path) -> Mapping[str, frozenset[float]]:
    """The values on a page at the stages where numbers are lost."""
    lost: dict[str, set[float]] = {"read_number": set(), "is_refused": set(), "is_story": set()}

    def recorded(name: str) -> Callable[..., Any]:
        asked = getattr(statistics, name)

        def ask(first: Any, *rest: Any) -> Any:
            answer = asked(first, *rest)
            if (answer is None) if name == "read_number" else answer:
                lost[name].add(float((first.number if name == "read_number" else rest[0]).value))
            return answer

        return ask

    with ExitStack() as stack:
        for name in lost:
            stack.enter_context(patch.object(statistics, name, recorded(name)))
        extract_bytes(path.name, path.read_bytes())
    numbers = find_numbers(clean(read(path.name, path.read_bytes())).text)
    return {name: frozenset(values) for name, values in lost.items()} | {
        "read": frozenset(float(number.value) for number in numbers)
    }


# --- numbers ----------------------------------------------------------------------------------------------------------


def of_statistics(page: Page) -> tuple[int, list[Fault], Counter[str]]:
    """How many required numbers are right, the faults, and what is wrong about the right ones."""
    names = page.brand_names()

    def same(gold: Facts, found: Facts) -> bool:
        return bool(page.scorer.same_statistic(gold, found, names=names))

    pairs, misses, extras = page.scorer.match(page.gold["statistics"], page.found["statistics"], same)
    right = [(gold, found) for gold, found in pairs if not gold.get("optional")]
    beside = Counter(word for gold, found in right for word in _wrong_beside(page, gold, found))
    false, faults = list(extras), []
    for gold in sorted(misses, key=lambda one: bool(one.get("optional"))):
        required = not gold.get("optional")
        same_number = (one for one in false if _overlaps(page, gold, one))
        twin = min(same_number, key=lambda one: _distance(page, gold, one), default=None)
        if twin is not None:
            false.remove(twin)
            faults.append(Fault(_apart(page, gold, twin, names), missed=required, false=True))
        elif required:
            faults.append(Fault(_why_missed(page, gold), missed=True, false=False))
    return len(right), faults + [Fault(_why_false(page, one), missed=False, false=True) for one in false], beside


def _wrong_beside(page: Page, gold: Facts, found: Facts) -> Iterator[str]:
    if found["qualifier"] != gold["qualifier"]:
        yield "qualifier"
    if (found["unit"] or "")[:1] != gold["unit"][:1]:
        yield "unit"
    if not page.scorer.same_scope(gold, found):
        yield "scope"
    if gold.get("as_of") and (found.get("as_of") or "")[:4] != gold["as_of"][:4]:
        yield "year"
    if gold.get("value_max") is not None and not page.scorer.close(gold["value_max"], found.get("value_max")):
        yield "upper end"


def _overlaps(page: Page, gold: Facts, found: Facts) -> bool:
    """Whether both tell of one number: the same value, or the words of one within those of the other."""
    if page.scorer.close(gold["value"], found["value"]):
        return True
    mine, other = page.scorer.squeeze(gold.get("stated") or ""), page.scorer.squeeze(found["stated"])
    return min(len(mine), len(other)) >= SHARED and (mine in other or other in mine)


def _distance(page: Page, gold: Facts, found: Facts) -> tuple[bool, bool, bool]:
    metrics = [gold["metric"], *gold.get("metric_any", [])]
    other_type = gold["subject"]["type"] != found["subject"]["type"]
    return not page.scorer.close(gold["value"], found["value"]), page.scorer.metric_of(found) not in metrics, other_type


def _apart(page: Page, gold: Facts, found: Facts, names: Sequence[set[str]]) -> str:
    if not page.scorer.close(gold["value"], found["value"]):
        return VALUE
    subjects = [gold["subject"], *gold.get("subject_any", [])]
    ours = any(page.scorer.same_subject(one, found["subject"], names) for one in subjects)
    if page.scorer.metric_of(found) not in [gold["metric"], *gold.get("metric_any", [])]:
        return METRIC if ours else METRIC_AND_OWNER
    kinds = (gold["subject"]["type"], found["subject"]["type"])
    if "program" in kinds:
        return OTHER_PROGRAM
    if gold["subject"]["type"] == "brand":
        group = next((g for g in names if page.scorer.norm(gold["subject"]["name"]) in g), set())
        if not any(page.scorer.norm(one["name"]) in group for one in page.found["brands"]):
            return UNKNOWN_BRAND
    return {
        ("brand", "brand"): OTHER_BRAND,
        ("brand", "region"): REGION_FOR_BRAND,
        ("region", "brand"): BRAND_FOR_REGION,
        ("region", "region"): OTHER_REGION,
    }[kinds]


def _why_missed(page: Page, gold: Facts) -> str:
    if not page.is_read(gold.get("stated") or ""):
        return NOT_RELEVANT
    value = float(gold["value"])
    if value not in page.numbers["read"]:
        return NO_NUMERAL
    for name, cause in (("is_refused", REFUSED), ("is_story", STORY), ("read_number", NO_METRIC)):
        if value in page.numbers[name]:
            return cause
    return NO_OWNER


def _why_false(page: Page, found: Facts) -> str:
    if not page.is_relevant():
        return READ_WRONGLY
    known = any(page.scorer.close(one["value"], found["value"]) for one in page.gold["statistics"])
    return SAID_TWICE if known else NO_GOLD


# --- programs ---------------------------------------------------------------------------------------------------------


def of_programs(page: Page) -> tuple[int, list[Fault], Counter[str]]:
    """As `of_statistics`, for programs; nothing is asked of the right ones."""
    pairs, misses, extras = page.scorer.match(page.gold["programs"], page.found["programs"], page.scorer.same_program)
    false, faults = list(extras), []
    for gold in misses:
        if gold.get("optional"):
            continue
        twin = next((one for one in false if _share(page, gold["name"], one["name"])), None)
        if twin is not None:
            false.remove(twin)
            faults.append(Fault(OTHER_NAME, missed=True, false=True))
        else:
            faults.append(Fault(NOT_SEEN if page.is_read(gold["name"]) else NOT_RELEVANT, missed=True, false=False))
    faults += [Fault(NO_GOLD if page.is_relevant() else READ_WRONGLY, missed=False, false=True) for _ in false]
    return sum(not gold.get("optional") for gold, _ in pairs), faults, Counter()


def _share(page: Page, one: str, other: str) -> bool:
    mine, theirs = page.scorer.norm(one), page.scorer.norm(other)
    return any(mine[at : at + SHARED + 1] in theirs for at in range(len(mine) - SHARED))


# --- the table --------------------------------------------------------------------------------------------------------

KINDS: dict[str, tuple[Callable[[Page], tuple[int, list[Fault], Counter[str]]], tuple[str, ...]]] = {
    "statistics": (of_statistics, STATISTICS),
    "programs": (of_programs, PROGRAMS),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """The faults of a set by cause, beside what is right."""

    right: int
    faults: Counter[Fault]
    beside: Counter[str]

    @classmethod
    def of(cls, kind: str, pages: Iterable[Page]) -> "Tally":
        right, faults, beside = 0, Counter[Fault](), Counter[str]()
        for page in pages:
            hits, wrong, aside = KINDS[kind][0](page)
            right, faults, beside = right + hits, faults + Counter(wrong), beside + aside
        return cls(right, faults, beside)

    def count(self, cause: str) -> tuple[int, int]:
        """How many are missed, and how many false, by a cause."""
        here = {fault: n for fault, n in self.faults.items() if fault.cause == cause}
        return sum(n for f, n in here.items() if f.missed), sum(n for f, n in here.items() if f.false)

    def f1(self, without: str = "") -> float:
        """The F1 as it is, or as it would be without one cause."""
        missed = sum(n for fault, n in self.faults.items() if fault.missed)
        false = sum(n for fault, n in self.faults.items() if fault.false)
        found, dropped = self.count(without)
        right = self.right + found
        return 2 * right / max(2 * right + missed - found + false - dropped, 1)


@cache
def counted(corpus: Path) -> tuple[GoldSet, ...]:
    """The sets, what may be looked at and what is held out apart."""
    sets = [own_gold().half("own, development", first=0), own_gold().half("own, held out", first=1)]
    for pages in (fresh(), retold(), harvest(corpus)):
        seen = [pages.part(part) for part in PARTS if part in pages.parts and part != "held-out"]
        sets += [GoldSet(f"{pages.name}, seen", sum((one.gold for one in seen), ()), seen[0].folders)]
        sets += [pages.part("held-out")]
    return tuple(sets)


def mended(kind: str, corpus: Path, sets: Sequence[GoldSet]) -> Iterator[str]:
    """The table: a row for each cause, `missed, false → F1 without it` for each set."""
    tallies = [Tally.of(kind, pages_of(corpus, one)) for one in sets]
    yield f"| {kind} | " + " | ".join(f"{one.name} ({len(one.gold)})" for one in sets) + " |"
    yield "| --- |" + " --- |" * len(sets)
    yield "| as it is: right, F1 | " + " | ".join(f"{one.right}, {one.f1():.3f}" for one in tallies) + " |"
    for cause in KINDS[kind][1]:
        cells = [(*one.count(cause), one.f1(cause)) for one in tallies]
        yield f"| {cause} | " + " | ".join(f"{m}, {f} → {v:.3f}" if m or f else "" for m, f, v in cells) + " |"
    for word in BESIDE if kind == "statistics" else ():
        yield f"| right, but {word} | " + " | ".join(str(one.beside[word] or "") for one in tallies) + " |"


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.scoring.causes", description="Faults by cause.")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="statistics or programs; both without one")
    options = parser.parse_args(arguments)
    if wrong := [kind for kind in options.kinds if kind not in KINDS]:
        parser.error(f"no such kind: {', '.join(wrong)}")
    corpus = corpus_folder()
    for kind in options.kinds or KINDS:
        print(*mended(kind, corpus, counted(corpus)), "", sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
