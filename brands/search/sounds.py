"""Letters that are read as sounds: which documents have a name that sounds so. Worked out here, over candidates that
the index names, since no database can say it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from brands.models import DocumentKind
from brands.search import ranking
from brands.search.backends.base import Dialect, Part
from brands.search.candidates import Heard, candidates
from brands.search.conditions import Condition, Question, Spelled, Together, WorkedOut
from brands.search.ranking import RANK_LIMIT


def hear(question: Question, kinds: Sequence[DocumentKind], dialect: Dialect) -> tuple[Heard, set[DocumentKind]]:
    """The documents whose names sound as the question asks, of at most RANK_LIMIT candidates a kind; and the kinds that
    have more. One statement, none for a question without sounds."""
    asked = list(_spelled(question.words))
    kinds = [kind for kind in kinds if kind != DocumentKind.REGION or not _names_a_division(question)]
    heard: dict[Spelled, defaultdict[int, list[int]]] = {one: defaultdict(list) for one in asked}
    seen: defaultdict[DocumentKind, int] = defaultdict(int)
    if asked and kinds:
        for number, name, aliases, syllables, kind in dialect.rows(_statement(question, kinds, dialect)):
            seen[DocumentKind(kind)] += 1
            names = list(spelled_names(name, aliases, syllables))
            for one in asked:
                if points := max((_points(one, *line) for line in names), default=0):
                    heard[one][points].append(number)
    return heard, {kind for kind, number in seen.items() if number > RANK_LIMIT}


def spelled_names(name: str, aliases: str, syllables: str) -> Iterator[tuple[str, list[str], bool]]:
    """Each name of a document with its syllables, and whether it is another name; none of one without syllables."""
    if not syllables:
        return
    own = name.split("\n")
    names = [*own, *(aliases.split("\n") if aliases else ())]
    for place, (line, items) in enumerate(zip(names, syllables.split("\n"), strict=True)):
        yield line, items.split(" "), place >= len(own)


def _points(one: Spelled, name: str, items: Sequence[str], alias: bool) -> int:
    stretches = one.reading.matches(items, name)
    return max((ranking.heard(stretch, len(items), alias=alias, why=one.why) for stretch in stretches), default=0)


def _spelled(words: Iterable[Iterable[Condition]]) -> Iterator[Spelled]:
    for word in words:
        for one in word:
            if isinstance(one, Spelled):
                yield one
            elif isinstance(one, Together):
                yield from _spelled(one.words)


def _names_a_division(question: Question) -> bool:
    """Whether the only word is how a division sounds: xian is 西安, and no 县 of thousands."""
    return len(question.words) == 1 and any(isinstance(one, WorkedOut) for one in question.words[0])


def _statement(question: Question, kinds: Sequence[DocumentKind], dialect: Dialect) -> Part:
    parts = [candidates(question.words, kind, dialect) for kind in kinds]
    each = [
        f"SELECT * FROM (SELECT id FROM ({part.sql}) AS c ORDER BY id LIMIT {RANK_LIMIT + 1}) AS {kind}"  # noqa: S608
        for part, kind in zip(parts, kinds, strict=True)
    ]
    return Part(
        "SELECT d.id, d.name, d.aliases, d.syllables, d.kind FROM brands_searchdocument d"  # noqa: S608
        f" JOIN ({' UNION ALL '.join(each)}) AS f ON f.id = d.id",
        tuple(value for part in parts for value in part.values),
    )
