"""The example of docs/extraction.md comes out as the document says, and the files that it names are there."""

import json
import re

from brands.vocabulary.choices import PUBLIC_CONFIDENCE
from ingest.export import export
from ingest.pipeline import extract_bytes
from tests.scoring.calibrate import PRIOR, STRENGTH
from tests.scoring.runs import ROOT

DOCUMENT = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
FRONT = "---\npublisher: 河北日报\npublished_on: 2025-03-02\n---\n\n"


def _block(language: str) -> str:
    (block,) = re.findall(f"^```{language}\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    return str(block)


def test_the_example_gives_what_the_document_says() -> None:
    facts = export(extract_bytes("example.txt", (FRONT + _block("text")).encode()))
    told = [json.loads(line) for line in _block("json").splitlines()]
    found = [{"brand": b["name"], **b} for b in facts["brands"]] + facts["statistics"]
    assert [{key: fact[key] for key in one} for one, fact in zip(told, found, strict=True)] == told
    assert facts["brands"][0]["rule"] == "quoted-context"
    assert "`quoted-context`" in DOCUMENT


def test_files_it_names_are_there() -> None:
    named = set(re.findall(r"`([\w/]+\.(?:py|toml|csv|md))`", DOCUMENT))
    assert len(named) > 20
    places = (ROOT, *(ROOT / "ingest" / part for part in ("", "lexicon", "extract", "resolve")))
    assert not [name for name in named if not any((place / name).is_file() for place in places)]


def test_numbers_it_names_are_those_of_the_code() -> None:
    assert f"`PUBLIC_CONFIDENCE` in `brands/vocabulary/choices.py` is {PUBLIC_CONFIDENCE}:" in DOCUMENT
    assert f"(right + {PRIOR} × {STRENGTH}) / (all + {STRENGTH})" in DOCUMENT
