"""The style sheet: readable in light and dark, small, and without a foreign address."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHEET = (ROOT / "static" / "laobrand.css").read_text(encoding="utf-8")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

HEAVIEST = 30_000
"""Bytes of the style sheet before compression."""

READABLE = 4.5
"""Contrast of text with what is behind it: WCAG 2.2, 1.4.3, level AA."""

TEXTS = [
    ("ink", "paper"), ("ink", "card"), ("ink", "soft"), ("muted", "paper"), ("muted", "card"), ("muted", "soft"),
    ("accent", "paper"), ("accent", "card"), ("accent", "soft"), ("accent-ink", "accent"),
    ("ink", "brand"), ("ink", "program"), ("ink", "statistic"),
    ("step-low", "step-1"), ("step-low", "step-2"), ("step-low", "step-3"),
    ("step-high", "step-4"), ("step-high", "step-5"),
]  # fmt: skip
"""Every pair of colours in which text is set."""


def palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


LIGHT = palette(SHEET.split("@media", maxsplit=1)[0])
DARK = palette(SHEET.split("prefers-color-scheme: dark", maxsplit=1)[1].split("}", maxsplit=1)[0])


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "behind"), TEXTS)
def test_text_can_be_read(colours: dict[str, str], text: str, behind: str) -> None:
    assert contrast(colours[text], colours[behind]) >= READABLE


def test_dark_and_light_name_the_same_colours() -> None:
    assert set(LIGHT) == set(DARK)
    assert {name for pair in TEXTS for name in pair} <= set(LIGHT)


def test_colours_stand_in_the_palette_alone() -> None:
    rules = re.sub(r":root \{.*?\}", "", SHEET, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []


def test_the_sheet_is_small_and_asks_nobody() -> None:
    assert len(SHEET.encode()) < HEAVIEST
    assert "url(" not in SHEET
    assert "@import" not in SHEET


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_nothing_inline_and_no_foreign_host(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    scripts = r"<script(?! src=\"{% static| type=\"application/ld\+json\")"  # linked data is no script: it never runs
    assert not re.search(rf"<style|{scripts}|\sstyle=|\son[a-z]+=|\|safe\b|autoescape off", source)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", source)
