"""ARCHITECTURE.md names the folders, layers, files and classes that are there."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.class_names import APPLICATIONS, classes
from tests.variables import ROOT

TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
MOST_LINES = 200
MOST_WORDS = 40
APART = {"migrations", "__pycache__"}


def test_it_stays_short() -> None:
    assert len(TEXT.splitlines()) <= MOST_LINES
    assert len(_rows("## Glossary")) <= MOST_WORDS


def test_its_folders_are_those_of_the_applications() -> None:
    there = {f"{application}/" for application in APPLICATIONS} | {
        f"{path.parent.name}/{path.name}/"
        for application in APPLICATIONS
        for path in (ROOT / application).iterdir()
        if path.is_dir() and path.name not in APART and any(path.iterdir())
    }
    listed = {cells[0].strip("`") for cells in _rows("## Folders")}
    assert listed == {folder for folder in there if folder != "ingest/management/"}


def test_its_layers_are_those_of_the_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract.get("containers") == ["brands"])
    (drawn,) = re.findall(r"^```\n(management .*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert drawn.splitlines() == [re.sub(r"[()]", "", layer) for layer in layers]


def test_files_it_names_are_there() -> None:
    named = set(re.findall(r"(?<=[`(])((?:\w+/)+\w+\.(?:py|md))", TEXT))
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).is_file()] == []


PACKAGES = [
    path.parent
    for application in APPLICATIONS
    for path in (ROOT / application).rglob("__init__.py")
    if not {"management", *APART} & set(path.parts)
]
# A page each, or what Django wants to be there: their names say it.
UNLISTED = {"apps", "urls"}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_package_lists_the_modules_that_it_has(package: Path) -> None:
    text = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert text, "what is it?"
    modules = {path.stem for path in package.glob("*.py")} - {"__init__"}
    heads = {name for line in re.findall(r"^(\w+(?:, \w+)*)(?=  +)", text, re.MULTILINE) for name in line.split(", ")}
    folders = {path.name for path in package.iterdir() if path.is_dir()}
    assert sorted(heads - modules - folders) == []
    if package.name != "views" and package != ROOT / "curation" / "models":
        assert sorted(modules - UNLISTED - set(re.findall(r"\w+", text))) == []


def test_classes_of_the_glossary_are_there() -> None:
    there = {name for name, _path in classes()}
    named = {cells[2].strip("`").split(".")[0] for cells in _rows("## Glossary")}
    assert sorted(name for name in named if name[0].isupper() and name not in there) == []


def _rows(head: str) -> list[list[str]]:
    """The cells of each row of the table below a heading, without its own head."""
    section = TEXT.split(f"{head}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
