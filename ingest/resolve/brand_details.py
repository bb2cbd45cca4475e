"""The fields and details of brands as the articles of a page say them, each with the characters that do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from brands.vocabulary.choices import BrandLevel, DetailKind
from brands.vocabulary.names import name_key
from ingest.frozen import frozen
from ingest.records import ExtractedDetail, Mention, Quote
from ingest.resolve.destinations import ReachedPlace, destinations, is_away
from ingest.resolve.details import details_said
from ingest.resolve.evidence import quote_of
from ingest.resolve.organisations import organisations
from ingest.resolve.owners import NamedPlaces
from ingest.resolve.recognition import RecognitionStatement, chosen_recognition, level_recognised_in, recognitions
from ingest.resolve.setting import Setting
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


def attributes_of(settings: Mapping[int, Setting], named: Mapping[str, Iterable[Mention]]) -> Attributes:
    """What articles say of the brands that they name at these places, by the brands' keys."""
    places = [NamedPlaces.of(setting, named) for setting in settings.values()]
    bodies: defaultdict[str, list[Spot]] = defaultdict(list)
    for one in organisations(places):
        bodies[one.owner].append(Spot(one.article, one.span))
    reached: defaultdict[str, list[tuple[Spot, ReachedPlace]]] = defaultdict(list)
    for found in destinations(places):
        for owner in found.owners:
            reached[owner].append((Spot(found.article, found.place.span), found.place))
    details: defaultdict[str, list[tuple[Spot, DetailKind]]] = defaultdict(list)
    for said in details_said(places):
        details[said.owner].append((Spot(said.article, said.span), said.kind))
    return Attributes(settings, recognitions(places), bodies, reached, details)
