"""Decisions of the staff as gold, in the format of the corpus: what a careful reader finds in a page.

A page is gold once people have decided on every fact that its articles bear out; what they rejected is left out of it,
and so is told to be none. Only what was looked at is claimed: a field of a brand where this page says it, the date,
paper and relevance of an article where somebody set them. Sources that people entered by hand are no pages as papers
print them, so they are never gold.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any, TypeVar

from django.db.models import Q

from brands.models import Article, Brand, Evidence, Page, Program, Proposal, Statistic
from brands.models.source import BY_HAND
from brands.vocabulary.choices import DateBasis, ProposalState, ReviewState, Scope
from brands.vocabulary.dates import to_iso
from brands.vocabulary.names import letters_of
from brands.vocabulary.script import simplified
from ingest.export import plain_number

KINDS = ("brand", "program", "statistic")
DECIDED = (ReviewState.CONFIRMED, ReviewState.REJECTED)

# Fields of a brand, beside its region, that gold may have; the words of the latter must stand on the page.
TOLD = ("level", "recognised_year")
WORDED = ("batch", "organisation", "issuer")

# Letters of a page's name that its gold is called by.
MAX_STEM = 60

Fact = Brand | Program | Statistic
# Its kind and key.
Key = tuple[str, int]
Gold = dict[str, Any]
T = TypeVar("T", Brand, Program, Statistic)


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page with its gold; those that share one of `ties` tell of the same brand or story."""

    file: str
    text: str
    gold: Gold
    articles: tuple[Article, ...]
    ties: frozenset[str]


def gold_pages(*, partial: bool = False) -> Iterator[GoldPage]:
    """The pages that are gold, in the order in which they came. With `partial` also those on which a part of the facts
    was decided: what waits is optional there, so that finding it is neither right nor wrong."""
    for page in Page.objects.filter(_looked_at()).exclude(extractor=BY_HAND).order_by("pk").iterator():
        told = _Told(page)
        if told.is_decided and (partial or not told.waiting):
            yield told.gold_page()


def _looked_at() -> Q:
    """The pages of which somebody decided a fact or corrected an article."""
    found = Q(pk__in=Article.objects.exclude(hand_set=[]).order_by().values("page"))
    for kind in KINDS:
        decided = Evidence.objects.of_facts().filter(**{f"{kind}__review__in": DECIDED})
        found |= Q(pk__in=decided.order_by().values("article__page"))
    return found


