"""All that may be the name of a labour brand in an article, from wherever it was proposed: the rules, quotes, the items
of lists, lines of their own, and the trained tagger. What is one is decided in ``names_decided.py``."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest.extract.context import Context
from ingest.extract.names_prose import list_items, value_of
from ingest.extract.names_quoted import Weighed
from ingest.frozen import frozen
from ingest.learned.tagger import MAX_SPAN, NameProposal
from ingest.name_shapes import Shape, bare, is_name, key_of, trade_of
from ingest.records import BrandMention

# Characters of a name; longer items of a list are clauses.
MIN_NAME, MAX_NAME = 2, 16

# Candidates of an article; a page of garbage has more.
MAX_CANDIDATES = 1500

# From so many items on, the first and the last are held against the others, which they surpass by so many characters
# at most.
MIN_EVEN, SLACK = 2, 2

# So many lines of a name each make a list.
MIN_LINES = 3


@frozen()
class NameList:
    """A list that a candidate stands in: the keys of its items, and whether the text says how many there are (`counts`)
    or that they are brands (`told`)."""

    keys: tuple[str, ...]
    counts: bool
    told: bool


@dataclass(slots=True)
class NameCandidate:
    """A name with all that speaks for or against it. `spans` are its places in the text."""

    name: str
    shape: Shape
    spans: list[tuple[int, int]] = field(default_factory=list)
    mentions: list[BrandMention] = field(default_factory=list)
    weighed: list[Weighed] = field(default_factory=list)
    lists: list[NameList] = field(default_factory=list)
    tagged: list[float] = field(default_factory=list)
    margin: float = 0.0

    @property
    def worth_asking(self) -> bool:
        """Whether anything speaks for it at all: two thirds are mere words between marks."""
        shape = self.shape
        named = not shape.never and bool(shape.full or shape.place or len(shape.trade) > 1)
        return bool(
            named
            or self.mentions
            or self.tagged
            or any(weighed.weight > 0 for weighed in self.weighed)
            or any(told.told or told.counts for told in self.lists)
        )


@dataclass(slots=True)
class Candidates:
    """The candidates of an article by the key of their name."""

    context: Context
    by_key: dict[str, NameCandidate] = field(default_factory=dict)

    def at(self, start: int, end: int, name: str = "") -> NameCandidate | None:
        """The candidate of these characters, made if need be; None for what cannot be a name."""
        name = name or bare(self.context.text[start:end])
        key = key_of(name)
        if not key or not MIN_NAME <= len(name) <= MAX_NAME + 4 or not is_name(name):
            return None
        found = self.by_key.get(key)
        if found is None:
            if len(self.by_key) >= MAX_CANDIDATES:
                return None
            found = self.by_key[key] = NameCandidate(name, self.context.shape(name))
        if (start, end) not in found.spans[-3:]:
            found.spans.append((start, end))
        return found


def gathered(
    context: Context,
    mentions: Iterable[BrandMention],
    chains: Sequence[Sequence[Weighed]],
    tagged: Sequence[NameProposal],
) -> Candidates:
    """The candidates of an article. `chains` are its weighed quotes, those together that follow each other."""
    found = Candidates(context)
    for mention in mentions:
        if candidate := found.at(mention.start, mention.end, mention.name):
            candidate.mentions.append(mention)
    for chain in chains:
        _add_chain(found, chain)
    for at, names in (*_lists(context), *_lines(context)):
        _add_list(found, at, names)
    for number, proposal in enumerate(tagged):
        if candidate := found.at(proposal.start, proposal.end):
            candidate.tagged.append(proposal.score)
            candidate.margin = max(candidate.margin, proposal.score - _rival(tagged, number))
    return found


def _rival(tagged: Sequence[NameProposal], number: int) -> float:
    """The best score of the proposals beside this one that overlap it; those are sorted by their beginnings."""
    mine, best = tagged[number], 0.0
    for step in (-1, 1):
        at = number + step
        while 0 <= at < len(tagged) and abs(tagged[at].start - mine.start) < MAX_SPAN:
            other = tagged[at]
            if other.start < mine.end and mine.start < other.end:
                best = max(best, other.score)
            at += step
    return best


def _add_chain(found: Candidates, chain: Sequence[Weighed]) -> None:
    keys = tuple(key_of(weighed.quoted.name) for weighed in chain)
    text, end = found.context.text, chain[-1].quoted.right
    told = NameList(keys, _says_count(text, chain[0].quoted.left, end, len(keys)), _says_brands(text, end))
    for weighed in chain:
        quoted = weighed.quoted
        if candidate := found.at(quoted.start, quoted.end, bare(quoted.name)):
            candidate.weighed.append(weighed)
            candidate.lists.append(told)


def _add_list(found: Candidates, span: tuple[int, int], names: Sequence[tuple[int, str]]) -> None:
    keys = tuple(key_of(name) for _, name in names)
    text = found.context.text
    told = NameList(keys, _says_count(text, *span, len(keys)), _says_brands(text, span[1]))
    for at, name in names:
        if candidate := found.at(at, at + len(name), name):
            candidate.lists.append(told)


@cache
def _clause() -> re.Pattern[str]:
    return re.compile("[^，。；：！？…\n“”‘’「」『』《》（）()—]{5,400}")


def _lists(context: Context) -> Iterator[tuple[tuple[int, int], list[tuple[int, str]]]]:
    """The lists without quotes: their span and each item with its place, its lead-in and tail cut off."""
    for clause in _clause().finditer(context.text):
        if "、" in clause[0]:
            items = [(item.start, item.name) for item in list_items(clause.start(), clause[0])]
            items = _even(context, [(at, name) for at, name in items])
            if len(items) > 1:
                last = items[-1]
                yield (items[0][0], last[0] + len(last[1])), items


def _even(context: Context, items: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The items with the first one begun and the last one ended where those between suggest it: a list is parallel, but
    its clause goes on (…、松花石雕刻工也当场动了手)."""
    if len(items) < MIN_EVEN:
        return items
    usual = max(len(name) for _, name in items[1:-1] or items[:1])
    (first_at, first), (last_at, last) = items[0], items[-1]
    if len(first) > usual + SLACK:
        run = [hit.start for hit in context.places.between(first_at, first_at + len(first) - 1)]
        start = max((at for at in run if first_at + len(first) - at <= usual + SLACK), default=first_at)
        first_at, first = start, first[start - first_at :]
    if len(last) > usual + SLACK:
        ends = [size for size in range(MIN_NAME, usual + SLACK + 1) if len(trade_of(last[:size])) > 1]
        ends = ends or [size for size in range(MIN_NAME + 1, usual + SLACK + 1) if trade_of(last[:size])]
        last = last[: max(ends)] if ends else last
    return [(first_at, first), *items[1:-1], (last_at, last)]


