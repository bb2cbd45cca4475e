"""Invented brands, articles and figures as rows: a batch at a time, each in a transaction."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from brands.models import Article, Brand, BrandAlias, BrandDetail, Evidence, Page, Program, Region, Statistic
from brands.vocabulary.choices import DetailKind, OwnerKind, ReviewState
from tests.bench.lifelike.articles import YEARS, Figure, Finding, Written, feature, listing, policy, provincial
from tests.bench.lifelike.bulk import Tables
from tests.bench.lifelike.draw import LEVELS, Drawn, Map, draw_brand, often, words

# Brands of one transaction, with all that is written on them.
BATCH = 2000

# Brands of one printed list. Each brand stands in one, so that an article bears it out.
LISTED = 30

# How many reports a brand has of its own, the first most often.
FEATURES = (0, 1, 0, 0, 2, 0, 0, 3, 5)

# Most places where the people of one brand work, the first most often.
DESTINATIONS = (0, 1, 0, 2, 4)

# Share of articles that another paper prints again.
REPRINTED = 0.08

# Of so many brands one is a series, to which IN_SERIES of the others belong.
SERIES = 25
IN_SERIES = 0.08
ALIASED = 0.2
# One program for so many brands.
PROGRAMS = 40

VERSION = "lifelike"

# The column by which evidence or a statistic refers to something, and the key of that.
Column = tuple[str, int | str]


def fill(brands: int, seed: int, reports: int = 1, more: int = 0) -> Iterator[int]:
    """Add so many brands, and what papers say of them, to a database with regions; yields how many are there. The same
    seed gives the same rows. `reports` multiplies the articles on single brands, each of
    which gives `more` figures than usual."""
    regions = list(Region.objects.all())
    on = Map(regions, Random(seed))
    taken: set[tuple[str, str]] = set()
    tables = Tables()
    for done in range(0, brands, BATCH):
        rng = Random(f"{seed}:{done}")
        drawn = [draw_brand(rng, on, taken) for _ in range(min(BATCH, brands - done))]
        batch = ChangeSet(rng, on, tables, drawn, reports, more)
        batch.write()
        yield done + len(batch.drawn)
    _provinces(Random(f"{seed}:provinces"), on, tables, [row for row in regions if row.level == "province"])


@dataclass(slots=True)
class ChangeSet:
    rng: Random
    on: Map
    tables: Tables
    drawn: list[Drawn]
    reports: int = 1
    more: int = 0
    brands: list[Brand] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    programs: dict[str, Program] = field(default_factory=dict)

    def write(self) -> None:
        """Brands, what they are called besides, all articles on them with what these bear out: one transaction."""
        self.brands = [self.brand(drawn) for drawn in self.drawn]
        self.set_series()
        self.report()
        self.list_by_province()
        for _ in range(-(-len(self.drawn) // PROGRAMS)):
            self.announce()
        columns: dict[int | str, Column] = {number: ("brand_id", row.pk) for number, row in enumerate(self.brands)}
        columns |= {name: ("program_id", row.pk) for name, row in self.programs.items()}
        save_articles(self.rng, self.tables, self.written, columns)
        self.tables.write()

    def brand(self, drawn: Drawn) -> Brand:
        """A row, and for some an alias."""
        rng = self.rng
        level = often(rng, LEVELS)
        row = self.tables.add(
            Brand,
            name=drawn.name,
            region_id=drawn.place.adcode,
            industry=drawn.trade.industry,
            category=drawn.trade.category if rng.random() < 0.8 else "",
            level=level,
            owner_kind=OwnerKind.REGIONAL if rng.random() < 0.7 else "",
            organisation=f"{drawn.place.name}人力资源和社会保障局" if rng.random() < 0.3 else "",
            recognised_year=often(rng, YEARS) if level else None,
            batch=rng.choice(("第一批", "第二批", "第三批")) if level and rng.random() < 0.3 else "",
            description=_described(rng, drawn),
            **_review(rng),
        )
        if rng.random() < ALIASED:
            self.tables.add(BrandAlias, brand_id=row.pk, name=drawn.short).prepare()
        self.send(row)
        return row.prepare()

    def send(self, row: Brand) -> None:
        """Places where people of the brand work: provinces and cities, some with how many."""
        rng = self.rng
        places = self.on.places
        drawn = {self.on.draw(rng).adcode[:4] + "00" for _ in range(often(rng, DESTINATIONS))}
        codes = {code if code in places else f"{code[:2]}0000" for code in drawn}  # counties that no city holds
        for reached in (places[code] for code in sorted(codes)):
            people = f"{rng.randint(1, 90) * 100}人" if rng.random() < 0.2 else ""
            self.tables.add(
                BrandDetail,
                brand_id=row.pk,
                kind=DetailKind.DESTINATION,
                words=reached.name,
                region_id=reached.adcode,
                people=people,
            ).prepare()

    def set_series(self) -> None:
        for number, row in enumerate(self.brands):
            if number % SERIES and self.rng.random() < IN_SERIES:
                row.series_id = self.brands[number - number % SERIES].pk

    def report(self) -> None:
        """Articles on single brands."""
        for number in range(len(self.drawn)):
            for _ in range(self.reports * often(self.rng, FEATURES)):
                self.written.append(feature(self.rng, self.drawn, number, self.paper(number), self.more))

    def list_by_province(self) -> None:
        by_province: defaultdict[str, list[int]] = defaultdict(list)
        for number, brand in enumerate(self.drawn):
            by_province[brand.place.adcode[:2]].append(number)
        for numbers in by_province.values():
            province = self.on.province(self.drawn[numbers[0]].place)
            for at in range(0, len(numbers), LISTED):
                some = numbers[at : at + LISTED]
                self.written.append(listing(self.rng, self.drawn, some, province, f"{province.common}日报"))

    def announce(self) -> None:
        """A program that names some brands, and the report on it."""
        rng = self.rng
        numbers = rng.sample(range(len(self.drawn)), min(len(self.drawn), rng.randint(1, 6)))
        place, kind, year = self.drawn[numbers[0]].place, often(rng, list(words()["programs"])), often(rng, YEARS)
        title = rng.choice(words()["programs"][kind])
        row = self.tables.add(
            Program, kind=kind, place_id=place.adcode, issuer=f"{place.name}人民政府", held_on=date(year, 1, 1)
        )
        row.name, row.held_precision = f"{place.common}{title}（{year}年第{row.pk}号）", "year"
        self.programs[row.name] = row.prepare()
        for number in numbers:
            self.tables.add(Program.brands.through, program_id=row.pk, brand_id=self.brands[number].pk)
        self.written.append(policy(rng, self.drawn, numbers, row.name, self.paper(numbers[0])))

    def paper(self, number: int) -> str:
        """The paper of the brand's place or province."""
        place = self.drawn[number].place
        return f"{self.rng.choice((place, self.on.province(place))).common}日报"


