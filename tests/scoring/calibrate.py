"""Measures how far each rule is to be trusted, prints it and writes ingest/lexicon/confidence.toml.

    python -m tests.scoring.calibrate [--check]

A rule's confidence is the share of its facts that the gold has, over the gold that models are made from
(training/samples.py; what is held out measures and never teaches), as if it had found another
STRENGTH facts of which PRIOR were right: a rule that was seen twice is not trusted like one that was seen a hundred
times. A fact that several rules found counts for the one with the highest confidence, under which it is stored.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.lexicon import FOLDER, table
from tests.scoring.runs import GoldSet, Judged, corpus_folder, judged
from tests.scoring.training.samples import training_sets

# What a rule is believed to be worth before it was seen: the rules with the fewest facts were right about as often.
PRIOR = 0.75
# So many facts of its own weigh as much as that belief.
STRENGTH = 3

HEAD = f"""\
# How many of the facts found by each rule proved right, measured on the gold that models are made from, and drawn to
# {PRIOR} where few were seen: (right + {PRIOR} x {STRENGTH}) / (all + {STRENGTH}); behind each number: right / all.
# Written by `python -m tests.scoring.calibrate`, run until nothing changes; by hand only add a new rule, with {PRIOR}.
# Read by ingest/confidence.py. The rules for statistics keep their numbers in the code; room is here: [statistics].
"""

Table = dict[str, dict[str, float]]


def smoothed(right: int, number: int) -> float:
    """
    >>> smoothed(0, 0), smoothed(97, 97)
    (0.75, 0.992)
    """
    return round((right + PRIOR * STRENGTH) / (number + STRENGTH), 3)


def counted(facts: Iterable[Judged]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """How many facts of each (kind, rule) were right, and how many there were."""
    facts = list(facts)
    right = Counter((fact.kind, fact.rule) for fact in facts if fact.right)
    return right, Counter((fact.kind, fact.rule) for fact in facts)


def calibrated(facts: Iterable[Judged], known: Mapping[str, Iterable[str]]) -> Table:
    """The confidence of every rule of the kinds that are `known`, those that found nothing included."""
    right, number = counted(facts)
    rules = {kind: {rule for k, rule in number if k == kind} | set(listed) for kind, listed in known.items()}
    return {kind: {rule: smoothed(right[kind, rule], number[kind, rule]) for rule in rules[kind]} for kind in rules}


def written(numbers: Table, facts: Iterable[Judged]) -> str:
    """The text of the table, the surest rules first, each with what it was counted from."""
    right, number = counted(facts)
    lines = [HEAD]
    for kind, rules in numbers.items():
        lines.append(f"[{kind}]")
        for rule, confidence in sorted(rules.items(), key=lambda item: (-item[1], item[0])):
            key = f'"{rule}"' if "+" in rule else rule
            lines.append(f"{key} = {confidence:.3f}  # {right[kind, rule]} / {number[kind, rule]}")
        lines.append("")
    return "\n".join(lines)


def measured_sets(corpus: Path) -> list[GoldSet]:
    """The gold that rules are measured on: none that is held out, since confidence is a feature of the decision."""
    return [one.gold for one in training_sets(corpus)]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only print")
    arguments = parser.parse_args()
    corpus = corpus_folder()
    facts = judged(corpus, measured_sets(corpus))
    text = written(calibrated(facts, table("confidence")), facts)
    print(text)
    if not arguments.check:
        Path(FOLDER / "confidence.toml").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
