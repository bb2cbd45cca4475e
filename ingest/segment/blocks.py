"""What stands on each line of a cleaned page: headline, byline, opening, paragraph, row, caption or furniture."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from ingest.imprints import imprint_in, is_archive, is_crumbs, is_house, is_tools, title_end
from ingest.segment import line_forms as forms
from ingest.segment.signatures import is_signed
from ingest.text import MappedText

# Longest line that may be a headline, in characters; a long two-part headline has about 40.
MAX_HEADLINE = 44

# Longest title of an official document, in characters: it names all offices that issue it.
MAX_DOCUMENT = 100

# A line with more commas is a sentence.
MAX_COMMAS = 2

# A headline with its authors behind it has so many characters at least.
MIN_NAMED = 8

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
    """The block of a line; two of them where an imprint or a byline is glued to a headline."""
    start, shown = match.start(), match[0]
    cut = title_end(shown)
    if named := _names_end(shown):
        yield _block(start, shown[:named])
        yield Block(BlockKind.BYLINE, start + named + 1, match.end(), shown[named + 1 :])
    elif cut < len(shown) and _is_headline(shown[:cut]) and not (is_archive(shown) or imprint_in(shown)):
        yield _block(start, shown[:cut])
        yield Block(BlockKind.IMPRINT, start + cut, match.end(), shown[cut:])
    else:
        yield _block(start, shown)


def _names_end(shown: str) -> int:
    """Where the headline ends behind which its authors stand: 绣娘绣出好日子 青山日报记者 王某; 0 where none do."""
    if len(shown) > MAX_HEADLINE + MAX_BYLINE or not forms.who().search(shown):
        return 0
    if forms.byline().match(shown) or forms.caption().search(shown):
        return 0
    blanks = (at for at, c in enumerate(shown) if c == " " and at >= MIN_NAMED)
    return next((at for at in blanks if forms.byline().match(shown, at + 1) and _is_headline(shown[:at])), 0)


def _block(start: int, shown: str) -> Block:
    end = start + len(shown)
    if len(shown) <= MAX_HEADLINE + 4 and (bold := forms.bold().fullmatch(shown)):
        start, end, shown = start + bold.start(1), start + bold.end(1), bold[1]
    if len(shown) <= 2 * MAX_HEADLINE and (mark := forms.marked().match(shown)):
        kind = BlockKind.LABEL if shown[mark.end() :] in forms.labels() else BlockKind.HEAD
        return Block(kind, start + mark.end(), end, shown[mark.end() :], len(mark[1]))
    if forms.turn().match(shown):
        return Block(BlockKind.TURN, start, end, shown)
    return Block(_kind(shown), start, end, shown)


def _kind(shown: str) -> BlockKind:
    short = len(shown) <= MAX_BYLINE
    if kind := _kind_of_web(shown):
        return kind
    if short and forms.furniture().match(shown):
        return BlockKind.FURNITURE
    if forms.rest().match(shown):
        return BlockKind.REST
    if short and forms.byline().match(shown):
        return BlockKind.BYLINE
    captioned = forms.caption().search(shown, max(len(shown) - MAX_BYLINE, 0))
    if forms.opening().match(shown) and not (captioned and forms.captions().match(shown)):
        return BlockKind.OPENING
    if captioned:
        return BlockKind.CAPTION
    if short and forms.card().match(shown):
        return BlockKind.PARAGRAPH
    if forms.row().match(shown):
        return BlockKind.ROW
    return _kind_of_prose(shown)


def _kind_of_web(shown: str) -> BlockKind | None:
    """The kind of a line that names or dates what stands beside it, and of what web pages print around it."""
    bare = shown.strip(_BULLETS)
    if bare in forms.labels() or _are_labels(bare):
        return BlockKind.LABEL
    if bare.rstrip("：") in forms.link_heads():
        return BlockKind.LINKS
    if len(shown) <= MAX_BYLINE and forms.date().fullmatch(shown) and forms.of_paper().search(shown):
        return BlockKind.DATE
    if is_crumbs(shown):
        return BlockKind.CRUMBS
    if is_archive(shown) or is_tools(shown) or _is_web_furniture(shown):
        return BlockKind.FURNITURE
    return BlockKind.IMPRINT if imprint_in(shown) else None


def _are_labels(bare: str) -> bool:
    """某某网 正文, A3 要闻: the name of a site or the number of a page and that of its column."""
    owner, _, column = bare.partition(" ")
    return column in forms.labels() and (is_house(owner) or (len(owner) < 4 and owner[-1].isdigit()))


def _is_web_furniture(shown: str) -> bool:
    if len(shown) > MAX_FURNITURE:
        return False
    if len(shown) <= 2 * MAX_BYLINE and "。" not in shown and (forms.web_word().search(shown) or _are_links(shown)):
        return True
    return bool(forms.web_furniture().match(shown))


def _are_links(shown: str) -> bool:
    """首页 头条 财经 娱乐: a row of links."""
    if not forms.link().search(shown, 0, MAX_BYLINE):
        return False
    parts = [part for part in re.split("[ |·/—-]+", shown) if part]
    return len(parts) > 1 and all(len(part) <= MAX_LINK for part in parts)


def _is_headline(shown: str) -> bool:
    if MAX_HEADLINE < len(shown) <= MAX_DOCUMENT and forms.document().match(shown):
        return True
    if len(shown) > MAX_HEADLINE or "。" in shown or "；" in shown or shown.count("，") > MAX_COMMAS:
        return False
    bracketed = shown[0] == "（" and shown[-1] == "）"
    return (
        not bracketed
        and shown[-1] not in "，、：…"
        and shown[0] not in "，。、；：）”？！"
        and not forms.prose().match(shown)
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
            and forms.names().fullmatch(block.shown)
        ):
            found[i] = block._replace(kind=BlockKind.BYLINE)
        elif before.is_text and block.kind is BlockKind.OPENING and len(block.shown) <= MAX_DATELINE:
            found[i] = block._replace(kind=BlockKind.PARAGRAPH)
    return found
