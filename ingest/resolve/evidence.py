"""From mentions to quotes: the characters of the page, the sentence around them, and all places where a name
stands."""

from collections.abc import Iterable, Mapping, Sequence

import ahocorasick

from ingest.frozen import frozen
from ingest.records import BrandMention, Mention, Quote
from ingest.sentences import Sentences
from ingest.text import MappedText, Span

# So many quotes are kept for a fact, the most certain first: a reader needs no more, and a page of garbage gives
# thousands.
MAX_QUOTES = 5
# A stretch of the page more than so many times as long as its text (and SLACK more) holds foreign matter.
STRETCH = 3
SLACK = 60


@frozen()
class Stated:
    """Where the text of an article states an attribute, and the mention of what it is an attribute of."""

    mention: BrandMention
    span: Span


def quote_of(
    text: MappedText, sentences: Sentences, mention: Mention, *, field: str = "", part: Span | None = None
) -> Quote | None:
    """The quote of a mention (or of `part` of the text), or None when a column of another article cuts it in two."""
    start, end = (part.start, part.end) if part else (mention.start, mention.end)
    span = _whole(text, start, end)
    if span is None:
        return None
    sentence = sentences.at(start, end)
    context = _whole(text, sentence.start, sentence.end) or _run_around(text, sentence, span)
    return Quote(mention.article, span, context, mention.rule, mention.confidence, field)


def _whole(text: MappedText, start: int, end: int) -> Span | None:
    span = text.span(start, end)
    return span if len(span) <= STRETCH * (end - start) + SLACK else None


def _run_around(text: MappedText, sentence: Span, span: Span) -> Span:
    """The unbroken part of the sentence that holds the phrase, the phrase itself where none does."""
    for run in text.runs(sentence.start, sentence.end):
        if run.contains(span):
            return run
    return span


def best(quotes: Iterable[Quote | None]) -> tuple[Quote, ...]:
    """The quotes worth keeping, the most certain first, by place where they are equally so."""
    found = [quote for quote in quotes if quote]
    return tuple(sorted(found, key=lambda q: (-q.confidence, q.article, q.span.start))[:MAX_QUOTES])


def occurrences(texts: Sequence[tuple[int, str]], names: Mapping[str, str]) -> dict[str, list[Mention]]:
    """Every place where one of the names stands, by the owner of the name; the longest name wins where several fit.

    `texts` are (article, text), `names` each form with its owner. Linear in the texts.
    """
    automaton = ahocorasick.Automaton()
    for form, owner in names.items():
        automaton.add_word(form, (form, owner))
    found: dict[str, list[Mention]] = {}
    if not len(automaton):
        return found
    automaton.make_automaton()
    for article, text in texts:
        for last, (form, owner) in automaton.iter_long(text):
            start = last + 1 - len(form)
            found.setdefault(owner, []).append(Mention(article, start, last + 1, form, "name-again", 0.9))
    return found
