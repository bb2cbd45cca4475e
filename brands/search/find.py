"""Answers from the index: which documents a question finds, in which order, and how many there are of each kind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from brands.models import DocumentKind
from brands.search import ranking
from brands.search.backends.base import Part
from brands.search.candidates import WAYS, Asking
from brands.search.conditions import Question
from brands.search.documents import SPELLED
from brands.search.ranking import RANK_LIMIT
from brands.search.sounds import hear
from brands.search.store import dialect

# Documents that are looked at for each that a list lacks, before all are: the first of thousands are found at once.
AHEAD = 100

# Behind every character.
LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document that was found. `score` compares with that of any other kind."""

    number: int
    score: float
    story: int


@dataclass(frozen=True, slots=True)
class Found:
    """The first documents of a kind, the best first, one for each story. `total` counts all; with `at_least`, as far as
    they were counted, and then only names that begin with the query are ranked."""

    kind: DocumentKind
    ranked: list[Ranked]
    total: int
    at_least: bool = False


def find(question: Question, *, kinds: Iterable[DocumentKind] = tuple(DocumentKind), limit: int) -> list[Found]:
    """What the question finds, by kind in the order given, at most `limit` of each; kinds without any are left out. One
    statement, one more where sounds are asked for, and a few for kinds of which there are more than RANK_LIMIT."""
    kinds = tuple(kinds)
    if not question.words or not kinds:
        return []
    words = dialect()
    heard, cut = hear(question, [kind for kind in kinds if kind in SPELLED], words)
    asking = Asking(question, words, heard)
    totals: dict[DocumentKind, int] = {}
    ranked: defaultdict[DocumentKind, list[Ranked]] = defaultdict(list)
    for name, number, story, points, total in asking.dialect.rows(_statement(asking, kinds, limit)):
        kind = DocumentKind(name)
        totals[kind] = total
        if number is not None:
            ranked[kind].append(_ranked(kind, number, story, points))
    many = [kind for kind in kinds if totals.get(kind, 0) > RANK_LIMIT]
    ranked.update(_first(asking, many, limit))
    return [
        Found(kind, ranked[kind], min(totals[kind], RANK_LIMIT), kind in cut or kind in many)
        for kind in kinds
        if kind in totals
    ]


def _ranked(kind: DocumentKind, number: int, story: int, points: int) -> Ranked:
    return Ranked(number, points * ranking.SHARE[kind] / ranking.NAME, story)


def _statement(asking: Asking, kinds: Sequence[DocumentKind], limit: int) -> Part:
    """The kind, number, story and points of the first documents of each kind, with how many there are; for a kind with
    more than RANK_LIMIT one row without a number."""
    cuts = [cut for kind in kinds for cut in _cuts(asking, kind)]
    found = " UNION ".join(f"SELECT id, '{kind}' AS kind FROM {name}" for kind, name, _ in cuts)  # noqa: S608
    points = ranking.points(asking)
    return Part(
        f"""
WITH {", ".join(f"{name} AS MATERIALIZED ({part.sql})" for _, name, part in cuts)},
found AS MATERIALIZED ({found}),
counts AS MATERIALIZED (SELECT kind, count(*) AS total FROM found GROUP BY kind),
pointed AS (
    SELECT d.kind, d.id, d.story, d.curated, d.sort, {points.sql}
    FROM found f JOIN brands_searchdocument d ON d.id = f.id
    WHERE f.kind IN (SELECT kind FROM counts WHERE total <= {RANK_LIMIT})),
scored AS (SELECT kind, id, story, curated, sort, {ranking.score(asking)} AS score FROM pointed),
stories AS (SELECT *, row_number() OVER (PARTITION BY story ORDER BY {ranking.ORDER}) AS print FROM scored),
placed AS (
    SELECT *, row_number() OVER (PARTITION BY kind ORDER BY {ranking.ORDER}) AS place,
        count(*) OVER (PARTITION BY kind) AS total
    FROM stories WHERE print = 1)
SELECT kind, id, story, score, total FROM placed WHERE place <= {limit:d}
UNION ALL SELECT kind, NULL, NULL, NULL, total FROM counts WHERE total > {RANK_LIMIT}
ORDER BY kind, score DESC""",  # noqa: S608  strangers' words are values
        tuple(value for _, _, part in cuts for value in part.values) + points.values,
    )


