"""What a name and its list say besides: the place, the trade, the level, the year and the batch of each row."""

import re
import unicodedata
from dataclasses import dataclass

from brands.models import Region
from brands.seo.descriptions import full_place
from brands.vocabulary.choices import Industry
from curation.lists import pieces
from curation.lists.rows import GridRow
from curation.transfer.people_words import chosen
from ingest.levels import level_of
from ingest.place_mentions import agree, deeper, deepest, places_in, province_of
from ingest.resolve.industry import industry_of_name, industry_of_text

_YEAR = re.compile("((?:19|20)[0-9]{2})年")


@dataclass(frozen=True, slots=True)
class ListHead:
    """What is known of a list as a whole: its title, who issued it, when, and the place that it speaks of."""

    title: str
    publisher: str = ""
    year: int | None = None

    @property
    def place(self) -> str:
        """The code of the province or city whose list it is; empty for unknown."""
        for text in (self.publisher, self.title):
            if code := deepest(places_in(text).hits, ()):
                return code
        return ""


def complete(rows: list[GridRow], head: ListHead) -> None:
    """Fill the cells that the list leaves open where its words, its title or the name itself say them, and write
    places, trades and levels as the grid has them."""
    home = head.place
    level = str(level_of(head.title) or "")
    batch = pieces.batch_said(head.title)
    year = _YEAR.search(unicodedata.normalize("NFKC", head.title))
    codes = [_code(row, home) for row in rows]
    labels = places_of(set(codes))
    for row, code in zip(rows, codes, strict=True):
        row.cells["region"] = labels.get(code, row.cell("region"))
        row.cells["industry"] = _trade(row)
        row.cells["level"] = _level(row) or level
        row.cells["batch"] = row.cell("batch") or batch
        row.cells["recognised_year"] = row.cell("recognised_year") or (year[1] if year else str(head.year or ""))


def places_of(codes: set[str]) -> dict[str, str]:
    """The divisions as fields write them: 山西吕梁离石 141102."""
    found = Region.objects.filter(pk__in=codes).select_related("parent__parent")
    return {region.pk: f"{full_place(region)} {region.pk}" for region in found}


def _code(row: GridRow, home: str) -> str:
    """The division of the row: what its cell or heading says, or inside that what its name or its organisation says."""
    around = [home] if home else []
    said = deepest(places_in(row.cell("region")).hits, around)
    if row.cell("region") and not said:
        return ""  # it says a place that nobody knows: a person looks at it
    for text in (row.cell("name"), row.cell("organisation")):
        inner = deepest(places_in(text).hits[:2], [said, *around] if said else around)
        if inner and said and agree(said, inner):
            said = deeper(said, inner)
        elif inner and not said and (not home or province_of(inner) == province_of(home)):
            said = inner
    return said


def _trade(row: GridRow) -> str:
    if said := row.cell("industry"):
        try:
            return chosen(said, "industry", Industry.choices)
        except ValueError:
            if found := industry_of_text(said) or industry_of_name(said):
                return str(found)
    return str(industry_of_name(row.cell("name")) or Industry.OTHER)


def _level(row: GridRow) -> str:
    said = row.cell("level")
    return pieces.level_said(said) or str(level_of(said) or "") if said else ""
