"""What stands on each line of a cleaned page: headline, byline, opening, paragraph, row, caption or furniture."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from ingest.imprints import imprint_in, is_archive, is_crumbs, is_house, is_tools, title_end
from ingest.lexicon import table, words
from ingest.segment.signatures import is_signed
from ingest.text import MappedText

# Longest line that may be a headline, in characters; a long two-part headline has about 40.
MAX_HEADLINE = 44

# Longest title of an official document, in characters: it names all offices that issue it.
MAX_DOCUMENT = 100

# A line with more commas is a sentence.
MAX_COMMAS = 2

# Longest line that may name the authors.
MAX_BYLINE = 60

# Longest words of a link in a row of them.
MAX_LINK = 8

# Longest line of a web page that its first words tell to be no text of an article.
MAX_FURNITURE = 600

# So many short lines that follow one another are a list and not headlines.
MIN_ROWS = 6

# So many short lines without an empty line between them are a list and not headlines.
MIN_CLOSE_ROWS = 4

# A dateline that is no longer than this stands alone, without the report.
MAX_DATELINE = 20

# A line of so many characters that ends in a colon (某市：) heads the rows below it.
MAX_CITY = 10

_BULLETS = "□■◎◆●▲▶·※★【】[] "

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"


class BlockKind(StrEnum):
    HEAD = "headline or subhead"
    BYLINE = "who wrote it"
    OPENING = "a paragraph that opens a report: 本报讯, a dateline"
    REST = "a paragraph that continues an article of another place: 上接"
    PARAGRAPH = "running text"
    ROW = "a line of a list or table"
    CAPTION = "what a picture shows"
    LABEL = "the name of a column or box"
    DATE = "the date of issue"
    IMPRINT = "date, source, authors and counters beside the headline of a web page"
    CRUMBS = "the path to a web page: 首页 > 新闻"
    LINKS = "what heads a list of other pages"
    TURN = "where an article goes on: 下转"
    FURNITURE = "editors, page numbers and the like"

    __hash__ = str.__hash__  # that of Enum is no builtin, and blocks are hashed by the thousand


class Block(NamedTuple):
    """One line of the cleaned text, ``[start, end)``. ``level`` is the depth of a marked headline (2 for ``##``)."""

    kind: BlockKind
    start: int
    end: int
    shown: str
    level: int = 0

    @property
    def is_text(self) -> bool:
        return self.kind in (BlockKind.OPENING, BlockKind.REST, BlockKind.PARAGRAPH, BlockKind.ROW, BlockKind.CAPTION)

    @property
    def is_unfinished(self) -> bool:
        """Whether a paragraph stops inside a sentence."""
        tail = self.shown.rstrip("”’」』\"'")[-1:]
        return self.kind in (BlockKind.PARAGRAPH, BlockKind.OPENING, BlockKind.REST) and tail not in "。！？…；：）"


def lines(text: MappedText) -> list[Block]:
    """The lines of the page, each by itself, in page order; empty lines are gone."""
    return [block for match in re.finditer(r"[^\n]+", text.text) for block in _parted(match)]


def blocks(found: list[Block], text: MappedText) -> list[Block]:
    """The lines of the page with the kinds that they have beside one another."""
    return _with_bylines(_with_rows(found, text.text))


def _parted(match: re.Match[str]) -> Iterator[Block]:
    """The block of a line; two of them where an imprint is glued to a headline."""
    start, shown = match.start(), match[0]
    cut = title_end(shown)
    if cut < len(shown) and _is_headline(shown[:cut]) and not (is_archive(shown) or imprint_in(shown)):
        yield _block(start, shown[:cut])
        yield Block(BlockKind.IMPRINT, start + cut, match.end(), shown[cut:])
    else:
        yield _block(start, shown)


def _block(start: int, shown: str) -> Block:
    end = start + len(shown)
    if len(shown) <= MAX_HEADLINE + 4 and (bold := _bold().fullmatch(shown)):
        start, end, shown = start + bold.start(1), start + bold.end(1), bold[1]
    if len(shown) <= 2 * MAX_HEADLINE and (mark := _marked().match(shown)):
        kind = BlockKind.LABEL if shown[mark.end() :] in _labels() else BlockKind.HEAD
        return Block(kind, start + mark.end(), end, shown[mark.end() :], len(mark[1]))
    if _turn().match(shown):
        return Block(BlockKind.TURN, start, end, shown)
    return Block(_kind(shown), start, end, shown)


def _kind(shown: str) -> BlockKind:
    short = len(shown) <= MAX_BYLINE
    if kind := _kind_of_web(shown):
        return kind
    if short and _furniture().match(shown):
        return BlockKind.FURNITURE
    if _rest().match(shown):
        return BlockKind.REST
    if short and _byline().match(shown):
        return BlockKind.BYLINE
    captioned = _caption().search(shown, max(len(shown) - MAX_BYLINE, 0))
    if _opening().match(shown) and not (captioned and _captions().match(shown)):
        return BlockKind.OPENING
    if captioned:
        return BlockKind.CAPTION
    if short and _card().match(shown):
        return BlockKind.PARAGRAPH
    if _row().match(shown):
        return BlockKind.ROW
    return _kind_of_prose(shown)


def _kind_of_web(shown: str) -> BlockKind | None:
    """The kind of a line that names or dates what stands beside it, and of what web pages print around it."""
    bare = shown.strip(_BULLETS)
    if bare in _labels() or _are_labels(bare):
        return BlockKind.LABEL
    if bare.rstrip("：") in _link_heads():
        return BlockKind.LINKS
    if len(shown) <= MAX_BYLINE and _date().fullmatch(shown) and _of_paper().search(shown):
        return BlockKind.DATE
    if is_crumbs(shown):
        return BlockKind.CRUMBS
    if is_archive(shown) or is_tools(shown) or _is_web_furniture(shown):
        return BlockKind.FURNITURE
    return BlockKind.IMPRINT if imprint_in(shown) else None


def _are_labels(bare: str) -> bool:
    """某某网 正文, A3 要闻: the name of a site or the number of a page and that of its column."""
    owner, _, column = bare.partition(" ")
    return column in _labels() and (is_house(owner) or (len(owner) < 4 and owner[-1].isdigit()))


def _is_web_furniture(shown: str) -> bool:
    if len(shown) > MAX_FURNITURE:
        return False
    if len(shown) <= 2 * MAX_BYLINE and "。" not in shown and (_web_word().search(shown) or _are_links(shown)):
        return True
    return bool(_web_furniture().match(shown))


def _are_links(shown: str) -> bool:
    """首页 头条 财经 娱乐: a row of links."""
    if not _link().search(shown, 0, MAX_BYLINE):
        return False
    parts = [part for part in re.split("[ |·/—-]+", shown) if part]
    return len(parts) > 1 and all(len(part) <= MAX_LINK for part in parts)


def _is_headline(shown: str) -> bool:
    if MAX_HEADLINE < len(shown) <= MAX_DOCUMENT and _document().match(shown):
        return True
    if len(shown) > MAX_HEADLINE or "。" in shown or "；" in shown or shown.count("，") > MAX_COMMAS:
        return False
    bracketed = shown[0] == "（" and shown[-1] == "）"
    return (
        not bracketed
        and shown[-1] not in "，、：…"
        and shown[0] not in "，。、；：）”？！"
        and not _prose().match(shown)
    )


def _with_rows(found: list[Block], text: str) -> list[Block]:
    """Short lines that follow one another are rows of a list, unless they are marked as headlines."""
    for first, end in _short_runs(found):
        run = found[first:end]
        rows = sum(block.kind is BlockKind.ROW for block in run)
        if first and found[first - 1].shown.endswith("：") and len(found[first - 1].shown) <= MAX_CITY:
            found[first:end] = [block._replace(kind=BlockKind.ROW) for block in run]
            continue
        close = len(run) >= MIN_CLOSE_ROWS and "\n\n" not in text[run[0].start : run[-1].end]
        if rows > 1 or close or len(run) >= MIN_ROWS:
            found[first:end] = _as_list(run, headed=bool(rows))
        elif rows:
            found[first:end] = [block._replace(kind=_kind_of_prose(block.shown)) for block in run]
    return found


def _kind_of_prose(shown: str) -> BlockKind:
    return BlockKind.HEAD if _is_headline(shown) else BlockKind.PARAGRAPH


def _as_list(run: list[Block], *, headed: bool) -> list[Block]:
    """The run as rows, but for the headline of the list: one line, or all that precede the first certain row."""
    rows = 1
    if headed:
        rows = next(i for i, block in enumerate(run) if block.kind is BlockKind.ROW or _is_column_head(block))
    return run[:rows] + [block._replace(kind=BlockKind.ROW) for block in run[rows:]]


def _is_column_head(block: Block) -> bool:
    return block.shown.count(" ") > 1


def _stands_out(block: Block) -> bool:
    """Whether a headline is none of a list: it is marked as one, names an office or leads up to one."""
    return bool(block.level) or block.shown[-1] in "；…" or is_signed(block.shown)


def _short_runs(found: list[Block]) -> Iterator[tuple[int, int]]:
    first = None
    for i, block in enumerate(found):
        if (block.kind is BlockKind.HEAD and not _stands_out(block)) or block.kind is BlockKind.ROW:
            first = i if first is None else first
        elif first is not None:
            yield first, i
            first = None
    if first is not None:
        yield first, len(found)


def _with_bylines(found: list[Block]) -> list[Block]:
    """A line of nothing but names below a headline is a byline, a lone dateline below a text the end of it."""
    for i in range(1, len(found)):
        before, block = found[i - 1], found[i]
        if (
            before.kind is BlockKind.HEAD
            and block.kind is BlockKind.HEAD
            and not block.level
            and _names().fullmatch(block.shown)
        ):
            found[i] = block._replace(kind=BlockKind.BYLINE)
        elif before.is_text and block.kind is BlockKind.OPENING and len(block.shown) <= MAX_DATELINE:
            found[i] = block._replace(kind=BlockKind.PARAGRAPH)
    return found


@cache
def _labels() -> frozenset[str]:
    return frozenset((*words("page", "labels"), *words("page", "columns")))


@cache
def _link_heads() -> frozenset[str]:
    return frozenset(words("page", "link_heads"))


@cache
def _link() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "links")))


