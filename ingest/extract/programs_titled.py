"""Documents by their titles: policies and agreements."""

import re
from collections.abc import Iterator
from functools import cache

from brands.vocabulary.choices import ProgramKind
from ingest.extract.program_names import grouped
from ingest.lexicon import ahead, words
from ingest.name_shapes import alternation
from ingest.records import ProgramMention

# Shortest title in 《》 that is a proper name: 《…意见》 with fewer characters is short for a title named before.
MIN_POLICY = 7
# Longest name of a program; the longest title of a policy seen in print has 44 characters.
MAX_NAME = 50


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


def titled_programs(article: int, text: str) -> Iterator[ProgramMention]:
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
    notice = f"关于(?:印发|转发)(?P<inner>[^，。；：《》“”\\n]{{4,40}}(?:{end})(?:[（(](?:试行|暂行)[）)])?)的通知"
    plainly = f"(?:{'|'.join(issued)})(?P<plain>{plain})(?![一-鿿])"
    return re.compile(f"{first}(?:{notice}|(?<!《)(?P<name>{about})|{plainly})")


def untitled_policies(article: int, text: str) -> Iterator[ProgramMention]:
    """Policies that are named in running text."""
    for match in _untitled().finditer(text):
        group = next(group for group in ("inner", "name", "plain") if match[group])
        yield grouped(article, match, group, ProgramKind.POLICY, "untitled-policy")
