"""The fields and details of brands as the articles of a page say them, each with the characters that do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from brands.vocabulary.choices import BrandLevel, DetailKind
from brands.vocabulary.names import name_key
from ingest.frozen import frozen
from ingest.records import ExtractedDetail, Mention, Quote
from ingest.resolve.destinations import ReachedPlace, destinations, is_away, places_in_cells
from ingest.resolve.details import details_said
from ingest.resolve.evidence import quote_of
from ingest.resolve.organisations import organisations
from ingest.resolve.owners import NamedPlaces
from ingest.resolve.recognition import (
    ListedLevels,
    RecognitionStatement,
    chosen_recognition,
    level_recognised_in,
    recognitions,
)
from ingest.resolve.setting import Setting
from ingest.resolve.table_fields import FieldSaid, fields_said
from ingest.text import Span

# How sure what is said of a brand is, the brand itself set aside.
SURE = 0.9
# Most details that a page gives a brand: a reader needs no more, and a page of garbage gives thousands.
MOST = 60


@frozen()
class Spot:
    """A stretch of an article's text."""

    article: int
    span: Span


@frozen()
class BrandTold:
    """What a page says of one brand; empty or None for what it does not say. `quotes` are those of the fields."""

    year: int | None
    texts: Mapping[str, str]
    quotes: tuple[Quote, ...]
    details: tuple[ExtractedDetail, ...]


@frozen()
class Attributes:
    """What the articles of a page say of its brands, by their keys."""

    settings: Mapping[int, Setting]
    recognised: Mapping[str, Sequence[RecognitionStatement]]
    organisations: Mapping[str, Sequence[Spot]]
    destinations: Mapping[str, Sequence[tuple[Spot, ReachedPlace]]]
    details: Mapping[str, Sequence[tuple[Spot, DetailKind]]]

    def of(self, key: str, level: BrandLevel | None, home: str) -> BrandTold:
        """What is said of the brand with this key, which has this level and is at home in the division `home`."""
        said = chosen_recognition(self.recognised.get(key, ()), level)
        quotes, texts = [], {}
        for name, spot in self._fields(key, said):
            if quote := self._quote(spot, name):
                quotes.append(quote)
                texts[name] = spot.span.of(self.settings[spot.article].text)
        year = said.year if said and "recognised_year" in texts else None
        return BrandTold(year, texts, tuple(quotes), tuple(self._details(key, said, home)))

    def level(self, key: str) -> tuple[BrandLevel | None, Quote | None]:
        """The level that a statement which names the brand gives it, and where."""
        found = level_recognised_in(self.recognised.get(key, ()))
        return (found[0], self._quote(Spot(found[1].article, found[1].said), "level")) if found else (None, None)

    def _fields(self, key: str, said: RecognitionStatement | None) -> Iterator[tuple[str, Spot]]:
        if said:
            spans = {name: getattr(said, name) for name in ("batch", "issuer", "document_number")}
            spans["recognised_year"] = said.when
            yield from ((name, Spot(said.article, span)) for name, span in spans.items() if span)
        yield from (("organisation", spot) for spot in self.organisations.get(key, ())[:1])

    def _details(self, key: str, said: RecognitionStatement | None, home: str) -> Iterator[ExtractedDetail]:
        """The details, each value of a kind once."""
        seen: set[tuple[DetailKind, str]] = set()
        for detail in self._all(key, said, home):
            value = (detail.kind, detail.region or detail.country or name_key(detail.value))
            if value not in seen and value[1] and len(seen) < MOST:
                seen.add(value)
                yield detail

    def _all(self, key: str, said: RecognitionStatement | None, home: str) -> Iterator[ExtractedDetail]:
        for spot, place in self.destinations.get(key, ()):
            if is_away(place, home) and (detail := self._detail(spot, DetailKind.DESTINATION, place)):
                yield detail
        spots = list(self.details.get(key, ()))
        if said and said.register:
            spots.append((Spot(said.article, said.register), DetailKind.REGISTER))
        yield from (detail for spot, kind in spots if (detail := self._detail(spot, kind)))

    def _detail(self, spot: Spot, kind: DetailKind, place: ReachedPlace | None = None) -> ExtractedDetail | None:
        quote = self._quote(spot, kind.value)
        value = spot.span.of(self.settings[spot.article].text)
        if quote is None:
            return None
        place = place or ReachedPlace(spot.span)
        return ExtractedDetail(kind, value, quote, place.region, place.country, place.people)

    def _quote(self, spot: Spot, field: str) -> Quote | None:
        setting = self.settings[spot.article]
        mention = Mention(spot.article, spot.span.start, spot.span.end, "", f"said-{field}", SURE)
        return quote_of(setting.article.text, setting.sentences, mention, field=field)