def _described(rng: Random, drawn: Drawn) -> str:
    """Up to three sentences; three brands in ten have none."""
    told = rng.sample(words()["articles"]["described"], rng.randint(1, 3)) if rng.random() < 0.7 else []
    return "".join(told).format(**drawn.values)


def _review(rng: Random) -> dict[str, object]:
    """A tenth confirmed, one in fifty rejected, one in thirty too unsure to be public."""
    state = rng.choices((ReviewState.PROPOSED, ReviewState.CONFIRMED, ReviewState.REJECTED), (88, 10, 2))[0]
    return {"review": state.value, "confidence": 0.4 if rng.random() < 0.03 else round(rng.uniform(0.6, 1), 3)}


def save_articles(rng: Random, tables: Tables, written: Sequence[Written], columns: Mapping[int | str, Column]) -> None:
    """A page and an article for each, and for some a reprint in another paper, with all that they bear out. `columns`
    has what the findings call by a number or name; what it lacks is a division's code."""
    statistics: dict[tuple[int | str, str], int] = {}
    for one in written:
        first = _article(tables, one, one.publisher)
        prints = [first]
        if rng.random() < REPRINTED:
            prints.append(_article(tables, one, f"{one.publisher}客户端"))
            prints[1].reprint_of_id = first.pk
        for finding in one.findings:
            column = columns.get(finding.of, ("region_id", finding.of))
            if finding.figure is not None:
                key = (finding.of, _fact(finding.figure))
                if key not in statistics:
                    statistics[key] = _statistic(tables, finding.figure, column).pk
                column = ("statistic_id", statistics[key])
            for article in prints:
                _evidence(tables, article, finding, column)


def _article(tables: Tables, written: Written, publisher: str) -> Article:
    text = f"{written.text}\n{publisher}\n{written.printed}\n"  # below the article: what its span leaves out
    digest = hashlib.sha256(text.encode()).hexdigest()
    name = f"lifelike-{digest[:12]}.txt"
    page = tables.add(Page, name=name, sha256=digest, encoding="utf-8", text=text, extractor=VERSION)
    return tables.add(
        Article,
        page_id=page.pk,
        order=0,
        title=written.title,
        publisher=publisher,
        published_on=written.printed,
        spans=[[0, len(written.text)]],
        relevant=True,
        reason=VERSION,
        place_id=written.place.adcode,
        fingerprint=hashlib.sha256(written.text.encode()).hexdigest()[:16],
    )


def _fact(figure: Figure) -> str:
    return f"{figure.metric}{figure.qualifier}{figure.value}{figure.unit}{figure.year}"


def _statistic(tables: Tables, figure: Figure, column: Column) -> Statistic:
    row = tables.add(
        Statistic,
        metric=figure.metric,
        value=figure.value,
        qualifier=figure.qualifier,
        unit=figure.unit,
        as_of=date(figure.year, 1, 1),
        as_of_precision="year",
        stated=figure.words,
        **dict([column]),
    )
    return row.prepare()


def _evidence(tables: Tables, article: Article, finding: Finding, column: Column) -> None:
    (start, end), (first, last) = finding.said.places[finding.slot], finding.said.sentence
    tables.add(
        Evidence,
        article_id=article.pk,
        start=start,
        end=end,
        context_start=first,
        context_end=last,
        version=VERSION,
        **dict([column]),
    )


def _provinces(rng: Random, on: Map, tables: Tables, provinces: Iterable[Region]) -> None:
    """How many brands each province has had over the years."""
    for row in provinces:
        written = list(provincial(rng, on.places[row.adcode], f"{row.common_name}日报"))
        save_articles(rng, tables, written, {})
    tables.write()