_LINE = re.compile(
    r"(?:(?<=\n)|\A)(?:[0-9]{1,3}[.、． ]|[（(][0-9一二三四五六七八九十]{1,3}[)）])?([一-鿿]{3,14})(?=\n|\Z)"
)


def _lines(context: Context) -> Iterator[tuple[tuple[int, int], list[tuple[int, str]]]]:
    """Lines of one name each that follow each other."""
    run: list[re.Match[str]] = []
    for match in _LINE.finditer(context.text, max(context.body_start - 1, 0)):
        if run and match.start() > run[-1].end() + 2:
            yield from _run(run)
            run = []
        run.append(match)
    yield from _run(run)


def _run(lines: list[re.Match[str]]) -> Iterator[tuple[tuple[int, int], list[tuple[int, str]]]]:
    if len(lines) >= MIN_LINES:
        yield (lines[0].start(1), lines[-1].end(1)), [(line.start(1), line[1]) for line in lines]


@cache
def _count() -> re.Pattern[str]:
    return re.compile("([0-9]{1,3}|[一二三四五六七八九十两]{1,3})[个大家张块支]")


def _says_count(text: str, start: int, end: int, size: int) -> bool:
    """Whether a number right before or after a list is that of its items."""
    around = (text[max(start - 30, 0) : start], text[end : end + 16])
    return any(value_of(match[1]) == size for part in around for match in _count().finditer(part))


_BRANDS = re.compile("[^。；\n]{0,14}品牌")


def _says_brands(text: str, end: int) -> bool:
    return _BRANDS.match(text, end) is not None
