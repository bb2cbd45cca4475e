"""As of when a number holds: 截至2024年底, 去年11月, 今年以来, 上半年, or else the month of the article."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from brands.vocabulary.choices import DateBasis
from ingest.frozen import frozen
from ingest.lexicon import ahead, table
from ingest.records import ExtractedArticle

# What dates a number: the text, or only the day on which the article appeared.
STATED, PUBLISHED = DateBasis.STATED.value, DateBasis.PUBLISHED.value

# An article without a date of its own names the day of its event within so many characters.
HEAD = 300
# A date in brackets speaks of at most so many characters before it.
BRACKETED = 60


@frozen()
class AsOf:
    """When a number holds. `date` is ISO 8601, cut at the month or the year, empty for unknown. `basis` is STATED where
    the text dates the number, PUBLISHED where only the article's own date does (目前 too), empty without a date.
    `period` are the words for a stretch of time that ends then (今年以来, 近三年, 2023年, 每年), empty for a point."""

    date: str
    basis: str = ""
    period: str = ""


UNKNOWN = AsOf("")


@frozen()
class Clock:
    """The dates that an article names, in order, and the month in which it appeared (year 0 for unknown). `dated`: the
    article itself carries its date, the month is not concluded from what it tells. `habits` are the clauses of what is
    so every year or month, each with its start, end and words."""

    year: int
    month: int
    starts: tuple[int, ...]
    dates: tuple[AsOf, ...]
    dated: bool
    habits: tuple[tuple[int, int, str], ...] = ()

    @classmethod
    def of(cls, article: ExtractedArticle) -> "Clock":
        text = article.text.text
        year, month = _appeared(article, text)
        told: list[tuple[int, AsOf]] = []
        for match in _pattern().finditer(text):
            times = _TIMES.match(text, match.end())
            former = None if times else _FORMER.match(text, match.end())
            start = times or (not former and _is_start(text, match))
            lasts = bool(match["year"]) and _FOUNDED.match(text, match.end())
            when = None if start else _read(match, year, month, told[-1][1].date if told else "")
            when = _published(year, month) if lasts else when
            if when is None:
                continue
            if former and text[match.start() - 1 : match.start()] in _HELD_AGAINST:  # what follows holds as before
                told.append((former.end(), _last_of(told, text.rfind("\n", 0, match.start()), _published(year, month))))
            if match["year"] and _OF_A_THING.match(text, match.end()):  # dates that thing, and no sentence behind it
                paragraph = text.rfind("\n", 0, match.start())
                told.append((_sentence_end(text, match.end()), _last_of(told, paragraph, _published(year, month))))
            told.append((_since(text, match.start()), when))
        told.sort(key=lambda one: one[0])
        starts, dates = tuple(at for at, _ in told), tuple(when for _, when in told)
        habits = tuple((m.start(), m.end(), m["habit"]) for m in _habits().finditer(text))
        return cls(year, month, starts, dates, article.published_on is not None, habits)

    def as_of(self, paragraph: int, at: int) -> str:
        """The date alone of what :meth:`when` says."""
        return self.when(paragraph, at).date

    def when(self, paragraph: int, at: int) -> AsOf:
        """The date named last in the paragraph that begins at ``paragraph``, before ``at``; else the article's month.
        Its period is what the clause says of every year or month, if it does (每年培训800人)."""
        low, high = bisect_left(self.starts, paragraph), bisect_right(self.starts, at)
        found = self.dates[high - 1] if high > low else _published(self.year, self.month)
        habit = bisect_right(self.habits, at, key=lambda one: one[0]) - 1
        if habit >= 0 and paragraph <= self.habits[habit][0] and at < self.habits[habit][1]:
            return replace(found, period=self.habits[habit][2])
        return found

    def is_planned(self, sentence: str) -> bool:
        """Whether a sentence of an undated article tells of a year to come: 到2028年，品牌达到120个."""
        return not self.dated and bool(_PLANNED.search(sentence))

    def is_ahead(self, as_of: str) -> bool:
        """Whether a date lies in a year after the article appeared: what is said of it is a plan."""
        return bool(self.dated and as_of) and int(as_of[:4]) > self.year


_PLANNED = re.compile(
    "(?<![截直])[到至](?:20[0-9]{2}年(?:1?[0-9]月)?(?:底|末|前)?|“十[三四五六]五”(?:时期|期间)?末)，(?![^。；]{0,30}(?:已|累计|共有|先后))"
)


def _iso(year: int, month: int | None) -> str:
    if not year:
        return ""
    return f"{year:04d}-{month:02d}" if month and 1 <= month <= 12 else f"{year:04d}"


def _dated(date: str, basis: str = STATED, period: str = "") -> AsOf:
    return AsOf(date, basis, period) if date else AsOf("", period=period)


def _published(year: int, month: int) -> AsOf:
    return _dated(_iso(year, month), PUBLISHED)


def _appeared(article: ExtractedArticle, text: str) -> tuple[int, int]:
    if article.published_on is not None:
        return article.published_on.year, article.published_on.month
    year = max([*_years(text), *_titled(text[: article.body_start])], default=0)
    day = _DAY.search(text, 0, HEAD)
    return (year, int(day["month"])) if year and day else (year, 0)


_DAY = re.compile(r"(?<![0-9])(?P<month>1[0-2]|[1-9])月[0-9]{1,2}(?:日|[—-])")
_IN_TITLE = re.compile(r"(?<![0-9到至—-])(?P<year>(?:19|20)[0-9]{2})(?:年|(?=全[国省市县州区旗]))")
_NAMED = re.compile(
    r"(?=[12去〔\[（(截到至])(?:(?P<last>去年[^。；\n]{0,10}?)(?P<then>(?:19|20)[0-9]{2})(?=[^0-9年])|[〔\[（(](?P<number>(?:19|20)[0-9]{2})[〕\]）)]"
    r"|(?P<until>截至|[到至])?(?P<month>(?:19|20)[0-9]{2})年(?:1[0-2]|[1-9])月"
    r"|(?P<edition>(?:19|20)[0-9]{2})(?=全[国省市县州区旗]|年度?(?:全[国省市县州区旗]|第.{1,3}届"
    r"|[^，。；、《》\n]{0,16}(?:大会|大赛|比赛|竞赛|论坛|招聘会|推介会|对接会|评审会|工作会|名单))))"
)


def _titled(headline: str) -> list[int]:
    """The years of a headline: 2024年省级劳务品牌名单, 2024全国…大会. Four digits alone may be a count: 已近2000个."""
    return [int(match["year"]) for match in _IN_TITLE.finditer(headline)]


def _years(text: str) -> list[int]:
    """The years that undated news gives away: by the number of a document (〔2022〕13号), the edition of a meeting,
    去年 beside a year, or a month with its year. A year alone in the run of the story is none: papers write 今年."""
    found = []
    for match in _NAMED.finditer(text):
        if match["until"] in ("到", "至"):
            continue  # a plan
        year = match["number"] or match["edition"] or match["month"]
        found.append(int(year) if year else int(match["then"]) + 1)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    words = table("dates")
    parts = _either(words["parts"])
    this, last, older = (_either(words[key]) for key in ("this_year", "last_year", "year_before_last"))
    told = (*words["parts"], *(w for key in ("this_year", "last_year", "year_before_last") for w in words[key]))
    first = ahead(
        (*told, *(w for key in ("now", "lately", "next_year", "afterwards") for w in words[key])),
        f"0-9一二三四五六七八九十几数多两至近过当同{_ODD}",
    )
    return re.compile(
        rf"{first}(?:(?:(?:(?P<from>(?:19|20)[0-9]{{2}})年?{_DASHES})?"
        rf"(?P<year>(?:19|2[0Oo])[0-9Oo]{{2}}|(?<![0-9])0[0-9](?=年[^代])|[一二][{_ZERO}九][{_ONES}]{{2}})"
        rf"(?:年|(?=[一二三四五六七八九十0-9]{{1,3}}年[间里来]))"
        rf"|(?P<then>[当同]年)(?=前?[1一][0-2]?个?月|前?[2-9]个?月|底|末|上半年|年底)|(?P<this>{this})|(?P<last>{last})|(?P<older>{older}))度?"
        rf"(?:{_MONTHS}(?P<month>1[0-2]|[1-9])(?:个?月)(?:份?(?P<month_on>以来))?|(?P<part>{parts})|(?P<until_now>以来)|(?P<since>起(?![步点家])|前(?!后|三)))?"
        rf"|{_NUMERIC}"
        rf"|(?P<now>{_either(words['now'])})"
        rf"|(?P<lately>{_either(words['lately'])}|至今(?!年)|[一二三四五六七八九十几数多两0-9]{{1,2}}年来"
        r"|(?:近|过去)[一二两三四五六七八九十几数1-9]年(?:来|间|(?!的|历史|时间|前|经验|从|以|之)))"
        rf"|(?P<next>{_either(words['next_year'])})|(?P<afterwards>{_either(words['afterwards'])})"
        rf"|十(?P<plan>[一二三四五]?)五[”\"]?(?P<planned>期间|时期|末|(?:规划)?以来)"
        rf"|(?<![0-9年])(?:1[0-2]|[1-9])月?份?[—–－~～至到-]{{1,2}}(?P<span>1[0-2]|[1-9])月(?![0-9])"
        rf"|(?<![0-9])(?P<bare>1[0-2]|[1-9])月(?:[0-9]{{1,2}}日|底|末|份)"
        rf"|(?P<bare_part>{_either([w for w in words['parts'] if len(w) > 2])})"
        rf"|{_UNREAD})"
    )


@cache
def _habits() -> re.Pattern[str]:
    """What is so every year, up to the end of its clause."""
    return re.compile(f"(?P<habit>{_either(table('dates')['habits'])})，?[^，。；：\n]*")


# Round letters and signs stand for 〇 in many copies.
_ZERO = "〇○零0Oo"
_ONES = f"{_ZERO}一二三四五六七八九1-9"
_DASHES = "[—–－~～至到-]{1,2}"
# 2023/12/31, 2023.12.31, 2023-12, 20231231; 2023.12万 is a number.
_NUMERIC = (
    r"(?<![0-9A-Za-z./-])(?P<numeric>(?:19|20)[0-9]{2})(?:(?P<mark>[/.．-])(?P<numeric_month>0?[1-9]|1[0-2])"
    r"(?:(?P=mark)(?:0[1-9]|[12][0-9]|3[01]|[1-9]))?|(?P<packed>0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))"
    r"(?![0-9./-]|[年号万亿千百%％元人名家个倍])"
)
# A year stands there, but not which: 20×3年, 二〇二X年, 2204年, and after 截至 whatever is written like a date.
_ODD = "Xx×＊*?？□_某"
_UNREAD = (
    rf"(?P<unread>(?<![0-9一二])(?:(?:19|20|[一二][{_ZERO}九])(?:[{_ODD}][{_ONES}{_ODD}]?|[{_ONES}][{_ODD}])|2[1-9][0-9]{{2}}"
    rf"|20[0-9]{{3}})年|(?:(?<=截[至止])|(?<=截[至止]到))(?:[{_ONES}{_ODD}]{{1,6}}年|[0-9][0-9/.．-]{{4,10}}))"
)
# What may stand before the last month of a span: 前10个月, 1—9月.
_MONTHS = "(?:前|(?:1[0-2]|[1-9])月?份?[—–－~～至到-]{1,2})?"
_BRACKET = re.compile("[（(](?:数据)?(?:截至|截止)?$")
_CLAUSE = "，。；：、\n"


def _since(text: str, at: int) -> int:
    """Where a date begins to hold: in brackets (2万人（截至2023年底）) it speaks of the clause before it."""
    bracket = _BRACKET.search(text, max(at - 5, 0), at)
    if bracket is None:
        return at
    return max(text.rfind(mark, max(bracket.start() - BRACKETED, 0), bracket.start()) + 1 for mark in _CLAUSE)


# 2019年创立以来，: what follows is so by now. 是2019年的2.4倍: what it is held against.
_FOUNDED = re.compile("(?:(?:1?[0-9]|十[一二]?|[一二三四五六七八九])月)?[^，。；\n0-9年月]{1,8}(?:以来|至今)")
_TIMES = re.compile("的[0-9一二两三四五六七八九十.]+[倍成]")
# A figure of the year right before it: 由2021年的3900元提高到5200元.
_FORMER = re.compile("的[约近超逾]?[0-9][^，。；\n到至多增提升涨扩发]{1,10}")
# The year of a list or a sum: 2023年度省级劳务品牌里，南通占4个。全市现有12个; 2023年产值222亿元。
_OF_A_THING = re.compile(
    "(?:第[一二三四五六七八九十]{1,2}批)?(?:国家级|省级|自治区级|市级|州级|县级|特色|劳务品牌|[总年]?产值|营业额|营业收入|营收|销售额|销售收入)"
)
_HELD_AGAINST = ("从", "由", "比", "较", "自")


def _sentence_end(text: str, at: int) -> int:
    end = _END.search(text, at)
    return end.end() if end else len(text)


_END = re.compile("[。！？\n]")


def _last_of(told: list[tuple[int, AsOf]], paragraph: int, otherwise: AsOf) -> AsOf:
    return next((when for at, when in reversed(told) if at > paragraph), otherwise)


def _is_start(text: str, match: re.Match[str]) -> bool:
    """Whether a date is where something began (从2022年, 自去年10月) or the tail of a longer number."""
    if match["from"] or match["unread"] or _goes_on(match):
        return False
    before = text[max(match.start() - 2, 0) : match.start()].rstrip('“‘"')[-1:]
    if before in ("比", "较", "与", "于") or text.startswith("同期", match.end()):
        return True  # what it is held against: 比去年同期增长
    return before in ("从", "自") or (match["bare"] is not None and before == "年")


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _read(match: re.Match[str], year: int, month: int, previous: str) -> AsOf | None:
    """What a date says, None when it only says since when. Unknown where it leans on the unknown date of the article:
    目前 after 2021年 is not 2021; or where its year can't be read. ``previous`` is the date named before (for 次年)."""
    if match["since"]:
        return None
    if match["unread"]:
        return UNKNOWN
    if match["now"] or match["afterwards"]:
        return _published(year, month)
    date = _date(match, year, month, previous)
    return _dated(date, period="" if _is_point(match) else match.group().replace("”", "").replace('"', ""))


