"""What the style sheet says, read from it: the colours in light and dark, their contrasts, and what a rule declares.

The page about the design and the tests ask here, so that neither repeats a number of the sheet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders

# Contrast of text with what is behind it: WCAG 2.2, 1.4.3, level AA.
READABLE = 4.5

# Every pair of colours in which text is set.
TEXTS = (
    ("ink", "paper"), ("ink", "card"), ("ink", "soft"), ("muted", "paper"), ("muted", "card"), ("muted", "soft"),
    ("accent", "paper"), ("accent", "card"), ("accent", "soft"), ("accent-ink", "accent"),
    ("ink", "brand"), ("ink", "program"), ("ink", "statistic"),
    ("step-low", "step-1"), ("step-low", "step-2"), ("step-low", "step-3"),
    ("step-high", "step-4"), ("step-high", "step-5"),
)  # fmt: skip

_COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
_RULE = re.compile(r"^([^@{}/][^{}]*?)\s*\{([^{}]*)\}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tone:
    """Two colours and the contrast between them."""

    text: str
    behind: str
    contrast: float

    @property
    def readable(self) -> bool:
        return self.contrast >= READABLE


@dataclass(frozen=True, slots=True)
class ColourPair:
    """A colour of text and one behind it, by their names, in light and in dark."""

    text: str
    behind: str
    light: Tone
    dark: Tone


def sheet() -> str:
    """The style sheet as it is written."""
    return Path(str(finders.find("laobrand.css"))).read_text(encoding="utf-8")


def light() -> dict[str, str]:
    """The colours by name."""
    return dict(_COLOUR.findall(_base()))


def dark() -> dict[str, str]:
    return dict(_COLOUR.findall(sheet().split("prefers-color-scheme: dark", maxsplit=1)[1].partition("}")[0]))


def pairs() -> list[ColourPair]:
    """All of `TEXTS`, measured."""
    day, night = light(), dark()
    return [ColourPair(text, behind, _tone(day, text, behind), _tone(night, text, behind)) for text, behind in TEXTS]


def declared(selector: str, property_name: str) -> str:
    """What the sheet's rules for exactly this selector, alone or among others, declare of a property; the last one
    counts. Rules for some screens alone are left out; what no rule declares is a KeyError."""
    found: list[str] = [
        declaration.partition(":")[2].strip()
        for selectors, body in _RULE.findall(_without_media())
        if selector in {one.strip() for one in selectors.split(",")}
        for declaration in body.split(";")
        if declaration.partition(":")[0].strip() == property_name
    ]
    if not found:
        raise KeyError(f"{selector} {{ {property_name} }}")
    return found[-1]


def rules() -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules for every screen."""
    yield from _RULE.findall(_without_media())


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    least, most = sorted((luminance(one), luminance(other)))
    return (most + 0.05) / (least + 0.05)


def _tone(colours: dict[str, str], text: str, behind: str) -> Tone:
    return Tone(colours[text], colours[behind], contrast(colours[text], colours[behind]))


def _base() -> str:
    return sheet().partition("@media")[0]


def _without_media() -> str:
    """The sheet without what stands in @media, and without comments."""
    text = re.sub(r"/\*.*?\*/", "", sheet(), flags=re.DOTALL)
    return re.sub(r"^@media[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", text, flags=re.MULTILINE)
