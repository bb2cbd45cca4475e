"""What the text says of a program besides its name: when and where it was, who issued or held it.

Each of them comes with the characters that say it; what only the name says has those of the name.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from brands.vocabulary.choices import ProgramKind
from brands.vocabulary.titles import YEARS, title_parts
from ingest.frozen import frozen
from ingest.gazetteer import COUNTRY, gazetteer
from ingest.lexicon import words
from ingest.name_shapes import alternation
from ingest.place_mentions import deepest, places_in, province_of
from ingest.records import ExtractedArticle, ProgramMention
from ingest.sentences import sentences_of
from ingest.text import Span

# So many characters after a name are read for its day and place, and for who held it.
AFTER, HOLDERS_AFTER = 40, 160
# So many before a name are read for who issued it.
BEFORE = 80
# Longest name of an office or of several, one after the other.
LONGEST_ISSUER = 60

# What happens at a time; projects and co-operation go on.
EVENTS = (ProgramKind.CONFERENCE, ProgramKind.CONTEST, ProgramKind.CAMPAIGN)


@frozen()
class ProgramValue:
    """A value, and where the text of the article says it."""

    value: str
    span: Span


# --- when -------------------------------------------------------------------------------------------------------------


def held(article: ExtractedArticle, mention: ProgramMention) -> ProgramValue | None:
    """When a program was held, issued or begun, ISO 8601 as far as known: by the date before the name in its sentence,
    else by the one right after it, the number of the document or the year in its name."""
    text = article.text.text
    sentence = sentences_of(text).at(mention.start, mention.end)
    before = list(_dates(text, sentence.start, mention.start))
    told = _dated(before, article) if before and _is_set(text, before[-1].end(), mention) else None
    behind = _held_behind(article, mention, sentence.end)
    return told or behind or _issued_behind(text, mention) or _numbered(text, mention) or _by_name(mention)


def _dates(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The dates in a stretch; of 18日至19日 the first alone."""
    last = None
    for match in _date().finditer(text, start, end):
        if last is None or not _TO.fullmatch(text, last.end(), match.start()):
            yield match
        last = match


_TO = re.compile("[至到—–~～-]{1,2}")


def _held_behind(article: ExtractedArticle, mention: ProgramMention, end: int) -> ProgramValue | None:
    text = article.text.text
    match = _day_behind().match(text, mention.end, min(mention.end + AFTER, end)) if mention.kind in EVENTS else None
    found = list(_dates(text, mention.end, match.end("when"))) if match else []
    return _dated(found[:1], article) if found else None


@cache
def _date() -> re.Pattern[str]:
    return re.compile(
        r"(?P<year>(?:19|20)[0-9]{2})年(?:(?P<month>[01]?[0-9])月)?(?:(?P<day>[0-3]?[0-9])日)?"
        r"|(?P<ago>去年|今年|前年)(?:(?P<month3>[01]?[0-9])月)?(?:(?P<day3>[0-3]?[0-9])日)?"
        r"|(?P<month2>(?<![0-9])[01]?[0-9])月(?:(?P<day2>[0-3]?[0-9])日)?"
        r"|(?P<near>今天|今日|昨天|昨日|前天|近日|日前)|(?<![0-9月])(?P<day4>[0-3]?[0-9])日(?![电讯])"
    )


@cache
def _day_behind() -> re.Pattern[str]:
    """A name, and then when: …大会将于11月21日在长沙举行, …大赛21日开赛."""
    number = "(?:[0-9]{4}年)?(?:[0-9]{1,2}月)?[0-9]{1,2}日"
    return re.compile(
        f"”?(?:将)?[于定]?(?P<when>(?:今年|去年)?{number}|今天|昨天|今日|昨日)(?:至|[—～-]|[上下]午|晚|在|正式|开|举|落|圆)"
    )


def _is_set(text: str, at: int, mention: ProgramMention) -> bool:
    """Whether a date before a name is that of the program: of events and documents always, of others where something
    is set going between the two."""
    between = text[at : mention.start]
    if mention.kind in (ProgramKind.CONFERENCE, ProgramKind.CONTEST, ProgramKind.POLICY):
        return True
    return bool(_set_going().search(between)) and "以来" not in between and "，" not in between[-2:]


@cache
def _set_going() -> re.Pattern[str]:
    return re.compile(alternation(words("programs", "set_going"), words("programs", "takes_place_before")))


