"""From where to where: in which provinces and countries the people of brands work, and who works in one place."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from brands.figures.details import destination_words, reached_names
from brands.listing.brands import BrandList
from brands.listing.counts import index_of
from brands.listing.fields import no_such, not_known
from brands.listing.trades import TRADES
from brands.models import Brand, BrandDetail, Card, Evidence, Region
from brands.models.region import COUNTRY
from brands.models.review import within
from brands.place_words import region_words
from brands.spreadsheets.cells import Cell
from brands.vocabulary.choices import DetailKind, Industry

# Brands on the page of one place; the list of brands has all.
MOST = 200

# Places that a first line names.
NAMED = 3

# Words for places that no division is, such as 长三角, on the page of all.
LOOSE = 40


@dataclass(frozen=True, slots=True)
class FlowCell:
    """How many brands of a province have people in a place, and where they are told."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class FlowRow:
    province: Region
    cells: Sequence[FlowCell]
    total: int


@dataclass(frozen=True, slots=True)
class Flow:
    """Provinces by the places where their brands' people work: `places` are codes and names, those with the most brands
    first. `loose` are words for places that are neither, with a brand that they are said of."""

    places: Sequence[tuple[str, str]]
    totals: Sequence[int]
    rows: Sequence[FlowRow]
    loose: Sequence[BrandDetail]
    brands: int

    def lines(self) -> Iterator[list[Cell]]:
        """The same for a spreadsheet."""
        yield [gettext("来自"), gettext("代码"), *(name for _code, name in self.places)]
        for row in self.rows:
            yield [region_words(row.province), row.province.adcode, *(cell.count for cell in row.cells)]


def flow() -> Flow:
    """Of all public brands. The counts are read off the index of the list."""
    index = index_of(BrandList)
    reached = index.values["destination"]
    totals = Counter({code: len(brands) for code, brands in reached.items()})
    names = reached_names(totals) if totals else {}
    places = [(code, names[code]) for code, _count in sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))
              if code in names]  # fmt: skip
    provinces = list(Region.objects.provinces())
    codes = [province.adcode for province in provinces]
    counts = {code: index.counts("region", reached[code], codes) for code, _name in places}
    pages = {code: address(code) for code, _name in places}
    going = index.having("destination", list(reached))
    rows = []
    for province in provinces:
        cells = [FlowCell(counts[code][province.adcode], f"{page}?region={province.adcode}")
                 for code, page in pages.items()]  # fmt: skip
        if any(cell.count for cell in cells):
            rows.append(FlowRow(province, cells, len(going & index.having("region", [province.adcode]))))
    rows.sort(key=lambda row: (-row.total, row.province.adcode))
    return Flow(places, [totals[code] for code, _name in places], rows, _loose(), len(going))


def address(code: str) -> str:
    """The page of those who work in the place."""
    return reverse("brands:destination", args=[code])


def _loose() -> list[BrandDetail]:
    public = Brand.objects.published().values("pk")
    found = BrandDetail.objects.filter(kind=DetailKind.DESTINATION, region=None, country="", brand__in=public)
    return list(found.select_related("brand").order_by("words", "pk")[:LOOSE])


