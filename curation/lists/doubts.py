"""What a person should look at first in a row of a list."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from brands.models import Brand
from brands.seo.descriptions import full_place
from brands.vocabulary.choices import Industry
from brands.vocabulary.names import name_key
from curation.lists import pieces
from curation.lists.matching import RowMatch, matches
from curation.lists.rows import CELLS, MAX_ROWS, NEW, GridRow, UnreadLine, WhyUnread
from curation.transfer.people_words import year_of
from curation.transfer.references import Names
from ingest.name_shapes import is_name, shape_of

# Characters of a name that are more than most have.
LONG_NAME = 12


@dataclass(slots=True)
class LookedAt:
    """A row with its place in the list, what it may be, what is doubtful of it, and by cell what the catalogue has
    where that is something else."""

    at: int
    row: GridRow
    match: RowMatch
    doubts: list[str] = field(default_factory=list)
    differs: dict[str, str] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, int]:
        """Open rows with doubts first, the most doubtful at the top; then those without; then those that are done."""
        row = self.row
        if row.change_set or row.left_out:
            return 2, self.at
        return (0, 100 * -len(self.doubts) + self.at) if self.doubts else (1, self.at)


def look_at(rows: Sequence[GridRow], divisions: Names, *, only: set[int] | None = None) -> list[LookedAt]:
    """The rows with all that there is to see of them, in the order of doubt; `only` some of them, by place."""
    wanted = [at for at in range(len(rows)) if only is None or at in only]
    places, unknown = places_said([rows[at] for at in wanted], divisions)
    twice = Counter(_identity(row, places) for row in rows if not row.left_out)
    answers = matches([rows[at] for at in wanted], places)
    found = []
    for at, match in zip(wanted, answers, strict=True):
        one = LookedAt(at, rows[at], match)
        if match.offer:
            one.differs = _differences(rows[at], match.offer.brand, places)
        if not (rows[at].change_set or rows[at].left_out):
            is_double = twice[_identity(rows[at], places)] > 1
            one.doubts = list(_doubts(one, unknown, is_double=is_double))
        found.append(one)
    return sorted(found, key=lambda one: one.rank)


def reason(line: UnreadLine) -> str:
    """WhyUnread the words are in no row, for people."""
    return {
        WhyUnread.LONG: gettext("名称太长：%(length)d 字，最多 %(most)d 字")
        % {"length": len(line.name), "most": pieces.LONGEST_NAME},
        WhyUnread.NO_NAME: gettext("没有认出名称，或者不止一个、拆不开"),
        WhyUnread.EMPTY: gettext("名称一格是空的"),
        WhyUnread.FULL: gettext("一份名单最多 %d 行") % MAX_ROWS,
        WhyUnread.TWICE: gettext("和前面的一行同名同地"),
        WhyUnread.COLUMNS: gettext("当作列名"),
        WhyUnread.HEADING: gettext("当作标题，管它下面的各行"),
        WhyUnread.TOTAL: gettext("当作合计"),
        WhyUnread.NOTE: gettext("当作注释、落款"),
        WhyUnread.PROSE: gettext("正文，没有成串的名称"),
    }[WhyUnread(line.why)]


def places_said(rows: Sequence[GridRow], divisions: Names) -> tuple[dict[str, str], dict[str, str]]:
    """The codes of the divisions that cells mean, by their texts, and why others mean none."""
    places, unknown = dict[str, str](), dict[str, str]()
    for text in {row.cell("region") for row in rows if row.cell("region")}:
        try:
            places[text] = divisions.find(text if text in divisions.of else "", "" if text in divisions.of else text)
        except ValueError as error:
            unknown[text] = str(error)
    return places, unknown


def _identity(row: GridRow, places: Mapping[str, str]) -> tuple[str, str]:
    return name_key(row.cell("name")), places.get(row.cell("region"), row.cell("region"))


def _doubts(one: LookedAt, unknown: Mapping[str, str], *, is_double: bool) -> Iterator[str]:
    row = one.row
    name, region = row.cell("name"), row.cell("region")
    if not name or not is_name(name) or shape_of(name).never:
        yield gettext("看上去不像品牌名称")
    elif len(name) > LONG_NAME:
        yield gettext("名称偏长")
    if not region:
        yield gettext("没有所在地")
    elif region in unknown:
        yield unknown[region]
    if is_double:
        yield gettext("名单里有两行相同")
    if not one.match.value:
        yield gettext("库里有相近的，请选是不是同一个")
    if row.cell("industry") in {"", Industry.OTHER} and one.match.value == NEW:
        yield gettext("行业不明")
    if one.differs and not row.ticked:
        yield gettext("与库里不同")
    try:
        year_of(row.cell("recognised_year"))
    except ValueError as error:
        yield str(error)


def _differences(row: GridRow, brand: Brand, places: Mapping[str, str]) -> dict[str, str]:
    """What the brand has, in words, in the cells in which the row says something else."""
    found = {}
    for name in CELLS:
        text = row.cell(name)
        if name == "region":
            now, said = brand.region_id or "", places.get(text, text)
        else:
            value = getattr(brand, name)
            now, said = "" if value is None else str(value), text
        if text and now and said != now and not (name == "name" and _is_called(brand, text)):
            found[name] = _in_words(brand, name)
    return found


def _is_called(brand: Brand, name: str) -> bool:
    return name_key(name) in {brand.name_key, *(alias.name_key for alias in brand.aliases.all())}


def _in_words(brand: Brand, name: str) -> str:
    if name == "region":
        return full_place(brand.region) if brand.region else ""
    shown = getattr(brand, f"get_{name}_display", None)
    return str(shown() if shown else getattr(brand, name))
