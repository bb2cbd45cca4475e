"""The style sheet: readable in light and dark, small, and without a foreign address."""

import re
from pathlib import Path

import pytest

from brands.graphics.palette import TEXTS, ColourPair, Tone, contrast, dark, declared, light, pairs, rules
from brands.views.design import TARGETS

ROOT = Path(__file__).resolve().parents[2]
SHEET = (ROOT / "static" / "laobrand.css").read_text(encoding="utf-8")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# Bytes of the style sheet before compression.
HEAVIEST = 36_000


def test_the_measure_of_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair.text} on {pair.behind}")
def test_text_can_be_read(pair: ColourPair, scheme: str) -> None:
    tone: Tone = getattr(pair, scheme)
    assert tone.contrast == contrast(tone.text, tone.behind)
    assert tone.readable
    assert tone.contrast >= 4.5, "WCAG 2.2, 1.4.3, level AA"


def test_dark_and_light_name_the_same_colours_and_differ() -> None:
    assert set(light()) == set(dark())
    assert {name for pair in TEXTS for name in pair} <= set(light())
    assert all(light()[name] != dark()[name] for name in light())


def test_every_rule_that_sets_text_on_a_colour_is_measured() -> None:
    pattern = r"(?:^|[;\s]){}: var\(--([\w-]+)\)"
    set_together = {
        (text[1], behind[1])
        for _selector, body in rules()
        if (text := re.search(pattern.format("color"), body))
        and (behind := re.search(pattern.format("background"), body))
    }
    assert ("ink", "paper") in set_together
    assert set_together - set(TEXTS) == set()


@pytest.mark.parametrize(
    ("selector", "property_name", "value"),
    [
        (".chip", "min-height", "44px"),
        ("h2", "font-size", "1.3rem"),
        (".large", "font-size", "125%"),
        (".facet ul", "grid-template-columns", "1fr 1fr"),
    ],
)
def test_what_a_rule_declares_is_read(selector: str, property_name: str, value: str) -> None:
    """Alone or among others, and not what stands in @media."""
    assert declared(selector, property_name) == value


def test_what_no_rule_declares_is_an_error() -> None:
    with pytest.raises(KeyError, match="no-such"):
        declared(".no-such", "color")


@pytest.mark.parametrize("selector", TARGETS)
def test_what_a_finger_presses_is_high_enough(selector: str) -> None:
    assert int(declared(selector, "min-height").removesuffix("px")) >= 44


def test_lines_of_running_text_are_apart() -> None:
    heights = [declared("body", "font").split("/")[1].split()[0]]
    heights += [declared(selector, "line-height") for selector in (".quote blockquote", ".body p")]
    heights += [declared(".snippet", "font").split("/")[1].split()[0]]
    assert all(float(height) >= 1.5 for height in heights), heights


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
    markup = re.sub(r"{%.*?%}", "", source)  # a tag may hand on a value under any name
    scripts = r"<script(?! src=\"{% static| type=\"application/ld\+json\")"  # linked data is no script: it never runs
    assert not re.search(rf"<style|{scripts}|\|safe\b|autoescape off", source)
    assert not re.search(r"\sstyle=|\son[a-z]+=", markup)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", source)
