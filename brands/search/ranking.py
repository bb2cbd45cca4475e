"""How well a document answers a question: the one place that says what counts for how much.

A word counts for the best place in which it stands, by the best of its conditions; the words of a question add up.
"""

from collections.abc import Mapping, Sequence

from brands.models import DocumentKind
from brands.search.backends.base import Part
from brands.search.candidates import Asking, lies
from brands.search.conditions import Condition, Labelled, Text, Together, Why, Within, WorkedOut
from brands.vocabulary.folding import bare

# Documents of a kind that are ranked. Of more, those whose names begin with the query come first, and the rest as it
# comes: nobody reads so far, and to rank tens of thousands takes longer than to find them.
RANK_LIMIT = 1000

# The word is the name, begins it, begins another name, stands in the name, in another name.
NAME, START, ALIAS, NAME_PART, ALIAS_PART = 1000, 800, 600, 500, 450

PLACE, DESCRIPTION, EVIDENCE, BODY = 300, 200, 100, 50

# By field, what a word is worth that stands somewhere in it; the best field first.
STANDING: Mapping[str, int] = {
    "name": NAME_PART,
    "aliases": ALIAS_PART,
    "place": PLACE,
    "description": DESCRIPTION,
    "evidence": EVIDENCE,
    "body": BODY,
}

# All that was typed, put together, is the name or another name, begins the name, or stands in one.
WHOLE_NAME, WHOLE_ALIAS, WHOLE_START, WHOLE_PART = 2000, 1750, 1500, 1000

# Points of provinces and prefectures, so that of divisions that match equally well the largest comes first.
LARGE, MIDDLE = 2, 1

# Points of what lies in a province or prefecture that sounds like all that was typed in letters: who types xian means
# 西安 and its brands before 仙桃, and of its brands first those that are called so.
HEARD_PLACE = 180

# What is left of the points where a word is not meant as it was typed.
PERCENT: Mapping[Why, int] = {
    Why.EXACT: 100,
    Why.ALIAS: 100,
    Why.SCRIPT: 100,
    Why.REGION: 100,
    Why.SYNONYM: 40,
    Why.PINYIN: 30,
    Why.SOUND: 20,
    Why.SHAPE: 20,
}

# What the points of a kind are worth beside those of others: articles hold every word, and come last.
SHARE: Mapping[DocumentKind, float] = {
    DocumentKind.BRAND: 1.0,
    DocumentKind.REGION: 1.0,
    DocumentKind.PROGRAM: 0.9,
    DocumentKind.STATISTIC: 0.08,
    DocumentKind.ARTICLE: 0.1,
}

# Of documents with the same points, those that people confirmed first, then as in a dictionary.
ORDER = "score DESC, curated DESC, sort, id"


def points(asking: Asking) -> Part:
    """Columns `p0`, `p1`, … for the words of the question: the points of a document `d` that answers it; and `more`,
    those that it gets besides."""
    parts = [_best(asking, word) for word in asking.question.words]
    more = [_whole(asking, asking.question.whole), _SIZE] if asking.question.whole else [_SIZE]
    if len(asking.question.words) == 1 and (cases := _heard_places(asking.question.words[0])):
        more.append(_case(cases))
    named = [Part(f"{part.sql} AS p{place}", part.values) for place, part in enumerate(parts)]
    named.append(Part(f"{_sum(more).sql} AS more", _sum(more).values))
    return Part(", ".join(part.sql for part in named), tuple(value for part in named for value in part.values))


def score(asking: Asking) -> str:
    """The sum of these columns. Of several words the worst counts twice: who answers all well is better than who
    answers one."""
    columns = [f"p{place}" for place in range(len(asking.question.words))]
    worst = [f"{asking.dialect.least}({', '.join(columns)})"] if len(columns) > 1 else []
    return " + ".join([*columns, *worst, "more"])


