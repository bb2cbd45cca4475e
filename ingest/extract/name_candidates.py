"""All that may be the name of a labour brand in an article, from wherever it was proposed: the rules, quotes, the items
of lists, lines of their own, and the trained tagger. What is one is decided in ``names_decided.py``."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.extract.context import Context
from ingest.extract.name_lists import FoundList, Frame, frame_of, laid_out_by_rules, lists
from ingest.extract.names_quoted import Weighed
from ingest.frozen import frozen
from ingest.learned.tagger import MAX_SPAN, NameProposal
from ingest.name_shapes import Shape, bare, is_name, is_title, key_of
from ingest.records import BrandMention

# Characters of a name; longer items of a list are clauses.
MIN_NAME, MAX_NAME = 2, 16

# Candidates of an article; a page of garbage has more.
MAX_CANDIDATES = 1500


@frozen()
class NameList:
    """A list that a candidate stands in: the keys of its items, and what its frame says of them all."""

    keys: tuple[str, ...]
    frame: Frame


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
        """Whether anything speaks for it at all: two thirds are mere words between marks, and some are titles."""
        shape = self.shape
        if is_title(self.name) or (not self.weighed and _tells_whose(self.name)):
            return False
        named = not shape.never and bool(shape.full or shape.place or len(shape.trade) > 1)
        return bool(
            named
            or self.mentions
            or self.tagged
            or any(weighed.weight > 0 for weighed in self.weighed)
            or any(one.frame.tells for one in self.lists)
        )


def _tells_whose(name: str) -> bool:
    """Whether a name is said of people and called by nobody: 安达的电焊工, but 湖南的哥."""
    return "的" in name[:-2] and not name.endswith(_DRIVERS)


_DRIVERS = ("的哥", "的姐", "的士")


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
    mentions: Sequence[BrandMention],
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
    for one in (*lists(context), *laid_out_by_rules(context, mentions)):
        _add_list(found, one)
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
    told = NameList(keys, frame_of(found.context.text, [(w.quoted.start, w.quoted.name) for w in chain]))
    for weighed in chain:
        quoted = weighed.quoted
        if candidate := found.at(quoted.start, quoted.end, bare(quoted.name)):
            candidate.weighed.append(weighed)
            candidate.lists.append(told)


def _add_list(found: Candidates, one: FoundList) -> None:
    told = NameList(tuple(key_of(name) for _, name in one.items), one.frame)
    for at, name in one.items:
        if candidate := found.at(at, at + len(name), name):
            candidate.lists.append(told)
