"""The cases of a run: number and seed say all, so that each can be made again."""

from dataclasses import dataclass
from random import Random

from tests.fuzz.encodings import encoded
from tests.fuzz.floods import FLOODS
from tests.fuzz.mutations import LIMIT, MUTATIONS
from tests.fuzz.pages import pages

# This share of the cases is flooded up to the limit; the others have some tens of KB.
LARGE = 0.03
SMALL = 60_000
FLOODED = 0.35
# So many mutations, one after the other, at most.
MOST = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A file to be read, and by what it was made."""

    label: str
    data: bytes


def make(seed: int, number: int, *, limit: int = LIMIT) -> Case:
    """Case `number` of the run with that seed, at most `limit` bytes long."""
    rng = Random(f"{seed}:{number}")
    large = limit > SMALL and rng.random() < LARGE
    text, label = _large(rng, limit) if large else _flooded(rng) if rng.random() < FLOODED else _mutated(rng, limit)
    codec, data = encoded(rng, text or "空")
    return Case(f"{label} as {codec}, seed {seed} number {number}", data[:limit])


def _large(rng: Random, limit: int) -> tuple[str, str]:
    flood = rng.choice(FLOODS)
    size = rng.choice((limit, rng.randint(SMALL, limit)))
    return flood(rng, size - 200), flood.__name__


def _flooded(rng: Random) -> tuple[str, str]:
    flood = rng.choice(FLOODS)
    text = flood(rng, int(SMALL ** (0.4 + 0.6 * rng.random())))
    return _spoilt(rng, text, flood.__name__, rng.choice((0, 0, 1)), SMALL)


def _mutated(rng: Random, limit: int) -> tuple[str, str]:
    return _spoilt(rng, rng.choice(pages()), "page", rng.randint(1, MOST), limit)


def _spoilt(rng: Random, text: str, label: str, times: int, limit: int) -> tuple[str, str]:
    for mutation in rng.choices(MUTATIONS, k=times):
        text = mutation(rng, text)[: limit // 3]
        label += f"+{mutation.__name__}"
    return text, label
