"""The last word on evidence: a brand or program stays only if the characters that it points to hold its name.

What is noise on a page (blanks, widths, pronunciations in brackets) is noise here too. A Traditional page was read in
Simplified characters: a name gets those back in which the page prints it, and the other form is another name.

A name may be put together from pieces (a page break in its middle), and once in a while the pieces belong to two
articles: then the stretch between them holds foreign words, and what was found is no name.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from brands.vocabulary.names import cut_combining_runs
from brands.vocabulary.script import simplified
from ingest.orthography import as_printed, pronunciations
from ingest.records import Entities, ExtractedBrand, ExtractedProgram, Quote, RawPage

Entity = TypeVar("Entity", ExtractedBrand, ExtractedProgram)

_NO_LETTERS = re.compile(r"[\W_]+")


def ground(page: RawPage, entities: Entities) -> Entities:
    """The entities, each with those quotes that hold its name; one that has none is left out."""
    return Entities(tuple(_standing(page.text, entities.brands)), tuple(_standing(page.text, entities.programs)))


def _standing(text: str, entities: Iterable[Entity]) -> Iterator[Entity]:
    for entity in entities:
        quotes = tuple(quote for quote in entity.quotes if quote.field or _holds(text, quote, entity.name))
        if any(not quote.field for quote in quotes):
            yield _named(text, entity if len(quotes) == len(entity.quotes) else replace(entity, quotes=quotes))


def _named(text: str, entity: Entity) -> Entity:
    """The entity under the name that the page prints."""
    said = next(quote.span.of(text) for quote in entity.quotes if not quote.field)
    name = entity.name if entity.name in said else as_printed(entity.name, said)
    return entity if name == entity.name else replace(entity, name=name, aliases=(*entity.aliases, entity.name))


def _holds(text: str, quote: Quote, name: str) -> bool:
    said = quote.span.of(text)
    if name in said:
        return True
    letters = _letters(name)
    return bool(letters) and letters in _letters(said)


def _letters(text: str) -> str:
    """Letters and digits alone, in one width, case and script."""
    said = pronunciations().sub("", simplified(text))
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", cut_combining_runs(said))).lower()