class _Told:
    """What people said of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.letters = letters_of(simplified(page.text))
        self.articles = [row for row in page.articles.order_by("order") if row.spans]
        self.pieces: dict[Key, list[Evidence]] = defaultdict(list)
        self.facts: dict[Key, Fact] = {}
        subjects = ("brand", "program", "statistic__brand", "statistic__program")
        evidence = Evidence.objects.filter(article__page=page).select_related(*subjects)
        for piece in evidence.of_facts().order_by("start", "pk"):
            kind = next(kind for kind in KINDS if getattr(piece, f"{kind}_id"))
            key = (kind, getattr(piece, f"{kind}_id"))
            self.pieces[key].append(piece)
            self.facts[key] = getattr(piece, kind)

    @cached_property
    def waiting(self) -> set[Key]:
        """The facts that nobody decided, or of which another value is proposed."""
        standing = {key for key, row in self.facts.items() if not _is_rejected(row)}
        proposed: set[Key] = set()
        for kind in KINDS:
            keys = [pk for own, pk in standing if own == kind]
            proposals = Proposal.objects.filter(state=ProposalState.OPEN, **{f"{kind}__in": keys})
            proposed |= {(kind, pk) for pk in proposals.values_list(kind, flat=True)}
        return {key for key in standing if key in proposed or self.facts[key].review == ReviewState.PROPOSED}

    @property
    def is_decided(self) -> bool:
        """Whether anything of the page is."""
        return self.waiting != self.facts.keys() or any("relevant" in row.hand_set for row in self.articles)

    def gold_page(self) -> GoldPage:
        file = f"{_stem(self.page.name)}-{self.page.sha256[:8]}.txt"
        gold = {
            "file": file,
            "articles": [self._article(row) for row in self.articles],
            "brands": [self._brand(row) for row in self._standing(Brand)],
            "programs": [self._program(row) for row in self._standing(Program)],
            "statistics": [self._statistic(row) for row in self._standing(Statistic)],
        }
        stories = {f"story {row.story}" for row in self.articles}
        brands = {f"brand {pk}" for kind, pk in self.facts if kind == "brand"}
        return GoldPage(file, self.page.text, gold, tuple(self.articles), frozenset(stories | brands))

    def _standing(self, model: type[T]) -> list[T]:
        """The facts of a kind that nobody rejected, in the order of the text."""
        return [row for row in self.facts.values() if isinstance(row, model) and not _is_rejected(row)]

    def _article(self, row: Article) -> Gold:
        """Whether it is about labour brands is known where somebody said so, or confirmed a fact of it."""
        told: Gold = {"title": row.title, "relevant": row.relevant, "spans": row.spans}
        told |= {name: getattr(row, name) for name in ("publisher", "url") if name in row.hand_set}
        if "published_on" in row.hand_set and row.published_on:
            told["published_on"] = row.published_on.isoformat()
        if "relevant" in row.hand_set:
            return told
        if row.pk in self._confirmed:
            return told | {"relevant": True}
        return told | {"optional": True}

    @cached_property
    def _confirmed(self) -> set[int]:
        """The articles with a fact that somebody confirmed."""
        confirmed = (key for key, row in self.facts.items() if row.review == ReviewState.CONFIRMED)
        return {piece.article_id for key in confirmed for piece in self.pieces[key]}

    def _brand(self, row: Brand) -> Gold:
        told: Gold = dict(zip(("name", "aliases"), self._names(row), strict=True))
        told["region"] = (row.region_id or "") if self._is_from_here(row, "region") else ""
        told["industry"] = row.industry
        for name in (*TOLD, *WORDED):
            value = getattr(row, name)
            if value and self._is_from_here(row, name) and (name in TOLD or self._has(value)):
                told[name] = value
        return told | self._places(row) | self._optional(row)

    def _program(self, row: Program) -> Gold:
        told = dict(zip(("name", "aliases"), self._names(row), strict=True))
        return told | {"kind": row.kind} | self._places(row) | self._optional(row)

    def _statistic(self, row: Statistic) -> Gold:
        piece = self.pieces[_key(row)][0]
        told: Gold = {
            "subject": self._subject(row),
            "metric": row.metric,
            "value": plain_number(row.value),
            "qualifier": row.qualifier,
            "unit": row.unit,
            "scope": row.scope,
            "stated": "".join(self.page.text[piece.start : piece.end].split()),
        }
        if row.value_max is not None:
            told["value_max"] = plain_number(row.value_max)
        if row.scope == Scope.PART:
            told["part_of"] = row.part_of
        if row.as_of_basis == DateBasis.STATED:
            told["as_of"] = to_iso(row.as_of, row.as_of_precision)
        return told | {"evidence": [piece.start, piece.end]} | self._optional(row)

    def _subject(self, row: Statistic) -> dict[str, str]:
        whose = row.brand or row.program
        if whose is None:
            return {"type": "region", "code": row.region_id or ""}
        return {"type": _key(whose)[0], "name": self._names(whose)[0]}

    def _names(self, row: Brand | Program) -> tuple[str, list[str]]:
        """What the page calls it: the first of its names that stands there, and the others that do; else the words that
        bear it out; else, of a subject that the page does not name, its name."""
        others = row.names if isinstance(row, Program) else [alias.name for alias in row.aliases.all()]
        there = [name for name in (row.name, *others) if self._has(name)]
        there = there or [piece.quote for piece in self.pieces.get(_key(row), ())] or [row.name]
        return there[0], there[1:]

    def _has(self, words: str) -> bool:
        return letters_of(simplified(words)) in self.letters

    def _is_from_here(self, row: Brand, name: str) -> bool:
        """Whether this page says the field of the brand, or is the only one to tell of it."""
        return ("brand", row.pk) not in self._told_elsewhere or (row.pk, name) in self._said

    @cached_property
    def _told_elsewhere(self) -> set[Key]:
        """The brands that other pages bear out, too."""
        own = [pk for kind, pk in self.facts if kind == "brand"]
        others = Evidence.objects.of_facts().filter(brand__in=own).exclude(article__page=self.page)
        return {("brand", pk) for pk in others.values_list("brand", flat=True).distinct()}

    @cached_property
    def _said(self) -> set[tuple[int, str]]:
        """Brands with those of their fields that this page bears out."""
        pieces = Evidence.objects.filter(article__page=self.page, brand__isnull=False).exclude(field="")
        return set(pieces.values_list("brand", "field"))

    def _places(self, row: Fact) -> Gold:
        return {"evidence": [[piece.start, piece.end] for piece in self.pieces[_key(row)]]}

    def _optional(self, row: Fact) -> Gold:
        return {"optional": True} if _key(row) in self.waiting else {}


def _key(row: Fact) -> Key:
    return type(row).__name__.lower(), row.pk


def _is_rejected(row: Fact) -> bool:
    """Whether somebody rejected the fact, or what it speaks of."""
    whose = (row.brand, row.program) if isinstance(row, Statistic) else ()
    return any(one is not None and one.review == ReviewState.REJECTED for one in (row, *whose))


def _stem(name: str) -> str:
    """What a page's gold is called by, without what file systems refuse."""
    return re.sub(r"[^\w-]+", "_", PurePath(name).stem)[:MAX_STEM]
