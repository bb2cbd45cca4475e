"""The recognition of a brand: in which year and batch, by whom, by which paper, and in which list it stands.

One statement of the text recognises: a part of a sentence that says so of brands. All that is taken comes from the one
that gives the brand the level it has, so that no year of one recognition meets the issuer of another.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from brands.vocabulary.choices import BrandLevel
from ingest.frozen import frozen
from ingest.levels import level_of, recognised_thing
from ingest.lexicon import ahead, words
from ingest.name_shapes import alternation
from ingest.resolve.level import is_row, takes_up
from ingest.resolve.owners import NamedPlaces
from ingest.text import Span

# A clause of no more characters that holds a year says when, and nothing else.
WHEN = 14
# So many lines after a statement are looked through for the brands that it leads in.
LINES = 200
# So many lines without a brand may stand between a statement and its rows, or between two rows: a heading.
BETWEEN = 3
# What opens an entry before its name, and the longest entry.
OPENING, MAX_ROW = 24, 120
# Years in which labour brands were recognised: the first ones are of the 1990s.
FIRST_YEAR = 1990
# Longest title of a paper, and longest name of bodies.
MAX_TITLE, MAX_BODY = 80, 60


@frozen()
class RecognitionStatement:
    """What one statement says, each with the place in the article's text; None for what it does not say. `said` is the
    statement; `own` says that it names the brands itself."""

    article: int
    said: Span
    level: BrandLevel | None
    own: bool
    year: int | None = None
    when: Span | None = None
    batch: Span | None = None
    issuer: Span | None = None
    document_number: Span | None = None
    register: Span | None = None

    @property
    def says(self) -> int:
        return sum(
            part is not None for part in (self.when, self.batch, self.issuer, self.document_number, self.register)
        )


# The brands that lists of an article give a level: by their keys, the articles and levels.
ListedLevels: TypeAlias = Mapping[str, Sequence[tuple[int, BrandLevel]]]


def recognitions(places: Sequence[NamedPlaces], listed: ListedLevels) -> dict[str, list[RecognitionStatement]]:
    """By the keys of brands, what the articles say of their recognition, in the order of the text. Of a list that gives
    its brands a level, the statement on several brands of this level is told, wherever in the article it stands."""
    found: dict[str, list[RecognitionStatement]] = {}
    for article in places:
        heading = _heading_document(article)
        read = [(part, _read(article, part, heading)) for part in _statements(article)]
        for part, said in read:
            for key in _recognised_by(article, part) if said.says or said.level else ():
                found.setdefault(key, []).append(said)
        for key, level in _of_lists(article, listed):
            alike = [said for part, said in read if said.level is level and _is_of_a_list(article, part)]
            known = [one for one in found.get(key, ()) if one.article == article.setting.article.order]
            if alike and not any(one.says for one in known) and len({one.year for one in alike} - {None}) <= 1:
                best = max(alike, key=lambda one: one.says)
                found.setdefault(key, []).append(replace(best, own=False))
    return found


def _of_lists(article: NamedPlaces, listed: ListedLevels) -> Iterator[tuple[str, BrandLevel]]:
    order = article.setting.article.order
    yield from dict.fromkeys((key, level) for key, said in listed.items() for at, level in said if at == order)


def _is_of_a_list(article: NamedPlaces, part: Span) -> bool:
    """Whether a statement tells of several brands that were recognised at once, and not of earlier ones."""
    said = part.of(article.setting.text)
    return bool(_several().search(said)) and not any(word in said for word in words("recognition", "earlier"))


def chosen_recognition(said: Sequence[RecognitionStatement], level: BrandLevel | None) -> RecognitionStatement | None:
    """Of the statements that give the brand its level, or else of those that give none, the one that says most, with
    what others of its article say of the same level and year."""
    alike = [one for one in said if one.level is level] or [one for one in said if one.level is None]
    best = max(alike, key=lambda one: (one.year is not None, one.says), default=None)
    for one in alike:
        if best and best.year and (one.article, one.level, one.year) == (best.article, best.level, best.year):
            best = replace(best, **{name: getattr(best, name) or getattr(one, name) for name in _PARTS})
    return best


# What statements of one recognition may add to each other.
_PARTS = ("batch", "issuer", "document_number", "register")


def level_recognised_in(said: Sequence[RecognitionStatement]) -> tuple[BrandLevel, RecognitionStatement] | None:
    """The level that a statement gives the brands it names, the first of them."""
    return next(((one.level, one) for one in said if one.level and one.own), None)


def _statements(places: NamedPlaces) -> Iterator[Span]:
    """The parts of sentences that recognise brands, no aims among them."""
    text = places.setting.text
    last = -1
    for match in recognised_thing().finditer(text):
        part = places.part(match.start(), match.end())
        if part.start == last or _in_title(text, match.start()):
            continue
        last = part.start  # once a part: a long line may hold thousands of things that are recognised
        if _act().search(text, part.start, part.end) and not _aim().search(text, part.start, part.end):
            yield part


def _in_title(text: str, at: int) -> bool:
    """Whether the place is inside 《》, which only tells what a paper is about."""
    return text.rfind("《", max(at - MAX_TITLE, 0), at) > text.rfind("》", max(at - MAX_TITLE, 0), at)


@cache
def _act() -> re.Pattern[str]:
    """What recognises: a body that makes brands known, a title that is got, names that are said to be on the list."""
    thing, titles = recognised_thing().pattern, alternation(words("levels", "titles"))
    acts, gets, closes = (alternation(words("recognition", key)) for key in ("recognises", "gets", "closes"))
    nothing = alternation(words("recognition", "nothing"))
    return re.compile(
        f"(?:{acts})(?!了?(?:{nothing}))[^，。；]{{0,30}}?(?:{thing})(?![一-鿿]{{0,2}}(?:{nothing}))"
        f"|(?:{gets})[^，。；]{{0,30}}?(?:{thing}|{titles})(?![一-鿿]{{0,2}}(?:{nothing}))"
        f"|(?:{thing})[^；。]{{0,40}}?(?:{acts})了?："
        f"|(?:{thing})[^；。]{{0,60}}?(?:{closes})|(?:{thing})[^，；。]{{0,12}}?(?:名单|名录|结果)[^，；。]{{0,6}}(?:公布|发布|公示|$)"
        f"|(?:(?<=\\n)|\\A)[^，；。：]{{0,14}}?{_BATCH}[^，；。：]{{0,8}}?(?:{thing})(?=\\n|\\Z)"
        f"|(?:{thing})[“”]?之一"
    )


def _recognised_by(places: NamedPlaces, part: Span) -> tuple[str, ...]:
    """The brands that a statement recognises: those of its own list, or else those of the rows that it leads in, or
    else the one that its paragraph speaks of."""
    inside = places.between(part.start, part.end)
    if inside:
        return places.listed(inside)
    return tuple(_led_in(places, part)) or places.owners(part.start, part.end)


def _led_in(places: NamedPlaces, part: Span) -> Iterator[str]:
    """The brands of the rows that follow a statement on several, and of a sentence that takes them up."""
    sentences = places.setting.sentences
    number = sentences.index(part.start)
    said = sentences.get(number).of(places.setting.text)
    heading = not said.endswith(("。", "！", "”"))
    if not (heading or _several().search(said)) or any(word in said for word in words("recognition", "earlier")):
        return
    for following in range(number + 1, number + 1 + LINES):
        span = sentences.get(following)
        inside = places.between(span.start, span.end)
        taken = following == number + 1 and inside and takes_up(places.setting, span.start, inside[0][0])
        if not (inside and (taken or is_row(places.setting, span) or _is_entry(places, span, inside[0][0]))):
            if inside or _is_heading(span.of(places.setting.text)) or following > number + BETWEEN:
                return
            continue
        number = following
        yield from dict.fromkeys(key for _, _, key in inside)


def _is_heading(line: str) -> bool:
    """Whether a line without a brand heads what follows as other brands than those told of so far."""
    return not line.endswith("。") and not re.search("[ \t|｜]", line) and bool(recognised_thing().search(line))


def _is_entry(places: NamedPlaces, line: Span, name: int) -> bool:
    """Whether a line is a row of a table or an item of a list: a brand opens it, maybe behind a number or cells."""
    text = places.setting.text
    said = text[line.start : name]
    numbered = len(said) <= OPENING and bool(_ITEM.match(said) or _CELLS.fullmatch(said))
    return len(line) <= MAX_ROW and (numbered or (not said and not text.startswith("。", line.end - 1)))


# Cells before that of the name: 信阳市|新县涉外工.
_CELLS = re.compile("(?:[^ \\t|，。；：]{1,12}[ \\t|]+){1,3}")
_ITEM = re.compile("[0-9]{1,3}(?:[.．、 \t|　]|$)|[·•●※*-]|[（(][0-9一二三四五六七八九十]{1,3}[）)]|[①-⑳]")


def _read(places: NamedPlaces, part: Span, heading: Span | None) -> RecognitionStatement:
    setting, text = places.setting, places.setting.text
    told = _act().search(text, part.start, part.end)
    dated = _year(places, part, Span(*told.span()) if told else part)
    return RecognitionStatement(
        setting.article.order,
        part,
        level_of(part.of(text)),
        bool(places.between(part.start, part.end)),
        year=dated[0] if dated else None,
        when=dated[1] if dated else None,
        batch=_batch_said(text, part),
        issuer=_issuer(places, part),
        document_number=_document(text, part) or heading,
        register=_register(text, part),
    )


def _batch_said(text: str, part: Span) -> Span | None:
    match = _batch().search(text, part.start, part.end)
    return Span(*match.span(match.lastindex or 0)) if match else None


def _span(match: re.Match[str] | None, group: int = 1) -> Span | None:
    return Span(*match.span(group)) if match else None


# When


def _year(places: NamedPlaces, part: Span, told_at: Span) -> tuple[int, Span] | None:
    """The year of the recognition that is told at `told_at`: that of its clauses, or of clauses before that only say
    when or name the brands. Two years are none."""
    bounds = _clauses(places.setting.text, part)
    own = [clause for clause in bounds if clause.overlaps(told_at)]
    told = [found for clause in own for found in _years(places, clause)]
    for clause in reversed([clause for clause in bounds if clause.end <= told_at.start and clause not in own]):
        if told or not (len(clause) <= WHEN or places.between(clause.start, clause.end)):
            break
        told = list(_years(places, clause))
    return told[0] if len({year for year, _ in told}) == 1 else None


def _years(places: NamedPlaces, clause: Span) -> Iterator[tuple[int, Span]]:
    text, published = places.setting.text, places.setting.article.published_on
    for match in _year_said().finditer(text, clause.start, clause.end):
        if text[: match.start()].endswith(words("recognition", "not_before")):
            continue
        if text.startswith(words("recognition", "not_after"), match.end()):
            continue
        if match["year"] and int(match["year"]) >= FIRST_YEAR:
            yield int(match["year"]), Span(*match.span())
        elif published and not match["year"]:
            yield published.year - (match[0] in words("recognition", "last_year")), Span(*match.span())


@cache
def _year_said() -> re.Pattern[str]:
    near = alternation(*(words("recognition", key) for key in ("this_year", "last_year", "lately")))
    return re.compile(f"(?P<year>(?:19|20)[0-9]{{2}})年(?:度|[底末初])?|{near}")


_NUMBERED = "[一二三四五六七八九十0-9]{1,3}"
_BATCH = f"(?:首批|头一?批|第{_NUMBERED}[批届])"


@cache
def _batch() -> re.Pattern[str]:
    """第三批省级劳务品牌, 劳务品牌名单（第三批）; no edition of a meeting."""
    event = "(?![一-鿿]{0,8}?(?:会|赛|节|展|活动))"
    lists = alternation(words("recognition", "lists"))
    before = f"{event}(?=[^，。；、\n]{{0,16}}?(?:{recognised_thing().pattern}))"
    return re.compile(f"({_BATCH}){before}|(?:{lists})[（(]({_BATCH})[）)]")


def _clauses(text: str, part: Span) -> list[Span]:
    ends = [match.end() for match in re.finditer("[，：:\u3000 ]", text[part.start : part.end])]
    return [Span(part.start + a, part.start + b) for a, b in zip([0, *ends], [*ends, len(part)], strict=True) if a < b]


# By whom


def _issuer(places: NamedPlaces, part: Span) -> Span | None:
    """The body that stands before what it does: 被|山西省人社厅|认定为, 省人社厅近日公布. Joint ones go with it."""
    setting = places.setting
    for match in _body().finditer(setting.text, part.start, part.end):
        run = setting.places.run_ending(match.start("body"))
        start = max(run[0].start if run else match.start(), part.start)
        end = match.end("more") if match["more"] else match.end("body")
        known = run or match["unnamed"] or match["body"].endswith("部")
        if known and end - start <= MAX_BODY:
            return Span(start, end)
    return None


@cache
def _body() -> re.Pattern[str]:
    unnamed, bodies = words("recognition", "unnamed"), words("recognition", "bodies")
    many = "等?(?:[0-9一二三四五六七八九十]{1,3}[个家]?)(?:部门|单位|厅局)"
    joint = f"(?:{alternation(words('recognition', 'more'))})[^，。；“”]{{0,16}}?(?:{alternation(bodies)})"
    lately = "近日|日前|今年|去年|近期|前几天|前不久|最近|昨[日天]|新近|新|又|正式|联合|共同|发文|组织"
    study = "(?:经过?(?:研究|评审|审核|评选|评估)(?:决定)?，?)?"
    when = f"(?:[0-9年月日]{{0,11}}|{lately}|把它|将其){{0,3}}{study}(?:[把将][^，。；]{{2,70}}?)?"
    acts = alternation(words("recognition", "recognises"))
    return re.compile(
        f"{ahead((*unnamed, *bodies))}(?P<unnamed>{alternation(unnamed)})?(?P<body>{alternation(bodies)})"
        f"(?P<more>{many}|{joint}(?:{many})?)?{when}(?:{acts})"
    )


# By which paper, in which list


_NUMBER = "[一-鿿]{1,8}[〔\\[（(](?:19|20)[0-9]{2}[〕\\]）)][ 第]{0,2}[0-9]{1,4} ?号"


@cache
def _paper() -> re.Pattern[str]:
    return re.compile(f"《([^》\n]{{4,80}})》[（(]({_NUMBER})")


def _document(text: str, part: Span) -> Span | None:
    """The number of a paper whose title says that it recognises: 《关于公布…名单的通知》（某人社发〔2023〕8号）."""
    for match in _paper().finditer(text, part.start, part.end):
        if any(word in match[1] for word in words("recognition", "titles")):
            return Span(*match.span(2))
    return None


@cache
def _number_line() -> re.Pattern[str]:
    return re.compile(f"(?:^|\n)[ \u3000]*({_NUMBER})[ \u3000]*(?=\n|$)")


def _heading_document(places: NamedPlaces) -> Span | None:
    """The number that stands on a line of its own in a paper that is headed as one that recognises brands."""
    article = places.setting.article
    title = article.title
    if recognised_thing().search(title) and any(word in title for word in words("recognition", "titles")):
        return _span(_number_line().search(places.setting.text))
    return None


def _register(text: str, part: Span) -> Span | None:
    """The name of a list of brands: 2022年度某省重点劳务品牌名单."""
    match = _list().search(text, part.start, part.end)
    if match is None:
        return None
    start = max(
        match.start(1) + found.end()
        for found in (*_lead_of_list().finditer(match[1]), _NOTHING.match(match[1]))
        if found
    )
    return Span(start, match.end(1))


_NOTHING = re.compile("")


@cache
def _lead_of_list() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words('recognition', 'recognises'), words('recognition', 'gets'))})了?")


@cache
def _list() -> re.Pattern[str]:
    brand, lists = recognised_thing().pattern, alternation(words("recognition", "lists"))
    named = "(?:(?:19|20)[0-9]{2}年度?)?[一-鿿“”]{0,20}?"
    return re.compile(f"(?:^|(?<=[，。；：、《公布了入选列进和\n]))({named}(?:{brand})[一-鿿]{{0,4}}?(?:{lists}))")


@cache
def _aim() -> re.Pattern[str]:
    aims = words("recognition", "aims")
    return re.compile(f"(?:{alternation(aims)})[^，。；]{{0,16}}?(?:{recognised_thing().pattern})")


@cache
def _several() -> re.Pattern[str]:
    number, counted = "[0-9一二三四五六七八九十两百]+", "[个家项块张]"
    return re.compile(f"{number} ?{counted}.{{0,20}}品牌|品牌{number}{counted}|名单|批|下列|以下|如下")
