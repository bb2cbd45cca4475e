"""What each part of the way to a brand's name brings, and whether its confidence is true.

    python -m tests.scoring.name_layers

For sets of gold that no model is made from: the names found by rules alone, by the tagger alone, by both, and by the
decision, each with the gate of the word 劳务品牌 and with that of the page score, Traditional pages folded or not.
Then, over all these sets, what the decision claims of its candidates against what proved right, in ten bins, and the
review queue: the names by falling confidence, a quarter at a time. Figures alone; no miss is named.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from ingest.classify import THRESHOLD, classify
from ingest.clean import clean
from ingest.extract.context import Context
from ingest.extract.names import ASKED, by_rules
from ingest.extract.names_decided import ACCEPTED, OFFERED, candidates_of, chosen, probabilities
from ingest.learned.tagger import tagger
from ingest.name_shapes import key_of
from ingest.read import read
from ingest.records import ExtractedArticle
from ingest.segment import segment
from tests.scoring.harvest import harvest, retold
from tests.scoring.runs import GoldSet, corpus_folder, own_gold

# From this score on the tagger alone takes a name.
TAGGED = 0.5
BINS, QUARTERS = 10, 4

Names = dict[str, float]


@dataclass(frozen=True, slots=True)
class Read:
    """What the layers make of an article: keys of names with a confidence. `gated` are the verdicts of both gates."""

    gated: Mapping[str, bool]
    rules: Names
    tagged: Names
    decided: Names


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read, and the keys of the names that its gold requires, by brand, and of those it allows."""

    articles: tuple[Read, ...]
    required: tuple[frozenset[str], ...]
    optional: frozenset[str]

    def right(self, key: str) -> bool:
        return any(key in names for names in self.required)


LAYERS: dict[str, Callable[[Read], Names]] = {
    "rules alone": lambda one: one.rules,
    "tagger alone": lambda one: {key: score for key, score in one.tagged.items() if score >= TAGGED},
    "both": lambda one: one.rules | {key: score for key, score in one.tagged.items() if score >= TAGGED},
    "decision": lambda one: {key: score for key, score in one.decided.items() if score >= ACCEPTED},
}
GATES = ("the word", "page score")


def unseen_sets(corpus: Path) -> tuple[GoldSet, ...]:
    """The gold that no model is made from."""
    real = (pages.part(part) for pages in (harvest(corpus), retold()) for part in ("development", "held-out"))
    return (*real, own_gold().half("own, held out", first=1))


def pages_of(gold: GoldSet) -> Iterator[Page]:
    for path, text in zip(gold.gold, gold.texts(), strict=True):
        brands = json.loads(path.read_text(encoding="utf-8"))["brands"]
        keys = [(bool(b.get("optional")), frozenset(map(key_of, (b["name"], *b.get("aliases", ()))))) for b in brands]
        page = read(text.name, text.read_bytes())
        yield Page(
            tuple(_read(article) for article in segment(page, clean(page))),
            tuple(names for optional, names in keys if not optional),
            frozenset(key for optional, names in keys if optional for key in names),
        )


def _read(article: ExtractedArticle) -> Read:
    verdict, context, model = classify(article), Context.of(article), tagger()
    gates = (not verdict.reason.startswith("its words") and verdict.relevant, verdict.relevant)
    ruled = by_rules(context)
    rules = {key_of(mention.name): mention.confidence for mention in ruled.mentions if mention.rule != "short-form"}
    if model is None or verdict.score < ASKED:
        return Read(dict(zip(GATES, gates, strict=True)), rules, {}, {})
    candidates = candidates_of(context, ruled, model, verdict.score)
    tagged = {key: max(one.tagged) for key, one in candidates.by_key.items() if one.tagged}
    likely = probabilities(candidates, verdict.score)
    return Read(dict(zip(GATES, gates, strict=True)), rules, tagged, dict(chosen(candidates, likely, least=0.0)))


def rates(pages: Iterable[Page], gate: str, layer: Callable[[Read], Names]) -> str:
    """Precision, recall and F1 of the names that a layer finds in the articles that a gate lets through."""
    right = false = missed = 0
    for page in pages:
        found = {key for one in page.articles if one.gated[gate] for key in layer(one)}
        hit = sum(not names.isdisjoint(found) for names in page.required)
        right, missed = right + hit, missed + len(page.required) - hit
        false += sum(not page.right(key) and key not in page.optional for key in found)
    precision, recall = right / max(right + false, 1), right / max(right + missed, 1)
    return f"{precision:.3f} / {recall:.3f} / {2 * right / max(2 * right + false + missed, 1):.3f}"


def judged(pages: Iterable[Page]) -> list[tuple[float, bool]]:
    """All candidates of articles that are read on, the likeliest first, and whether the gold requires them."""
    found = [
        (probability, page.right(key))
        for page in pages
        for one in page.articles
        if one.gated[GATES[1]]
        for key, probability in one.decided.items()
        if key not in page.optional
    ]
    return sorted(found, reverse=True)


def calibration(facts: Sequence[tuple[float, bool]]) -> Iterator[str]:
    for tenth in range(BINS):
        inside = [(p, right) for p, right in facts if min(int(p * BINS), BINS - 1) == tenth]
        if inside:
            claimed, true = (sum(column) for column in zip(*inside, strict=True))
            yield f"| {claimed / len(inside):.2f} | {true / len(inside):.2f} | {true} of {len(inside)} |"


def queue(facts: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """The names that are taken or offered, a quarter of them at a time."""
    shown = [(p, right) for p, right in facts if p >= OFFERED]
    for number in range(QUARTERS):
        part = shown[len(shown) * number // QUARTERS : len(shown) * (number + 1) // QUARTERS]
        true = sum(right for _, right in part)
        yield f"| {part[0][0]:.2f} to {part[-1][0]:.2f} | {true / len(part):.2f} | {true} of {len(part)} |"


def table(sets: Sequence[GoldSet], folding: AbstractContextManager[object], note: str) -> list[Page]:
    """Prints the rows of all gates and layers; gives all pages as they were read."""
    with folding:
        read_sets = [list(pages_of(gold)) for gold in sets]
    for gate in GATES:
        for name, layer in LAYERS.items():
            cells = " | ".join(rates(pages, gate, layer) for pages in read_sets)
            print(f"| {gate}{note}; {name} | {cells} |")
    return [page for pages in read_sets for page in pages]


def main() -> None:
    sets = unseen_sets(corpus_folder())
    print("| gate; what finds names (P / R / F1) |", " | ".join(f"{s.name} ({len(s.gold)})" for s in sets), "|")
    print("| --- |" + " --- |" * len(sets))
    table(sets, patch("ingest.clean.is_traditional", lambda text: False), ", not folded")
    pages = table(sets, nullcontext(), "")
    facts = judged(pages)
    print("\n| claimed | true | names |", "| --- | --- | --- |", *calibration(facts), sep="\n")
    print("\n| confidence | right | names |", "| --- | --- | --- |", *queue(facts), sep="\n")
    print(f"\nA page is read on from a score of {THRESHOLD}; a name is taken from {ACCEPTED}, offered from {OFFERED}.")


if __name__ == "__main__":
    main()
