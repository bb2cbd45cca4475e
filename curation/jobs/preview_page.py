"""A file's preview as a curator reads it: the article with its facts marked, and what becomes of each fact."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.translation import gettext

from brands.models import Article, Brand, Page, Program, Region, Statistic
from brands.text.article_text import MarkedText, set_out
from brands.text.highlight import Mark
from brands.text.page_text import Laid, lay_out
from brands.vocabulary.choices import (
    PUBLIC_CONFIDENCE,
    BrandLevel,
    Category,
    ChangeAction,
    Industry,
    Metric,
    ProgramKind,
)
from brands.vocabulary.numbers import amount, day
from curation.models import JobFile
from ingest.read import read

MODELS: dict[str, type[Model]] = {"brand": Brand, "program": Program, "statistic": Statistic}

# Characters of an article that a preview shows; one newspaper article has 1,500.
MAX_CHARACTERS = 6_000

# Facts of an article that a preview lists; a page may be full of numbers.
MAX_FACTS = 100


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a preview. `number` leads from the text to the list and back, `action` is empty where the catalogue
    has it already as it is."""

    number: int
    kind: str
    name: str
    details: str
    action: str
    fields: str
    confidence: float
    places: Sequence[Sequence[int]]

    @property
    def word(self) -> str:
        """What becomes of it."""
        return str(ChangeAction(self.action).label) if self.action else gettext("已有")

    @property
    def is_public(self) -> bool:
        return self.confidence >= PUBLIC_CONFIDENCE

    @property
    def percent(self) -> int:
        return round(self.confidence * 100)


class Preview:
    """What one file would bring, article by article."""

    def __init__(self, file: JobFile) -> None:
        self.file = file
        self.articles: list[dict[str, Any]] = file.preview.get("articles", [])
        self.gone: list[str] = file.preview.get("gone", [])
        self.unread: list[list[str]] = file.preview.get("unread", [])

    def numbers(self) -> list[int]:
        """The articles that are, or may be, about labour brands, by their place; all where none is."""
        found = [at for at, article in enumerate(self.articles) if article["relevant"] or article.get("doubtful")]
        return found or list(range(len(self.articles)))

    def facts(self, article: int) -> list[Fact]:
        """The facts of one article, brands first."""
        rows = [row for row in self.file.preview.get("facts", []) if row["article"] == article][:MAX_FACTS]
        return [self._fact(number, row) for number, row in enumerate(rows, 1)]

    def unlisted(self, article: int) -> int:
        """How many facts of the article are past the limit."""
        mine = [row for row in self.file.preview.get("facts", []) if row["article"] == article]
        return max(len(mine) - MAX_FACTS, 0)

    def reading(self, article: int, facts: Sequence[Fact]) -> MarkedText:
        """The article's text with the facts marked, each mark linked to its entry in the list."""
        laid = self._laid(article, facts)
        return set_out(self.articles[article]["title"], laid, [m for fact in facts for m in _marks(fact, laid)])

    @cached_property
    def text(self) -> str:
        """The page's text: from the file's bytes or, once it is in, from the catalogue; empty where neither has it."""
        if self.file.data:
            return read(self.file.name, bytes(self.file.data)).text
        return Page.objects.filter(sha256=self.file.sha256).values_list("text", flat=True).first() or ""

    def stored(self, article: int) -> int | None:
        """The key of the article in the catalogue; None before the file is in."""
        rows = Article.objects.filter(page__sha256=self.file.sha256).order_by("order")
        return rows.values_list("pk", flat=True)[article : article + 1].first()

    @cached_property
    def places(self) -> dict[str, Region]:
        """The regions that facts name."""
        values = [row["values"] for row in self.file.preview.get("facts", [])]
        codes = {code for value in values for key in ("region_id", "place_id") if (code := value.get(key))}
        return Region.objects.in_bulk(codes)

    def _laid(self, article: int, facts: Sequence[Fact]) -> Laid:
        whole = [(place[2], place[3]) for fact in facts for place in fact.places]
        return lay_out(self.text, list(_cut(self.articles[article]["spans"])), whole=whole)

    def _fact(self, number: int, row: dict[str, Any]) -> Fact:
        values = row["values"]
        model = MODELS[row["kind"]]
        if row["kind"] == "statistic":
            name, details = _figure(values), [row["subject"], Metric(values["metric"]).label, _as_of(values)]
        else:
            region = self.places.get(values.get("region_id") or values.get("place_id") or "")
            name, details = values["name"], [region.name if region else "", *_labels(row["kind"], values)]
        return Fact(
            number=number,
            kind=row["kind"],
            name=name,
            details=" · ".join(str(detail) for detail in details if detail),
            action=row["action"],
            fields=gettext("、").join(str(model._meta.get_field(name).verbose_name) for name in row["fields"]),  # type: ignore[union-attr]
            confidence=row["confidence"],
            places=row["places"],
        )


def _cut(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The first stretches of a text, up to MAX_CHARACTERS."""
    left = MAX_CHARACTERS
    for start, end in spans:
        if left > 0:
            yield start, min(end, start + left)
        left -= end - start


def is_cut(spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an article is longer than a preview shows."""
    return sum(end - start for start, end in spans) > MAX_CHARACTERS


def _marks(fact: Fact, laid: Laid) -> Iterator[Mark]:
    first = True
    for place in fact.places:
        for start, end in laid.places(place[0], place[1]):
            yield Mark(start, end, f"m{fact.number}" if first else "", f"is-{fact.kind}", f"#f{fact.number}")
            first = False


def _labels(kind: str, values: dict[str, Any]) -> Iterator[str]:
    """What is known of a brand or a program, in words."""
    if kind == "program":
        yield str(ProgramKind(values["kind"]).label)
        yield values["issuer"]
        yield day(_date(values["held_on"]), values["held_precision"])
        return
    yield str(Industry(values["industry"]).label)
    yield str(Category(values["category"]).label) if values["category"] else ""
    yield str(BrandLevel(values["level"]).label) if values["level"] else ""
    yield values["organisation"]
    yield gettext("%(year)s年认定") % {"year": values["recognised_year"]} if values["recognised_year"] else ""


def _figure(values: dict[str, Any]) -> str:
    upper = values["value_max"]
    return amount(
        Decimal(values["value"]),
        unit=values["unit"],
        qualifier=values["qualifier"],
        value_max=None if upper is None else Decimal(upper),
    )


def _as_of(values: dict[str, Any]) -> str:
    return day(_date(values["as_of"]), values["as_of_precision"])


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
