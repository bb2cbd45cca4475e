"""What is called a brand and is none of labour: products, party work, volunteers, schools, tourism, shops, offices."""

import tomllib
from itertools import chain
from pathlib import Path

import pytest

from ingest.pipeline import extract_bytes

PAGES = tomllib.loads(Path(__file__).with_name("other_brands.toml").read_text(encoding="utf-8"))

# So many false brands are borne on all pages of a set together.
MOST = 2

SETS = {
    "plain": PAGES["page"],
    "near, of kinds that are trained on": list(chain(*PAGES["trained_near"].values())),
    "near, of kinds that are not": list(chain(*PAGES["unseen_near"].values())),
    "lists": PAGES["lists"]["page"],
}


@pytest.mark.parametrize("name", SETS)
def test_hardly_a_brand_is_found_on_pages_about_other_kinds_of_brands(name: str) -> None:
    found = [brand.name for text in SETS[name] for brand in extract_bytes("page.txt", text.encode()).brands]
    assert len(found) <= MOST, found


def test_the_sets_are_large_enough_to_tell() -> None:
    assert len(SETS["plain"]) >= 40
    assert len(SETS["near, of kinds that are trained on"]) + len(SETS["near, of kinds that are not"]) >= 40