def attributes_of(
    settings: Mapping[int, Setting], named: Mapping[str, Iterable[Mention]], listed: ListedLevels
) -> Attributes:
    """What articles say of the brands that they name at these places, by the brands' keys; `listed` are the levels that
    lists give them."""
    places = [NamedPlaces.of(setting, named) for setting in settings.values()]
    in_tables = [said for article in places for said in fields_said(article)]
    bodies: defaultdict[str, list[Spot]] = defaultdict(list)
    reached: defaultdict[str, list[tuple[Spot, ReachedPlace]]] = defaultdict(list)
    details: defaultdict[str, list[tuple[Spot, DetailKind]]] = defaultdict(list)
    for said in in_tables:
        if said.field == "organisation":
            bodies[said.owner].append(Spot(said.article, said.span))
        elif kind := _KINDS.get(said.field):
            details[said.owner].append((Spot(said.article, said.span), kind))
    for owner, article, place in _cells_of_destinations(places, in_tables):
        reached[owner].append((Spot(article, place.span), place))
    for one in organisations(places):
        bodies[one.owner].append(Spot(one.article, one.span))
    for found in destinations(places):
        for owner in found.owners:
            reached[owner].append((Spot(found.article, found.place.span), found.place))
    for detail in details_said(places):
        details[detail.owner].append((Spot(detail.article, detail.span), detail.kind))
    recognised = recognised_in_rows(recognitions(places, listed), in_tables, settings)
    return Attributes(settings, recognised, bodies, reached, details)


# The columns that tell a detail as it is worded.
_KINDS = {
    "contact": DetailKind.CONTACT,
    "training_place": DetailKind.TRAINING_PLACE,
    "trade": DetailKind.TRADE,
}


def _cells_of_destinations(
    places: Sequence[NamedPlaces], in_tables: Sequence[FieldSaid]
) -> Iterator[tuple[str, int, ReachedPlace]]:
    """The places in the columns that say where people work, each with its brand and article."""
    for article in places:
        order = article.setting.article.order
        owners = {said.span: said.owner for said in in_tables if said.field == "destination" and said.article == order}
        for cell, place in places_in_cells(article, tuple(owners)) if owners else ():
            yield owners[cell], order, place


def recognised_in_rows(
    recognised: Mapping[str, Sequence[RecognitionStatement]],
    in_tables: Sequence[FieldSaid],
    settings: Mapping[int, Setting],
) -> Mapping[str, Sequence[RecognitionStatement]]:
    """The statements with the year and the batch that the rows of tables give their brands: a row says more of its own
    brand than what stands above the table."""
    found = {key: list(statements) for key, statements in recognised.items()}
    for said in in_tables:
        if said.field not in ("recognised_year", "batch"):
            continue
        statements = found.setdefault(said.owner, [])
        if not any(one.article == said.article for one in statements):
            statements.append(RecognitionStatement(said.article, said.span, None, own=False))
        year = int(said.span.of(settings[said.article].text)[:4]) if said.field == "recognised_year" else 0
        for number, one in enumerate(statements):
            if one.article == said.article:
                statements[number] = replace(one, year=year, when=said.span) if year else replace(one, batch=said.span)
    return found