def _cuts(asking: Asking, kind: DocumentKind) -> Iterator[tuple[DocumentKind, str, Part]]:
    """No more of the answers than are ranked, and one: then there are too many, and no others are looked for. Each
    query with its name in the statement."""
    names: list[str] = []
    for place, part in enumerate(asking.answers(kind)):
        few = " AND ".join(f"(SELECT count(*) FROM {name}) <= {RANK_LIMIT}" for name in names) or "1 = 1"  # noqa: S608
        names.append(f"{kind}{place}")
        sql = f"SELECT a.id FROM (SELECT 1 WHERE {few}) AS few CROSS JOIN ({part.sql}) AS a LIMIT {RANK_LIMIT + 1}"  # noqa: S608
        yield kind, names[-1], Part(sql, part.values)


def _first(asking: Asking, kinds: Sequence[DocumentKind], limit: int) -> dict[DocumentKind, list[Ranked]]:
    """Of each kind answers whose names begin with the query, ranked, and others to fill the list up: first those that
    hold what was typed."""
    found: dict[DocumentKind, dict[int, Ranked]] = {kind: {} for kind in kinds}
    for name, *row in asking.dialect.rows(_begun(asking, kinds, limit)) if kinds else ():
        found[DocumentKind(name)][row[0]] = _ranked(DocumentKind(name), *row)
    for place, first in product(range(WAYS), (AHEAD * limit, 0)):
        ways = {kind: asking.answers(kind, first=first) for kind in kinds if len(found[kind]) < limit}
        short = {kind: some[place] for kind, some in ways.items() if place < len(some)}
        for name, number in asking.dialect.rows(_others(short, limit)) if short else ():
            found[DocumentKind(name)].setdefault(number, _ranked(DocumentKind(name), number, number, 1))
    return {kind: list(ranked.values())[:limit] for kind, ranked in found.items()}


def _others(queries: Mapping[DocumentKind, Part], limit: int) -> Part:
    """The first that each of the queries names."""
    each = [
        f"SELECT * FROM (SELECT '{kind}' AS kind, id FROM ({part.sql}) AS a ORDER BY id LIMIT {limit:d}) AS {kind}"  # noqa: S608
        for kind, part in queries.items()
    ]
    return Part(
        f"{' UNION ALL '.join(each)} ORDER BY kind, id",
        tuple(value for part in queries.values() for value in part.values),
    )


def _begun(asking: Asking, kinds: Sequence[DocumentKind], limit: int) -> Part:
    whole, answered, points = asking.question.whole, asking.answered, ranking.points(asking)
    begun = (
        "SELECT * FROM (SELECT * FROM brands_searchdocument WHERE kind = %s AND key >= %s AND key < %s"  # noqa: S608
        f" ORDER BY key, id LIMIT {RANK_LIMIT}) AS begun"
    )
    return Part(
        f"""
SELECT kind, id, story, score FROM (
    SELECT *, row_number() OVER (PARTITION BY kind ORDER BY {ranking.ORDER}) AS place FROM (
        SELECT kind, id, story, curated, sort, {ranking.score(asking)} AS score FROM (
            SELECT d.kind, d.id, d.story, d.curated, d.sort, {points.sql}
            FROM ({" UNION ALL ".join([begun] * len(kinds))}) AS d WHERE {answered.sql}) AS s) AS scored) AS placed
WHERE place <= {limit:d} ORDER BY kind, place""",  # noqa: S608
        (
            *points.values,
            *(value for kind in kinds for value in (kind.value, whole, whole + LAST)),
            *answered.values,
        ),
    )
