"""Rows of the catalogue -> documents: what is found of each thing, in the form that is compared.

This is done for all that a page of news touches while it is loaded, so rows are read as tuples by prepared statements,
in a fixed number of them, and what is worked out of short texts is remembered.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from django.db.models import F

from brands.models import DocumentKind, Evidence, Region, RegionName
from brands.models.region import COUNTRY
from brands.search.document_sources import Keys, Source, sources
from brands.sql import grouped, prepared
from brands.text.page_text import lay_out, one_line
from brands.vocabulary.folding import bare, fold
from brands.vocabulary.pinyin import spelling

# Sentences of evidence by which a fact is found, the newest; a brand that every paper names has hundreds.
MAX_SENTENCES = 20

# Names whose forms and sounds are remembered: those of all divisions, which every document in them holds.
CACHED = 16_384

# Article, and start and end of a sentence on its page.
Stretch: TypeAlias = tuple[int, int, int]


class Document(NamedTuple):
    """A row of SearchDocument, column by column."""

    id: int
    kind: str
    adcode: str
    curated: bool
    story: int
    sort: str
    key: str
    labels: str
    syllables: str
    name: str
    aliases: str
    place: str
    description: str
    evidence: str
    body: str
    original: str


def build(keys: Mapping[DocumentKind, Keys]) -> list[Document]:
    """The documents of those of the rows with these primary keys that a reader may see."""
    found = sources(keys)
    names = _names_of_places(source.adcode for source in found)
    places = {code: _place(code, names) for code in {source.adcode for source in found}}
    sentences = _sentences(keys)
    return [
        _document(
            source if source.kind != DocumentKind.REGION else source._replace(aliases=_other_names(source, names)),
            places[source.adcode],
            sentences.get((source.kind, source.pk), ()),
        )
        for source in found
    ]


# Kinds whose names are found by their sound. Headlines are sentences: their syllables would match everything.
SPELLED = frozenset({DocumentKind.BRAND, DocumentKind.REGION, DocumentKind.PROGRAM})


def _document(source: Source, place: str, sentences: Iterable[str]) -> Document:
    original = _lines([*sentences, source.body])
    folded = fold_lines(original)
    name, aliases = _names([source.name]), _names(source.aliases)
    spoken = [line for line in f"{name}\n{aliases}".split("\n") if line] if source.kind in SPELLED else []
    number = source.kind.number
    return Document(
        id=number(source.pk),
        kind=source.kind.value,
        adcode=source.adcode or "",
        curated=source.curated,
        story=number(source.story or source.pk),
        sort=source.sort,
        key=bare(fold(source.name)),
        labels=" ".join(source.labels),
        syllables="\n".join(map(_spelled, spoken)),
        name=name,
        aliases=aliases,
        place=place,
        description=fold_lines(_lines(source.description)),
        evidence="" if source.body else folded,
        body=folded if source.body else "",
        original=original,
    )


def fold_lines(text: str) -> str:
    """The text folded, but for its line ends."""
    return "\n".join(map(fold, text.split("\n")))


@lru_cache(maxsize=CACHED)
def _spelled(name: str) -> str:
    return " ".join(spelling(name))


def _lines(texts: Iterable[str]) -> str:
    """The lines of all the texts; U+0000, which PostgreSQL doesn't take, as a blank."""
    return "\n".join(line for text in texts for line in text.replace("\0", " ").splitlines() if line)


def _names(names: Iterable[str]) -> str:
    """Each name folded, and its bare form where that differs, each form once."""
    return "\n".join(dict.fromkeys(form for name in names for form in _forms(name)))


@lru_cache(maxsize=CACHED)
def _forms(name: str) -> tuple[str, ...]:
    folded = fold(name)
    return tuple(form for form in (folded, bare(folded)) if form)


@prepared
def _of_brands(keys: object) -> object:
    return _places_of_evidence("brand", keys)


@prepared
def _of_programs(keys: object) -> object:
    return _places_of_evidence("program", keys)


@prepared
def _of_statistics(keys: object) -> object:
    return _places_of_evidence("statistic", keys)


def _places_of_evidence(fact: str, keys: object) -> object:
    """Where each fact is borne out, the newest first."""
    rows = Evidence.objects.told().filter(**{f"{fact}__in": keys})
    newest = rows.order_by(F("article__published_on").desc(nulls_last=True), "-article_id", "context_start", "pk")
    return newest.values_list(f"{fact}_id", "pk", "article_id", "context_start", "context_end")


@prepared
def _words(keys: Any) -> Any:
    rows = Evidence.objects.with_words().filter(pk__in=keys).order_by()
    return rows.values_list("pk", "sentence_words")  # type: ignore[misc]  # an annotation


_EVIDENCE: Mapping[DocumentKind, Callable[[Keys], list[tuple[Any, ...]]]] = {
    DocumentKind.BRAND: _of_brands,
    DocumentKind.PROGRAM: _of_programs,
    DocumentKind.STATISTIC: _of_statistics,
}


def _sentences(keys: Mapping[DocumentKind, Keys]) -> dict[tuple[DocumentKind, object], list[str]]:
    """The sentences that bear each fact out, the newest first, as they are read. A sentence that bears out several is
    cut from its page once."""
    chosen: defaultdict[tuple[DocumentKind, object], dict[Stretch, None]] = defaultdict(dict)
    evidence: dict[Stretch, int] = {}
    for kind in keys.keys() & _EVIDENCE.keys():
        for pk, row, *stretch in _EVIDENCE[kind](keys[kind]):
            own, place = chosen[kind, pk], (stretch[0], stretch[1], stretch[2])
            if len(own) < MAX_SENTENCES:
                own[place] = None
                evidence.setdefault(place, row)
    words: dict[int, str] = dict(_words(evidence.values()))
    read = {place: _readable(words[row]) for place, row in evidence.items()}
    return {fact: [read[place] for place in places] for fact, places in chosen.items()}


def _readable(sentence: str) -> str:
    """The sentence without the page's noise, of which most have none: no space, line end or unseen character."""
    if sentence.isprintable() and " " not in sentence:
        return sentence
    return one_line(lay_out(sentence)).text


@prepared
def _region_names(keys: Any) -> Any:
    return Region.objects.filter(pk__in=keys).order_by().values_list("adcode", "common_name", "name", "short_name")


@prepared
def _further_names(keys: Any) -> Any:
    return RegionName.objects.filter(region__in=keys).order_by("kind", "name").values_list("region_id", "name")


def _names_of_places(codes: Iterable[str | None]) -> dict[str, list[str]]:
    """All names of the divisions with these codes and of those that hold them, by code: the common name first, each
    once. The country has none here."""
    wanted = {_cut(code, width) for code in set(codes) if code for width in (2, 4, 6)} - {COUNTRY}
    others = grouped(_further_names(wanted))
    return {
        adcode: list(dict.fromkeys(filter(None, (*names, *others.get(adcode, ())))))
        for adcode, *names in _region_names(wanted)
    }


def _place(adcode: str | None, names: Mapping[str, Sequence[str]]) -> str:
    """The names of the division and of those that hold it."""
    held = dict.fromkeys(_cut(adcode, width) for width in (6, 4, 2)) if adcode else ()
    return _names(name for code in held for name in names.get(code, ()))


def _other_names(region: Source, names: Mapping[str, Sequence[str]]) -> list[str]:
    return [name for name in names[str(region.pk)] if name != region.name]


def _cut(adcode: str, width: int) -> str:
    """The code of the province, prefecture or county that holds the division, by the digits of its own."""
    return adcode[:width].ljust(6, "0")
