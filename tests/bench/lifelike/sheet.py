"""A page's text as it is written, with the places of what was put into it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

# Half-open, in code points of the page's text.
Place = tuple[int, int]

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Said:
    """Where a sentence stands, and where in it stand the values of its slots."""

    sentence: Place
    places: Mapping[str, Place]


@dataclass(slots=True)
class Sheet:
    """Text to which sentences are added; `length` is that of the text so far."""

    parts: list[str] = field(default_factory=list)
    length: int = 0

    def write(self, text: str) -> Place:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length

    def say(self, template: str, values: Mapping[str, str]) -> Said:
        """The sentence with the values in its slots."""
        start = self.length
        places = {}
        for number, part in enumerate(_parts(template)):
            if number % 2:
                places[part] = self.write(values[part])
            elif part:
                self.write(part)
        return Said((start, self.length), places)

    @property
    def text(self) -> str:
        return "".join(self.parts)


@cache
def _parts(template: str) -> tuple[str, ...]:
    """Text and names of slots by turns, text first."""
    return tuple(_SLOT.split(template))