def _date(match: re.Match[str], year: int, month: int, previous: str) -> str:
    if _goes_on(match) or (match["planned"] or "").endswith("以来"):
        return _iso(year, month)
    if match["next"]:
        return _iso(int(previous[:4]) + 1, None) if previous else ""
    if match["planned"]:
        return _iso(_planned(match["plan"], year), None)
    if match["numeric"]:
        return _iso(int(match["numeric"]), int(match["numeric_month"] or match["packed"]))
    parts = table("dates")["parts"]
    bare = match["span"] or match["bare"]
    if bare or match["bare_part"]:
        named = int(bare) if bare else parts[match["bare_part"]]
        return _iso(year - (1 if year and 0 < month < named else 0), named)  # 12月 in an article of January
    named = int(match["month"]) if match["month"] else parts.get(match["part"] or "")
    if match["year"]:
        return _iso(_arabic(match["year"]), named)
    if match["then"]:
        return _iso(int(previous[:4]), named) if previous else ""
    if match["this"]:
        return _iso(year, named or month)
    return _iso(year - (1 if match["last"] else 2), named) if year else ""


def _goes_on(match: re.Match[str]) -> bool:
    """Whether a stretch of time lasts until the article appeared: 去年10月以来, 近三年."""
    return any(match[name] for name in ("until_now", "month_on", "lately"))


_UNTIL = re.compile("(?:截[至止]到?|[到至])$")
_DAY_OF = re.compile("[0-9]{1,2}日|[底末初]")


def _is_point(match: re.Match[str]) -> bool:
    """Whether a date is a point in time (2023年底, 12月28日, 截至2023年) and not a stretch of it."""
    if _goes_on(match):
        return False
    text, points = match.string, table("dates")["points"]
    if match["numeric"] or (match["part"] or match["bare_part"]) in points or match["planned"] == "末":
        return True
    if match["bare"] and not match.group().endswith("份"):
        return True
    return bool(_DAY_OF.match(text, match.end()) or _UNTIL.search(text, max(match.start() - 3, 0), match.start()))


def _planned(plan: str, year: int) -> int:
    """The last year of a five-year plan (“十三五” ends in 2020), or that of the article where this comes first."""
    last = 2005 + 5 * ("一二三四五".index(plan) + 1 if plan else 0)
    return min(last, year) if year else last


def _arabic(year: str) -> int:
    """2008, 08, 2O08 and 二〇〇八 as 2008."""
    digits = "".join(c if c.isdecimal() else str(max("〇一二三四五六七八九".find(c), 0)) for c in year)
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
