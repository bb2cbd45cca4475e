"""Programs named in running text, by their frame: 举办河西县豆腐文化节, 在全省家政技能大赛上, “山花杯”刺绣大赛开幕.

A name is looked for from its end (大会, 节, 行动), which is rare, back to where no name goes on. What the words in it
and around it say decides whether it is the name of one event or only a word for any such event.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from brands.vocabulary.choices import ProgramKind
from ingest.extract.program_names import KINDS, named
from ingest.frozen import frozen
from ingest.lexicon import words
from ingest.name_shapes import alternation
from ingest.place_mentions import places_in
from ingest.records import ProgramMention

# Shortest name: 第15届哈洽会 has seven characters.
MIN_EVENT = 6
# So much of it must remain without edition, year and reach: 2021年全省评选 is no name.
MIN_OWN = 3
# So much of it must be of its own where neither edition, year, place nor quotes begin it.
MIN_HELD = 4
# So many characters before 大会, 大赛 … may belong to the name.
LONGEST_HEAD = 36
# So many characters at least between 全国 and 大会.
MIN_BETWEEN = 2
# More such words than this in one article are no article: the rest is not looked at.
MAX_ENDS = 5000
# The last character of a festival's name.
FESTIVAL = "节"
# So many characters before a name are read for what is done with it.
FRAME = 8


@frozen()
class Phrase:
    """A stretch of text that may name a program: ``[start, end)``, the last word of it, and how it begins: `edition`,
    `reach` (a year or 全国), `place`, `quoted`, `subject` (劳务品牌) or empty."""

    text: str
    start: int
    end: int
    last: str
    begins: str

    @property
    def name(self) -> str:
        return self.text[self.start : self.end]

    @property
    def around(self) -> tuple[str, str]:
        """The words before and after it."""
        return self.text[max(self.start - FRAME, 0) : self.start], self.text[self.end : self.end + FRAME]


def plain_programs(article: int, text: str) -> Iterator[ProgramMention]:
    """Meetings, contests, festivals and campaigns that running text names."""
    ends, kinds = _ends()
    for match in islice(ends.finditer(text), MAX_ENDS):
        phrase = _phrase(text, match)
        if (
            phrase is None
            or not _proper(phrase.name)
            or _is_any(phrase)
            or _is_part(phrase)
            or _quotes_all(phrase, kinds[phrase.last])
        ):
            continue
        if rule := _rule(phrase):
            yield named(article, text, (phrase.start, phrase.end), kinds[phrase.last], rule)


@cache
def _ends() -> tuple[re.Pattern[str], dict[str, ProgramKind]]:
    """The words, and which kind of program each ends. Plain words, without groups, are found in a tenth of the time."""
    kinds = ("contest", "conference", "campaign", "season", "activity", "alliance")
    pattern = "|".join(alternation(words("programs", kind)) for kind in kinds)
    found = {word: KINDS[kind] for kind in reversed(kinds) for word in words("programs", kind)}
    goes_on = alternation(words("programs", "goes_on"))
    return re.compile(f"(?:{pattern})(?!{goes_on})|{_festival()}"), found | {FESTIVAL: ProgramKind.CAMPAIGN}


def is_festival(name: str) -> bool:
    """Whether a whole name ends like that of a festival."""
    return re.search(f"{_festival()}$", name) is not None


def is_common(name: str) -> bool:
    """Whether a name is made of nothing but words that any event's name may have: 线上线下招聘会."""
    return not _own(name)


@cache
def _festival() -> str:
    before = "".join(f"(?<!{word})" for word in words("programs", "no_festival_before"))
    return f"{FESTIVAL}{before.replace(')', FESTIVAL + ')')}(?!{alternation(words('programs', 'no_festival_after'))})"


# --- from the end of a name back to its beginning ---------------------------------------------------------------------


def _phrase(text: str, match: re.Match[str]) -> Phrase | None:
    """The phrase that ends with the match, from the edition, year, place, quotes or subject that it begins with."""
    floor = max(match.start() - LONGEST_HEAD, 0)
    stretch = _stretch(text, floor, match.start())
    start = match.start() - len(stretch)
    for begins, at in _beginnings(text, stretch, start):
        return Phrase(text, at, match.end(), match[0], begins)
    return Phrase(text, start, match.end(), match[0], "") if stretch else None


def _stretch(text: str, floor: int, end: int) -> str:
    """The characters before `end` that a name may have: no mark but quotes that are closed, no word that breaks it."""
    head = text[floor:end]
    shielded = _shielded(text, floor, end)
    return head[max((m.end() for m in _break().finditer(shielded)), default=0) :]


