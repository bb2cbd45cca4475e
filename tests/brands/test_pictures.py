"""Pictures in pixels: Chinese is drawn, what is too large is not."""

from pathlib import Path
from typing import Any

import pytest

from brands.graphics.png import MOST_CHARACTERS, drawable, font_files, png
from tests.brands.pixels import size_of, with_fonts
from tests.variables import ROOT

# What the fonts of `SERIF` and `SANS` call themselves.
FAMILIES = (
    *(f"{kind} {style}" for style in ("CJK SC", "SC") for kind in ("Noto Serif", "Noto Sans")),
    "Source Han Serif SC",
    "Source Han Sans SC",
)


def written(text: str, family: str = "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC") -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">'
        f'<text x="2" y="30" font-family="{family}" font-size="28">{text}</text></svg>'
    )


@pytest.mark.parametrize("family", ["Noto Sans CJK SC", "Noto Serif CJK SC"])
def test_characters_are_drawn_each_in_its_own_shape(family: str) -> None:
    with_fonts()
    drawn = {png(written(text, family), size=(60, 40)) for text in ("劳", "务", "龘", "", "□")}
    assert len(drawn) == 5, "two characters look the same: boxes"


def test_the_two_fonts_differ() -> None:
    with_fonts()
    serif, sans = (png(written("劳", f"Noto {kind} CJK SC"), size=(60, 40)) for kind in ("Serif", "Sans"))
    assert serif != sans


def test_pictures_are_as_large_as_is_said() -> None:
    with_fonts()
    assert size_of(png(written("劳"), size=(60, 40), zoom=3)) == (180, 120)


@pytest.mark.parametrize(
    ("svg", "size"), [("x" * (MOST_CHARACTERS + 1), (1, 1)), (written("劳"), (2000, 2000))], ids=["text", "pixels"]
)
def test_what_is_too_large_is_not_drawn(svg: str, size: tuple[int, int]) -> None:
    with_fonts()
    with pytest.raises(ValueError, match="too large"):
        png(svg, size=size)


def test_what_is_no_svg_is_not_drawn() -> None:
    with_fonts()
    with pytest.raises(ValueError, match=r"."):
        png("<svg", size=(10, 10))


@pytest.mark.parametrize(
    ("names", "usable"),
    [
        ([], False),
        (["NotoSerifCJK-Bold.ttc"], False),
        (["NotoSansCJK-Regular.ttc"], False),
        (["deep/below/NotoSansSC-Regular.otf", "NotoSerifSC-Bold.otf", "DejaVuSans.ttf"], True),
    ],
)
def test_both_fonts_are_needed(tmp_path: Path, settings: Any, names: list[str], usable: bool) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    settings.FONTS_DIR = tmp_path
    assert drawable() is usable
    assert len(font_files(tmp_path)) == (2 if usable else 0)


def test_without_fonts_nothing_is_drawn(tmp_path: Path, settings: Any) -> None:
    settings.FONTS_DIR = tmp_path / "missing"
    with pytest.raises(ValueError, match="no font with Chinese"):
        png(written("劳"), size=(60, 40))


@pytest.mark.parametrize("template", ["picture.svg", "share.svg"])
def test_templates_name_the_families_of_the_fonts(template: str) -> None:
    source = (ROOT / "templates" / "brands" / template).read_text(encoding="utf-8")
    for family in FAMILIES:
        assert family in source
