"""Which extractor found a fact: the package's version and a hash of the code and vocabulary that take part."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ingest.learned.tagger import tagger

FOLDER = Path(__file__).parent
VOCABULARY = FOLDER.parent / "brands" / "vocabulary"
# Hexadecimal digits of the hash that are kept: one in 10**12 pairs of extractors would be taken for the same.
DIGITS = 10
# The files that take part: code, words, tables and models.
SUFFIXES = {".py", ".toml", ".csv", ".json", ".crfsuite"}
# Folders that say nothing of what is found.
APART = {"management", "samples", "starter"}


@cache
def extractor_version() -> str:
    """Such as ``0.1.0+3f2a9c1d04``; it changes with any source, word list, table or model that extraction or
    loading reads, and where the model cannot be read."""
    digest = sha256()
    for path in _sources():
        digest.update(path.relative_to(FOLDER.parent).as_posix().encode())
        digest.update(path.read_bytes())
    if tagger() is None:
        digest.update(b"by rules alone")
    return f"{_package_version()}+{digest.hexdigest()[:DIGITS]}"


def _package_version() -> str:
    try:
        return version("laobrand")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0"


def _sources() -> Iterator[Path]:
    """All modules of the stages and of loading, the lexicon, and the vocabulary that `brands` shares with them."""
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in SUFFIXES and path.relative_to(FOLDER).parts[0] not in APART:
            yield path
    yield from (VOCABULARY / name for name in ("choices.py", "names.py", "script.py", "titles.py"))
    yield VOCABULARY.parent / "data" / "simplified.csv"
