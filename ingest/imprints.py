"""What a web page prints beside a headline: date, source, authors, counters, buttons, and the path 首页 > 新闻."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import islice

from ingest.frozen import frozen
from ingest.lexicon import table, words
from ingest.printed_dates import PrintedDate, date_at, dates_in, possible

# A longer line is a paragraph.
MAX_LINE = 160

# Longest name of a paper or author, in characters.
MAX_VALUE = 30

# Longest name of a paper that stands without 来源.
MAX_HOUSE = 14

# Longest name that may be that of an author or a column, where it stands beside a date.
MAX_AUTHOR = 5

# Longest name of a person.
MAX_PERSON = 3

# Longest name of the owner of a site behind the date; a longer one is a headline.
MAX_OWNER = 8

# Longest line of nothing but buttons.
MAX_TOOLS = 60

# A headline has so many characters at least.
MIN_TITLE = 4

# Places at which a line is tried to be parted into headline and imprint.
MAX_TRIES = 4

# The kinds of labels in ``page.toml``.
_LABELLED = ("source", "day", "person", "count")

# What a date is told by, printed (3月9日, 03-09) or said (昨天).
_DAY = re.compile("[0-9一二三四五六七八九十年月日天]")

_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff"


@frozen()
class Imprint:
    """What the line says. `published_on` is None and `unread` holds its words where a date stands there that can't be
    read; both are empty where there is none."""

    published_on: date | None = None
    source: str = ""
    unread: str = ""


def imprint_in(line: str) -> Imprint | None:
    """What a line says that holds nothing but an imprint; None for any other line."""
    line = _lone_label().sub(r"\1：", line, count=1)
    if not _may_have_imprint(line) or not _hints(line):
        return None
    return _read(line, 0)


def title_end(line: str) -> int:
    """Where the headline ends to which an imprint is glued; the length of the line where there is none."""
    if _may_have_imprint(line):
        for hint in [hint for hint in _hints(line) if hint >= MIN_TITLE][:MAX_TRIES]:
            start = hint
            while start and line[start - 1] in _PARTING:
                start -= 1
            glued = start == hint and (line[start - 1].isdigit() or _day_alone().fullmatch(line, start))
            if start >= MIN_TITLE and not glued and _read(line, start) is not None:
                return start
    return len(line)


def is_crumbs(line: str) -> bool:
    """Whether a line is the path that leads to the page: 首页 > 新闻 > 正文."""
    if len(line) > MAX_LINE or "。" in line or not (">" in line or _way().search(line)):
        return False
    return bool(_crumbs().match(line) or _arrows().fullmatch(line))


def crumbs_end(line: str) -> int:
    """Where the last step of a path begins, without the name of the column that stands before it."""
    last = next(reversed(list(_step().finditer(line))), None)
    at = last.end() if last else 0
    columns = (*words("page", "columns"), *words("page", "labels"))
    column = next((word for word in columns if line.startswith(word + " ", at)), "")
    return at + len(column) + 1 if column else at


def is_tools(line: str) -> bool:
    """Whether a line holds nothing but buttons of a site: 分享至, 上一篇 下一篇, 放大 缩小 默认."""
    if len(line) > MAX_TOOLS or len(line) < 2:
        return False
    parts = [part for part in _parting().split(line) if part]
    if len(parts) > 1 and parts[0].startswith("关注"):  # 关注某某网 微博
        parts = parts[1:]
    return bool(parts) and all(part in _tools() for part in parts)


def stands_alone(line: str) -> bool:
    """Whether a line is never a part of the sentence or headline above or below it."""
    if line.count("|") > 1 and "。" not in line:  # a row of a table
        return True
    return imprint_in(line) is not None or is_crumbs(line) or is_tools(line) or bool(_document_number().match(line))


def is_house(line: str) -> bool:
    """Whether a line may be the name of a paper, site or office alone."""
    return 1 < len(line) <= MAX_HOUSE and bool(_house().fullmatch(line))


def _may_have_imprint(line: str) -> bool:
    """A quick look: most lines are none."""
    if len(line) > MAX_LINE or "。" in line:
        return False
    return "：" in line or "（" in line or "年" in line or "http" in line or bool(_digits().search(line))


@cache
def _digits() -> re.Pattern[str]:
    return re.compile("[0-9]{4}")


@cache
def _way() -> re.Pattern[str]:
    return re.compile("[»›→]|位置|首页")


# The walk along a line ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Said:
    """What a line has said so far; `pieces` counts what only an imprint has, a bare name is none."""

    day: date | None = None
    unread: str = ""
    sources: list[str] = field(default_factory=list)
    houses: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """Short names that may be those of a column or, as on WeChat, the place of the author: no source."""
    pieces: int = 0
    dates: int = 0
    labelled: int = 0

    def take_label(self, label: re.Match[str], value: str) -> None:
        self.pieces += 1
        if label["source"] and _may_be_name().search(value):
            self.sources.append(value)
        elif label["day"]:
            self.labelled += 1
            if (solid := _solid_date(value)) is not None:
                self.day = self.day or solid
            elif _DAY.search(value):  # 发布留言 is no date that could not be read
                self.unread = self.unread or value

    def take_date(self, found: PrintedDate, words: str) -> None:
        self.pieces += 1
        self.dates += 1
        self.day = self.day or found.day
        self.unread = self.unread or words

    def take_name(self, name: str, *, prints: bool) -> None:
        if prints:
            self.houses.append(name)
        elif len(name) > MAX_PERSON or name[0] not in table("page")["surnames"]:
            self.others.append(name)

    def ends_in(self, line: str, name: re.Match[str]) -> bool:
        """Whether a name at the end of a line stands behind a labelled date: 发布日期：2021年03月09日 青山巾帼家政."""
        return self.day is not None and self.labelled > 0 and name.end() == len(line) and len(name[0]) <= MAX_OWNER

    def as_imprint(self) -> Imprint | None:
        if not self.pieces or len(self.houses) + len(self.others) > 1 or self.dates > 1 + self.labelled:
            return None
        source = next(iter([*self.sources, *self.houses]), "")
        return Imprint(self.day, source, "" if self.day else self.unread)


def _read(line: str, at: int) -> Imprint | None:
    """The imprint that goes from a place to the end of the line. A bare name is a source where a date stands beside."""
    said = _Said()
    while at < len(line):
        if (dated := date_at(line, at)) is not None:
            said.take_date(dated, line[at : dated.end])
            at = dated.end
        elif part := _parting().match(line, at):
            at = part.end()
        elif label := _label().match(line, at):
            at, value = _value(line, label)
            said.take_label(label, value)
        elif tool := _tool().match(line, at):
            said.pieces += 1
            at = tool.end()
        elif (house := _name().match(line, at)) and (_may_print(line, house) or said.ends_in(line, house)):
            said.take_name(house[0], prints=_prints(line, house))
            at = house.end()
        else:
            return None
    return said.as_imprint()


def _may_print(line: str, name: re.Match[str]) -> bool:
    """Whether a name may stand without a label: one glued to a date is the end of a headline, were it as short."""
    short = len(name[0]) <= MAX_AUTHOR and not line[name.end() : name.end() + 1].isdigit()
    return short or _prints(line, name)


def _prints(line: str, name: re.Match[str]) -> bool:
    """Whether a name that stands without 来源 is that of a paper or an office, or set in brackets as sites do."""
    bracketed = line[name.start() - 1 : name.start()] == "【" and line[name.end() : name.end() + 1] == "】"
    return bracketed or is_house(name[0]) or bool(_office().fullmatch(name[0]))


def _solid_date(value: str) -> date | None:
    """20210309, which is a date where a label says so."""
    found = _eight_digits().fullmatch(value)
    return possible(int(found[1]), int(found[2]), int(found[3])) if found else None


def _value(line: str, label: re.Match[str]) -> tuple[int, str]:
    """Where what follows a label ends, and the words; none where a date or another label follows at once."""
    at = label.end()
    gap = _parting().match(line, at)
    begin = gap.end() if gap and "：" not in gap[0] else at
    if begin == len(line) or date_at(line, begin) or _label().match(line, begin):
        return begin, ""
    if not line[begin].isdigit() and _tool().match(line, begin):
        return begin, ""
    value = _words().match(line, begin)
    return (value.end(), value[0].strip("《》（）()[]【】〖〗 ")) if value else (begin, "")


_PARTING = " |·/【】〖〗[]（）()「」,，；;_—–-《》：:＞>"


@cache
def _day_alone() -> re.Pattern[str]:
    """2024年3月5日 at the end of a line, with nothing before it: a headline may end so."""
    return re.compile("[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")


@cache
def _eight_digits() -> re.Pattern[str]:
    return re.compile("([12][0-9]{3})([01][0-9])([0-3][0-9])")


@cache
def _parting() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(_PARTING)}]+")


@cache
def _label() -> re.Pattern[str]:
    kinds = table("page")["imprint"]
    parts = "|".join(f"(?P<{kind}>{_either(kinds[kind])})" for kind in _LABELLED)
    return re.compile(rf"(?:{parts})(?: ?[：:]|(?=[（(《])|(?<=于)(?= ?[0-9])|(?<=[数量阅读击览看度]) ?(?=[0-9]))")


@cache
def _lone_label() -> re.Pattern[str]:
    """来源|青山日报, 编辑丨王某: a label that stands alone on its line, with a bar for the colon."""
    labels = _either(word for kind in ("source", "person") for word in table("page")["imprint"][kind])
    return re.compile(rf"\A({labels}) ?[|丨] ?(?=[^|丨]+\Z)")


@cache
def _tool() -> re.Pattern[str]:
    tools = table("page")["imprint"]["tool"]
    page = r"第?[0-9A-Z一二三四五六七八九十]{1,4}版"
    address = rf"(?:https?[:：]//|www\.)[^ {_HAN}]+"
    time = r"[0-9]{1,2}[-:：][0-9]{2}(?:[:：][0-9]{2})?"
    what = "次|人次|人|条|评论|阅读|浏览|点击|万"
    count = rf"{time}|[0-9]{{1,9}}(?: ?(?:{what}|\+)){{0,3}}(?=[ |）)]|\Z)"
    return re.compile(rf"(?:{_either(tools)}){{1,8}}+[+-]?(?=[{re.escape(_PARTING)}]|\Z)|{address}|{page}|{count}")


@cache
def _words() -> re.Pattern[str]:
    """A name, up to a blank, a bar, a date or the next label."""
    labels = _either([word for kind in _LABELLED for word in table("page")["imprint"][kind]])
    return re.compile(
        rf"(?:(?!(?:{labels}) ?[：:]|[12][0-9]{{3}}[年./-][0-9]{{1,2}}[月./-][0-9])[^ |，。；：]){{1,{MAX_VALUE}}}"
    )


@cache
def _name() -> re.Pattern[str]:
    return re.compile(rf"(?:(?![12][0-9]{{3}}[年./-])[{_HAN}0-9A-Za-z·.]){{2,{MAX_HOUSE}}}")


@cache
def _house() -> re.Pattern[str]:
    return re.compile(rf"[{_HAN}0-9A-Za-z·]+?(?:{'|'.join(words('page', 'houses'))})")


@cache
def _may_be_name() -> re.Pattern[str]:
    """What a source has: Chinese, or a name in letters; sp20241119 is none, nor is one character that says that the
    name was left out (略)."""
    return re.compile(rf"[{_HAN}]\w|\w[{_HAN}]|^[A-Za-z .-]+$")


@cache
def _office() -> re.Pattern[str]:
    return re.compile(rf"[{_HAN}]{{2,12}}?(?:{'|'.join(words('page', 'offices'))})")


def _hints(line: str) -> list[int]:
    """Where an imprint may begin: at a date, or at a label with its colon. In order; none for most lines."""
    labels, sizes = _labels()
    found = [match.start() for match in _day().finditer(line)]
    for mark in _colon().finditer(line):
        end = mark.start() - (line[mark.start() - 1 : mark.start()] == " ")
        label = next((size for size in sizes if line[max(end - size, 0) : end] in labels), 0)
        if label:
            found.append(end - label)
    return sorted(found)


@cache
def _labels() -> tuple[frozenset[str], tuple[int, ...]]:
    """The words that stand before a colon, and their lengths, the longest first."""
    kinds = table("page")["imprint"]
    labels = frozenset(("字号", "字体", *(word for kind in _LABELLED for word in kinds[kind])))
    return labels, tuple(sorted({len(label) for label in labels}, reverse=True))


@cache
def _colon() -> re.Pattern[str]:
    return re.compile("[：:（]")


@cache
def _day() -> re.Pattern[str]:
    western = r"[12][0-9]{3} ?[年./-] ?[0-9]|[12][0-9]{3} [0-9]{2}/[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][12][0-9]{3}"
    chinese = "[一二][〇零○一二三四五六七八九]{3}年"
    return re.compile(rf"(?=[0-9一二h])(?:{western}|{chinese}|https?[:：]//)")


@cache
def _document_number() -> re.Pattern[str]:
    return re.compile(table("page")["document_number"])


@cache
def _crumbs() -> re.Pattern[str]:
    where = r"(?:您|你)?(?:的|当前|现在|目前|所在)*(?:的)?位置(?:在|是|为)?[：:]"
    return re.compile(
        rf"[【\[]?{where}|[^>»›，；]{{1,20}}? ?(?:>{{1,3}}|»|›) ?(?=[^0-9=> ])|>{{1,3}} ?[^>，；]{{1,20}}>"
        r"|(?:网站|返回)?首页 ?(?:[-/—|·] ?[^-/—|·，]{2,8} ?)+\Z"
    )


@cache
def _arrows() -> re.Pattern[str]:
    """信息中心 → 劳务动态: short steps alone, for an arrow stands in headlines too."""
    return re.compile("[^→，：；“” ]{2,8}(?: → [^→，：；“” ]{2,8}){1,5}")


@cache
def _step() -> re.Pattern[str]:
    return re.compile("(?:>|»|›|→|[：:]) ?")


@cache
def _tools() -> frozenset[str]:
    return frozenset((*table("page")["imprint"]["tool"], *words("page", "links")))


def _either(found: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))


def is_archive(line: str) -> bool:
    """Whether a line is a list of dates, as under a blog: 2026-02-27,131 | 2026-02-26,130."""
    return len(line) <= MAX_LINE and bool(_dates().fullmatch(line)) and sum(1 for _ in islice(dates_in(line), 2)) > 1


@cache
def _dates() -> re.Pattern[str]:
    return re.compile("[0-9年月日期第,，.:：/|() （）-]+")