def _shielded(text: str, floor: int, end: int) -> str:
    """The same characters with a mark that breaks nothing for those in closed quotes and in names of places (成都)."""
    shown = _QUOTED.sub(lambda m: "—" * len(m[0]), text[floor:end])
    for hit in places_in(text).between(floor, end):
        if hit.end <= end:
            at = hit.start - floor
            shown = shown[:at] + "—" * (hit.end - hit.start) + shown[at + hit.end - hit.start :]
    return shown


_QUOTED = re.compile("“[^“”\n，。！？；]{2,16}”|「[^「」\n，。！？；]{2,16}」|（[一-鿿·、]{1,8}）")


@cache
def _break() -> re.Pattern[str]:
    """What a name never runs over; of a word of counting (一场) it is told anyway."""
    return re.compile(f"{alternation(words('programs', 'stop'))}|{_DATE}|[^一-鿿·—0-9]")


# A day before a name (11月21日电) is none of it; a year may begin it.
_DATE = "(?:[0-9]{1,2}月)(?:[0-9]{1,2}日)?[电讯]?|[0-9]{1,2}日[电讯]?"


def _beginnings(text: str, stretch: str, start: int) -> Iterator[tuple[str, int]]:
    """How the phrase may begin and where, the most telling way first."""
    place, quoted = _place_in(text, start, start + len(stretch)), _QUOTED.search(stretch)
    if begin := _begin().search(stretch):
        edition = "届" in begin[0]
        leads = [place, *([quoted.start()] if quoted else [])] if edition else []  # 青岛|比|全国…: no part of the name
        first = quoted.start() if quoted and begin.start() < quoted.end() else begin.start()  # “|中国创翼”…大赛
        at = min(_widened(text, start + begin.start()), start + min([*leads, first, begin.start()]))
        yield ("edition" if edition else "reach"), at
    if quoted and not stretch[quoted.end() :].startswith(("的", "等")):
        yield "quoted", start + min(place, quoted.start())
    if place < len(stretch):
        yield "place", start + place
    if _subject().match(stretch):
        yield "subject", start


@cache
def _begin() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(words('programs', 'begin'))})+")


@cache
def _subject() -> re.Pattern[str]:
    return re.compile(alternation(words("programs", "subject")))


def _widened(text: str, start: int) -> int:
    """Where the name begins with the place right before it: 河北省|首届劳务品牌大赛."""
    run = places_in(text).run_ending(start)
    return run[0].start if run else start


def _place_in(text: str, start: int, end: int) -> int:
    """Where, counted from `start`, the first place outside quotes stands; the length of the stretch for none."""
    quoted = [m.span() for m in _QUOTED.finditer(text, start, end)]
    hits = (hit for hit in places_in(text).between(start, end) if hit.end <= end)
    outside = (hit.start - start for hit in hits if not any(a < hit.start < b for a, b in quoted))
    return next(outside, end - start)


# --- whether it is a name ---------------------------------------------------------------------------------------------


def _proper(name: str) -> bool:
    """Whether something remains without edition, year and reach."""
    return (
        len(name) >= MIN_EVENT
        and len(_begin().sub("", name)) >= MIN_OWN
        and not COUNTED.match(name)
        and not _bare_place(name)
    )


def _is_part(phrase: Phrase) -> bool:
    """Whether the phrase is the opening or the last round of an event that it names: 首届“山花杯”大赛|启动仪式."""
    if phrase.last not in words("programs", "ceremonies"):
        return False
    return any(
        m.end() == phrase.end - len(phrase.last) for m in _ends()[0].finditer(phrase.text, phrase.start, phrase.end)
    )


def _quotes_all(phrase: Phrase, kind: ProgramKind) -> bool:
    """Whether quotes hold all of a campaign's name but the word for it: “雨露”行动, which is called 雨露."""
    quoted = _QUOTED.match(phrase.name)
    return (
        kind is ProgramKind.CAMPAIGN
        and quoted is not None
        and phrase.start + quoted.end() + len(phrase.last) == phrase.end
    )


def _bare_place(name: str) -> bool:
    """Whether a name is that of a place and one word: 哈尔滨|对接会."""
    hits = places_in(name).hits
    return bool(hits) and hits[0].start == 0 and _ends()[0].match(name, hits[0].end) is not None


def _is_any(phrase: Phrase) -> bool:
    """A word for any such event: 一场招聘会, …大赛等活动, 各类技能竞赛."""
    before, after = phrase.around
    counted = phrase.begins not in ("edition", "quoted") and _COUNT.search(before)
    return bool(counted) or (after.startswith(("等", "之类")) and phrase.begins != "edition")


# A count of several, which no name begins with: 三项工程.
COUNTED = re.compile("[一两二三四五六七八九十百数多几每各0-9]+余?(?:场|次|届|类|项|个|批|种|大)")
_COUNT = re.compile(f"(?:{COUNTED.pattern}|首[场次批])(?:次|的)?$|系列$|各类$|各级$")


