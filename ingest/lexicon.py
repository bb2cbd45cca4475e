"""Loads the vocabulary of ``lexicon/``. Code holds the rules, the files hold the words."""

import csv
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lexicon"


@cache
def table(name: str) -> dict[str, Any]:
    """The TOML file ``lexicon/<name>.toml``. FileNotFoundError or TOMLDecodeError name the file."""
    path = FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise tomllib.TOMLDecodeError(f"{path.name}: {error}") from error


@cache
def words(name: str, *keys: str) -> tuple[str, ...]:
    """The list under ``keys`` of ``lexicon/<name>.toml``, longest word first so that an alternation prefers it."""
    value: Any = table(name)
    for key in keys:
        value = value[key]
    return tuple(sorted(value, key=lambda word: (-len(word), word)))


def ahead(words: Iterable[str], characters: str = "") -> str:
    """A look ahead for the first characters of the words, or one of a class of characters (``0-9``).

    A pattern that begins so is only tried where it may succeed. `re` finds that out by itself where a pattern begins
    with a character, a class or words; one that begins with a group or looks behind it tries everywhere, which takes
    up to ten times as long.
    """
    return f"(?=[{re.escape(''.join(sorted({word[0] for word in words})))}{characters}])"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``lexicon/<name>.csv`` by the names of its header."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
