"""The last word on evidence: a brand or program stays only if the characters that it points to hold its name.

A name may be put together from pieces (a page break in its middle), and once in a while the pieces belong to two
articles: then the stretch between them holds foreign words, and what was found is no name.
"""

import re
import unicodedata
from dataclasses import replace

from brands.names import cut_combining_runs
from ingest.records import Brand, Entities, Program, Quote, RawPage

_NO_LETTERS = re.compile(r"[\W_]+")


def ground(page: RawPage, entities: Entities) -> Entities:
    """The entities, each with those quotes that hold its name; one that has none is left out."""
    brands = (replace(brand, quotes=_grounded(page.text, brand)) for brand in entities.brands if _stands(page, brand))
    programs = (replace(one, quotes=_grounded(page.text, one)) for one in entities.programs if _stands(page, one))
    return Entities(tuple(brands), tuple(programs))


def _stands(page: RawPage, entity: Brand | Program) -> bool:
    return any(not quote.field for quote in _grounded(page.text, entity))


def _grounded(text: str, entity: Brand | Program) -> tuple[Quote, ...]:
    name = _letters(entity.name)
    return tuple(quote for quote in entity.quotes if quote.field or _holds(text, quote, name))


def _holds(text: str, quote: Quote, name: str) -> bool:
    return bool(name) and name in _letters(quote.span.of(text))


def _letters(text: str) -> str:
    """Letters and digits alone, in one width and case."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", cut_combining_runs(text))).lower()
