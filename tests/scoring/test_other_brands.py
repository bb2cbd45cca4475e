"""What is called a brand and is none of labour: products, party work, volunteers, schools, tourism, shops, offices."""

import tomllib
from pathlib import Path

from ingest.pipeline import extract_bytes

PAGES = tuple(tomllib.loads(Path(__file__).with_name("other_brands.toml").read_text(encoding="utf-8"))["page"])

# So many false brands are borne on all of these pages together.
MOST = 2


def test_hardly_a_brand_is_found_on_pages_about_other_kinds_of_brands() -> None:
    found = [brand.name for text in PAGES for brand in extract_bytes("page.txt", text.encode()).brands]
    assert len(PAGES) >= 40
    assert len(found) <= MOST, found