def _dated(found: list[re.Match[str]], article: ExtractedArticle) -> ProgramValue | None:
    """The last of the dates. The year of one that has none is that of the date before it, else the article's."""
    last, printed = found[-1], article.published_on
    span = Span(last.start(), last.end())
    if near := last["near"]:
        when = _near(near, printed)
        return ProgramValue(when, span) if when else None
    years = [m["year"] for m in found if m["year"]]
    year, month, day = _parts(last, years[-1] if years else "", printed)
    if not year:
        return None
    value = "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])
    return ProgramValue(value, span) if _possible(value) else None


def _parts(last: re.Match[str], year: str, printed: date | None) -> tuple[str, str, str]:
    month = last["month"] or last["month2"] or last["month3"] or ""
    day = last["day"] or last["day2"] or last["day3"] or last["day4"] or ""
    if last["ago"]:
        year = str(printed.year - "今去前".index(last["ago"][0])) if printed else ""
    if last["day4"]:
        return (str(printed.year), str(printed.month), day) if printed and int(day) <= printed.day else ("", "", "")
    if not year and printed:  # 12月 in a paper of January is the last year's
        year = str(printed.year - (1 if month and int(month) > printed.month + 6 else 0))
    return year, month, day


def _near(word: str, printed: date | None) -> str:
    """今天 and 昨天 by the day of the paper; 近日 by its month, unless that has only begun."""
    if printed is None:
        return ""
    if word in ("近日", "日前"):
        return printed.isoformat()[:7] if printed.day > 7 else printed.isoformat()[:4] if printed.month > 1 else ""
    return (printed - timedelta(days=["今", "昨", "前"].index(word[0]))).isoformat()


def _possible(value: str) -> bool:
    year, *rest = value.split("-")
    try:
        date(int(year), *(int(part) for part in (*rest, *["1"] * (2 - len(rest)))))
    except ValueError:
        return False
    return int(year) in YEARS


def _issued_behind(text: str, mention: ProgramMention) -> ProgramValue | None:
    """A document, and then when: 《…规范》由该县在2020年发布."""
    match = _year_behind().match(text, mention.end, mention.end + AFTER) if mention.kind not in EVENTS else None
    if match is None:
        return None
    value = "-".join([match["year"], *([f"{int(match['month']):02d}"] if match["month"] else [])])
    return ProgramValue(value, Span(*match.span("when"))) if _possible(value) else None


@cache
def _year_behind() -> re.Pattern[str]:
    when = "(?P<when>(?P<year>(?:19|20)[0-9]{2})年(?:(?P<month>[01]?[0-9])月)?)"
    issued = "印发|出台|发布|公布|制定|颁布|拿出|推出|施行|实施|启动"
    return re.compile(f"[》”]?[^。；\\n0-9]{{0,16}}?[在于自]{when}[^。；，\\n]{{0,4}}?(?:{issued})")


def _numbered(text: str, mention: ProgramMention) -> ProgramValue | None:
    """The year in the number of a document: 《…意见》（人社部发〔2021〕66号）."""
    match = _number().match(text, mention.end) if mention.kind is ProgramKind.POLICY else None
    return ProgramValue(match["year"], Span(match.start("year"), match.end("year"))) if match else None


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"》?[（(][一-鿿]{1,12}[〔\[（(【](?P<year>(?:19|20)[0-9]{2})[〕\]）)】][0-9]{1,4}号")


def _by_name(mention: ProgramMention) -> ProgramValue | None:
    year = title_parts(mention.name).year if mention.kind in EVENTS else None
    return ProgramValue(str(year), Span(mention.start, mention.end)) if year else None


# --- who --------------------------------------------------------------------------------------------------------------


def issuer(article: ExtractedArticle, mention: ProgramMention, next_start: int) -> ProgramValue | None:
    """Who issued a document or held an event: 省人社厅、省发展改革委等20部门印发《…》, 由县妇联主办的…, …由县政府主办.
    `next_start` is where the next program is named, of which words behind that speak."""
    text = article.text.text
    head = re.split(r"[。；\n]", text[max(mention.start - BEFORE, 0) : mention.start])[-1]
    if match := _issued().search(head) or _held_by().search(head):
        start = mention.start - len(head) + match.start("who")
        return _office(text, start, mention.start - len(head) + match.end("who"))
    if mention.kind is ProgramKind.POLICY and (match := _in_name().match(mention.name)):
        return _office(text, mention.start + match.start("who"), mention.start + match.end("who"))
    if mention.kind in EVENTS:
        end = min(mention.end + HOLDERS_AFTER, next_start)
        match = _hosted().search(text, mention.end, end)
        return _office(text, match.start("who"), match.end("who")) if match else None
    return None


