"""Which pairs are looked at. To compare each record with each other one would take 5·10⁹ comparisons for 100,000.

Each name is put down under what a double of it would share: the name itself, its sound, the name without its places,
the name less one character, and the ends of a long name, each within the record's division. Then each record looks
under the same words in its own division and in those that hold it, and under each part of its names for shorter names.
So a record costs as many looks as its names have characters and parts, L + L²/2 of them in at most five divisions each,
whatever the number of records; a word under which more than `MOST` stand is no mark of anything, and is passed over.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from curation.duplicates.records import Record, holders, sound

# Records under one word and division.
MOST = 200

# Characters of a name that is looked for in longer ones: 月嫂 stands in a thousand names.
SHORTEST_PART = 3

# Characters of a name whose parts are looked at.
LONGEST = 40

# Characters of a name that is looked for with one character more, less or other.
SHORTEST_MISSPELT = 4

# Characters of a name that is looked for by its beginning and its end, and of these: more than one may differ.
LONG, END = 10, 6

# Places of two records in the list, the lower first.
Pair = tuple[int, int]


def candidates(records: Sequence[Record]) -> set[Pair]:
    """The pairs of records that are worth judging."""
    found = _sharing(records) | _containing(records) | _in_one_article(records)
    return {(min(pair), max(pair)) for pair in found if pair[0] != pair[1]}


def _sharing(records: Sequence[Record]) -> set[Pair]:
    """Pairs under one word in divisions of which one holds the other, or of which one is unknown."""
    shelves: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    common = _common(records)
    for at, record in enumerate(records):
        for word in _among(common, record):
            shelves[word][record.region].append(at)
    found: set[Pair] = set()
    for at, record in enumerate(records):
        for word in _among(common, record):
            for code in holders(record.region):
                found.update((at, other) for other in _few(shelves[word].get(code, ())))
    return found


def _common(records: Sequence[Record]) -> set[int]:
    """The hashes of the words that more than one record has. Most words only one has: without these, a search among
    20,000 records takes 200 MB at its peak instead of 300."""
    seen: set[int] = set()
    again: set[int] = set()
    for record in records:
        for word in {hash(word) for word in marks(record)}:
            (again if word in seen else seen).add(word)
    return again


def _among(common: set[int], record: Record) -> set[str]:
    return {word for word in marks(record) if hash(word) in common}


def marks(record: Record) -> Iterator[str]:
    """What a double of the record would share."""
    for key in record.keys:
        yield f"={key}"
        yield f"~{sound(key)}"
        if len(key) >= SHORTEST_MISSPELT:
            yield f"-{key}"
            yield from (f"-{key[:at]}{key[at + 1 :]}" for at in range(len(key)))
        if len(key) >= LONG:
            yield f"^{key[:END]}"
            yield f"${key[-END:]}"
    yield from (f"+{core}" for core in record.cores | {*record.keys})


def _containing(records: Sequence[Record]) -> set[Pair]:
    """Pairs of which one has a name within a name of the other. The longer one looks, upwards from its division to
    those that hold it and downwards to all in it."""
    here: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    below: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    names = {key for record in records for key in record.keys if len(key) >= SHORTEST_PART}
    within = {part for record in records for key in record.keys for part in parts(key) if part in names}
    for at, record in enumerate(records):
        for key in {*record.keys} & within:
            here[key, record.region].append(at)
            for code in holders(record.region):
                below[key, code].append(at)
    found: set[Pair] = set()
    for at, record in enumerate(records):
        for part in {part for key in record.keys for part in parts(key)} & within:
            found.update((at, other) for other in _few(below.get((part, record.region), ())))
            for code in holders(record.region):
                found.update((at, other) for other in _few(here.get((part, code), ())))
    return found


def parts(key: str) -> Iterator[str]:
    """The parts of a name that may be a shorter one."""
    if len(key) <= LONGEST:
        for start in range(len(key) - SHORTEST_PART + 1):
            for end in range(start + SHORTEST_PART, len(key) + 1):
                if end - start < len(key):
                    yield key[start:end]


def _in_one_article(records: Sequence[Record]) -> set[Pair]:
    """Pairs of one name in one article, wherever they are: the place may have been misread."""
    shelves: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        for article in {naming.article for naming in record.namings}:
            shelves[record.keys[0], article].append(at)
    return {pair for shelf in shelves.values() for pair in combinations(_few(shelf), 2)}


def _few(shelf: Sequence[int]) -> Iterable[int]:
    return shelf if len(shelf) <= MOST else ()
