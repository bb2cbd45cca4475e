"""Loads the vocabulary of ``lexicon/``. Code holds the rules, the files hold the words."""

import csv
import tomllib
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


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``lexicon/<name>.csv`` by the names of its header."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