@cache
def _web_word() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "web_words")))


@cache
def _web_furniture() -> re.Pattern[str]:
    return re.compile("|".join(table("page")["web_furniture"]))


@cache
def _document() -> re.Pattern[str]:
    return re.compile(table("page")["document_title"])


@cache
def _of_paper() -> re.Pattern[str]:
    """What the date of a paper's issue has and that of a web page has not: a weekday, a page number, the paper."""
    return re.compile("[期周]|版|报")


@cache
def _marked() -> re.Pattern[str]:
    return re.compile(r"(#{1,6}) *(?=[^# ])(?![^#]{1,12}#)")


@cache
def _bold() -> re.Pattern[str]:
    """**从小作坊到大品牌**"""
    return re.compile(r"\*\*([^*]{2,})\*\*")


@cache
def _turn() -> re.Pattern[str]:
    """下转第三版, alone on its line."""
    return re.compile(r"[（【—]*(?:下转|转)第?[0-9A-Z一二三四五六七八九十]{1,4}版?[^。，]{0,6}[）】]?\Z")


@cache
def _rest() -> re.Pattern[str]:
    """上接第一版 and 《1版 at the head of a part."""
    from_page = r"[（【◀←]?(?:上接|紧接)第?[0-9A-Z一二三四五六七八九十]{0,4}版?[^。，）】]{0,8}[）】]?"
    return re.compile(from_page + r"|[《◀←][A-Z]?[0-9]{1,2}版?(?![^\n]*》)")


