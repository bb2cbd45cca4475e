"""What else the text says of a brand, each as it is worded: trades, where its people are trained, honours, trademarks,
and how to reach those who run it."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from brands.vocabulary.choices import DetailKind
from ingest.frozen import frozen
from ingest.lexicon import ahead, words
from ingest.name_shapes import alternation
from ingest.resolve.owners import NamedPlaces
from ingest.text import Span

# Longest and shortest name of a trade, and most trades in one list.
LONGEST_TRADE, SHORTEST_TRADE, MOST_TRADES = 9, 2, 30
# Longest name of a place of training, and how far what is taught there may stand from it.
LONGEST_PLACE, TAUGHT = 26, 20
# So much of a clause is looked at before a trademark, and of a line before a telephone.
MAX_CLAUSE, LABELLED = 60, 24
# Longest words of a prize.
LONGEST_PRIZE = 36


@frozen()
class DetailSaid:
    """A detail at its place in an article's text, and the key of the brand that has it."""

    kind: DetailKind
    article: int
    span: Span
    owner: str


def details_said(places: Sequence[NamedPlaces]) -> Iterator[DetailSaid]:
    """All that the articles say of these kinds, in their order; what is of no plain brand is left out."""
    for article in places:
        for kind, find in _FINDERS.items():
            for span in find(article):
                for owner in _owners(article, kind, span):
                    yield DetailSaid(kind, article.setting.article.order, span, owner)
        yield from _spokespersons(article)


def _owners(article: NamedPlaces, kind: DetailKind, span: Span) -> tuple[str, ...]:
    """The one brand that a detail is of; all of a list that has trademarks together (“甲”“乙”都注册了商标)."""
    owners = article.owners(span.start, span.end)
    part = article.part(span.start, span.end)
    together = kind is DetailKind.TRADEMARK and _ALL.search(article.setting.text, part.start, span.start)
    return owners if together or len(owners) == 1 else ()


_ALL = re.compile("都|均|全部")


def _of_several(found: Iterator[Span], places: NamedPlaces) -> Iterator[Span]:
    """Those whose own part of the sentence names the brand: what is said so is no matter of the paragraph."""
    for span in found:
        part = places.part(span.start, span.end)
        if places.between(part.start, part.end):
            yield span


# Trades


def _trades(places: NamedPlaces) -> Iterator[Span]:
    """The names in a list of trades: 开设茶艺师、评茶员等10个工种."""
    text = places.setting.text
    for match in _trade_list().finditer(text):
        names = [Span(*found.span()) for found in _TRADE.finditer(text, match.start("list"), match.end("list"))]
        if 1 < len(names) <= MOST_TRADES and all(_is_trade(span.of(text)) for span in names):
            yield from names


_TRADE = re.compile("[^、和及与]+")


@cache
def _trade_list() -> re.Pattern[str]:
    before, after = words("details", "trades", "before"), words("details", "trades", "after")
    item = "(?:(?!等)[一-鿿（）()]){2,9}"
    many = "等?(?:[0-9一二三四五六七八九十]{1,3}[多余]?个|多个)?"
    return re.compile(
        f"{ahead(before)}(?:{alternation(before)})了?(?P<list>{item}(?:[、和及与]{item}){{1,30}}?)(?:{many}(?:{alternation(after)})|等(?=[，。；])|(?=[。；\n]))"
    )


def _is_trade(name: str) -> bool:
    if not SHORTEST_TRADE <= len(name) <= LONGEST_TRADE or name.startswith(words("details", "trades", "never")):
        return False
    return name.endswith(words("details", "trades", "ends")) and "的" not in name


# Where people are trained


def _training(places: NamedPlaces) -> Iterator[Span]:
    """Schools and bases by name, where people are taught: 依托某市技师学院培训3000人."""
    text = places.setting.text
    for match in _school().finditer(text):
        start = _name_start(places, match.start("kind"))
        span = Span(start, match.end())
        lead = text.endswith(words("details", "training", "leads"), max(start - 3, 0), start)
        if (
            lead
            and _is_school(span.of(text), match["kind"])
            and _taught().search(text, match.end(), match.end() + TAUGHT)
        ):
            yield span


@cache
def _school() -> re.Pattern[str]:
    kinds = words("details", "training", "places")
    return re.compile(f"(?P<kind>{alternation(kinds)})")


def _name_start(places: NamedPlaces, kind: int) -> int:
    """Where the name of a school begins: behind the last word that leads to one, or at the division that opens it."""
    text = places.setting.text
    first = max(kind - LONGEST_PLACE, 0)
    run = re.compile("[一-鿿]*$").search(text, first, kind)
    first = run.start() if run else kind
    hits = [hit for hit in places.setting.places.between(first, kind) if not places.setting.names_brand(hit.start)]
    if hits:
        return hits[0].start
    leads = [text.rfind(word, first, kind) + len(word) for word in words("details", "training", "leads")
             if text.rfind(word, first, kind) >= 0]  # fmt: skip
    return max(leads, default=first)


def _is_school(name: str, kind: str) -> bool:
    own = name.removesuffix(kind)
    return len(own) >= 2 and not own.startswith(words("details", "training", "nameless")) and "的" not in own


@cache
def _taught() -> re.Pattern[str]:
    return re.compile(alternation(words("details", "training", "taught")))


# Honours


