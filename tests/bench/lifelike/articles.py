"""Pages that name brands and give figures of them, written sentence by sentence so that every place is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from brands.vocabulary.choices import Qualifier
from tests.bench.lifelike.draw import Drawn, Place, often, words
from tests.bench.lifelike.sheet import Said, Sheet

LAST = date(2025, 11, 30)
# Articles are of the days up to the last one, the newer the more.
DAYS = 4000
YEARS = tuple(range(2025, 2014, -1))
HEDGES = {"近": Qualifier.NEARLY, "约": Qualifier.ABOUT, "超过": Qualifier.OVER, "": Qualifier.EXACT}


@dataclass(frozen=True, slots=True)
class Figure:
    metric: str
    unit: str
    value: Decimal
    qualifier: str
    year: int
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a place of the page bears out: `of` a brand by its number in the batch, or a figure of it, or a program."""

    of: int | str
    said: Said
    slot: str
    figure: Figure | None = None


@dataclass(slots=True)
class Written:
    """An article, alone on its page."""

    title: str
    place: Place
    publisher: str
    printed: date
    text: str = ""
    findings: list[Finding] = field(default_factory=list)


class Writer:
    """Writes one article: `sheet` holds the text so far."""

    def __init__(self, rng: Random, title: str, place: Place, publisher: str) -> None:
        self.rng = rng
        self.sheet = Sheet()
        printed = LAST - timedelta(days=int(DAYS * rng.random() ** 2))
        self.article = Written(title, place, publisher, printed)
        self.sheet.write(f"{title}\n{rng.choice(words()['articles']['bylines'])}\n")

    def say(
        self, template: str, values: dict[str, str], *of: tuple[int | str, str], figure: Figure | None = None
    ) -> None:
        """A sentence, whose slots bear out what `of` names."""
        said = self.sheet.say(template, values)
        self.article.findings += [Finding(one, said, slot, figure) for one, slot in of if slot in said.places]

    def done(self) -> Written:
        self.article.text = self.sheet.text
        return self.article


def feature(rng: Random, brands: Sequence[Drawn], number: int, publisher: str, more: int = 0) -> Written:
    """A report on one brand, with figures of it, `more` of them than usual, and now and then another brand."""
    told, brand = words()["articles"], brands[number]
    values = brand.values
    writer = Writer(rng, often(rng, told["titles"]).format(**values), brand.place, publisher)
    writer.say(rng.choice(told["opening"]), values, (number, "brand"))
    for sentence in rng.sample(told["body"], rng.randint(1, 4)):
        writer.say(sentence, values)
    writer.sheet.write("\n")
    for kind in rng.sample(words()["figures"], more + rng.choice((0, 1, 1, 2, 2, 3))):
        figure = _figure(rng, kind, writer.article.printed.year)
        sentence = rng.choice(kind["sentences"])
        writer.say(sentence, values | {"words": figure.words}, (number, "words"), figure=figure)
    if rng.random() < 0.3:
        other = rng.randrange(len(brands))
        writer.say(rng.choice(told["others"]), brands[other].values, (other, "brand"))
    writer.say(rng.choice(told["closing"]), values)
    return writer.done()


def listing(rng: Random, brands: Sequence[Drawn], numbers: Sequence[int], province: Place, publisher: str) -> Written:
    """A list of brands, each on a line of its own."""
    told, values = words()["articles"], {"place": province.common}
    writer = Writer(rng, rng.choice(told["list_titles"]).format(**values), province, publisher)
    writer.say(told["list_opening"], values)
    for place, number in enumerate(numbers, 1):
        writer.sheet.write("\n")
        writer.say(told["list_entry"], brands[number].values | {"number": str(place)}, (number, "brand"))
    return writer.done()


def policy(rng: Random, brands: Sequence[Drawn], numbers: Sequence[int], program: str, publisher: str) -> Written:
    """A report on a program that names brands; the program is what `of` calls by its name."""
    told, place = words()["articles"], brands[numbers[0]].place
    values = {"place": place.common, "program": program}
    writer = Writer(rng, rng.choice(told["policy_titles"]).format(**values), place, publisher)
    writer.say(told["policy_opening"], values, (program, "program"))
    for number in numbers:
        writer.say(told["policy_brands"], brands[number].values, (number, "brand"))
    return writer.done()


def provincial(rng: Random, place: Place, publisher: str) -> Iterator[Written]:
    """For some years each, how many brands a province has."""
    value = rng.randint(20, 300)
    for year in reversed(YEARS[:5]):
        value += rng.randint(5, 60)
        figure = Figure("brands", "个", Decimal(value), Qualifier.EXACT, year, f"{value}个")
        title = f"{place.common}劳务品牌建设提速"
        writer = Writer(rng, title, place, publisher)
        slots = {"year": str(year), "place": place.common, "words": figure.words}
        writer.say(words()["articles"]["province"], slots, (place.adcode, "words"), figure=figure)
        yield writer.done()


def _figure(rng: Random, kind: dict[str, Any], year: int) -> Figure:
    """A number of two digits, in the words of a paper: 近3.2万人."""
    power = rng.uniform(kind["least"], kind["most"])
    value = Decimal(f"{10**power:.1e}").quantize(Decimal(1))
    hedge = rng.choice(list(HEDGES))
    return Figure(kind["metric"], kind["unit"], value, HEDGES[hedge], year, f"{hedge}{_spelled(value)}{kind['unit']}")


def _spelled(value: Decimal) -> str:
    for size, word in ((10**8, "亿"), (10**4, "万")):
        if value >= size:
            return f"{(value / size).normalize():f}{word}"
    return str(value)
