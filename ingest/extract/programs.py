"""The programs that an article names: policies, conferences, contests, campaigns, projects and co-operation, by
their proper names only."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from brands.vocabulary.choices import ProgramKind
from ingest.extract.program_names import grouped, named
from ingest.extract.programs_plain import plain_programs
from ingest.extract.programs_quoted import quoted_programs
from ingest.gazetteer import NameKind, gazetteer
from ingest.lexicon import ahead, words
from ingest.name_shapes import alternation
from ingest.records import ExtractedArticle, ProgramMention

# Shortest title in 《》 that is a proper name: 《…意见》 with fewer characters is short for a title named before.
MIN_POLICY = 7
# Shortest name of a meeting, contest or campaign without quotes: 第15届哈洽会 has seven characters.
MIN_EVENT = 6
# So much of it must remain without edition, year and reach: 2021年全省评选 is no name.
MIN_OWN = 3
# So many characters before 大会, 大赛 … may belong to the name of a meeting, contest or campaign.
LONGEST_HEAD = 30
# Shortest name of a region that is written out.
MIN_REGION = 2
# Without edition, year, reach or subject, so many characters must stand between 举办 and 大会, 大赛 …
MIN_HELD = 4
# Longest name of a program; the longest title of a policy seen in print has 44 characters.
MAX_NAME = 50

# More programs than this in one article are no article: the rest is left out.
MAX_MENTIONS = 1000


def find_programs(article: ExtractedArticle) -> tuple[ProgramMention, ...]:
    """The programs named in an article, by their place; a name once for each place."""
    text = article.text.text
    found: list[ProgramMention] = []
    for rule in (
        _policies,
        _untitled_policies,
        quoted_programs,
        plain_programs,
        _projects_of_list,
        _known,
        _cooperation,
    ):
        found.extend(rule(article.order, text))
    found.sort(key=lambda m: (m.start, m.start - m.end, -m.confidence))
    kept: list[ProgramMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end or _side_by_side(kept[-1], mention):
            kept.append(mention)
    return tuple(kept[:MAX_MENTIONS])


def _side_by_side(outer: ProgramMention, inner: ProgramMention) -> bool:
    """A project that a longer name only mentions stays out; the projects of one list stand side by side."""
    return outer.rule == inner.rule == "listed-projects" and inner.start >= outer.end


Rule = Callable[[int, str], Iterator[ProgramMention]]


@cache
def _titles() -> re.Pattern[str]:
    inner = r"《[^《》\n]{1,20}》[^《》\n]{0,20}"
    return re.compile(f"《(?P<name>[^《》\\n]{{4,{MAX_NAME}}}(?:{inner})?)》")


@cache
def _policy_end() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words('programs', 'policy'))})(?:[（(].{{1,12}}[）)])?$")


@cache
def _agreement_end() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words('programs', 'agreement'))})$")


def _policies(article: int, text: str) -> Iterator[ProgramMention]:
    """Titles in 《》 that end like a document; films, games and 《意见》 for short do not count."""
    for match in _titles().finditer(text):
        name = match["name"]
        if len(name) < MIN_POLICY or name in words("programs", "short_titles"):
            continue
        if _agreement_end().search(name):
            yield grouped(article, match, "name", ProgramKind.COOPERATION, "titled-agreement")
        elif _policy_end().search(name):
            yield grouped(article, match, "name", ProgramKind.POLICY, "titled-policy")


@cache
def _untitled() -> re.Pattern[str]:
    """印发关于劳务品牌建设的指导意见, without 《》."""
    end = alternation(words("programs", "short_titles"))
    about = f"关于[^，。；：、《》“”\\n]{{4,30}}的(?:{end})"
    count = "[一二两三四五六七八九十多几各每]{1,3}[余多]?[项个份部套条批]"
    plain = f"(?!{count})[^，。；：、的了《》“”0-9\\n][^，。；：、的了《》“”\\n]{{4,24}}(?:{end})"
    issued = ("印发", "出台", "制定", "下发")
    first = ahead(("关于", *issued))
    return re.compile(f"{first}(?:(?<!《)(?P<name>{about})|(?:{'|'.join(issued)})(?P<plain>{plain})(?![一-鿿]))")


def _untitled_policies(article: int, text: str) -> Iterator[ProgramMention]:
    for match in _untitled().finditer(text):
        group = "name" if match["name"] else "plain"
        yield grouped(article, match, group, ProgramKind.POLICY, "untitled-policy")


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
    """京蒙劳务协作, 闽宁劳务协作: the short names of two provinces."""
    for match in _joint().finditer(text, 2):
        start = match.start() - 2
        if _is_short(text[start]) and _is_short(text[start + 1]):
            yield named(article, text, (start, match.end()), ProgramKind.COOPERATION, "paired-cooperation")


def _is_short(character: str) -> bool:
    return any(c.kind == NameKind.SHORT for c in gazetteer().candidates(character))


RULES: tuple[Rule, ...] = (
    _policies,
    _untitled_policies,
    quoted_programs,
    plain_programs,
    _projects_of_list,
    _known,
    _cooperation,
)
