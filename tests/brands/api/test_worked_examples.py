"""The worked examples: each runs as it stands, against a site, and the guide shows the same lines as the page."""

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django.live_server_helper import LiveServer

from brands.api.worked_examples import EXAMPLES, WorkedExample
from brands.dumps.writing import write_dump
from brands.models import Brand, Region
from tests.brands.factories import brand
from tests.brands.pages import page
from tests.variables import ROOT

# What the guide calls the site, and what its blocks are told to be in.
SITE = "http://127.0.0.1:8000"
HIGHLIGHTS = {"curl": "sh", "Python (pandas)": "python", "R": "r"}

# What each example, run, says of the catalogue of the tests.
TOLD = (
    ("吕梁山护工",),
    ("吕梁山护工", "90000", "2025-11", "9万余名"),
    ("2022", "2000", "2024-11", "2300", "2025-11", "2500"),
    ("added", "brands", "since"),
    ("吕梁山护工", "离石月嫂", "brands/"),
)


@cache
def runs_r() -> bool:
    """Whether there is an R that reads JSON."""
    found = shutil.which("Rscript")
    asked = [found or "", "-e", "library(jsonlite)"]
    return bool(found) and subprocess.run(asked, capture_output=True, check=False).returncode == 0


def command_of(language: str, lines: str, folder: Path) -> list[str]:
    if language == "curl":
        return ["sh", "-ec", lines]
    if language == "R":
        (folder / "example.R").write_text(lines, encoding="utf-8")
        return ["Rscript", "--encoding=UTF-8", "example.R"]
    return [sys.executable, "-c", lines]


def outcome(command: list[str], folder: Path) -> str:
    """What it prints, and what stands in the files that it makes."""
    before = set(folder.iterdir())
    own = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment = own | {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + "".join(file.read_text(encoding="utf-8") for file in set(folder.iterdir()) - before)


@pytest.mark.parametrize("language", HIGHLIGHTS)
@pytest.mark.parametrize(("example", "told"), [*zip(EXAMPLES, TOLD, strict=True)])
def test_each_runs_as_it_stands(
    catalogued: None,
    live_server: LiveServer,
    tmp_path: Path,
    example: WorkedExample,
    told: tuple[str, ...],
    language: str,
) -> None:
    if language == "R" and not runs_r():
        pytest.skip("no R with jsonlite: install Debian's r-base-core and r-cran-jsonlite")
    dump = write_dump(tmp_path / "dumps", timezone.now()).folder
    shutil.copy(dump / "datapackage.json", tmp_path)
    (tmp_path / "names.csv").write_text("名称\n吕梁山护工\n离石月嫂\n", encoding="utf-8")
    brand("新来的工匠", region=Region.objects.get(pk="140200"))
    lines = dict(example.lines(live_server.url))[language]
    found = outcome(command_of(language, lines, tmp_path), tmp_path)
    for words in told:
        assert words in found, found


def in_markdown(example: WorkedExample) -> str:
    """As the guide shows it."""
    with translation.override("en"):
        parts = [f"### {example.title}", *([str(example.needs)] if example.needs else [])]
        parts += [f"```{HIGHLIGHTS[language]}\n{lines}\n```" for language, lines in example.lines(SITE)]
    return "\n\n".join(parts) + "\n"


def test_the_guide_shows_them() -> None:
    guide = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert "\n".join(map(in_markdown, EXAMPLES)) in guide


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.usefixtures("catalogued")
def test_the_page_shows_them(client: Client, language: str) -> None:
    # On the English page the Chinese names of columns are marked as Chinese; what is copied is the text.
    html = unescape(re.sub("</?span[^>]*>", "", page(client, "/api/", language=language)))
    for example in EXAMPLES:
        with translation.override(language):
            assert f"<h3>{example.title}</h3>" in html
            assert str(example.needs) in re.sub("<[^>]+>", "", html)
        for _language, lines in example.lines("http://testserver"):
            assert f">{lines}</pre>" in html
    assert Brand.objects.exists()
