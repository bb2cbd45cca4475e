"""Rows of the catalogue -> documents: what is found of each thing, in the form that is compared."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from django.conf import settings
from django.db.models import F
from django.utils import translation

from brands.choices import Metric, ReviewState
from brands.folding import bare, fold
from brands.models import Article, Brand, Evidence, Kind, Program, Region, SearchDocument, Statistic
from brands.models.region import COUNTRY
from brands.pinyin import sort_key, spelling
from brands.reading import lay_out, one_line

MAX_SENTENCES = 20
"""Sentences of evidence by which a fact is found, the newest; a brand that every paper names has hundreds."""

MAX_BODY = 100_000
"""Characters of an article by which it is found. A newspaper page has 20,000; the tokens of more don't fit a column of
PostgreSQL (1 MB)."""

CACHED = 16_384
"""Names whose forms and sounds are remembered: those of all divisions, which every document in them holds."""

Keys: TypeAlias = Collection[Any]
"""Primary keys of rows of one kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What a document is made of, as the catalogue has it."""

    kind: Kind
    pk: int | str
    name: str
    aliases: Sequence[str] = ()
    adcode: str | None
    places: Mapping[str, Sequence[str]]
    description: Sequence[str] = ()
    evidence: Sequence[str] = ()
    body: str = ""
    labels: Sequence[str] = ()
    sort: str
    story: int | None = None
    curated: bool = False


def build(kind: Kind, keys: Keys) -> list[SearchDocument]:
    """The documents of those of the rows with these primary keys that a reader may see, in a fixed number of
    statements."""
    with translation.override(settings.LANGUAGE_CODE):  # metrics are found by their Chinese names
        return [_document(source) for source in _SOURCES[kind](keys)]


def public(kind: Kind) -> Any:
    """The rows of a kind that have documents, as a queryset."""
    rows: dict[Kind, Callable[[], Any]] = {
        Kind.BRAND: Brand.objects.published,
        Kind.REGION: Region.objects.exclude(pk=COUNTRY).all,
        Kind.PROGRAM: Program.objects.published,
        Kind.STATISTIC: Statistic.objects.published,
        Kind.ARTICLE: Article.objects.relevant,
    }
    return rows[kind]()


def _brands(keys: Keys) -> Iterator[_Source]:
    rows = list(public(Kind.BRAND).filter(pk__in=keys).prefetch_related("aliases"))
    places = _places(row.region_id for row in rows)
    sentences = _sentences("brand", keys)
    metrics = _metrics(keys)
    for row in rows:
        yield _Source(
            kind=Kind.BRAND,
            pk=row.pk,
            name=row.name,
            aliases=[alias.name for alias in row.aliases.all()],
            adcode=row.region_id,
            places=places,
            description=[row.description, row.organisation],
            evidence=sentences[row.pk],
            labels=[*_labels(row), *metrics[row.pk]],
            sort=row.pinyin,
            curated=row.review == ReviewState.CONFIRMED,
        )


def _regions(keys: Keys) -> Iterator[_Source]:
    rows = list(public(Kind.REGION).filter(pk__in=keys))
    places = _places(row.adcode for row in rows)
    for row in rows:
        yield _Source(
            kind=Kind.REGION,
            pk=row.adcode,
            name=row.common_name,
            aliases=[name for name in places[row.adcode] if name != row.common_name],
            adcode=row.adcode,
            places=places,
            sort=sort_key(row.common_name),
            curated=True,
        )


def _programs(keys: Keys) -> Iterator[_Source]:
    rows = list(public(Kind.PROGRAM).filter(pk__in=keys))
    places = _places(row.place_id for row in rows)
    sentences = _sentences("program", keys)
    for row in rows:
        yield _Source(
            kind=Kind.PROGRAM,
            pk=row.pk,
            name=row.name,
            adcode=row.place_id,
            places=places,
            description=[row.issuer],
            evidence=sentences[row.pk],
            labels=[f"kind:{row.kind}"],
            sort=sort_key(row.name),
            curated=row.review == ReviewState.CONFIRMED,
        )


def _statistics(keys: Keys) -> Iterator[_Source]:
    rows = list(public(Kind.STATISTIC).filter(pk__in=keys).select_related("brand", "program", "region"))
    codes = {row.pk: _code_of_subject(row) for row in rows}
    places = _places(codes.values())
    sentences = _sentences("statistic", keys)
    for row in rows:
        yield _Source(
            kind=Kind.STATISTIC,
            pk=row.pk,
            name=str(row.subject),
            adcode=codes[row.pk],
            places=places,
            description=[str(Metric(row.metric).label), row.stated],
            evidence=sentences[row.pk],
            labels=[f"metric:{row.metric}", *(_labels(row.brand) if row.brand else ())],
            sort=f"{_newest_first(row.as_of)} {row.metric}",
            curated=row.review == ReviewState.CONFIRMED,
        )


def _articles(keys: Keys) -> Iterator[_Source]:
    rows = list(public(Kind.ARTICLE).filter(pk__in=keys).select_related("page"))
    places = _places(row.place_id for row in rows)
    sentences: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    evidence = Evidence.objects.filter(article__in=keys).order_by()
    for pk, start, end in evidence.values_list("article_id", "context_start", "context_end"):
        sentences[pk].append((start, end))
    for row in rows:
        yield _Source(
            kind=Kind.ARTICLE,
            pk=row.pk,
            name=row.title,
            adcode=row.place_id,
            places=places,
            description=[row.publisher],
            body=_body(row, sentences[row.pk]),
            sort=_newest_first(row.published_on),
            story=row.reprint_of_id,
        )


def _body(article: Article, sentences: Sequence[tuple[int, int]]) -> str:
    spans = [(start, end) for start, end in article.spans]
    return lay_out(article.page.text, spans, whole=sentences).text[:MAX_BODY]


_SOURCES: Mapping[Kind, Callable[[Keys], Iterator[_Source]]] = {
    Kind.BRAND: _brands,
    Kind.REGION: _regions,
    Kind.PROGRAM: _programs,
    Kind.STATISTIC: _statistics,
    Kind.ARTICLE: _articles,
}
SPELLED = frozenset({Kind.BRAND, Kind.REGION, Kind.PROGRAM})
"""Kinds whose names are found by their sound. Headlines are sentences: their syllables would match everything."""


def _document(source: _Source) -> SearchDocument:
    held = [_cut(source.adcode, width) for width in (6, 4, 2)] if source.adcode else []
    original = _lines([*source.evidence, source.body])
    folded = fold_lines(original)
    name, aliases = _names([source.name]), _names(source.aliases)
    spoken = [line for line in f"{name}\n{aliases}".split("\n") if line] if source.kind in SPELLED else []
    return SearchDocument(
        id=source.kind.number(source.pk),
        kind=source.kind.value,
        adcode=source.adcode or "",
        curated=source.curated,
        story=source.kind.number(source.story or source.pk),
        sort=source.sort,
        key=bare(fold(source.name)),
        labels=" ".join(source.labels),
        syllables="\n".join(map(_spelled, spoken)),
        name=name,
        aliases=aliases,
        place=_names([name for code in dict.fromkeys(held) for name in source.places.get(code, ())]),
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


def _labels(brand: Brand) -> list[str]:
    named = {"industry": brand.industry, "category": brand.category, "level": brand.level}
    return [f"{field}:{value}" for field, value in named.items() if value]


def _metrics(brands: Keys) -> defaultdict[int, list[str]]:
    """The labels of the metrics of which each brand has a public figure."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = public(Kind.STATISTIC).filter(brand__in=brands).order_by("brand_id", "metric")
    for pk, metric in rows.values_list("brand_id", "metric").distinct():
        found[pk].append(f"metric:{metric}")
    return found