def _honours(places: NamedPlaces) -> Iterator[Span]:
    """Titles and prizes that a brand itself got, in the part of the sentence that names it."""
    text = places.setting.text
    for found in (_title().finditer(text), _prize().finditer(text)):
        for match in found:
            clause = text[max(match.start() - 24, 0) : match.end()]
            if not _aim().search(clause):
                start, end = match.span("name")
                open_quote = match["name"].count("“") > match["name"].count("”")
                yield Span(start, end + (open_quote and text.startswith("”", end)))


@cache
def _title() -> re.Pattern[str]:
    got, praise = words("details", "honours", "got"), words("details", "honours", "praise")
    where, face = (
        alternation(words("details", "honours", "where")),
        alternation(words("details", "honours", "spokesperson")),
    )
    brand = f"(?:{alternation(words('levels', 'brand'))})"
    return re.compile(
        f"{ahead(got)}(?:{alternation(got)})了?[“‘]?(?P<name>(?:[0-9]{{4}}年度?)?(?:[一-鿿]{{0,8}}?(?:{where}))?[“”‘’·]?"
        f"(?:(?:{alternation(praise)})[“”‘’、]?){{1,3}}{brand})(?!{face}|名单|工作|大会|评选|[一-鿿]{{0,4}}大赛)"
    )


def _spokespersons(places: NamedPlaces) -> Iterator[DetailSaid]:
    """Titles of spokespersons, each of the brands that stand before it: “甲”的某某获评…代言人，“乙”也有一人获得…; or of
    those behind it where none do: …代言人有甲、乙."""
    text, order = places.setting.text, places.setting.article.order
    part = end = -1
    for match in _spokesperson().finditer(text):
        around = places.part(match.start(), match.end())
        since = end if around.start == part else around.start
        part, end = around.start, match.end()
        following = _spokesperson().search(text, end, around.end)
        until = following.start() if following else around.end
        named = places.between(since, match.start()) or places.between(end, until)
        for key in dict.fromkeys(key for _, _, key in named):
            yield DetailSaid(DetailKind.HONOUR, order, Span(*match.span()), key)


@cache
def _spokesperson() -> re.Pattern[str]:
    where, praise, face = (alternation(words("details", "honours", key)) for key in ("where", "praise", "spokesperson"))
    events = alternation(words("details", "honours", "events"))
    return re.compile(
        f"(?:(?:{where}|第[一二三四五六七八九十]届)[“]?)?(?:{praise}|新星)[“”]?(?:劳务品牌)?(?:{face})(?![”]?[一-鿿]{{0,4}}(?:{events}))"
    )


@cache
def _prize() -> re.Pattern[str]:
    got = words("details", "honours", "got")
    contests, prizes = (alternation(words("details", "honours", key)) for key in ("contests", "prizes"))
    return re.compile(
        f"{ahead(got)}(?:{alternation(got)})了?(?P<name>[一-鿿0-9“”·]{{2,{LONGEST_PRIZE}}}?(?:{contests})[一-鿿“”]{{0,10}}?(?:{prizes}))"
    )


@cache
def _aim() -> re.Pattern[str]:
    return re.compile(alternation(words("recognition", "aims")))


# Trademarks


def _trademarks(places: NamedPlaces) -> Iterator[Span]:
    """A trademark that is registered: 注册“某某”商标, 拥有国家注册商标."""
    text = places.setting.text
    for match in _trademark().finditer(text):
        since = max(match.start() - MAX_CLAUSE, 0)
        clause = max(since, *(text.rfind(mark, since, match.start()) + 1 for mark in "，。；\n"))
        if not _not_registered().search(text, clause, match.start()):
            yield Span(*match.span())


@cache
def _trademark() -> re.Pattern[str]:
    kinds, registered = words("details", "trademark", "kinds"), words("details", "trademark", "registered")
    named = f"(?:{alternation(registered)})了?[“‘][^”’\n]{{2,16}}[”’](?:{alternation(kinds)}|商标)"
    return re.compile(f"{named}|[“‘][^”’\n]{{2,16}}[”’](?:{alternation(kinds)})|{alternation(kinds)}")


@cache
def _not_registered() -> re.Pattern[str]:
    return re.compile(alternation(words("details", "trademark", "refused")))


# How to reach those who run it


def _contacts(places: NamedPlaces) -> Iterator[Span]:
    """The telephone of an organisation as printed. A mobile one may be a person's, and so may any beside a name."""
    text = places.setting.text
    for match in _contact().finditer(text):
        before = text[max(match.start() - LABELLED, 0) : match.start()].rpartition("\n")[2]
        if match["number"] not in words("details", "contact", "public") and not _no_contact().search(before):
            yield Span(*match.span())


@cache
def _contact() -> re.Pattern[str]:
    number = (
        "(?P<number>0[0-9]{2,3}[-—－]{0,2}[0-9]{7,8}|[48]00[-—－]?[0-9]{3,4}[-—－]?[0-9]{3,4}|9[56][0-9]{3,4})(?![0-9])"
    )
    return re.compile(f"(?:{alternation(words('details', 'contact', 'labels'))})[：: ]?{number}")


@cache
def _no_contact() -> re.Pattern[str]:
    return re.compile(alternation(words("details", "contact", "refused")))


_FINDERS: dict[DetailKind, Callable[[NamedPlaces], Iterator[Span]]] = {
    DetailKind.TRADE: _trades,
    DetailKind.TRAINING_PLACE: _training,
    DetailKind.HONOUR: lambda places: _of_several(_honours(places), places),
    DetailKind.TRADEMARK: lambda places: _of_several(_trademarks(places), places),
    DetailKind.CONTACT: _contacts,
}