@dataclass(slots=True)
class Worker:
    """A brand whose people work in a place: where exactly and how many, in the papers' words, with a sentence for each;
    and whom to ask: what is printed as its contact, or else who runs it."""

    card: Card
    places: list[BrandDetail] = field(default_factory=list)
    quotes: list[Evidence] = field(default_factory=list)
    contacts: list[BrandDetail] = field(default_factory=list)
    organisation: str = ""

    @property
    def where(self) -> list[tuple[str, str]]:
        """Each place, and the papers' words for how many people work there."""
        return [(destination_words(detail), detail.people) for detail in self.places]

    @property
    def trade(self) -> str:
        return str(Industry(self.card.industry).label) if self.card.industry != Industry.OTHER else ""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A value that the workers may be narrowed to, with how many there are, or the chosen one."""

    label: str
    count: int
    url: str
    chosen: bool


class DestinationPage:
    """Who works in a division and all in it, or in a country; of one home province or one trade, where the address asks
    for them."""

    def __init__(self, code: str, name: str, parameters: QueryDict) -> None:
        self.code, self.name = code, name
        self.path = address(code)
        self.complaints = not_known(parameters, ("region", "industry"))
        self.home = self._chosen(parameters, "region", [str(home) for home in self.by_home], gettext("来自"))
        self.trade = self._chosen(parameters, "industry", list(self.by_trade), gettext("行业"))

    def _chosen(self, parameters: QueryDict, name: str, known: Sequence[str], label: str) -> str:
        given = parameters.get(name, "")
        if given.strip() and given not in known:
            self.complaints.append(no_such(label, given))
        return given if given in known else ""

    @cached_property
    def all(self) -> list[Worker]:
        """In two statements."""
        by_brand: dict[int, list[BrandDetail]] = defaultdict(list)
        for detail in _details(self.code).select_related("region__parent__parent").order_by("pk"):
            by_brand[detail.brand_id].append(detail)
        cards = Card.objects.filter(pk__in=list(by_brand)).order_by("-headcount", "pinyin", "id")[:MOST]
        return [Worker(card, by_brand[card.pk]) for card in cards]

    @cached_property
    def by_home(self) -> Counter[str]:
        return Counter(worker.card.province for worker in self.all if worker.card.province)

    @cached_property
    def by_trade(self) -> Counter[str]:
        known = {trade.value for trade in TRADES}
        return Counter(worker.card.industry for worker in self.all if worker.card.industry in known)

    @cached_property
    def workers(self) -> list[Worker]:
        """Those that are asked for, with their sentences and whom to ask, in three statements more."""
        found = [
            worker
            for worker in self.all
            if self.home in {"", worker.card.province} and self.trade in {"", worker.card.industry}
        ]
        by_brand = {worker.card.pk: worker for worker in found}
        details = [detail.pk for worker in found for detail in worker.places]
        said = (
            Evidence.objects.told().filter(detail__in=details).with_words().order_by("-article__published_on", "start")
        )
        for piece in said:
            quotes = by_brand[piece.brand_id or 0].quotes
            if all(piece.sentence != quote.sentence for quote in quotes):
                quotes.append(piece)
        for contact in BrandDetail.objects.filter(kind=DetailKind.CONTACT, brand__in=list(by_brand)).order_by("pk"):
            by_brand[contact.brand_id].contacts.append(contact)
        told = Brand.objects.filter(pk__in=list(by_brand)).exclude(organisation="")
        for pk, organisation in told.values_list("pk", "organisation"):
            by_brand[pk].organisation = organisation
        return found

    @cached_property
    def homes(self) -> list[Narrowing]:
        names = reached_names(self.by_home) | {COUNTRY: gettext("全国")}
        return self._narrowings("region", self.by_home, names, self.home)

    @cached_property
    def trades(self) -> list[Narrowing]:
        return self._narrowings("industry", self.by_trade, dict(Industry.choices), self.trade)

    def _narrowings(self, name: str, counts: Counter[str], names: Mapping[str, object], chosen: str) -> list[Narrowing]:
        other, value = ("industry", self.trade) if name == "region" else ("region", self.home)
        kept = f"{other}={value}" if value else ""
        found = []
        for code, count in counts.most_common():
            own = "" if code == chosen else f"{name}={code}"
            query = "&".join(filter(None, (own, kept)))
            url = f"{self.path}?{query}" if query else self.path
            found.append(Narrowing(str(names[code]), count, url, code == chosen))
        return found

    @property
    def lead(self) -> str:
        """How many brands, and where they are at home."""
        total = len(self.workers)
        told = {"n": total, "place": self.name}
        said = ngettext(
            "本库有 %(n)d 个品牌的人在%(place)s干活", "本库有 %(n)d 个品牌的人在%(place)s干活", total
        ) % told  # fmt: skip
        names = [
            gettext("%(place)s（%(n)d 个）") % {"place": home.label, "n": home.count} for home in self.homes[:NAMED]
        ]
        if self.home or self.trade or not names:
            return said + gettext("。")
        return said + gettext("，来自%s等地。" if len(self.homes) > NAMED else "，来自%s。") % gettext("、").join(names)


def working_in(adcode: str, most: int) -> list[Card]:
    """The brands whose people work in a division, those with the most people first; one more than `most` says that
    there are more. In one statement."""
    brands = _details(adcode).values("brand")
    return list(Card.objects.filter(pk__in=brands).order_by("-headcount", "pinyin", "id")[: most + 1])


def _details(code: str) -> QuerySet[BrandDetail]:
    """The destinations in a division and all in it, or in a country, of public brands."""
    place = Q(country=code) if code.isalpha() else within("region_id", code)
    return BrandDetail.objects.filter(place, kind=DetailKind.DESTINATION)