def _sentences(fact: str, keys: Keys) -> defaultdict[int, list[str]]:
    """The sentences that bear each fact out, the newest first, as they are read."""
    rows = Evidence.objects.filter(**{f"{fact}__in": keys})
    newest = rows.order_by(F("article__published_on").desc(nulls_last=True), "-article_id", "context_start", "pk")
    chosen: defaultdict[int, dict[tuple[int, int, int], int]] = defaultdict(dict)
    for pk, evidence, *place in newest.values_list(f"{fact}_id", "pk", "article_id", "context_start", "context_end"):
        if len(chosen[pk]) < MAX_SENTENCES:
            chosen[pk].setdefault((place[0], place[1], place[2]), evidence)
    wanted = [evidence for places in chosen.values() for evidence in places.values()]
    cut = Evidence.objects.with_words().filter(pk__in=wanted).order_by()
    words: dict[int, str] = dict(cut.values_list("pk", "sentence_words"))  # type: ignore[misc]  # an annotation
    found: defaultdict[int, list[str]] = defaultdict(list)
    for pk, places in chosen.items():
        found[pk] = [_readable(words[evidence]) for evidence in places.values()]
    return found


def _readable(sentence: str) -> str:
    """The sentence without the page's noise, of which most have none: no space, line end or unseen character."""
    if sentence.isprintable() and " " not in sentence:
        return sentence
    return one_line(lay_out(sentence)).text


def _places(codes: Iterable[str | None]) -> dict[str, list[str]]:
    """All names of the divisions with these codes and of those that hold them, by code; the country has none here."""
    wanted = {_cut(code, width) for code in set(codes) if code for width in (2, 4, 6)} - {COUNTRY}
    return {row.adcode: _all_names(row) for row in Region.objects.filter(pk__in=wanted).prefetch_related("names")}


def _all_names(row: Region) -> list[str]:
    """The common name first, each name once."""
    names = (row.common_name, row.name, row.short_name, *(other.name for other in row.names.all()))
    return list(dict.fromkeys(filter(None, names)))


def _cut(adcode: str, width: int) -> str:
    """The code of the province, prefecture or county that holds the division, by the digits of its own."""
    return adcode[:width].ljust(6, "0")


def _code_of_subject(row: Statistic) -> str | None:
    if row.brand:
        return row.brand.region_id
    return row.program.place_id if row.program else row.region_id


def _newest_first(day: date | None) -> str:
    """A text that is the smaller the later the day; undated is last.

    >>> _newest_first(date(2025, 11, 19)) < _newest_first(date(2025, 11, 18)) < _newest_first(None)
    True
    """
    return f"{99_999_999 - (day.year * 10_000 + day.month * 100 + day.day):08d}" if day else "99999999"