@cache
def _byline() -> re.Pattern[str]:
    """□ 新华社记者 王某 通讯员 李某: who, and names of four characters at most."""
    who = "|".join(words("page", "authors"))
    house = f"[{_HAN}·]{{0,12}}(?:报|社|网|台|新闻|客户端|媒体|首席|见习|实习|特约)"
    names = f"(?:[ ：]?[{_HAN}·×]{{1,4}}(?=[ 、/）]|\\Z)[ 、/]{{0,2}}){{0,8}}"
    return re.compile(
        rf"[□■◆◎▲·—\-（ ]*(?:{house})?(?:{who}){names}(?: ?(?:{who}){names}){{0,3}}[）]?\Z|[□■◎] ?[^。，；]{{2,30}}\Z"
    )


@cache
def _opening() -> re.Pattern[str]:
    """本报讯, 新华社北京3月1日电, 据某报消息, （记者 王某）."""
    agencies = "|".join(words("page", "agencies"))
    day = r"(?:[0-9]{1,2}月)?[0-9]{1,2}日"
    return re.compile(
        rf"本报[{_HAN}]{{0,6}}?讯|又讯|据?(?:{agencies})[{_HAN}]{{0,10}}{day}(?:电|讯|消息)"
        rf"|据[{_HAN}]{{0,8}}?[报社网台](?:{day})?(?:消息|电|讯)|[{_HAN}]{{2,10}}讯(?=[ （])"
        r"|（[^（）]{0,20}记者[^（）]{2,30}）"
    )