def _rule(phrase: Phrase) -> str:
    """By which rule the phrase is a name, empty for none."""
    if phrase.last in words("programs", "alliance"):
        return "founded-alliance" if (phrase.begins or _own(phrase.name)) and _is_founded(phrase) else ""
    happens, own = _happens(phrase), _own(phrase.name)
    everyday = phrase.name.endswith(words("programs", "everyday"))
    deed = phrase.last in words("programs", "deeds") and "杯”" not in phrase.name
    if phrase.last in words("programs", "activity") and phrase.begins not in ("edition", "reach", "quoted"):
        return ""
    if phrase.begins == "edition":
        return "named-program"
    if phrase.begins == "reach":
        told = own or happens or not (deed or _BY_YEAR.match(phrase.name))
        return "named-program" if told and _says_what(phrase) and not (everyday and _LOCAL.match(phrase.name)) else ""
    if phrase.begins == "quoted":
        return "framed-program" if happens or not deed else ""
    if phrase.begins == "place":
        return "framed-program" if happens or (own and not everyday and not deed) else ""
    subject = phrase.begins == "subject" and not phrase.name.startswith(words("programs", "any_subject"))
    taken = (happens or (subject and _is_topic(phrase))) and not everyday and (own or subject)
    return "held-program" if taken else ""


def _says_what(phrase: Phrase) -> bool:
    """Whether words stand between 全国 and 大会: 全国大会 and 全国|进|总决赛 name nothing."""
    begin = _begin().match(phrase.name)
    return begin is None or len(phrase.name) - begin.end() - len(phrase.last) >= MIN_BETWEEN


_LOCAL = re.compile("全[省市区县州]")


def _is_topic(phrase: Phrase) -> bool:
    """Whether a sentence begins with the phrase and a comma: 劳务品牌工作赛，…"""
    before, after = phrase.around
    return before[-1:] in ("", "。", "\n", "；") and after[:1] == "，"


def _is_founded(phrase: Phrase) -> bool:
    before, after = phrase.around
    founded = words("programs", "founded")
    return before.endswith((*founded, *(f"{word}了" for word in founded))) or after.startswith(founded)


# A name that begins with a year alone: 2024年技能竞赛 is any year's.
_BY_YEAR = re.compile("(?:19|20)[0-9]{2}年(?!全|第|首)")


def _happens(phrase: Phrase) -> bool:
    """Whether the words around the phrase tell of one event."""
    before, after = phrase.around
    return (
        before.rstrip("“「").endswith(words("programs", "takes_place_before"))
        or after.lstrip("”」").startswith(words("programs", "takes_place_after"))
        or bool(_DAY.search(before))
        or bool(_VENUE.match(after))
    )


_DAY = re.compile("[0-9]{1,2}日[，,]?$")
_VENUE = re.compile("”?(?:[0-9]{1,2}日)?在[^，。；]")


def _own(name: str) -> bool:
    """Whether enough of the name is of its own, and not made of words that any event's name may have."""
    return len(_common().sub("", name)) >= 2 and len(name) >= MIN_HELD + 2


@cache
def _common() -> re.Pattern[str]:
    kinds = ("contest", "conference", "campaign", "season", "subject", "common")
    return re.compile(alternation(*(words("programs", kind) for kind in kinds)))


# --- projects ---------------------------------------------------------------------------------------------------------


def plain_projects(article: int, text: str) -> Iterator[ProgramMention]:
    """What is set going and has a name: 实施高素质农民培育计划."""
    for match in _project().finditer(text):
        group = "name" if match["name"] else "all"
        name = match[group]
        if not (_inner_stop().search(name) or COUNTED.match(name)):
            yield named(article, text, match.span(group), ProgramKind.PROJECT, "framed-project")


@cache
def _project() -> re.Pattern[str]:
    """After what sets it going; or one of all the people, at the head of a clause: 全民技能提升工程."""
    going = alternation(words("programs", "set_going"))
    any_project = alternation(words("programs", "any_project"))
    set_going = f"(?:{going})了?(?P<name>(?!{any_project})[一-鿿]{{4,16}}?(?:工程|计划))"
    of_all = "(?<![一-鿿])(?P<all>全[民国][一-鿿]{3,14}?(?:工程|计划))"
    return re.compile(f"(?:{set_going}|{of_all})(?=[，。；、）”的就搞]|等|建设|以来|$)")


@cache
def _inner_stop() -> re.Pattern[str]:
    """What no project's name has in it: a verb, or a conjunction between two things."""
    return re.compile(f"{alternation(words('programs', 'stop'))}|[和与及或为以]")
