"""What the columns of a table, and the lines of a card, say of a brand: 建设单位, 认定年份, 批次, 联系电话, 主要就业地.

A table has a head that names its columns (序号 品牌名称 申报单位), and what stands in a row is of its brand. A card is
a run of lines with labels (品牌名称：…, 牵头单位：…) that begins with the brand.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ingest.frozen import frozen
from ingest.lexicon import table, words
from ingest.resolve.owners import NamedPlaces
from ingest.table_cells import MAX_COLUMN, MAX_COLUMNS, MAX_LINE, TableCell, cells
from ingest.text import Span

# Longest value of a line with a label.
LONGEST = 60

# What a value of a field is made of; of the others anything is taken.
_FORMS = {
    "organisation": re.compile("[一-鿿][一-鿿（）()·A-Za-z0-9]{2,29}"),
    "recognised_year": re.compile("(?:19|20)[0-9]{2}(?:年(?:度|[0-9]{1,2}月)?|[-./][0-9]{1,2})?"),
    "batch": re.compile("首批|第[一二三四五六七八九十0-9]{1,3}[批届]"),
    "contact": re.compile("0[0-9]{2,3}[-—－]{0,2}[0-9]{7,8}|[48]00[-—－]?[0-9]{3,4}[-—－]?[0-9]{3,4}"),
    "training_place": re.compile("[一-鿿][一-鿿（）()·A-Za-z0-9]{3,29}"),
    "trade": re.compile("[一-鿿（）]{2,9}"),
    "destination": re.compile("[一-鿿]{2,16}"),
}


@frozen()
class FieldSaid:
    """The value of a field at its place in an article's text, and the key of the brand that has it."""

    field: str
    article: int
    span: Span
    owner: str


def fields_said(places: NamedPlaces) -> Iterator[FieldSaid]:
    """All that the tables and cards of an article say of its brands, in the order of the text."""
    if not places.places:
        return
    head: Sequence[str] = ()
    owner, at = "", 0
    for line in places.setting.text.split("\n"):
        start, at = at, at + len(line) + 1
        if len(line) > MAX_LINE or not line.strip():
            continue
        named = {key for _, _, key in places.between(start, start + len(line))}
        row = cells(line)
        if found := _head(row):
            head, owner = found, ""
        elif head and len(row) == len(head) and len(named) == 1:
            yield from _of_row(places, start, row, head, next(iter(named)))
        elif labelled := _label().match(line):
            head = ()
            if labelled[1] in words("table_fields", "name"):
                owner = next(iter(named)) if len(named) == 1 else ""
            elif owner and named <= {owner}:
                yield from _values(places, _field_of(labelled[1]), start + labelled.start(2), labelled[2], owner)
        else:
            owner = next(iter(named)) if len(named) == 1 and len(line) <= MAX_COLUMN + 4 else ""


def _head(row: Sequence[TableCell]) -> Sequence[str]:
    """The names of the columns, none for a line that is no head: it names the column of the brands and no brand."""
    if not 1 < len(row) <= MAX_COLUMNS or any(len(cell.text) > MAX_COLUMN for cell in row):
        return ()
    names = [_UNIT.sub("", cell.text) for cell in row]
    known = sum(name in words("triggers", "columns") or bool(_field_of(name)) for name in names)
    return names if 2 * known > len(names) and any(name in words("table_fields", "name") for name in names) else ()


_UNIT = re.compile("[（(][^（）()]*[）)]$")


def _of_row(
    places: NamedPlaces, start: int, row: Sequence[TableCell], head: Sequence[str], owner: str
) -> Iterator[FieldSaid]:
    of_persons = any(name in words("table_fields", "person") for name in head)
    for cell, name in zip(row, head, strict=True):
        field = _field_of(name)
        if field and not (field == "contact" and of_persons):
            yield from _values(places, field, start + cell.start, cell.text, owner)


def _values(places: NamedPlaces, field: str, start: int, text: str, owner: str) -> Iterator[FieldSaid]:
    """The values in a cell: one, or those of a list of trades or of places."""
    for match in _PART.finditer(text) if field in ("trade", "destination") else [re.match(".+", text)]:
        if match and (form := _FORMS.get(field)) and form.fullmatch(match[0]):
            span = Span(start + match.start(), start + match.end())
            yield FieldSaid(field, places.setting.article.order, span, owner)


_PART = re.compile("[^、，,；;/和及]+")


@cache
def _label() -> re.Pattern[str]:
    return re.compile(f"[0-9]{{0,3}}[.．、 ]?([一-鿿]{{2,8}}) ?[：:] ?(.{{2,{LONGEST}}})$")


def _field_of(name: str) -> str:
    return _fields().get(name, "")


@cache
def _fields() -> Mapping[str, str]:
    """The field that each name of a column tells."""
    return {name: field for field in _FORMS for name in table("table_fields")[field]}
