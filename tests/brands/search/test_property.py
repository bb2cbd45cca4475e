"""Answers are exact: what a plain scan of the folded fields finds, in the order of the points, on each database."""

import random
from collections.abc import Iterable, Sequence

import pytest

from brands.models import DocumentKind, SearchDocument
from brands.search import explain, find
from brands.search.conditions import Labelled, Question, Spelled, Text, Together, Why, Within, WorkedOut
from brands.search.ranking import RANK_LIMIT
from brands.search.romanised import read
from brands.search.tokens import FIELDS, label, within
from brands.vocabulary.folding import fold
from tests.needs import tries

pytestmark = pytest.mark.django_db

SUBSTRINGS = tries(2000, 200)
LONGEST = 12
SEED = 20260101
# More than there is.
ALL = 10**6


def lines(document: SearchDocument) -> list[str]:
    return [line for field in FIELDS for line in getattr(document, field).split("\n")]


def scanned(documents: Iterable[SearchDocument], word: str) -> set[int]:
    return {document.id for document in documents if any(word in getattr(document, field) for field in FIELDS)}


def substrings(documents: Sequence[SearchDocument]) -> list[str]:
    """Random pieces of random lines, of all lengths, that are not all blank."""
    chance = random.Random(SEED)
    texts = [line for document in documents if document.kind != DocumentKind.REGION for line in lines(document) if line]
    pieces: list[str] = []
    while len(pieces) < SUBSTRINGS:
        line = chance.choice(texts)
        start = chance.randrange(len(line))
        piece = line[start : start + chance.randint(1, LONGEST)]
        if piece.strip():
            pieces.append(piece)
    return pieces


def test_every_substring_finds_exactly_what_holds_it(library: list[SearchDocument]) -> None:
    """Recall and precision 1.000; a kind with too many answers is counted as such."""
    checked = 0
    story = {document.id: document.story for document in library}
    kinds = {document.id: document.kind for document in library}
    for word in dict.fromkeys(substrings(library)):
        expected = scanned(library, word)
        for kind in find.find(Question(((Text(word),),)), limit=ALL):
            holding = {number for number in expected if kinds[number] == kind.kind}
            if kind.at_least:
                assert len(holding) > RANK_LIMIT, word
            else:
                numbers = {ranked.number for ranked in kind.ranked}
                assert numbers <= holding, word
                assert {story[number] for number in numbers} == {story[number] for number in holding}, word
                assert kind.total == len(numbers), word
            expected -= holding
            checked += 1
        assert not expected, f"{word} is missing"
    assert checked > SUBSTRINGS


def test_all_names_and_titles_are_found_first(library: list[SearchDocument]) -> None:
    chance = random.Random(SEED)
    named = [document for document in library if document.kind not in {DocumentKind.STATISTIC, DocumentKind.REGION}]
    named += chance.sample([document for document in library if document.kind == DocumentKind.REGION], 100)
    assert len(named) > 400
    for document in named:
        name = document.name.split("\n")[0]
        hits = {kind.kind: kind for kind in find.find(Question(((Text(name),),), document.key), limit=50)}
        same = {other.id for other in library if other.key == document.key and other.kind == document.kind}
        first = hits[DocumentKind(document.kind)].ranked[0].number
        assert first in same, name


PINYIN = read("shifu")
assert PINYIN is not None
QUESTIONS = [
    Question(((Text("护工"),),), "护工"),
    Question(((Text("师傅"),), (Text("山"),)), "师傅山"),
    Question(((Text("吕梁"),), (Text("护工"), Text("护理员", Why.SYNONYM))), "吕梁护工"),
    Question(((Text("山西"), Within("140000", "山西")), (Text("工"),)), "山西工"),
    Question(((Within("450000", "八桂", Why.SYNONYM), Text("八桂")),), "八桂"),
    Question(((Text("月嫂"), Labelled("industry:domestic_service", "月嫂")), (Text("福建"),))),
    Question(((Text("广西米粉"), Together(((Within("450000", "广西"),), (Text("米粉"),)))),), "广西米粉"),
    Question(((Spelled("shifu", PINYIN), Text("shifu")),)),
    Question(((Spelled("shifu", PINYIN),), (Text("广西"),))),
    Question(
        (
            (
                Text(
                    fold("“"),
                ),
            ),
            (Text("。"),),
        )
    ),
    Question(((Text("2023"),),), "2023"),
    Question(((Text("护工"),),), "护工", (Text("吕梁", own=True), Within("420000", "湖北"))),
    Question(((Text("师傅", own=True),),), "师傅", (Labelled("level:provincial", "省级"),)),
    Question(((Text("家政"),),), "家政", (Together(((Text("家政", own=True),),)),)),
    Question(((Text("的"),),), "的"),
]


def test_documents_that_are_known_beforehand(library: list[SearchDocument]) -> None:
    place = WorkedOut(frozenset({DocumentKind.REGION.number("610100")}), within("610100"), "name", "xian", Why.PINYIN)
    paid = [document.id for document in library if "metric:per_capita_income" in document.labels.split()]
    pay = WorkedOut(frozenset(paid[::2]), label("metric:per_capita_income"), "description", "10000")
    for question in (Question(((Text("灞桥"), place),)), Question(((pay,), (Text("工"),)))):
        test_the_order_is_that_of_the_points(library, question)


@pytest.mark.parametrize("question", QUESTIONS, ids=range(len(QUESTIONS)))
def test_the_order_is_that_of_the_points(library: list[SearchDocument], question: Question) -> None:
    """The order worked out in Python from the documents, which knows nothing of the database."""
    points = {document.id: explain.points(document, question) for document in library}
    ordered = sorted(
        (document for document in library if points[document.id]),
        key=lambda one: (-points[one.id], not one.curated, one.sort.encode(), one.id),
    )
    asked = {kind.kind: [ranked.number for ranked in kind.ranked] for kind in find.find(question, limit=ALL)}
    for kind in DocumentKind:
        firsts: dict[int, int] = {}
        for document in ordered:
            if document.kind == kind:
                firsts.setdefault(document.story, document.id)
        assert asked.get(kind, []) == list(firsts.values()), kind
    assert asked
