"""Which brands the home page offers to read: chosen by a rule that the page states."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from brands.data_version import kept
from brands.figures.figures import Figure, figures_of, newest
from brands.models import Card, Evidence, Statistic

# Brands with a figure, those with the most articles first, among which is chosen.
CANDIDATES = 40

# Characters of a sentence that reads as one: less is a heading or the cell of a table, more is a list.
SHORTEST, LONGEST = 15, 120


@dataclass(frozen=True, slots=True)
class FeaturedBrand:
    """A brand, its figure, and the one sentence of a paper that gives the figure."""

    card: Card
    figure: Figure
    quotes: list[Evidence]


@kept
def worth_reading(most: int) -> list[FeaturedBrand]:
    """At most so many brands with a figure and a sentence that gives it: first those that most different papers name,
    of equals those with the newest report, then by name; one a province, so that the country is in it. In four
    statements."""
    ranked = Card.objects.filter(value__isnull=False, articles__gt=0).order_by("-articles", "pinyin", "id")
    cards = list(ranked[:CANDIDATES])
    papers = _papers(cards)
    cards.sort(key=lambda card: card.newest_report, reverse=True)
    cards.sort(key=lambda card: -papers.get(card.pk, 0))
    readings = _readings(cards)
    found: dict[str, FeaturedBrand] = {}
    for card in cards:
        if card.pk in readings and len(found) < most:
            found.setdefault(card.province, readings[card.pk])
    return list(found.values())


def _papers(cards: Sequence[Card]) -> dict[int, int]:
    """How many papers that are known by name write of each brand; one that reprints another does not."""
    rows = (
        Evidence.objects.told()
        .filter(article__reprint_of__isnull=True, brand__in=[card.pk for card in cards])
        .exclude(article__publisher="")
        .order_by()
    )
    counts = rows.values_list("brand").annotate(Count("article__publisher", distinct=True))
    return {int(pk or 0): count for pk, count in counts}


def _readings(cards: Sequence[Card]) -> dict[int, FeaturedBrand]:
    """What can be read of each of the brands, by its key: the figure that lists show, where a sentence gives it."""
    wanted = Q(pk__in=[])
    for card in cards:
        wanted |= Q(brand=card.pk, metric=card.metric)
    figures: dict[int, list[Figure]] = {}
    for figure in figures_of(Statistic.objects.published().wholes().filter(wanted)):
        figures.setdefault(int(figure.statistic.brand_id or 0), []).append(figure)
    pairs = ((card, newest(figures.get(card.pk, ()))) for card in cards)
    read = ((card, figure, _sentence(figure.quotes)) for card, figure in pairs if figure)
    return {card.pk: FeaturedBrand(card, figure, quotes) for card, figure, quotes in read if quotes}


def _sentence(quotes: Iterable[Evidence]) -> list[Evidence]:
    """The first that reads as a sentence, or nothing."""
    lengths = range(SHORTEST, LONGEST + 1)
    return [quote for quote in quotes if quote.context_end - quote.context_start in lengths][:1]
