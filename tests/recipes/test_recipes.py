"""The recipes of CONTRIBUTING.md can be followed as they stand, and take the files that it says."""

import re
from pathlib import Path

import pytest

from tests.needs import thorough
from tests.recipes.copy import TreeCopy
from tests.recipes.recipes import RECIPES
from tests.variables import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MOST_FILES = {"metric": 2, "field": 2, "facet": 3}
MOST_LINES = 100


def test_it_is_one_page() -> None:
    assert len(TEXT.splitlines()) <= MOST_LINES


def test_files_that_it_names_are_there() -> None:
    named = set(re.findall(r"`((?:[\w.]+/)+[\w.]+\.\w+)`", TEXT))
    assert len(named) > 10
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("name", RECIPES)
def test_it_names_the_files_of_the_recipe(name: str) -> None:
    files = RECIPES[name].files
    assert len(files) <= MOST_FILES[name]
    section = re.search(rf"^## A {name}\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert section is not None
    assert [file for file in files if f"`{file}`" not in section[1]] == []


def test_the_recipes_work_in_a_copy(tmp_path: Path) -> None:
    """In short: all in one copy, whose tests need no database."""
    copy = TreeCopy(tmp_path)
    copy.follow(*RECIPES.values())
    copy.test((f"tests/recipes/added/{recipe.test}" for recipe in RECIPES.values()), "-m", "not django_db")


@pytest.mark.skipif(not thorough(), reason="takes a minute: make test-thorough")
@pytest.mark.parametrize("name", RECIPES)
def test_each_recipe_works_alone_with_all_its_tests(name: str, tmp_path: Path) -> None:
    copy = TreeCopy(tmp_path)
    copy.follow(RECIPES[name])
    copy.check()
    copy.test([f"tests/recipes/added/{RECIPES[name].test}", *RECIPES[name].others])
