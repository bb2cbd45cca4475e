"""Mentions of programs brought together: one conference is named with and without its edition, year and region."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from brands.vocabulary.choices import ProgramKind
from brands.vocabulary.names import name_key
from ingest.place_mentions import deepest, places_in
from ingest.records import ExtractedArticle, ExtractedProgram, ProgramMention
from ingest.resolve.evidence import best, occurrences, quote_of
from ingest.sentences import Sentences, sentences_of

# A shorter part of a name (发展大会) may be any program's.
SHORTEST = 6
# How many characters before a program's name, in its sentence, are read for its date and issuer.
BEFORE = 40


@dataclass(slots=True)
class ProgramGroup:
    """One program in the making, under its longest name."""

    name: str
    told: dict[str, str]
    mentions: list[ProgramMention] = field(default_factory=list)


def programs_of(
    articles: Sequence[ExtractedArticle], mentions: Sequence[ProgramMention]
) -> tuple[ExtractedProgram, ...]:
    """The programs that the mentions speak of, in the order of their first mention."""
    by_order = {article.order: article for article in articles}
    sentences = {article.order: sentences_of(article.text.text) for article in articles}
    groups = _grouped([m for m in mentions if m.article in by_order])
    forms = [(m.name, g.name) for g in groups for m in g.mentions]
    again = occurrences([(a.order, a.text.text) for a in articles], dict(forms))
    found = []
    for group in groups:
        named = [m for m in group.mentions if m.name == group.name]
        quotes = best(quote_of(by_order[m.article].text, sentences[m.article], m) for m in named)
        if quotes:
            first = named[0]
            article = by_order[first.article]
            found.append(
                ExtractedProgram(
                    group.name,
                    max(group.mentions, key=lambda m: m.confidence).kind,
                    quotes,
                    tuple(again.get(group.name, ())),
                    aliases=tuple(sorted({m.name for m in group.mentions} - {group.name})),
                    issuer=_issuer(article.text.text, first),
                    held=_held(article.text.text, first, sentences[first.article], article),
                    place=_place(article.text.text, first),
                )
            )
    return tuple(found)


def _grouped(mentions: Sequence[ProgramMention]) -> list[ProgramGroup]:
    """The mentions by program, in the order of the first mention; the longest name is the program's.

    A name that is another without its edition, year or region is that program's too, unless the years or the editions
    of the two differ: 2024全国…大会 is 第二届全国…大会, 第三届 is not.
    """
    owners: dict[str, list[ProgramGroup]] = {}
    groups: dict[str, ProgramGroup] = {}
    for name in sorted({m.name for m in mentions}, key=lambda name: (-len(name), name)):
        bare, told = _bare(name)
        group = next((g for g in owners.get(bare, ()) if _agree(told, g.told)), None)
        if group is not None:
            group.told = {**told, **group.told}
        else:
            group = ProgramGroup(name, told)
            for part in _parts(bare):
                owners.setdefault(part, []).append(group)
        groups[name] = group
    for mention in mentions:
        groups[mention.name].mentions.append(mention)
    return list({id(groups[m.name]): groups[m.name] for m in mentions}.values())


def _bare(name: str) -> tuple[str, dict[str, str]]:
    """A name in its normalised form without its year and edition, and these."""
    told: dict[str, str] = {}
    key = name_key(name)
    while match := _EDITION.match(key):
        told |= {kind: word.replace("首", "第一") for kind, word in match.groupdict().items() if word}
        key = key[match.end() :]
    return key, told


_EDITION = re.compile("(?P<year>(?:19|20)[0-9]{2})年?度?|(?P<edition>第?[一二三四五六七八九十0-9]{1,3}届|首届)")


def _agree(one: dict[str, str], other: dict[str, str]) -> bool:
    return all(other.get(kind, word) == word for kind, word in one.items())


def _parts(bare: str) -> set[str]:
    """The ends and beginnings of a name that are long enough to stand for it."""
    ends = {bare[at:] for at in range(len(bare) - SHORTEST + 1)}
    return ends | {bare[:at] for at in range(SHORTEST, len(bare))} | {bare}


@cache
def _date() -> re.Pattern[str]:
    return re.compile(
        r"(?P<year>(?:19|20)[0-9]{2})年(?:(?P<month>[01]?[0-9])月)?(?:(?P<day>[0-3]?[0-9])日)?|(?P<month2>[01]?[0-9])月(?:(?P<day2>[0-3]?[0-9])日)?"
    )


def _held(text: str, mention: ProgramMention, sentences: Sentences, article: ExtractedArticle) -> str:
    """The last date that its sentence gives before its name, ISO 8601 as far as known.

    Where only month and day stand the year is that of the date before it, else the article's.
    """
    sentence = sentences.at(mention.start, mention.end)
    dates = [m for m in _date().finditer(text, sentence.start, mention.start) if m[0]]
    if not dates or mention.kind not in _DATED:
        return ""
    years = [m["year"] for m in dates if m["year"]]
    year = years[-1] if years else str(article.published_on.year) if article.published_on else ""
    last = dates[-1]
    month, day = last["month"] or last["month2"], last["day"] or last["day2"]
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)]) if year else ""


_DATED = (ProgramKind.CONFERENCE, ProgramKind.CONTEST, ProgramKind.POLICY)


@cache
def _issued() -> re.Pattern[str]:
    office = "[一-鿿、]{1,40}?(?:部|厅|局|委|办公室|政府|国务院|妇联|中央)"
    others = "(?:等?[0-9]{0,2}[个多]?部门)?(?:联合)?"
    issued = "(?:印发|出台|发布|公布|制定|下发)"
    return re.compile(f"({office}){others}(?:会同[^，。]{{1,16}})?{issued}[了的]?《?$")


def _issuer(text: str, mention: ProgramMention) -> str:
    """Who issued a policy: 省人社厅、省发展改革委等20部门印发《…》."""
    head = re.split(r"[。；，\n]", text[max(mention.start - BEFORE, 0) : mention.start])[-1]
    match = _issued().search(head)
    return match[1] if match else ""


def _place(text: str, mention: ProgramMention) -> str:
    """Where a meeting was held: 在湖南长沙举行 right after its name, 在广西南宁举行的 right before it."""
    after = re.match(
        r"[^，。；\n]{0,4}在([一-鿿]{2,12}?)(?:举行|召开|举办|开幕|落幕|启动|开赛)",
        text[mention.end : mention.end + 24],
    )
    before = re.search(r"在([一-鿿]{2,12}?)(?:举行|召开|举办)的$", text[max(mention.start - 20, 0) : mention.start])
    match = after or before
    return deepest(places_in(match[1]).hits, ()) if match else ""
