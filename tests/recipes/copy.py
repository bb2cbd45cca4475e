"""A copy of the tree in which a recipe is done."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.recipes.recipes import Addition, Recipe
from tests.variables import ROOT, variables

# What is not copied: what can be made again, and what belongs to one machine.
LEFT_OUT = (".*", "__pycache__", "*.egg-info", "data", "staticfiles", "build", "node_modules")


class TreeCopy:
    """A copy of the whole tree below a folder."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "tree"
        kept = {"data": ROOT / "brands"}  # brands/data belongs to the code, data/ to a site
        ignore = shutil.ignore_patterns(*LEFT_OUT)

        def left_out(place: str, names: list[str]) -> set[str]:
            return {name for name in ignore(place, names) if kept.get(name) != Path(place)}

        shutil.copytree(ROOT, self.root, ignore=left_out)

    def follow(self, *recipes: Recipe) -> None:
        """Do what the recipes say. ValueError where a line that one goes by is not there, or there twice."""
        for recipe in recipes:
            for addition in recipe.additions:
                self._add(addition)
        if any(recipe.migrates for recipe in recipes):
            self.run("manage.py", "makemigrations", "--verbosity", "0")
        self.run("-m", "laobrand.translations", "compile")

    def test(self, paths: Iterable[str], *options: str) -> None:
        """Run these files of tests. AssertionError where one fails."""
        self.run("-m", "pytest", "-q", *options, *paths)

    def check(self) -> None:
        """That no migration and no translation is missing. AssertionError where one is."""
        self.run("manage.py", "makemigrations", "--check", "--dry-run", "--verbosity", "0")
        self.run("-m", "laobrand.translations", "check")

    def run(self, *arguments: str) -> None:
        """A Python program of the copy, with this process's database and nothing else that changes its settings.
        AssertionError, with what it printed, where it fails."""
        own = variables() - {"DATABASE_URL"}
        environment = {name: value for name, value in os.environ.items() if name not in own}
        environment |= {"PYTHONPATH": str(self.root), "DJANGO_SETTINGS_MODULE": "laobrand.settings"}
        environment.pop("PYTEST_ADDOPTS", None)
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=self.root, env=environment, check=False, capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")

    def _add(self, addition: Addition) -> None:
        path = self.root / addition.file
        text = path.read_text(encoding="utf-8")
        if addition.behind and text.count(addition.behind) != 1:
            raise ValueError(f"{addition.file} should have this line once: {addition.behind}")
        at = text.index(addition.behind) + len(addition.behind) if addition.behind else len(text)
        path.write_text(text[:at] + addition.lines + text[at:], encoding="utf-8")
