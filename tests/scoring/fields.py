"""How well the fields and details of brands are read: `python -m tests.scoring.fields [--pages NAME] [PART …]`.

Over the brands that were found and that the gold requires, a value counts as right where the gold has it, as wrong
where the gold has another or none, and as missed where only the gold has one. So a level that should be empty costs
precision. A gold file that names none of a field's values may be one whose annotator did not look for it: `SILENT` are
the fields for which only files count that have some.
"""

import json
import re
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType

from tests.scoring.harvest import chosen_parts
from tests.scoring.runs import Facts, GoldSet, corpus_folder, extracted, scorer

# Details, by what the gold calls them; the kind of a detail is `kind` there.
DETAILS = {
    "destinations": "destination",
    "trades": "trade",
    "training_place": "training_place",
    "honours": "honour",
    "trademark": "trademark",
    "contact": "contact",
}
FIELDS = ("level", "recognised_year", "batch", "organisation", "issuer", "document_number", *DETAILS)
# What nobody looked for in every file: all but the level, which the contract asks for.
SILENT = frozenset(FIELDS) - {"level"}


@dataclass(slots=True)
class Counted:
    """How often a field was read rightly, read otherwise than the gold has it, and not read."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


@dataclass(frozen=True, slots=True)
class Difference:
    """A brand of a page of which a field was read otherwise than the gold has it."""

    page: str
    brand: str
    field: str
    wanted: Collection[str]
    found: Collection[str]


def count_fields(gold: GoldSet, module: ModuleType) -> tuple[dict[str, Counted], list[Difference]]:
    """The counts of each field over a gold set, and what differs. `module` is the corpus's score.py."""
    counts = {field: Counted() for field in FIELDS}
    differing = []
    for path, text in zip(gold.gold, gold.texts(), strict=True):
        page, facts = json.loads(path.read_text(encoding="utf-8")), extracted(text)
        asked = [field for field in FIELDS if field not in SILENT or any(brand.get(field) for brand in page["brands"])]
        pairs, _, _ = module.match(page["brands"], facts["brands"], module.same_brand)
        for wanted, found in pairs:
            for field in asked if not wanted.get("optional") else ():
                one = Difference(path.stem, wanted["name"], field, values(wanted, field), read(found, field))
                if _count(one, counts[field], module.norm):
                    differing.append(one)
    return counts, differing


def _count(one: Difference, counted: Counted, norm: Callable[[str], str]) -> bool:
    """Add a brand's values to the counts; whether any differs."""
    left = list(one.wanted)
    wrong = 0
    for value in one.found:
        same = next((wanted for wanted in left if is_same(one.field, wanted, value, norm)), None)
        if same is None:
            wrong += 1
        else:
            left.remove(same)
    counted.right += len(one.wanted) - len(left)
    counted.wrong += wrong
    counted.missed += len(left)
    return bool(wrong or left)


def values(brand: Facts, field: str) -> list[str]:
    """The values that the gold has for a field: none, one, or several."""
    value = brand.get(field)
    return [str(one) for one in (value if isinstance(value, list) else [value]) if one]


def read(brand: Facts, field: str) -> list[str]:
    """The values that the extraction found: of destinations in the country the division's code, else the words."""
    if field in DETAILS:
        found = (one for one in brand["details"] if one["kind"] == DETAILS[field])
        return [one["region"] or one["value"] for one in found]
    return [str(brand[field])] if brand.get(field) else []


def is_same(field: str, wanted: str, found: str, norm: Callable[[str], str]) -> bool:
    """Whether both say the same: choices, years and codes to the letter, words also where one holds the other."""
    one, other = norm(wanted), norm(found)
    if field in {"level", "recognised_year", "batch"} or re.fullmatch("[0-9]{6}|[a-z]{2}", one):
        return one == other
    return bool(one and other) and (one in other or other in one)


def lines(counts: dict[str, Counted]) -> Iterator[str]:
    for field, told in counts.items():
        said = f"{field:18} precision {told.precision:.3f} recall {told.recall:.3f}"
        yield f"{said}   right {told.right} wrong {told.wrong} missed {told.missed}"


def main(arguments: Sequence[str]) -> None:
    corpus = corpus_folder()
    for chosen, verbose in chosen_parts(arguments, corpus, "fields", "Scores of brands' fields."):
        counts, differing = count_fields(chosen, scorer(corpus / "score.py"))
        told = (f"{one.page} {one.brand} {one.field}: {one.found} for {one.wanted}" for one in differing if verbose)
        print(*told, f"== {chosen.name}: {len(chosen.gold)} pages", *lines(counts), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
