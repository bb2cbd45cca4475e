"""Where in an original text the words of a question stand: exactly the characters that matched."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from brands.search.conditions import Condition, Spelled, Text, Together
from brands.text.highlight import Mark
from brands.vocabulary.folding import bare, bare_places, fold

# Half open, in characters.
Stretch = tuple[int, int]

# Characters of a snippet before its first mark where it is cut, and at most in all.
AROUND, LONGEST = 24, 120

_SENTENCE = re.compile("[^\n。！？!?；;]+[。！？!?；;]*[”’」』）)]*")


@dataclass(frozen=True, slots=True)
class Snippet:
    """Part of a text, with the marks of it."""

    text: str = ""
    marks: tuple[Mark, ...] = ()


def in_text(text: str, word: Sequence[Condition]) -> list[Stretch]:
    """Where a word of a question stands in a text: by the first of its conditions that stands anywhere."""
    folded = fold(text)
    return next((found for one in word if (found := _stand(folded, one))), [])


def in_name(name: str, items: Sequence[str], word: Sequence[Condition]) -> list[Stretch]:
    """The same for a name, which may also be meant by its bare form or by its sound; `items` are the syllables of its
    characters, or empty."""
    folded = fold(name)
    return next((found for one in word if (found := _stand_in_name(folded, items, one))), [])


def marks(stretches: Iterable[Stretch]) -> list[Mark]:
    """One mark for each, but for those that lie in another."""
    kept: list[Stretch] = []
    for start, end in sorted(set(stretches), key=lambda stretch: (stretch[0], -stretch[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return [Mark(start, end) for start, end in kept]


def snippet(text: str, words: Sequence[Sequence[Condition]]) -> Snippet:
    """The sentence with the most of the words, the first of several; nothing where none stands in the text."""
    found = [stretches for word in words if (stretches := in_text(text, word))]
    if not found:
        return Snippet()
    sentences = [match.span() for match in _SENTENCE.finditer(text)]
    inside = {sentence: sum(_holds(sentence, stretches) for stretches in found) for sentence in sentences}
    best = max(sentences, key=inside.__getitem__, default=(0, 0))
    every = sorted(stretch for stretches in found for stretch in stretches)
    if not inside.get(best):  # a word that runs from one sentence into the next
        best = (every[0][0], max(every[0][1], every[0][0] + LONGEST))
    return _cut(text, best, [stretch for stretch in every if _holds(best, [stretch])])


def _cut(text: str, sentence: Stretch, stretches: Sequence[Stretch]) -> Snippet:
    """The sentence, or what stands around its first mark where it is long."""
    start, end = sentence[0], min(sentence[1], len(text))
    if end - start > LONGEST:
        start = max(start, min(stretches[0][0] - AROUND, end - LONGEST))
        end = min(end, start + LONGEST)
    lead = "…" if start > sentence[0] else ""
    tail = "…" if end < sentence[1] and end < len(text) else ""
    moved = [(max(a, start), min(b, end)) for a, b in stretches if a < end and b > start]
    shown = text[start:end].replace("\n", " ")
    return Snippet(
        f"{lead}{shown}{tail}", tuple(marks((a - start + len(lead), b - start + len(lead)) for a, b in moved))
    )


def _holds(sentence: Stretch, stretches: Iterable[Stretch]) -> bool:
    return any(sentence[0] <= start and end <= sentence[1] for start, end in stretches)


def _stand(folded: str, one: Condition) -> list[Stretch]:
    if isinstance(one, Together):
        return [stretch for word in one.words for stretch in next(filter(None, (_stand(folded, c) for c in word)), [])]
    return list(_find(folded, one.text)) if isinstance(one, Text) else []


def _stand_in_name(folded: str, items: Sequence[str], one: Condition) -> list[Stretch]:
    if isinstance(one, Together):
        parts = (next(filter(None, (_stand_in_name(folded, items, c) for c in word)), []) for word in one.words)
        return [stretch for part in parts for stretch in part]
    if isinstance(one, Spelled):
        return one.reading.matches(items, folded) if len(items) == len(folded) else []
    if isinstance(one, Text):
        return list(_find(folded, one.text)) or _find_bare(folded, one.text)
    return []


def _find(folded: str, text: str) -> Iterator[Stretch]:
    at = folded.find(text) if text else -1
    while at >= 0:
        yield at, at + len(text)
        at = folded.find(text, at + len(text))


def _find_bare(folded: str, text: str) -> list[Stretch]:
    """Where the text stands in the bare form of a name, without the marks that stand between its characters."""
    places = bare_places(folded)
    found = []
    for start, end in _find(bare(folded), text):
        run = enumerate(places[start:end])
        for _, group in groupby(run, key=lambda pair: pair[1] - pair[0]):
            together = [place for _, place in group]
            found.append((together[0], together[-1] + 1))
    return found
