"""A list as people paste it -> the names in it: tables of Word, Excel and the web, numbered lines, names between 、,
names in quotes, under headings that say the place or the level of all below. Nothing is dropped without a word: each
line that says anything is in a row, or among the unread with the reason."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from curation.lists import pieces
from curation.lists.rows import CELLS, MAX_ROWS, MAX_WORDS, GridRow, ListReading, UnreadLine, WhyUnread
from curation.lists.tables import LONGEST_LINE, Columns, block, guessed, heads_of, is_column, is_total, whole_lines
from ingest.levels import level_of
from ingest.name_shapes import shape_of
from ingest.place_mentions import agree, deepest, places_in

# Characters of the text of a list.
MAX_TEXT = 200_000

# A line of so many names between 、 is a list.
MIN_RUN = 3

# Lines of a table without a head by which its columns are told.
LOOKED_AT = 40

# Lines of a table that may stand above its head.
ABOVE_HEAD = 10

# What is read of a line: its rows, and its words that are in none.
Read = GridRow | UnreadLine

_NUMBER = re.compile(
    r"[ \u3000]*(?:[(（][0-9０-９一二三四五六七八九十]{1,3}[)）]|[0-9０-９]{1,3}[.、．)）]"
    r"|[一二三四五六七八九十]{1,3}[、.．]|[①-⑳]|[·•●■◆□▪-])[ \u3000]*"
)
_BARE_NUMBER = re.compile(r"[ \u3000]*[0-9]{1,3}[ \u3000]+")
_BETWEEN = re.compile("[、，,；;]")
_LABELLED = re.compile("(?P<label>[^：:“”。]{2,24}?)(?:[（(][^（）()]{1,12}[)）])?[：:](?P<names>[^。]{2,})")
_COUNTED = re.compile("[（(](?:共)?[0-9一二三四五六七八九十百]{1,4}(?:个|家|项)?[)）]")
_TITLE = re.compile(
    "名单|通知|公告|公示|附件|附表|一览表|汇总表|申报表|如下|各市|各县|现将|特此|序号|单位：|年[0-9]{1,2}月[0-9]{1,2}日$"
)
_NOTE = re.compile(
    "(?:注|备注|说明|附注|联系人|联系电话|电话|传真|邮箱|责任编辑|责编|编辑|校对|来源|作者|记者|通讯员|监督电话|填报单位|填报日期|填报人|填表人|制表人|审核人)"
    r"(?:[：:]|[ \u3000]|$)|[（(][^（）()]*[)）]$"
)
_ISSUER = re.compile(r"[^\s、“”：:]{2,24}(?:厅|局|委员会|政府|办公室)")
_LETTERS = re.compile("[^\\W\\d_]")
_QUOTED = re.compile("[“「『]([^“”「」『』]{2,30})[”」』]")
_BRAND_AFTER = re.compile("[“「『]([^“”「」『』]{2,30})[”」』](?:[一-鿿]{0,4}劳务)?品牌")
_RUN = re.compile("(?:[^、。，；！？：:\\s]{2,60}、){2,60}[^、。，；！？：:\\s]{2,60}")
_CONTAINS = re.compile("^.*(?:包括|有|为|是|认定|授予|将)")
_SPLIT = re.compile(r"[\s\u3000]+|——|--|…+|\.{3,}|[：:]| - |(?=[“「『])|(?<=[”」』])")
_BEHIND = re.compile("(?:为|被|获|入选|榜上|上榜|成为).*$")
_FIRST_CLAUSE = re.compile("[^。，；：:]+")


@dataclass(slots=True)
class _Heads:
    """What the headings above a line say of it."""

    cells: dict[str, str] = field(default_factory=dict)


def read_list(text: str) -> ListReading:
    """The rows of the list, each name once with the same place, at most `MAX_ROWS`; and what is in no row."""
    found = ListReading()
    seen: set[tuple[str, str]] = set()
    for one in _read(text[:MAX_TEXT]):
        if isinstance(one, UnreadLine):
            found.unread.append(one)
            continue
        key = one.cell("name"), one.cell("region")
        if key not in seen and len(found.rows) < MAX_ROWS:
            seen.add(key)
            found.rows.append(one)
        else:
            why = WhyUnread.TWICE if key in seen else WhyUnread.FULL
            found.unread.append(UnreadLine(one.words, why, one.said, one.cells))
    return found


def read_table(lines: Sequence[Sequence[str]]) -> ListReading:
    """The rows of a sheet. Its cells are joined by tabs to the words of each row."""
    return read_list("\n".join("\t".join(one_line(cell) for cell in cells).rstrip("\t") for cells in lines))


def one_line(cell: str) -> str:
    return " ".join(cell.split())


def _read(text: str) -> Iterator[Read]:
    heads = _Heads()
    lines = _uncut([line for line in whole_lines(text) if _LETTERS.search(line)])
    at = 0
    while at < len(lines):
        rows = block(lines, at)
        if len(rows) > 1 or (rows and heads_of(rows[0])):
            yield from _of_table(rows, lines[at : at + len(rows)], heads)
            at += len(rows)
        else:
            yield from _of_line(lines[at].strip(), heads)
            at += 1


def _uncut(lines: Sequence[str]) -> list[str]:
    """The lines, with items of a numbered list that go on below in one piece."""
    found: list[str] = []
    for line in lines:
        if found and _is_cut(found[-1], line.strip()):
            found[-1] += f"\n{line.strip()}"
        else:
            found.append(line)
    return found


def _is_cut(above: str, line: str) -> bool:
    """Whether a line without a number is the end of the name of a numbered line: 2.天镇县黄花 | 采摘工."""
    number = _NUMBER.match(above)
    if not number or len(line) > 8 or "\n" in above or _NUMBER.match(line) or _is_heading(line, is_numbered=False):
        return False
    first = above[number.end() :].strip()
    name = pieces.name_said(first + line)
    return bool(name) and pieces.name_said(first) == first and shape_of(name).full and not shape_of(line).full


# Tables


def _of_table(rows: Sequence[list[str]], lines: Sequence[str], heads: _Heads) -> Iterator[Read]:
    groups: list[Columns] = []
    above: dict[int, str] = {}
    for at, cells in enumerate(rows):
        line = lines[at].strip()
        if named := heads_of(cells):
            groups = named
            above.clear()
            yield UnreadLine(line, WhyUnread.COLUMNS)
            continue
        is_above = not groups and any(heads_of(below) for below in rows[at + 1 : at + ABOVE_HEAD])
        if is_total(cells):
            yield UnreadLine(line, WhyUnread.TOTAL)
            continue
        said = list(filter(None, cells))
        if len(said) == 1 or is_above:
            yield from _of_line(" ".join(said), heads)
            continue
        groups = groups or guessed(rows[at : at + LOOKED_AT])
        found = [one for group in groups for one in _of_cells(cells, group, line, heads, above)]
        yield from found or [UnreadLine(line, WhyUnread.EMPTY)]


def _of_cells(
    cells: Sequence[str], columns: Columns, line: str, heads: _Heads, above: dict[int, str]
) -> Iterator[Read]:
    """What a group of the columns says: the rows for the names in its cell, mostly one; nothing where it is empty."""
    said: dict[str, str] = {}
    place = _place(cells, columns, above)
    for at, header in columns.items():
        cell = cells[at] if at < len(cells) else ""
        if cell and header in CELLS and header != "region":
            said.setdefault(header, cell)
    whole = said.pop("name", "")
    if not whole:
        return
    cell, inside = pieces.out_of_brackets(whole)
    if not (inside and pieces.place_said(inside)):
        inside, cell = pieces.out_of_place(cell)
    place = inside or place
    names = pieces.names_said(cell) or pieces.names_said(whole)
    for name in names:
        here = {"region": place} if place and (place == inside or _may_lie(name, place)) else {}
        yield _row(line, {**said, **here, "name": name}, heads)
    if not names:
        yield _unread(line, whole, {**said, "region": place}, heads)


def _place(cells: Sequence[str], columns: Columns, above: dict[int, str]) -> str:
    """The place of the line: the city, then the county. An empty cell below another is merged with it, unless one to
    its left begins anew."""
    found = ""
    is_new = False
    for at in sorted(at for at, header in columns.items() if header == "region"):
        cell = cells[at] if at < len(cells) else ""
        is_new = is_new or bool(cell)
        above[at] = cell if is_new else above.get(at, "")
        found += above[at]
    return found


def _may_lie(name: str, place: str) -> bool:
    """Whether a name does not say another place than this."""
    inner, outer = deepest(places_in(name).hits[:2], ()), deepest(places_in(place).hits, ())
    return not (inner and outer) or agree(outer, inner)


# Lines


def _of_line(line: str, heads: _Heads) -> Iterator[Read]:
    if not line:
        return
    labelled = _LABELLED.fullmatch(line)
    number = _NUMBER.match(line) or _BARE_NUMBER.match(line)
    rest = line[number.end() :] if number else line
    if _NOTE.match(rest) or (number is None and _ISSUER.fullmatch(rest)):
        yield UnreadLine(line, WhyUnread.NOTE, rest)
    elif is_column(rest):
        yield UnreadLine(line, WhyUnread.COLUMNS, rest)
    elif labelled and (_is_run(labelled["names"]) or len(pieces.names_said(labelled["names"])) > 1):
        label = _NUMBER.sub("", labelled["label"], count=1)
        yield from _of_run(labelled["names"], line, _below(heads, label))
    elif _is_heading(rest, is_numbered=number is not None):
        _learn(rest, heads)
        yield UnreadLine(line, WhyUnread.HEADING, rest)
    elif rest.endswith("。") and _names_only(rest[:-1]):
        yield from _of_run(rest[:-1], line, heads)
    elif len(rest) > LONGEST_LINE or "。" in rest:
        yield from _of_prose(rest, heads, is_numbered=number is not None)
    elif _is_run(rest):
        yield from _of_run(rest, line, heads)
    else:
        yield from _of_item(rest, line, heads)


def _is_run(text: str) -> bool:
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    return len(parts) >= MIN_RUN and sum(len(part) <= pieces.LONGEST_NAME for part in parts) >= MIN_RUN


def _names_only(text: str) -> bool:
    """Whether a sentence is nothing but names."""
    parts = [pieces.out_of_brackets(part)[0] for part in _BETWEEN.split(text) if part.strip()]
    is_run = len(parts) >= MIN_RUN and not re.search("[，,]", text)
    return is_run and not _CONTAINS.match(parts[0]) and all(map(pieces.name_said, parts))


def _is_heading(text: str, *, is_numbered: bool) -> bool:
    """Whether the line speaks of what is below it, and is no row itself."""
    if text.endswith("。") and _parts(text):
        return False  # a sentence that names them
    plain = _COUNTED.sub("", text).strip("：: ")
    if plain != text.strip("：: ") and plain.endswith("品牌") and not pieces.is_quoted(text):
        return True  # 2026年度特色劳务品牌（6个）
    if pieces.place_said(plain) or _TITLE.search(text) or (text.endswith(("：", ":")) and not pieces.is_quoted(text)):
        return True
    says = pieces.level_said(plain) or pieces.trade_said(plain) or level_of(plain)
    return (
        bool(says) and not pieces.is_quoted(text) and (is_numbered or plain.endswith(("品牌", "级", "类", "型", "业")))
    )


def _learn(text: str, heads: _Heads) -> None:
    """Let the heading speak for the lines below. A new place, level or trade takes the place of the one before."""
    plain = _COUNTED.sub("", text).strip("：: ")
    if pieces.place_said(plain):
        heads.cells["region"] = plain
        return
    if level := level_of(plain) or pieces.level_said(plain):
        heads.cells["level"] = str(level)
    if trade := pieces.trade_said(plain):
        heads.cells["industry"] = trade
    if batch := pieces.batch_said(plain):
        heads.cells["batch"] = batch


def _below(heads: _Heads, label: str) -> _Heads:
    """The headings, and what the label before a run says of its names alone."""
    inner = _Heads(dict(heads.cells))
    _learn(label, inner)
    return inner


def _of_run(text: str, line: str, heads: _Heads) -> Iterator[Read]:
    for part in filter(None, map(str.strip, _BETWEEN.split(text))):
        yield from _of_item(pieces.ENOUGH.sub("", part), part or line, heads)


def _of_prose(text: str, heads: _Heads, *, is_numbered: bool) -> Iterator[Read]:
    """The names in quotes, those of runs between 、, and the one that a numbered paragraph begins with, each with its
    sentence."""
    for at, sentence in enumerate(filter(None, re.split("(?<=[。！？])", text))):
        words = sentence.strip()
        parts = _parts(sentence)
        if not parts and is_numbered and not at and (clause := _FIRST_CLAUSE.match(sentence)):
            parts = [clause[0]] if pieces.name_said(clause[0]) else []
        if not parts and _LETTERS.search(words):
            yield UnreadLine(words[:MAX_WORDS], WhyUnread.PROSE)
        told = _told(sentence[:MAX_WORDS])
        for part in parts:
            here = words if len(sentence) <= MAX_WORDS else part
            bare, inside = pieces.out_of_brackets(part)
            place = {"region": inside} if pieces.place_said(inside) else {}
            if name := pieces.name_said(bare if place else part):
                yield _row(here, {"name": name, **told, **place}, heads)
            else:
                yield _unread(here, part, told, heads)


def _parts(sentence: str) -> list[str]:
    """The pieces of a sentence that are names, in quotes or in a run."""
    quoted = [match[1] for match in _QUOTED.finditer(sentence)]
    if len(quoted) > 1:
        return quoted[:MAX_ROWS]
    found: list[str] = []
    for match in _RUN.finditer(_QUOTED.sub("", sentence)):
        first, *others, last = match[0].split("、")
        last = pieces.ENOUGH.sub("", last)
        end = _BEHIND.sub("", last)
        found += [_CONTAINS.sub("", first), *others, end if pieces.looks_like_one(end) else last]
    return found[:MAX_ROWS] or [*_BRAND_AFTER.findall(sentence), *filter(pieces.looks_like_one, quoted)][:1]


def _told(sentence: str) -> dict[str, str]:
    """What a sentence says of all the names in it: 第二批省级劳务品牌."""
    told = {"level": str(level_of(sentence) or ""), "batch": pieces.batch_said(sentence)}
    return {header: text for header, text in told.items() if text}


def _of_item(text: str, line: str, heads: _Heads) -> Iterator[Read]:
    """A name with what stands beside it, before it, behind it or in brackets; and others that look like names."""
    whole = text
    text, inside = pieces.out_of_brackets(text.replace("\n", ""))
    said: dict[str, str] = {}
    rest: list[str] = []
    for piece in [*_pieces(text), *_BETWEEN.split(inside)]:
        kind = _kind(piece)
        if kind and kind[0] not in said:
            said[kind[0]] = kind[1]
        elif piece.strip(" -—") and not pieces.counts(piece) and not pieces.is_figure(piece):
            rest.append(piece)
    names = [
        (name, pieces.is_quoted(piece) or shape_of(name).full) for piece in rest for name in pieces.names_said(piece)
    ]
    first = next((name for name, looks in names if looks), names[0][0] if names else "")
    for name in dict.fromkeys([first, *(name for name, looks in names if looks)] if first else []):
        yield _row(line, {**said, "name": name}, heads)
    if not names:
        yield _unread(line, max(rest, key=len, default=whole), said, heads)


def _pieces(text: str) -> list[str]:
    return [text] if pieces.begins_quoted(text) else _SPLIT.split(text)


def _kind(piece: str) -> tuple[str, str] | None:
    """What a piece is other than a name, and what it says."""
    piece = piece.strip()
    if not piece or pieces.is_quoted(piece):
        return None
    if pieces.place_said(piece):
        return "region", piece
    if level := pieces.level_said(piece):
        return "level", level
    if year := pieces.year_said(piece):
        return "recognised_year", year
    if trade := pieces.trade_said(piece):
        return "industry", trade
    if pieces.is_office(piece):
        return "organisation", piece
    return None


def _row(line: str, said: dict[str, str], heads: _Heads) -> GridRow:
    return GridRow(words=line[:MAX_WORDS].strip(), said=said["name"], cells={**heads.cells, **said})


def _unread(line: str, name: str, said: dict[str, str], heads: _Heads) -> UnreadLine:
    """A line that should have a name, and has none that can be one."""
    why = WhyUnread.LONG if len(name) > pieces.LONGEST_NAME else WhyUnread.NO_NAME
    cells = {**heads.cells, **{header: text for header, text in said.items() if text}}
    return UnreadLine(line[:MAX_WORDS].strip(), why, one_line(name), cells)
