"""Answers from the index: which documents a question finds, in which order, and how many there are of each kind."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from brands.models import Kind
from brands.search import ranking
from brands.search.asking import Asking, candidates
from brands.search.conditions import Question
from brands.search.dialect import Part
from brands.search.documents import SPELLED
from brands.search.hearing import hear
from brands.search.ranking import RANK_LIMIT
from brands.search.store import dialect

LAST = "\U0010ffff"
"""Behind every character."""


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

    kind: Kind
    ranked: list[Ranked]
    total: int
    at_least: bool = False


def find(question: Question, *, kinds: Iterable[Kind] = tuple(Kind), limit: int) -> list[Found]:
    """What the question finds, by kind in the order given, at most `limit` of each; kinds without any are left out. One
    statement, one more where sounds are asked for, and two for each kind of which there are more than RANK_LIMIT."""
    kinds = tuple(kinds)
    if not question.words or not kinds:
        return []
    words = dialect()
    heard, cut = hear(question, [kind for kind in kinds if kind in SPELLED], words)
    asking = Asking(question, words, heard)
    totals: dict[Kind, int] = {}
    ranked: defaultdict[Kind, list[Ranked]] = defaultdict(list)
    for name, number, story, points, total in asking.dialect.rows(_statement(asking, kinds, limit)):
        kind = Kind(name)
        totals[kind] = total
        if number is not None:
            ranked[kind].append(_ranked(kind, number, story, points))
    return [
        Found(kind, ranked[kind], totals[kind], kind in cut)
        if totals[kind] <= RANK_LIMIT
        else Found(kind, _first(asking, kind, limit), RANK_LIMIT, at_least=True)
        for kind in kinds
        if kind in totals
    ]


def _ranked(kind: Kind, number: int, story: int, points: int) -> Ranked:
    return Ranked(number, points * ranking.SHARE[kind] / ranking.NAME, story)


def _statement(asking: Asking, kinds: Sequence[Kind], limit: int) -> Part:
    """The kind, number, story and points of the first documents of each kind, with how many there are; for a kind with
    more than RANK_LIMIT one row without a number."""
    each = [_cut(asking, kind) for kind in kinds]
    found = " UNION ALL ".join(f"SELECT * FROM ({part.sql}) AS cut" for part in each)  # noqa: S608
    points = ranking.points(asking)
    return Part(
        f"""
WITH found AS MATERIALIZED ({found}),
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
        tuple(value for part in each for value in part.values) + points.values,
    )


def _answers(asking: Asking, kind: Kind) -> Part:
    """The numbers of the documents of a kind that answer the question."""
    possible, checks = candidates(asking, kind), asking.checks
    if not checks.sql:
        return possible
    return Part(
        f"SELECT c.id FROM ({possible.sql}) AS c JOIN brands_searchdocument d ON d.id = c.id WHERE {checks.sql}",  # noqa: S608
        possible.values + checks.values,
    )


def _cut(asking: Asking, kind: Kind) -> Part:
    """No more of the answers than are ranked, and one: then there are too many."""
    answers = _answers(asking, kind)
    sql = f"SELECT id, '{kind}' AS kind FROM ({answers.sql}) AS a LIMIT {RANK_LIMIT + 1}"  # noqa: S608
    return Part(sql, answers.values)


def _first(asking: Asking, kind: Kind, limit: int) -> list[Ranked]:
    """Answers whose names begin with the query, ranked, and others to fill the list up."""
    begun = [_ranked(kind, *row) for row in asking.dialect.rows(_begun(asking, kind, limit))]
    if len(begun) < limit:
        answers = _answers(asking, kind)
        sql = f"SELECT id FROM ({answers.sql}) AS a ORDER BY id LIMIT {limit:d}"  # noqa: S608
        known = {one.number for one in begun}
        others = [number for (number,) in asking.dialect.rows(Part(sql, answers.values)) if number not in known]
        begun += [_ranked(kind, number, number, 1) for number in others]
    return begun[:limit]


def _begun(asking: Asking, kind: Kind, limit: int) -> Part:
    whole, answered, points = asking.question.whole, asking.answered, ranking.points(asking)
    return Part(
        f"""
SELECT id, story, {ranking.score(asking)} AS score FROM (
    SELECT d.id, d.story, d.curated, d.sort, {points.sql} FROM (
        SELECT * FROM brands_searchdocument WHERE kind = %s AND key >= %s AND key < %s
        ORDER BY key, id LIMIT {RANK_LIMIT}) AS d
    WHERE {answered.sql}) AS s
ORDER BY {ranking.ORDER} LIMIT {limit:d}""",  # noqa: S608
        (*points.values, kind.value, whole, whole + LAST, *answered.values),
    )
