"""What the rules for names of programs share: the kinds that the lexicon has words for, and how a mention is made."""

import re

from brands.vocabulary.choices import ProgramKind
from ingest.confidence import confidence_of
from ingest.records import ProgramMention

# The lists of words of lexicon/programs.toml that end a name, and the kind of program that they end.
KINDS = {
    "conference": ProgramKind.CONFERENCE,
    "contest": ProgramKind.CONTEST,
    "campaign": ProgramKind.CAMPAIGN,
    "season": ProgramKind.CAMPAIGN,
    "project": ProgramKind.PROJECT,
    "course": ProgramKind.CAMPAIGN,
    "activity": ProgramKind.CAMPAIGN,
    "alliance": ProgramKind.COOPERATION,
}


def named(article: int, text: str, span: tuple[int, int], kind: ProgramKind, rule: str) -> ProgramMention:
    """The mention of a program by the characters ``[start, end)`` of the article."""
    start, end = span
    return ProgramMention(article, start, end, text[start:end], rule, confidence_of("programs", rule), kind=kind)


def grouped(article: int, match: re.Match[str], group: str, kind: ProgramKind, rule: str) -> ProgramMention:
    """The mention of a program by a group of a match."""
    return named(article, match.string, match.span(group), kind, rule)
