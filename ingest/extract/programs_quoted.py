"""Programs by the quotes around their name: “千行百品就业行”, “雨露”计划, “一村一匠”专项行动.

Meetings and contests of which the quotes hold only a part (首届“山花杯”刺绣大赛) are read with the words around them
(:mod:`ingest.extract.programs_plain`).
"""

import re
from collections.abc import Iterator
from functools import cache

from brands.vocabulary.choices import ProgramKind
from ingest.extract.program_names import KINDS, grouped, named
from ingest.extract.programs_plain import COUNTED, is_common, is_festival
from ingest.lexicon import words
from ingest.name_shapes import alternation, shape_of
from ingest.records import ProgramMention

# Shortest name that ends with its kind: “…行动” with fewer characters says nothing.
MIN_WHOLE = 4
# The kinds that the words behind the quotes tell: a whole meeting or contest reaches beyond them.
AFTER = ("project", "campaign", "course", "activity")


def quoted_programs(article: int, text: str) -> Iterator[ProgramMention]:
    """Programs whose name, or the beginning of it, stands in quotes."""
    for match in _quoted().finditer(text):
        name = match["name"]
        if inner := _kind_inside(name):
            yield grouped(article, match, "name", inner, "quoted-program")
        elif kind := _kind_after(match):
            yield _named_by_quote(article, match, kind)
        elif text.startswith("建设", match.end()) and _aims().search(name):
            yield grouped(article, match, "name", ProgramKind.CAMPAIGN, "quoted-aim")
    for match in _motto().finditer(text):
        yield grouped(article, match, "name", ProgramKind.CAMPAIGN, "quoted-then-kind")


@cache
def _quoted() -> re.Pattern[str]:
    head = r"[“「『\"](?P<name>[^“”「」『』\"，。！？；\n]{2,30})[”」』\"]"
    return re.compile(f"{head}(?P<after>(?P<between>[一-鿿]{{0,6}}?)(?:{_ends(*AFTER)}))?")


@cache
def _motto() -> re.Pattern[str]:
    """A name of two halves with a comma, right before the word for a campaign: “寻好手艺，做好日子”活动."""
    return re.compile("“(?P<name>[^“”。！？；\n]{3,20}[，、！][^“”。！？；\n]{3,20})”(?:主题|系列|专项)?(?:活动|行动)")


def _ends(*kinds: str) -> str:
    return "|".join(f"(?P<{kind}>{alternation(words('programs', kind))}){_IS_LAST.get(kind, '')}" for kind in kinds)


# A course before another such word is not what the thing is: “一户一技”|培训|计划.
_IS_LAST = {"course": "(?!计划|工程|行动|项目)"}


# --- the kind inside the quotes ---------------------------------------------------------------------------------------


def _kind_inside(name: str) -> ProgramKind | None:
    match = _any_end().search(name)
    if len(name) < MIN_WHOLE or _vague(name):
        return None
    if match is None:
        return ProgramKind.CAMPAIGN if is_festival(name) else None
    if match["course"] and not _numbered(name):
        return None
    weak = name.endswith((*words("programs", "everyday"), *words("programs", "activity")))
    return None if weak and is_common(name) else next(kind for key, kind in KINDS.items() if match[key])


@cache
def _any_end() -> re.Pattern[str]:
    return re.compile(f"(?:{_ends(*KINDS)})$")


def _vague(name: str) -> bool:
    """A catchword or a word for any such thing: “一对一”行动, “招聘会”."""
    return name in words("non_brands", "metaphors") or name in words("programs", "project") or len(name) < 2


def _numbered(name: str) -> bool:
    """Whether a name counts what it aims at: 万人技能, 千村万户."""
    return _NUMBERED.search(name) is not None


_NUMBERED = re.compile("[十百千万][一-鿿]{0,2}[十百千万]|[百千万][人名户家村]")


# --- the kind behind the quotes ---------------------------------------------------------------------------------------


def _kind_after(match: re.Match[str]) -> ProgramKind | None:
    """The kind that the words after a quote give it, None where they speak of something else."""
    key = next((key for key in AFTER if match[key]), None)
    name, after = match["name"], match["after"]
    if key is None or after.startswith("等") or _stops().search(match["between"]) or shape_of(name).series:
        return None
    if key == "course" and not _numbered(name):
        return None
    if not match["between"] and after in ("项目", "活动") and shape_of(name).full:  # a brand's entry in a contest
        return None
    if match[key] == "计划" and _doing().match(match.string, match.end()):  # 计划 is to plan as well as a plan
        return None
    return KINDS[key] if not match["between"] or not _vague(name) else None


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(alternation(words("programs", "stop")))


@cache
def _doing() -> re.Pattern[str]:
    return re.compile(f"{alternation(words('programs', 'doing_after'))}|[0-9]")


@cache
def _aims() -> re.Pattern[str]:
    return re.compile(alternation(words("programs", "aims")))


def _named_by_quote(article: int, match: re.Match[str], kind: ProgramKind) -> ProgramMention:
    """“雨露”计划 is 雨露. What is a brand by itself, or says nothing by itself, has the words behind it in its name:
    “吕梁山护工”推介活动, “三个一”计划."""
    counted = COUNTED.match(match["after"])
    if (shape_of(match["name"]).full and not counted) or _SLOGAN.fullmatch(match["name"]):
        return named(article, match.string, (match.start(), match.end("after")), kind, "quoted-then-kind")
    return grouped(article, match, "name", kind, "quoted-then-kind")


_SLOGAN = re.compile("[一两二三四五六七八九十0-9]+[个大项送帮有化+-]?[一-鿿0-9]{0,2}|[0-9+×-]+")
