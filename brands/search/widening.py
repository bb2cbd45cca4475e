"""Questions beside the one that was asked: without a word that leaves nothing, or for what only a sentence says."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from brands.search.conditions import Condition, Labelled, Question, Text, Together, Within, WorkedOut
from brands.search.filter_terms import TRADE, labels, whole_trades
from brands.search.phrasing import METRIC

Word = tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Wider:
    """A question for what says its words of itself, and the words that it leaves out."""

    question: Question
    left_out: tuple[str, ...]


def elsewhere(question: Question) -> Wider | None:
    """The question for the things that it names, without the divisions; None where nothing would be left."""
    words, left_out = _without(of_things(question).words, _is_place)
    return Wider(replace(question, words=words), left_out) if words and left_out else None


def of_things(question: Question) -> Question:
    """The question for the things that it names, which say so of themselves, whatever is asked of them. Who does other
    work of the same trade is none. A question that names metrics alone is for nothing."""
    words, _ = _without(question.words, _is_metric)
    return replace(question, words=tuple(_of_itself(_named(word)) for word in words))


def beside(question: Question) -> Question | None:
    """What has one of the words in a sentence only, and says all others of itself; None where no word asks for that."""
    if not any(isinstance(one, Text) and one.own for one in _each(question.words)):
        return None
    own = tuple(map(_of_itself, question.words))
    ways = [Together((*own[:at], _anywhere(word), *own[at + 1 :])) for at, word in enumerate(question.words)]
    return replace(question, words=(tuple(ways),), without=(*question.without, Together(question.words)))


def metrics(question: Question) -> list[str]:
    """The labels of the metrics that the question names."""
    return [one.label for one in _each(question.words) if isinstance(one, Labelled) and _is_metric(one)]


def place(question: Question) -> list[str]:
    """The codes of the divisions that the question is about, if it names nothing else."""
    if len(question.words) != 1:
        return []
    return [one.adcode for one in question.words[0] if isinstance(one, Within)]


def is_of_a_trade(question: Question) -> bool:
    """Whether the question is a word that people of a trade are called, so that a thing of that name is one of many."""
    first = question.words[0][0] if len(question.words) == 1 else None
    return isinstance(first, Text) and first.own and not place(question)


def trades(question: Question) -> list[str]:
    """The trades that the question names or has people of, as values of their vocabulary."""
    called = (
        one.label if isinstance(one, Labelled) else labels().get(getattr(one, "text", ""), "")
        for one in _each(question.words)
    )
    return list(dict.fromkeys(label.removeprefix(TRADE) for label in called if label.startswith(TRADE)))


def worked_out(question: Question) -> frozenset[int]:
    """The documents that were worked out for what the question says of figures."""
    each = (one for one in _each(question.words) if isinstance(one, WorkedOut) and one.field != "name")
    return frozenset(number for one in each for number in one.numbers)


def _is_metric(one: Condition) -> bool:
    return isinstance(one, Labelled) and one.label.startswith(METRIC)


def _is_place(one: Condition) -> bool:
    return isinstance(one, Within)


def _without(
    words: Iterable[Word], is_left_out: Callable[[Condition], bool]
) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """The words but for those of which some condition is to be left out, also within a word that is read as several;
    and what these are called."""
    kept: list[Word] = []
    called: dict[str, None] = {}
    for word in words:
        rest, name = _rest(word, is_left_out)
        kept += rest
        called |= {name: None} if name else {}
    return tuple(kept), tuple(called)


def _rest(word: Word, is_left_out: Callable[[Condition], bool]) -> tuple[tuple[Word, ...], str]:
    """What is left of a word, and what is not."""
    if meant := next((one for one in word if is_left_out(one)), None):
        return (), getattr(meant, "text", "")
    for one in word:
        if isinstance(one, Together):
            rest, called = _without(one.words, is_left_out)
            if rest and called:
                return rest, called[0]
    return (word,), ""


def _named(word: Word) -> Word:
    """A word without the trade of which it names a part."""
    others = tuple(one for one in word if not (isinstance(one, Labelled) and _is_part(one)))
    return tuple(Together(tuple(map(_named, one.words))) if isinstance(one, Together) else one for one in others)


def _is_part(one: Labelled) -> bool:
    return one.label.startswith(TRADE) and one.text not in whole_trades()


def _anywhere(word: Word) -> Word:
    """A word that any sentence may hold; a division that is named in it, too."""
    named = (Text(one.text) for one in word if isinstance(one, Within) and not one.text.isascii())
    return tuple(dict.fromkeys((*(_said(one, own=False) for one in word), *named)))


def _of_itself(word: Word) -> Word:
    """A word that things must say of themselves."""
    return tuple(_said(one, own=True) for one in word)


def _said(one: Condition, *, own: bool) -> Condition:
    if isinstance(one, Text):
        return replace(one, own=own)
    if isinstance(one, Together):
        return Together(tuple(map(_of_itself if own else _anywhere, one.words)))
    return one


def _each(words: Iterable[Word]) -> Iterator[Condition]:
    """All conditions, those of words that are read as several, too."""
    for word in words:
        for one in word:
            if isinstance(one, Together):
                yield from _each(one.words)
            else:
                yield one
