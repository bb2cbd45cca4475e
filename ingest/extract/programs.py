"""The programs that an article names: policies, conferences, contests, campaigns, projects and co-operation, by
their proper names only."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from brands.vocabulary.choices import ProgramKind
from ingest.confidence import confidence_of
from ingest.gazetteer import NameKind, gazetteer
from ingest.lexicon import ahead, words
from ingest.name_shapes import alternation, shape_of
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

_KINDS = {
    "conference": ProgramKind.CONFERENCE,
    "contest": ProgramKind.CONTEST,
    "campaign": ProgramKind.CAMPAIGN,
    "project": ProgramKind.PROJECT,
}


def find_programs(article: ExtractedArticle) -> tuple[ProgramMention, ...]:
    """The programs named in an article, by their place; a name once for each place."""
    text = article.text.text
    found: list[ProgramMention] = []
    for rule in (_policies, _untitled_policies, _quoted, _plain, _projects_of_list, _known, _cooperation):
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


def _mention(article: int, match: re.Match[str], group: str, kind: ProgramKind, rule: str) -> ProgramMention:
    return _named(article, match.string, match.span(group), kind, rule)


def _named(article: int, text: str, span: tuple[int, int], kind: ProgramKind, rule: str) -> ProgramMention:
    start, end = span
    return ProgramMention(article, start, end, text[start:end], rule, confidence_of("programs", rule), kind=kind)


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
            yield _mention(article, match, "name", ProgramKind.COOPERATION, "titled-agreement")
        elif _policy_end().search(name):
            yield _mention(article, match, "name", ProgramKind.POLICY, "titled-policy")


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
        yield _mention(article, match, group, ProgramKind.POLICY, "untitled-policy")


def _ends(*kinds: str) -> str:
    return "|".join(f"(?P<{kind}>{alternation(words('programs', kind))})" for kind in kinds)


@cache
def _quoted_name() -> re.Pattern[str]:
    """“十乡百碗千店万厨”工程, “千行百品就业行”, “2009河北—北京人力资源洽谈会”."""
    head = r"[“「『\"](?P<name>[^“”「」『』\"，。！？；\n]{2,30})[”」』\"]"
    return re.compile(
        f"{head}(?P<after>(?:[一-鿿]{{0,6}}?)(?:{_ends('conference', 'contest', 'campaign', 'project')}))?"
    )


def _quoted(article: int, text: str) -> Iterator[ProgramMention]:
    for match in _quoted_name().finditer(text):
        inner = _kind_of(match["name"])
        if inner and len(match["name"]) >= 4 and not _vague(match["name"]):
            yield _mention(article, match, "name", inner, "quoted-program")
        elif (kind := _kind_after(match)) and not shape_of(match["name"]).series:
            yield _named_by_quote(article, match, kind)
        elif text.startswith("建设", match.end()) and _aims().search(match["name"]):
            yield _mention(article, match, "name", ProgramKind.CAMPAIGN, "quoted-aim")


def _kind_after(match: re.Match[str]) -> ProgramKind | None:
    """The kind that the words after a quote give it, None where they speak of something else."""
    key = next((key for key in _KINDS if match[key]), None)
    after = match["after"]
    if key is None or after.startswith("等") or _stops().search(after):
        return None
    if after == "项目" and shape_of(match["name"]).full:  # a brand's entry in a contest
        return None
    if match[key] == "计划" and _doing().match(match.string, match.end()):  # 计划 is to plan as well as a plan
        return None
    return _KINDS[key] if after == match[key] or not _vague(match["name"]) else None


@cache
def _doing() -> re.Pattern[str]:
    return re.compile(f"{alternation(words('programs', 'doing_after'))}|[0-9]")


@cache
def _aims() -> re.Pattern[str]:
    return re.compile(alternation(words("programs", "aims")))


def _named_by_quote(article: int, match: re.Match[str], kind: ProgramKind) -> ProgramMention:
    """“雨露”计划 is 雨露; a meeting or contest has its whole name: 首届“文昌鸡师傅”劳务品牌大赛."""
    if kind in (ProgramKind.PROJECT, ProgramKind.CAMPAIGN):
        return _mention(article, match, "name", kind, "quoted-then-kind")
    text, start, end = match.string, match.start(), match.end("after")
    before = _edition_before().search(text, max(start - 16, 0), start)
    start = before.start() if before else start
    return _named(article, text, (start, end), kind, "quoted-then-kind")


@cache
def _edition_before() -> re.Pattern[str]:
    begin = "|".join(words("programs", "begin"))
    return re.compile(f"(?:[一-鿿]{{2,3}}[省市县])?(?:{begin})+(?:[一-鿿]{{2,3}}[省市县])?$")


def _kind_of(name: str) -> ProgramKind | None:
    match = _any_end().search(name)
    return next((kind for key, kind in _KINDS.items() if match and match[key]), None)


@cache
def _any_end() -> re.Pattern[str]:
    return re.compile(f"(?:{_ends('conference', 'contest', 'campaign', 'project')})$")


def _vague(name: str) -> bool:
    """A catchword or a word for any such thing: “一对一”行动, “招聘会”."""
    return name in words("non_brands", "metaphors") or name in words("programs", "project") or len(name) < 2


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(alternation(words("programs", "stop")))


@cache
def _event_ends() -> tuple[re.Pattern[str], dict[str, ProgramKind]]:
    """The words, and which kind of program each ends. Plain words, without groups, are found in a tenth of the time."""
    kinds = ("contest", "conference", "campaign")
    pattern = "|".join(alternation(words("programs", kind)) for kind in kinds)
    return re.compile(pattern), {word: _KINDS[kind] for kind in reversed(kinds) for word in words("programs", kind)}


@cache
def _break() -> re.Pattern[str]:
    """What a name without quotes never runs over."""
    return re.compile(f"{alternation(words('programs', 'stop'))}|[^一-鿿·—0-9]")


@cache
def _held_before() -> re.Pattern[str]:
    return re.compile("(?:举办|举行|召开|承办|主办)了?$")


@cache
def _begin() -> re.Pattern[str]:
    begin = "|".join(words("programs", "begin"))
    return re.compile(f"(?P<begin>(?:{begin})+)|{alternation(words('programs', 'subject'))}")


def _plain(article: int, text: str) -> Iterator[ProgramMention]:
    """Conferences, contests and campaigns without quotes: 第三届全国劳务协作暨劳务品牌发展大会.

    Looked for from the end, which is rare, back to their edition, year, reach or subject; no word that breaks a name
    may lie between.
    """
    ends, kinds = _event_ends()
    for match in ends.finditer(text):
        head = text[max(match.start() - LONGEST_HEAD, 0) : match.start()]
        stretch = head[max((m.end() for m in _break().finditer(head)), default=0) :]
        begin = _begin().search(stretch)
        first = match.start() - len(stretch)
        if begin is None:
            if len(stretch) >= MIN_HELD and _held_before().search(text, max(first - 4, 0), first):
                yield _named(article, text, (first, match.end()), kinds[match[0]], "held-program")
            continue
        own, end = first + begin.start(), match.end()
        start = min(_widened(text, own), first + _region_in(stretch, begin.start()))
        name, named = text[start:end], bool(begin["begin"]) or start < own
        if _proper(name) and (named or _takes_place(text, start, end)):
            yield _named(article, text, (start, end), kinds[match[0]], "named-program" if named else "held-program")


def _proper(name: str) -> bool:
    """Whether something remains without edition, year and reach."""
    return len(name) >= MIN_EVENT and len(_own_part().sub("", name)) >= MIN_OWN


@cache
def _own_part() -> re.Pattern[str]:
    return re.compile("|".join(words("programs", "begin")))


def _takes_place(text: str, start: int, end: int) -> bool:
    """A name without edition or region counts when the words around it tell of one event, not of any such event."""
    before, after = text[max(start - 6, 0) : start], text[end : end + 4]
    if (
        after.startswith("等")
        or text[start:end].endswith(("招聘会", "新闻发布会"))
        or before.endswith(("一场", "一次", "一系列", "各类"))
    ):
        return False
    return before.endswith(words("programs", "takes_place_before")) or after.startswith(
        words("programs", "takes_place_after")
    )


def _widened(text: str, start: int) -> int:
    """Where the name begins with the region before it: 河北省|劳务品牌大赛."""
    region = _region_before().search(text, max(start - 8, 0), start)
    place = gazetteer().prefix(region[0]) if region else None
    return start - len(region[0]) if region and place and place.end == len(region[0]) else start


def _region_in(stretch: str, begin: int) -> int:
    """Where a region stands written out before the words that begin a name (青海省|农牧民|技能), else ``begin``."""
    hits = gazetteer().find(stretch[:begin]) if begin > MIN_REGION else []
    full = (hit.start for hit in hits if any(c.kind == NameKind.FULL for c in hit.candidates))
    return next(full, begin)


@cache
def _region_before() -> re.Pattern[str]:
    return re.compile("[一-鿿]{2,4}(?:省|市|自治区|州|县|区)$")


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
            yield _named(article, text, span, ProgramKind.PROJECT, "listed-projects")


@cache
def _known_campaigns() -> frozenset[str]:
    return frozenset(words("programs", "known_campaigns"))


@cache
def _known_names() -> re.Pattern[str]:
    return re.compile("|".join(alternation(words("programs", f"known_{kind}s")) for kind in ("campaign", "project")))


def _known(article: int, text: str) -> Iterator[ProgramMention]:
    for match in _known_names().finditer(text):
        kind = ProgramKind.CAMPAIGN if match[0] in _known_campaigns() else ProgramKind.PROJECT
        yield _named(article, text, match.span(), kind, "known-program")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(alternation(words("programs", "cooperation")))


def _cooperation(article: int, text: str) -> Iterator[ProgramMention]:
    """京蒙劳务协作, 闽宁劳务协作: the short names of two provinces."""
    for match in _joint().finditer(text, 2):
        start = match.start() - 2
        if _is_short(text[start]) and _is_short(text[start + 1]):
            yield _named(article, text, (start, match.end()), ProgramKind.COOPERATION, "paired-cooperation")


def _is_short(character: str) -> bool:
    return any(c.kind == NameKind.SHORT for c in gazetteer().candidates(character))
