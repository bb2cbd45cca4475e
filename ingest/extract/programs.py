"""The programs that an article names: policies, conferences, contests, campaigns, projects and co-operation, by
their proper names only.

programs_titled     《…办法》, and policies named without 《》
programs_quoted     “雨露”计划
programs_plain      第三届全国劳务品牌发展大会, by its frame
here                what is known by its name, lists of projects, co-operation of two provinces
"""

import re
from collections.abc import Iterator
from functools import cache

from brands.vocabulary.choices import ProgramKind
from ingest.extract.program_names import named
from ingest.extract.programs_plain import plain_programs, plain_projects
from ingest.extract.programs_quoted import quoted_programs
from ingest.extract.programs_titled import titled_programs, untitled_policies
from ingest.gazetteer import NameKind, gazetteer
from ingest.lexicon import words
from ingest.name_shapes import alternation, says_something
from ingest.records import ExtractedArticle, ProgramMention

# More programs than this in one article are no article: the rest is left out.
MAX_MENTIONS = 1000

# So many provinces at most work together under their short names.
MOST_PAIRED = 4


def find_programs(article: ExtractedArticle) -> tuple[ProgramMention, ...]:
    """The programs named in an article, by their place; a name once for each place."""
    text = article.text.text
    found: list[ProgramMention] = []
    for rule in (
        titled_programs,
        untitled_policies,
        quoted_programs,
        plain_programs,
        plain_projects,
        _projects_of_list,
        _known,
        _cooperation,
    ):
        found.extend(rule(article.order, text))
    found.sort(key=lambda m: (m.start, m.start - m.end, -m.confidence))
    kept: list[ProgramMention] = []
    for mention in filter(lambda one: says_something(one.name), found):
        if not kept or mention.start >= kept[-1].end or _side_by_side(kept[-1], mention):
            kept.append(mention)
    return tuple(kept[:MAX_MENTIONS])


def _side_by_side(outer: ProgramMention, inner: ProgramMention) -> bool:
    """A project that a longer name only mentions stays out; the projects of one list stand side by side."""
    return outer.rule == inner.rule == "listed-projects" and inner.start >= outer.end


@cache
def _listed() -> re.Pattern[str]:
    return re.compile(
        r"(?=“)(?P<names>(?:“[^“”\n]{2,12}”[、和与及]?){2,6})等?[一二两三四五六七八九十0-9]{1,2}[大项个](?:工程|计划|行动)"
    )


def _projects_of_list(article: int, text: str) -> Iterator[ProgramMention]:
    """“粤菜师傅”“广东技工”“南粤家政”三项工程: each of them."""
    for match in _listed().finditer(text):
        for name in re.finditer("“(?P<name>[^“”]+)”", match["names"]):
            start = match.start("names") + name.start("name")
            span = (start, start + len(name["name"]))
            yield named(article, text, span, ProgramKind.PROJECT, "listed-projects")


@cache
def _known_campaigns() -> frozenset[str]:
    return frozenset(words("programs", "known_campaigns"))


@cache
def _known_names() -> re.Pattern[str]:
    return re.compile("|".join(alternation(words("programs", f"known_{kind}s")) for kind in ("campaign", "project")))


def _known(article: int, text: str) -> Iterator[ProgramMention]:
    for match in _known_names().finditer(text):
        kind = ProgramKind.CAMPAIGN if match[0] in _known_campaigns() else ProgramKind.PROJECT
        yield named(article, text, match.span(), kind, "known-program")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(alternation(words("programs", "cooperation")))


def _cooperation(article: int, text: str) -> Iterator[ProgramMention]:
    """京蒙劳务协作, 京津冀劳务协作: the short names of two provinces and more."""
    for match in _joint().finditer(text, 2):
        start = match.start()
        while start > 0 and match.start() - start < MOST_PAIRED and _is_short(text[start - 1]):
            start -= 1
        if match.start() - start > 1:
            yield named(article, text, (start, match.end()), ProgramKind.COOPERATION, "paired-cooperation")


def _is_short(character: str) -> bool:
    return any(c.kind == NameKind.SHORT for c in gazetteer().candidates(character))
