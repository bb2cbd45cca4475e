"""The sign of an extractor: the same for the same sources and words, another for others."""

import shutil
from pathlib import Path

import pytest

from brands.models import Page
from ingest import version


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sources that may be changed."""
    for name in ("ingest", "brands"):
        shutil.copytree(
            version.FOLDER.parent / name, tmp_path / name, ignore=shutil.ignore_patterns("samples", "__pycache__")
        )
    monkeypatch.setattr(version, "FOLDER", tmp_path / "ingest")
    monkeypatch.setattr(version, "VOCABULARY", tmp_path / "brands" / "vocabulary")
    return tmp_path


def sign() -> str:
    version.extractor_version.cache_clear()
    return version.extractor_version()


def test_it_fits_its_column_and_names_the_package() -> None:
    found = version.extractor_version()
    assert len(found) <= (Page._meta.get_field("extractor").max_length or 0)
    assert found.startswith("0.")


def test_a_copy_has_the_same_sign(sources: Path) -> None:
    copied = sign()
    version.extractor_version.cache_clear()
    assert copied == sign()


@pytest.mark.parametrize(
    "name",
    [
        "ingest/resolve/__init__.py",
        "ingest/lexicon/units.toml",
        "ingest/load/page.py",
        "brands/vocabulary/names.py",
        "brands/data/simplified.csv",
    ],
)
def test_a_change_of_rules_or_words_changes_it(sources: Path, name: str) -> None:
    before = sign()
    with (sources / name).open("a") as file:
        file.write("\n# changed\n")
    assert sign() != before


@pytest.mark.parametrize("name", ["ingest/management/commands/_pages.py", "brands/models/review.py"])
def test_what_finds_nothing_does_not_change_it(sources: Path, name: str) -> None:
    before = sign()
    with (sources / name).open("a") as file:
        file.write("\n# changed\n")
    assert sign() == before
