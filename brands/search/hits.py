"""Answers as pages, the command and the API show them: :func:`answer` is the one way in."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import TextChoices

from brands.models import Article, DocumentKind, Region, SearchDocument
from brands.search import explain, find, interpret, snippets, widening
from brands.search.candidates import SPEAKING
from brands.search.conditions import Condition, Labelled, Question, Spelled, Text, Together, Why, Within
from brands.search.did_you_mean import SpellingCorrection, corrections
from brands.search.find import Found, Ranked
from brands.search.hit_rows import Original, Row, originals
from brands.search.lead import Lead, lead
from brands.search.query import visible
from brands.search.ranking import RANK_LIMIT
from brands.search.snippets import Snippet
from brands.search.sounds import spelled_names
from brands.sql import prepared
from brands.text.highlight import Mark
from brands.vocabulary.choices import BrandLevel, Category, Industry, Metric, ProgramKind
from brands.vocabulary.folding import fold, narrow

# Hits shown of each group.
PER_GROUP = 10

# What is shown of what only stands in a sentence with the words.
BESIDE = 20

# What labels of documents are about.
VOCABULARY: Mapping[str, type[TextChoices]] = {
    "industry": Industry,
    "category": Category,
    "level": BrandLevel,
    "metric": Metric,
    "kind": ProgramKind,
}

_COLUMNS = [field.attname for field in SearchDocument._meta.concrete_fields]

Word = Sequence[Condition]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. `field` is where its least sure word stands (see :data:`brands.search.explain.FIELDS`),
    `marks` are the matched characters of `name`, `snippet_marks` those of `snippet`. `reprints` are the other prints of
    an article's story."""

    type: DocumentKind
    id: str
    name: str
    url: str
    why: Why
    field: str
    score: float
    marks: list[Mark]
    snippet: str
    snippet_marks: tuple[Mark, ...]
    row: Row
    reprints: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The first hits of a kind. `total` counts all, a story once; with `at_least` there are more than were counted, and
    only names that begin with the query are ranked."""

    kind: DocumentKind
    hits: list[Hit]
    total: int
    at_least: bool


@dataclass(frozen=True, slots=True)
class RecognisedFilter:
    """A filter that was recognised in the query: what it was called, the filter (`region`, or one of VOCABULARY) with
    its value and the value's name, and the query without it."""

    text: str
    filter: str
    value: str
    label: str
    without: str