_OFFICES = (
    "部|厅|局|委|委员会|办公室|办公厅|政府|国务院|妇联|中央|总工会|工会|联合会|协会|商会|学会|集团|公司|中心|总台|院|"
    "残联|团委"
)
_OTHERS = "(?:等?[0-9一二三四五六七八九十]{0,3}[个多]?(?:部门|单位|部委))?(?:联合|共同|会同[^，。]{1,16})?"


@cache
def _issued() -> re.Pattern[str]:
    issued = "(?:印发|出台|发布|公布|制定|下发|颁布|转发|研究制定)"
    return re.compile(f"(?P<who>[一-鿿、（）]{{1,{LONGEST_ISSUER}}}?(?:{_OFFICES})){_OTHERS}{issued}[了的]?《?$")


@cache
def _held_by() -> re.Pattern[str]:
    done = "(?:主办|举办|组织|召开|发起|承办|启动|举行|开展|实施)"
    return re.compile(f"(?P<who>[一-鿿、（）]{{1,{LONGEST_ISSUER}}}?(?:{_OFFICES})){_OTHERS}{done}[了的]?[“「]?$")


@cache
def _in_name() -> re.Pattern[str]:
    return re.compile(f"(?P<who>[一-鿿、 ]{{2,{LONGEST_ISSUER}}}?(?:{_OFFICES})){_OTHERS}关于")


@cache
def _hosted() -> re.Pattern[str]:
    """…大会由人力资源社会保障部、湖南省政府共同主办."""
    return re.compile(f"(?:由|，)(?P<who>[一-鿿、（）]{{2,{LONGEST_ISSUER}}}?(?:{_OFFICES})){_OTHERS}(?:主办|举办)")


def _office(text: str, start: int, end: int) -> ProgramValue | None:
    """The names of offices in a stretch, without what leads up to them: 近日，由|县妇联."""
    lead = list(_LEAD.finditer(text, start, end))
    start = lead[-1].end() if lead else start
    value = text[start:end].strip()
    return ProgramValue(value, Span(start, end)) if len(value) >= 2 else None


_LEAD = re.compile(
    "[，,]|[一-鿿]*?(?:近日|日前|年底|年初|同年|[0-9]日)|^由|(?<=[，。日月年])由|由(?=[省市县区])|^会同|(?<=，)会同|随后|这次|此前|[今去前当]年"
)


# --- where ------------------------------------------------------------------------------------------------------------


def place(article: ExtractedArticle, mention: ProgramMention, by: ProgramValue | None) -> ProgramValue | None:
    """Where a program is at home: where it was held, else the division in its name, else that of who issued it."""
    venue = _venue(article.text.text, mention) if mention.kind in EVENTS else None
    if home := venue or _in_the_name(mention) or _setter(article, mention):
        return home
    office = _of_office(article, by) if by else None
    national = office is not None and office.value == COUNTRY
    return None if national and mention.kind in EVENTS else office  # a meeting of the country is held somewhere


def _setter(article: ExtractedArticle, mention: ProgramMention) -> ProgramValue | None:
    """The division that sets it going: 山东出台《…》, 市里启动…工程."""
    text = article.text.text
    match = _sets().search(text, max(mention.start - 16, 0), mention.start)
    if match is None:
        return None
    office = Span(*match.span("office")) if match["office"] else Span(match.start(), match.start())
    run = places_in(text).run_ending(office.end) or places_in(text).run_ending(office.start)
    if run and not run[-1].ambiguous_word:  # 会同 is a county, and means together with
        return _found(deepest(run, ()), Span(run[0].start, run[-1].end))
    return _found(_relative(match["office"] or "", article.place), office)


def _found(code: str, span: Span) -> ProgramValue | None:
    return ProgramValue(code, span) if code else None


@cache
def _sets() -> re.Pattern[str]:
    done = "出台|印发|发布|制定|下发|启动|实施|推出|推行|召开|举办|组织开展"
    office = "(?P<office>[我全]?[省市县区州旗](?:里|人社部门|人社[厅局]|政府|妇联)?)?"
    many = "(?:[0-9]{1,2}个?(?:部门|单位))?[还又也先就已]?(?:率先|专门|相继|联合|共同|今年|去年)?"
    return re.compile(f"{office}{many}(?:{done})(?:实施)?了?[《“「]?$")


