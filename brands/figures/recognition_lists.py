"""A printed list of recognised brands: who recognised which of them in one year and batch, and who says so."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from brands.figures.recognitions import Recognition, cards_of, told_of
from brands.models import Article, Brand, BrandDetail, Card, Evidence, Region
from brands.place_words import level_words
from brands.vocabulary.choices import DetailKind

# The fields whose sentences say that a brand was recognised, and when.
FIELDS = ("recognised_year", "batch", "level", "issuer", "document_number", DetailKind.REGISTER.value)

# Those whose sentences say when: they stand first.
DATED = FIELDS[:2]

# Articles and sentences that are shown; brands of a list, of which the largest known has some hundreds.
SOURCES, QUOTES, MOST = 5, 4, 500


@dataclass(frozen=True, slots=True)
class ListSource:
    """An article that says of so many of the brands that they were recognised."""

    article: Article
    brands: int


class RecognitionList:
    """What one division recognised in a year and batch; `year` is None and `level` and `batch` are empty where no paper
    says."""

    def __init__(self, place: Region, level: str, year: int | None, batch: str) -> None:
        self.place, self.level, self.year, self.batch = place, level, year, batch

    @property
    def level_words(self) -> str:
        return level_words(self.level, self.place.adcode)

    @cached_property
    def cards(self) -> Sequence[Card]:
        """The brands that are here, by name."""
        asked = cards_of(self.place.adcode, self.level, self.year, self.batch)
        return list(asked.order_by("pinyin", "id")[:MOST])

    @cached_property
    def _pks(self) -> list[int]:
        return [card.pk for card in self.cards]

    @cached_property
    def told(self) -> Recognition | None:
        """What papers count of it."""
        return told_of(self.place.adcode, self.year, self.batch)

    @cached_property
    def _papers(self) -> tuple[Counter[str], Counter[str]]:
        rows = Brand.objects.filter(pk__in=self._pks).values_list("issuer", "document_number")
        issuers, numbers = Counter[str](), Counter[str]()
        for issuer, number in rows:
            issuers.update([issuer] if issuer else [])
            numbers.update([number] if number else [])
        return issuers, numbers

    @property
    def issuers(self) -> list[str]:
        """Who recognised them, as the papers word it."""
        return [issuer for issuer, _count in self._papers[0].most_common()]

    @property
    def document_numbers(self) -> list[str]:
        return [number for number, _count in self._papers[1].most_common()]

    @cached_property
    def registers(self) -> list[str]:
        """What the papers call the list, each with two brands at least, or with the only one."""
        rows = BrandDetail.objects.filter(kind=DetailKind.REGISTER, brand__in=self._pks).values_list("words", flat=True)
        least = min(2, len(self.cards))
        return [words for words, count in Counter(rows).most_common() if count >= least]

    @cached_property
    def _evidence(self) -> list[Evidence]:
        said = Q(field__in=FIELDS) if self.level or self.batch else Q(field__in=DATED)
        found = Evidence.objects.told().filter(said, brand__in=self._pks).with_words()
        return list(found.order_by("-article__published_on", "article_id", "start"))

    @property
    def sources(self) -> list[ListSource]:
        """The articles that say so, those of the most brands first."""
        brands: dict[int, set[int]] = {}
        articles: dict[int, Article] = {}
        for piece in self._evidence:
            story = piece.article.story
            articles.setdefault(story, piece.article)
            brands.setdefault(story, set()).add(piece.brand_id or 0)
        found = [ListSource(article, len(brands[story])) for story, article in articles.items()]
        return sorted(found, key=lambda source: -source.brands)[:SOURCES]

    @property
    def quotes(self) -> list[Evidence]:
        """The sentences that say when and by whom, each once, those of the most brands first."""
        said: dict[tuple[int, int], Evidence] = {}
        counts = Counter[tuple[int, int]]()
        for piece in sorted(self._evidence, key=lambda piece: piece.field not in DATED):
            place = (piece.article.story, piece.context_start)
            said.setdefault(place, piece)
            counts[place] += 1
        return [said[place] for place, _count in counts.most_common(QUOTES)]