@dataclass(frozen=True, slots=True)
class Note:
    """What was looked for beside a word, and why."""

    word: str
    added: tuple[str, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class Answer:
    """`typed` is the query as it was read, `hits` are those of all groups, the best first. `corrected` is what was
    asked in its place where nothing answers it, `did_you_mean` what else may have been meant. `lead` answers a question
    before the hits do. Where no brand lies in the divisions that are named, which `left_out` calls, `elsewhere` are
    those in others; `beside` is what only stands in a sentence with the words."""

    typed: str
    groups: list[HitGroup]
    hits: list[Hit]
    chips: list[RecognisedFilter]
    notes: list[Note]
    corrected: str = ""
    did_you_mean: tuple[str, ...] = ()
    lead: Lead | None = None
    left_out: tuple[str, ...] = ()
    elsewhere: tuple[HitGroup, ...] = ()
    beside: tuple[HitGroup, ...] = ()

    @property
    def answers(self) -> bool:
        """Whether anything answers the query as it was typed."""
        return bool(self.groups or self.elsewhere or self.beside or self.lead)


@dataclass(frozen=True, slots=True)
class Matching:
    """The primary keys of the brands that a query finds, the best first; not `complete` where there are more."""

    pks: list[int]
    complete: bool


def answer(
    typed: str, *, exact: bool = False, kinds: Iterable[DocumentKind] = tuple(DocumentKind), limit: int = PER_GROUP
) -> Answer:
    """What a query finds, at most `limit` of each kind. With `exact` every word is taken as it was typed; without, what
    finds nothing is asked once more as it may have been meant.

    Raises :class:`brands.search.query.QueryError` for what can't be asked.
    """
    kinds = tuple(kinds)
    question = interpret.question(typed, exact=exact)
    found = find.find(question, kinds=kinds, limit=limit)
    if exact or not question.words:
        return _answer(typed, question, found)
    given = _with_others(_answer(typed, question, found), question, kinds, limit)
    if given.answers or (set(kinds) < set(DocumentKind) and find.find(question, limit=1)):
        return given
    meant = corrections(typed, question)
    slip = next((one for one in meant if one.why != Why.EXACT), None)
    others = tuple(one.text for one in meant if one is not slip)
    if slip is None:
        return _answer(typed, question, [], others=others)
    asked = interpret.question(slip.text)
    return _answer(typed, asked, find.find(asked, kinds=kinds, limit=limit), slip=slip, others=others)


def _with_others(given: Answer, question: Question, kinds: Sequence[DocumentKind], limit: int) -> Answer:
    """The answer with what stands before the hits and behind them. Where no brand answers, or none that has the figure
    that is asked for, those that are named are hits, and those of other places are told."""
    told, near = lead(question), widening.beside(question)
    groups = given.groups
    if DocumentKind.BRAND in kinds and widening.metrics(question) and told and not told.answers_for_named:
        named = _found_groups(widening.of_things(question), [DocumentKind.BRAND], limit)
        groups = [*named, *(group for group in groups if group.kind != DocumentKind.BRAND or not named)]
    lacking = DocumentKind.BRAND in kinds and not any(group.kind == DocumentKind.BRAND for group in groups)
    wide = widening.elsewhere(question) if lacking else None
    others = _found_groups(wide.question, [DocumentKind.BRAND], limit) if wide else ()
    return replace(
        given,
        groups=groups,
        hits=_sorted(groups),
        lead=told,
        left_out=wide.left_out if wide and others else (),
        elsewhere=others,
        beside=_found_groups(near, [kind for kind in SPEAKING if kind in kinds], BESIDE) if near else (),
    )


def _found_groups(question: Question, kinds: Sequence[DocumentKind], limit: int) -> tuple[HitGroup, ...]:
    """What the question finds, of these kinds."""
    found = find.find(question, kinds=kinds, limit=limit)
    return tuple(_groups(question, found, _by_number(found), "", Why.EXACT)) if found else ()


def _sorted(groups: Iterable[HitGroup]) -> list[Hit]:
    order = list(DocumentKind)
    hits = (hit for group in groups for hit in group.hits)
    return sorted(hits, key=lambda hit: (-hit.score, order.index(hit.type)))


def matching(typed: str) -> Matching:
    """The brands that a query finds, as far as they are ranked: for lists that are filtered further.

    Raises :class:`brands.search.query.QueryError` for what can't be asked.
    """
    found = find.find(interpret.question(typed), kinds=[DocumentKind.BRAND], limit=RANK_LIMIT)
    first = DocumentKind.BRAND.numbers[0]
    pks = [ranked.number - first for kind in found for ranked in kind.ranked]
    return Matching(pks, complete=not any(kind.at_least for kind in found))


def _answer(
    typed: str,
    question: Question,
    found: Sequence[Found],
    *,
    slip: SpellingCorrection | None = None,
    others: tuple[str, ...] = (),
) -> Answer:
    text = visible(typed)
    documents = _by_number(found)
    groups = _groups(question, found, documents, slip.text if slip else text, slip.why if slip else Why.EXACT)
    hits = _sorted(groups)
    chips = [] if slip else _chips(question, documents.values(), text)
    return Answer(text, groups, hits, chips, _notes(question), slip.text if slip else "", others)


def _by_number(found: Sequence[Found]) -> dict[int, SearchDocument]:
    """The documents that are shown."""
    numbers = [ranked.number for kind in found for ranked in kind.ranked]
    return {row[0]: SearchDocument.from_db(None, _COLUMNS, row) for row in _documents(numbers)}


@prepared
def _documents(keys: Any) -> Any:
    return SearchDocument.objects.filter(pk__in=keys).values_list()


def _groups(
    question: Question, found: Sequence[Found], documents: Mapping[int, SearchDocument], typed: str, least: Why
) -> list[HitGroup]:
    shown = originals(documents.values())
    groups = []
    for kind in found:
        hits = [
            _hit(question, ranked, documents[ranked.number], shown[ranked.number], typed, least)
            for ranked in kind.ranked
            if ranked.number in shown
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.why == Why.SCRIPT))
        groups.append(HitGroup(kind.kind, hits, kind.total, kind.at_least))
    return groups