def _venue(text: str, mention: ProgramMention) -> ProgramValue | None:
    """在湖南长沙举行 after the name, 在广西南宁举行的 right before it."""
    after = _venue_after().match(text, mention.end, mention.end + AFTER)
    before = _venue_before().search(text, max(mention.start - 24, 0), mention.start)
    match = after or before
    code = deepest(places_in(match["place"]).hits, ()) if match else ""
    return ProgramValue(code, Span(*match.span("place"))) if match and code else None


@cache
def _venue_after() -> re.Pattern[str]:
    done = "举行|召开|举办|开幕|落幕|启动|开赛|收官|闭幕|开锣|开讲|拉开|正式|圆满|成功|隆重|顺利"
    return re.compile(f"”?[^，。；\\n]{{0,16}}?[在于](?P<place>[一-鿿]{{2,20}}?)(?:{done})")


@cache
def _venue_before() -> re.Pattern[str]:
    return re.compile("[在于](?P<place>[一-鿿]{2,12}?)(?:举行|召开|举办|开幕|启动)的?[“「]?$")


def _in_the_name(mention: ProgramMention) -> ProgramValue | None:
    """河北省劳务品牌大赛 is that of 河北; of 河北—北京洽谈会 neither is. A document says it without quotes."""
    name = _QUOTED.sub(lambda m: "—" * len(m[0]), mention.name)
    hits = places_in(name).hits
    in_a_row = all(one.end == other.start for one, other in pairwise(hits))
    code = deepest(hits, ()) if in_a_row else ""
    if not code or not _BEGINS.fullmatch(name[: hits[0].start]):
        return None
    return ProgramValue(code, Span(mention.start + hits[0].start, mention.start + hits[-1].end))


_QUOTED = re.compile("“[^“”]*”|《[^《》]*》|[（(][^（）()]*[）)]")
# What may stand before the place in a name: 2024年|河北省…, 第三届|青海省…, 关于加快|兰州….
_BEGINS = re.compile(
    "[0-9年届第首中国·—一二三四五六七八九十度关于进一步加强加快推进推动促进做好深入实施开展支持]{0,12}"
)


def _of_office(article: ExtractedArticle, by: ProgramValue) -> ProgramValue | None:
    """The division of an office: 河北省人社厅, and 省人社厅 of the province in which the article is set."""
    first = by.value.split("、")[0]
    hits = [hit for hit in places_in(first).hits if not hit.ambiguous_word]
    if hits:
        code = deepest(hits, ())
    elif _NATIONAL.match(first):
        code = COUNTRY
    else:
        code = _relative(first, article.place)
    return ProgramValue(code, by.span) if code else None


_NATIONAL = re.compile(
    "中共中央|国务院|人社部|人力资源(?:和)?社会保障部|国家|农业农村部|商务部|民政部|全国|教育部|财政部|中国"
)


def _relative(office: str, around: str) -> str:
    """省人社厅, 市妇联, 县政府: the province, prefecture or county that holds, or is, the one in which it is said."""
    office = office.lstrip("我全")
    if not office or not around or around == COUNTRY:
        return ""
    holders = {
        division.depth: division.adcode for division in (gazetteer().by_code(around), *gazetteer().ancestors(around))
    }
    if office.startswith("市") and province_of(around) in (around, holders.get(2, "")):
        return holders.get(1, "") if around.startswith(("11", "12", "31", "50")) else ""
    depth = next((depth for words_of, depth in (("省自", 1), ("市州", 2), ("县区旗", 3)) if office[:1] in words_of), 0)
    return holders.get(depth, "")


def declared(text: str, mention: ProgramMention) -> Iterator[str]:
    """The short form that the text gives a name: 《…意见》（以下简称《稳就业意见》）."""
    match = _short().match(text, mention.end)
    if match and match["short"] not in words("programs", "short_titles"):
        yield match["short"]


@cache
def _short() -> re.Pattern[str]:
    return re.compile(
        r"[》”]?(?:[（(][^（）()\n]{0,30}[）)])?[（(]?(?:，)?(?:以下)?(?:统称|简称)(?:为)?[《“「](?P<short>[^《》“”\n]{3,20})[》”」]"
    )