@cache
def _caption() -> re.Pattern[str]:
    return re.compile(
        r"(?:摄|/摄影|摄影报道|/图|制图|供图)(?:[（(][^（）()]{1,14}[）)]|[ /／]{1,3}[^。，]{2,10})?[。）)]?\Z"
    )


@cache
def _captions() -> re.Pattern[str]:
    return re.compile("|".join(words("page", "captions")))


@cache
def _row() -> re.Pattern[str]:
    """1 云岭绣娘 青山县; 青山县：云岭绣娘、云岭茶师."""
    units = "".join(table("page")["units"])
    numbered = rf"[0-9]{{1,3}}(?:[.、] ?| +)(?![{units}0-9])[^。]{{1,50}}\Z"
    barred = r"[|][^|\n]*[|].*[|]\Z"
    day = "[12][0-9]{3}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
    dated = rf"{day}(?:[、至-]{day})* [^。]{{2,60}}\Z"
    return re.compile(numbered + rf"|{barred}|{dated}|[^，。；：？！“]{1, 10}：[^。：]{1, 200}(?<![，；：])\Z")


@cache
def _card() -> re.Pattern[str]:
    """品牌名称：云岭绣娘, a line of a card."""
    return re.compile("(?:" + "|".join(words("page", "card")) + ")：")


@cache
def _prose() -> re.Pattern[str]:
    """How sentences begin and headlines do not."""
    return re.compile("(?:" + "|".join(table("page")["leads"]) + "|据[悉称]|据介绍|据了解)[^，]{0,6}，")


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(table("page")["furniture"]) + r")\Z")


@cache
def _date() -> re.Pattern[str]:
    """某省日报 2025年3月7日 星期五 第3版."""
    number = "第?[0-9A-Z一二三四五六七八九十]{1,4}版"
    return re.compile(
        rf"(?:[{_HAN}]{{2,10}}报 ?(?:[A-Z][A-Za-z ]{{3,30}})?|{number} ?(?:[{_HAN}·]{{2,10}} ?)?)?"
        rf"(20[0-9]{{2}}) ?[年./-] ?([0-9]{{1,2}}) ?[月./-] ?([0-9]{{1,2}})日?[ ，]?"
        rf"(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?[ ，]*(?:第?[0-9A-Z]{{1,4}}版?)?"
        rf"(?:[ ，]*(?:农历[{_HAN}]{{4,12}}|[总第]{{1,2}}[0-9]{{1,6}}期|今日[0-9]{{1,3}}版))*[ ，]*[{_HAN}]{{0,8}}"
        rf"(?: ?责任编辑：[{_HAN} ]{{2,10}})?"
    )


@cache
def _names() -> re.Pattern[str]:
    surnames = "".join(table("page")["surnames"])
    name = f"[{surnames}][{_HAN}]{{1,2}}"
    return re.compile(f"{name}(?: {name}){{0,5}}")