def _hit(question: Question, ranked: Ranked, document: SearchDocument, shown: Original, typed: str, least: Why) -> Hit:
    found = [reason for word in question.words if (reason := explain.best(document, word))]
    items = {
        line: syllables for line, syllables, _ in spelled_names(document.name, document.aliases, document.syllables)
    }
    words = [(reason.condition,) for reason in found]
    stretches = [snippets.in_name(shown.name, items.get(fold(shown.name), []), word) for word in words]
    missing = [word for word, places in zip(words, stretches, strict=True) if not places]
    marks = snippets.marks(place for places in stretches for place in places)
    snippet = _snippet(document, shown, items, missing, words)
    why = explain.weakest([least, *(reason.why for reason in found)])
    if why == Why.EXACT and _other_script(typed, [(shown.name, marks), (snippet.text, snippet.marks)]):
        why = Why.SCRIPT
    return Hit(
        type=DocumentKind(document.kind),
        id=document.ref,
        name=shown.name,
        url=shown.row.get_absolute_url(),
        why=why,
        field=max((reason.field for reason in found), key=explain.FIELDS.index, default="name"),
        score=ranked.score,
        marks=marks,
        snippet=snippet.text,
        snippet_marks=snippet.marks,
        row=shown.row,
        reprints=shown.reprints,
    )


def _snippet(
    document: SearchDocument,
    shown: Original,
    items: Mapping[str, Sequence[str]],
    missing: Sequence[Word],
    words: Sequence[Word],
) -> Snippet:
    """Of an article its best sentence; of others what holds the words that the name lacks, another name first."""
    if document.kind == DocumentKind.ARTICLE:
        return snippets.snippet(document.original, words)
    if not missing:
        return Snippet()
    for alias in shown.aliases:
        places = [place for word in missing for place in snippets.in_name(alias, items.get(fold(alias), []), word)]
        if places:
            return Snippet(alias, tuple(snippets.marks(places)))
    texts = ("\n".join(shown.description), document.original)
    return next((found for text in texts if (found := snippets.snippet(text, missing)).text), Snippet())


def _other_script(typed: str, marked: Iterable[tuple[str, Iterable[Mark]]]) -> bool:
    """Whether some of the marked characters were typed in the other script."""
    said = narrow(typed)
    pieces = (narrow(text[mark.start : mark.end]) for text, marks in marked for mark in marks)
    return any(piece not in said and fold(piece) in fold(typed) for piece in pieces)


def _notes(question: Question) -> list[Note]:
    """What was added to each word: synonyms, divisions under another name, and that letters were read as sounds."""
    notes = []
    for word in question.words:
        text = getattr(word[0], "text", "")
        synonyms = [one.text for one in word if isinstance(one, Text) and one.why == Why.SYNONYM]
        places = [one.adcode for one in word if isinstance(one, Within) and one.why == Why.SYNONYM]
        if added := (*synonyms, *(common for _, _, common in _regions(places))):
            notes.append(Note(text, added, Why.SYNONYM))
        if any(isinstance(one, Spelled) for one in word):
            notes.append(Note(text, (), Why.PINYIN))
    return notes


@prepared
def _regions(keys: Any) -> Any:
    return Region.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "name", "common_name")


def _chips(question: Question, documents: Collection[SearchDocument], typed: str) -> list[RecognisedFilter]:
    """The filters that the query names beside other words; where something was found, none of a way to divide a word
    that found none of it: 振兴 in 乡村振兴 is no place."""
    meant = [one for word in question.words for one in word if not documents or _is_borne_out(one, documents)]
    found = list(_filters(meant))
    codes = [value for _, kind, value in found if kind == "region"]
    names = {code: name for code, name, _ in _regions(codes)}
    chips = []
    for text, kind, value in dict.fromkeys(found):
        place = fold(typed).find(text)
        without = " ".join((typed[:place] + " " + typed[place + len(text) :]).split()) if place >= 0 else ""
        if without:
            label = names.get(value, "") if kind == "region" else str(VOCABULARY[kind](value).label)
            chips.append(RecognisedFilter(text, kind, value, label, without))
    return chips


def _is_borne_out(one: Condition, documents: Iterable[SearchDocument]) -> bool:
    return not isinstance(one, Together) or any(explain.best(document, (one,)) for document in documents)


def _filters(word: Word) -> Iterator[tuple[str, str, str]]:
    """The words of the query that name a filter, with the filter's name and value."""
    for one in word:
        if isinstance(one, Together):
            yield from (found for inner in one.words for found in _filters(inner))
        elif isinstance(one, Within):
            yield one.text, "region", one.adcode
        elif isinstance(one, Labelled):
            kind, _, value = one.label.partition(":")
            yield one.text, kind, value
