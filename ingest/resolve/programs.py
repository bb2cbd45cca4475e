"""Mentions of programs brought together: one conference is named with and without its edition, year and region."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from brands.vocabulary.names import name_key
from brands.vocabulary.titles import TitleParts, title_parts
from ingest.records import ExtractedArticle, ExtractedProgram, Mention, ProgramMention, Quote
from ingest.resolve.evidence import best, occurrences, quote_of
from ingest.resolve.program_attributes import ProgramValue, declared, held, issuer, place
from ingest.sentences import sentences_of
from ingest.text import Span

# A shorter part of a name (发展大会) may be any program's, unless both say the same edition.
SHORTEST, SHORTEST_OF_EDITION = 6, 4
# Shortest other name that is kept: 《意见》 is short for anything.
SHORTEST_OTHER = 4


@dataclass(slots=True)
class ProgramGroup:
    """One program in the making, under its longest name."""

    name: str
    parts: TitleParts
    mentions: list[ProgramMention] = field(default_factory=list)


def programs_of(
    articles: Sequence[ExtractedArticle], mentions: Sequence[ProgramMention]
) -> tuple[ExtractedProgram, ...]:
    """The programs that the mentions speak of, in the order of their first mention."""
    by_order = {article.order: article for article in articles}
    mentions = [m for m in mentions if m.article in by_order]
    groups = _grouped(mentions)
    forms = [(m.name, g.name) for g in groups for m in g.mentions]
    again = occurrences([(a.order, a.text.text) for a in articles], dict(forms))
    found = (_program(group, by_order, mentions, tuple(again.get(group.name, ()))) for group in groups)
    return tuple(program for program in found if program)


def _program(
    group: ProgramGroup,
    articles: Mapping[int, ExtractedArticle],
    mentions: Sequence[ProgramMention],
    again: tuple[Mention, ...],
) -> ExtractedProgram | None:
    """The program of a group, or None when no stretch of the page holds its name in one piece."""
    quotes = best(_quote(articles[m.article], m) for m in group.mentions if m.name == group.name)
    if not quotes:
        return None
    said = {name: told for name, told in _attributes(group, articles, mentions).items() if told}
    fields = (_quote(articles[m.article], m, field=name, part=told.span) for name, (m, told) in said.items())
    held = said["held_on"][1].value if "held_on" in said else ""
    forms = {m.name for m in group.mentions} - {group.name}
    return ExtractedProgram(
        group.name,
        max(group.mentions, key=lambda m: m.confidence).kind,
        (*quotes, *(quote for quote in fields if quote)),
        again,
        aliases=tuple(sorted(forms)),
        other_names=_other_names(group, articles),
        edition=group.parts.edition,
        year=group.parts.year,
        issuer=said["issuer"][1].value if "issuer" in said else "",
        held=held,
        place=said["place"][1].value if "place" in said else "",
    )


def _attributes(
    group: ProgramGroup, articles: Mapping[int, ExtractedArticle], mentions: Sequence[ProgramMention]
) -> dict[str, tuple[ProgramMention, ProgramValue] | None]:
    """What the first mention that tells it says of each attribute, and which mention that is."""
    found: dict[str, tuple[ProgramMention, ProgramValue] | None] = dict.fromkeys(("held_on", "issuer", "place"))
    for mention in group.mentions:
        article = articles[mention.article]
        following = (m.start for m in mentions if m.article == mention.article and m.start > mention.start)
        by = issuer(article, mention, next(following, len(article.text.text)))
        told = {"held_on": held(article, mention), "issuer": by, "place": place(article, mention, by)}
        for name, value in told.items():
            if value is not None and _surer(name, value, found[name]):
                found[name] = (mention, value)
    return found


def _surer(name: str, told: ProgramValue, known: tuple[ProgramMention, ProgramValue] | None) -> bool:
    """Whether a value is better than the one that is known: of dates the fuller one that agrees with it."""
    if known is None:
        return True
    return name == "held_on" and len(told.value) > len(known[1].value) and told.value.startswith(known[1].value)


def _quote(
    article: ExtractedArticle, mention: ProgramMention, *, field: str = "", part: Span | None = None
) -> Quote | None:
    return quote_of(article.text, sentences_of(article.text.text), mention, field=field, part=part)


def _other_names(group: ProgramGroup, articles: Mapping[int, ExtractedArticle]) -> tuple[str, ...]:
    """The names that are no part of the program's own, such as the short form that a text says it uses."""
    own = name_key(group.name) + group.parts.series
    declarations = (name for m in group.mentions for name in declared(articles[m.article].text.text, m))
    names = dict.fromkeys([*(m.name for m in group.mentions), *declarations])
    return tuple(name for name in names if len(name) >= SHORTEST_OTHER and title_parts(name).series not in own)


def _grouped(mentions: Sequence[ProgramMention]) -> list[ProgramGroup]:
    """The mentions by program, in the order of the first mention; the longest name is the program's.

    A name that is another without its edition, year or region is that program's too, unless the years or the editions
    of the two differ: 2024全国…大会 is 第二届全国…大会, 第三届 is not.
    """
    owners: dict[str, list[ProgramGroup]] = {}
    groups: dict[str, ProgramGroup] = {}
    for name in sorted({m.name for m in mentions}, key=lambda name: (-len(name), name)):
        parts = title_parts(name)
        group = next((g for g in owners.get(parts.series, ()) if _is_short_for(parts, g.parts)), None)
        if group is not None:
            group.parts = _both(group.parts, parts)
        else:
            group = ProgramGroup(name, parts)
            for part in _parts(parts.series):
                owners.setdefault(part, []).append(group)
        groups[name] = group
    for mention in mentions:
        groups[mention.name].mentions.append(mention)
    return list({id(groups[m.name]): groups[m.name] for m in mentions}.values())


def _is_short_for(part: TitleParts, whole: TitleParts) -> bool:
    same_edition = part.edition is not None and part.edition == whole.edition
    return _agree(part, whole) and (len(part.series) >= SHORTEST or same_edition or part.series == whole.series)


def _agree(one: TitleParts, other: TitleParts) -> bool:
    """Whether two names may be those of one edition: neither editions nor years differ."""
    return all(a is None or b is None or a == b for a, b in ((one.edition, other.edition), (one.year, other.year)))


def _both(one: TitleParts, other: TitleParts) -> TitleParts:
    return TitleParts(one.series, one.edition or other.edition, one.year or other.year)


def _parts(bare: str) -> set[str]:
    """The ends and beginnings of a name that are long enough to stand for it."""
    ends = {bare[at:] for at in range(len(bare) - SHORTEST_OF_EDITION + 1)}
    return ends | {bare[:at] for at in range(SHORTEST, len(bare))} | {bare}
