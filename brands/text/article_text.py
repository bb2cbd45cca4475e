"""An article as text to read, with every fact marked at its place."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from brands.models import Article, Brand, Evidence, Program, Statistic
from brands.text.highlight import Mark, highlighted
from brands.text.page_text import Laid, lay_out
from brands.vocabulary.names import name_key

KINDS = ("brand", "program", "statistic")

# Lines at the head and at the foot of an article among which its title is looked for.
MAX_TITLE_LINES = 5


# Characters of a short line; a column of print holds about twenty.
LINE = 26


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`line` says that it is a short line without a full stop: a subhead, or an entry of a list that stands close to
    its neighbours. `at` is where its first character stands on the page."""

    html: SafeString
    line: bool
    at: int


@dataclass(frozen=True, slots=True)
class MarkedText:
    """`title` holds the lines of the headline as printed, marked, or nothing where the text has none; `kicker` the
    lines printed above it."""

    kicker: list[SafeString]
    title: list[SafeString]
    paragraphs: list[Paragraph]


@dataclass(frozen=True, slots=True)
class Borne:
    """A fact of the article, its kind, and the places that bear it out."""

    kind: str
    fact: Brand | Program | Statistic
    places: list[Evidence]


def read(article: Article, evidence: Iterable[Evidence], *, hidden: Container[str] = (), at: int = 0) -> MarkedText:
    """The article's text in reading order. Reads the whole page's text. Facts of the `hidden` kinds are not marked, and
    the evidence with the key `at` stands out."""
    pieces = list(evidence)
    whole = [(piece.context_start, piece.context_end) for piece in pieces]
    laid = lay_out(article.page.text, [(start, end) for start, end in article.spans], whole=whole)
    return set_out(article.title, laid, [m for piece in pieces for m in marks_of(piece, laid, hidden=hidden, at=at)])


def set_out(title: str, laid: Laid, marks: Iterable[Mark]) -> MarkedText:
    """A text laid out for reading, with these stretches of it marked."""
    paragraphs = laid.paragraphs()
    shared = _shared_out(marks, paragraphs)
    shown = [
        Paragraph(_marked(laid.text, start, end, shared[place]), _is_line(laid.text[start:end]), laid.offsets[start])
        for place, (start, end) in enumerate(paragraphs)
    ]
    first, after = _title_lines(title, [laid.text[start:end] for start, end in paragraphs])
    above = first if first < MAX_TITLE_LINES else 0
    kicker, headline = ([line.html for line in lines] for lines in (shown[:above], shown[first:after]))
    return MarkedText(kicker, headline, shown[above:first] + shown[after:])


def marks_of(evidence: Evidence, laid: Laid, *, hidden: Container[str] = (), at: int = 0) -> list[Mark]:
    """The stretches of the text that show the evidence; the first has its anchor, ``e`` and the number. One of a hidden
    kind keeps its anchor, which other pages lead to, and nothing else."""
    kind, fact = fact_of(evidence)
    anchor = f"e{evidence.pk}"
    if kind in hidden:
        shown, href = "is-off", ""
    else:
        look = "is-scope" if evidence.field == "scope" else f"is-{kind}"
        shown, href = f"{look} is-at" if evidence.pk == at else look, fact.get_absolute_url()
    return [
        Mark(start, end, anchor=anchor if piece == 0 else "", kind=shown, href=href)
        for piece, (start, end) in enumerate(laid.places(evidence.start, evidence.end))
    ]


def fact_of(evidence: Evidence) -> tuple[str, Brand | Program | Statistic]:
    """The one fact that the evidence bears out, and its kind."""
    for kind in KINDS:
        fact: Brand | Program | Statistic | None = getattr(evidence, kind)
        if fact is not None:
            return kind, fact
    raise ValueError(f"evidence {evidence.pk} bears out nothing")  # the database allows no such row


def borne_out(evidence: Sequence[Evidence]) -> list[Borne]:
    """The facts of an article, brands first, each with its places in the order of the text."""
    facts: dict[tuple[str, int], Borne] = {}
    for piece in evidence:
        kind, fact = fact_of(piece)
        facts.setdefault((kind, fact.pk), Borne(kind, fact, [])).places.append(piece)
    return sorted(facts.values(), key=lambda borne: KINDS.index(borne.kind))


def _is_line(text: str) -> bool:
    return len(text) <= LINE and text[-1] not in "。！？!?…；;”"


def _shared_out(marks: Iterable[Mark], paragraphs: Sequence[tuple[int, int]]) -> dict[int, list[Mark]]:
    """The marks of each paragraph, by its place in the sequence."""
    starts = [start for start, _end in paragraphs]
    shared: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        first = max(bisect_right(starts, mark.start) - 1, 0)
        for place in range(first, bisect_left(starts, mark.end)):
            shared[place].append(mark)
    return shared


def _marked(text: str, start: int, end: int, marks: Iterable[Mark]) -> SafeString:
    return highlighted(text[start:end], [_moved(mark, start) for mark in marks])


def _moved(mark: Mark, start: int) -> Mark:
    """The mark as its paragraph counts; a mark that began in an earlier one has its anchor there."""
    return Mark(mark.start - start, mark.end - start, mark.anchor if mark.start >= start else "", mark.kind, mark.href)


def _title_lines(title: str, lines: list[str]) -> tuple[int, int]:
    """Which of the first or, on a page that has the headline below, the last lines are the title, as a half-open range;
    an empty one at the start where none are."""
    wanted = name_key(title)
    last = max(len(lines) - MAX_TITLE_LINES, 0)
    for first in [*range(min(MAX_TITLE_LINES, last)), *range(last, len(lines))]:
        key = ""
        for after in range(first, min(first + MAX_TITLE_LINES, len(lines))):
            key += name_key(lines[after])
            if key and key == wanted:
                return first, after + 1
    return 0, 0