def heard(stretch: tuple[int, int], size: int, *, alias: bool, why: Why) -> int:
    """The points of a name of so many characters, or of another name, of which the stretch is meant by its sound."""
    start, end = stretch
    if alias:
        points = ALIAS if start == 0 else ALIAS_PART
    else:
        points = NAME if (start, end) == (0, size) else START if start == 0 else NAME_PART
    return _left(points, why)


def known(one: WorkedOut) -> int:
    """The points, before they are cut by its reason, of what was worked out beforehand."""
    return NAME if one.field == "name" else DESCRIPTION


def _best(asking: Asking, word: Sequence[Condition]) -> Part:
    points = [_points(asking, one) for one in word]
    if len(points) == 1:
        return points[0]
    values = tuple(value for part in points for value in part.values)
    return Part(f"{asking.dialect.greatest}({', '.join(part.sql for part in points)})", values)


def _points(asking: Asking, one: Condition) -> Part:
    if isinstance(one, Together):  # several words in one are worth one
        together = _sum([_best(asking, word) for word in one.words])
        return Part(f"({together.sql}) / {len(one.words)}", together.values)
    if isinstance(one, Text):
        return _case([(case, _left(points, one.why)) for case, points in _places(asking, one.text)])
    if isinstance(one, Within):
        return _case([(lies(one), _left(PLACE, one.why))])
    if isinstance(one, Labelled):
        return _case([(asking.labelled(one), _left(DESCRIPTION, one.why))])
    if isinstance(one, WorkedOut):
        return _case([(asking.known(one), _left(known(one), one.why))])
    numbers = sorted(asking.heard[one].items(), reverse=True)
    return _case([(asking.dialect.among("d.id", some), points) for points, some in numbers])


def _places(asking: Asking, text: str) -> list[tuple[Part, int]]:
    """Where a text may stand, the best place first, and what that is worth."""
    position, key = asking.dialect.position, bare(text)
    named = [(Part("d.key = %s", (key,)), NAME), (Part(f"{position}(d.key, %s) = 1", (key,)), START)] if key else []
    begun = Part(f"{position}(%s || d.aliases, %s) > 0", ("\n", f"\n{text}"))
    return [*named, (begun, ALIAS), *((asking.stands(text, field), points) for field, points in STANDING.items())]


def _whole(asking: Asking, whole: str) -> Part:
    position = asking.dialect.position
    return _case(
        [
            (Part("d.key = %s", (whole,)), WHOLE_NAME),
            (Part(f"{position}(%s || d.aliases || %s, %s) > 0", ("\n", "\n", f"\n{whole}\n")), WHOLE_ALIAS),
            (Part(f"{position}(d.key, %s) = 1", (whole,)), WHOLE_START),
            (asking.stands(whole, "name"), WHOLE_PART),
            (asking.stands(whole, "aliases"), WHOLE_PART),
        ]
    )


def _heard_places(word: Sequence[Condition]) -> list[tuple[Part, int]]:
    """The divisions of some size that the word sounds like."""
    places = (one for one in word if isinstance(one, Within) and one.why == Why.PINYIN and one.adcode.endswith("00"))
    return [(lies(one), HEARD_PLACE) for one in places]


_SIZE = Part(
    f"CASE WHEN d.kind <> '{DocumentKind.REGION}' THEN 0 WHEN substr(d.adcode, 3) = '0000' THEN {LARGE}"
    f" WHEN substr(d.adcode, 5) = '00' THEN {MIDDLE} ELSE 0 END"
)


def _left(points: int, why: Why) -> int:
    return points * PERCENT[why] // 100


def _case(cases: Sequence[tuple[Part, int]]) -> Part:
    """The points of the first case that holds, else none."""
    if not cases:
        return Part("0")
    sql = " ".join(f"WHEN {case.sql} THEN {points}" for case, points in cases)
    return Part(f"CASE {sql} ELSE 0 END", tuple(value for case, _ in cases for value in case.values))


def _sum(parts: Sequence[Part]) -> Part:
    return Part(" + ".join(part.sql for part in parts), tuple(value for part in parts for value in part.values))
