"""Templates are laid out for people: lines that fit a screen, and nothing in them that {% tight %} would break."""

import re

import pytest

from tests.variables import ROOT

# Characters of a line.
LONGEST = 140

FOLDER = ROOT / "templates"
SOURCES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in FOLDER.rglob("*") if path.is_file()
}
TIGHT = sorted(name for name, source in SOURCES.items() if "{% tight %}" in source)

# What is sent, or translated, line by line.
KEPT = re.compile(
    r"<(pre|textarea)\b[^>]*>(?P<inside>.*?)</\1>|(?P<translated>{% blocktranslate .*?){% endblocktranslate %}",
    re.DOTALL,
)


def test_no_line_is_too_long() -> None:
    assert not [
        f"{name}:{number}: {len(line)} characters"
        for name, source in sorted(SOURCES.items())
        for number, line in enumerate(source.splitlines(), 1)
        if len(line) > LONGEST
    ]


@pytest.mark.parametrize("name", TIGHT)
def test_no_line_breaks_where_a_tight_template_must_not(name: str) -> None:
    """A text in a <pre> would lose its lines, and the msgid of a translation would gain some."""
    assert not [
        f"{name}:{SOURCES[name][: found.start()].count(chr(10)) + 1}"
        for found in KEPT.finditer(SOURCES[name])
        if "\n" in (found["inside"] or "")
        or ("\n" in (found["translated"] or "") and " trimmed " not in found["translated"].split("%}")[0])
    ]


@pytest.mark.parametrize("name", TIGHT)
def test_tight_stands_before_the_first_line_that_is_sent(name: str) -> None:
    before = SOURCES[name].split("{% tight %}")[0]
    assert re.fullmatch(r"({% extends [^%]*%}\n)?{% load [^%]*%}", before)
