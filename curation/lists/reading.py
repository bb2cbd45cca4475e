"""A list as people paste it -> the names in it: tables of Word, Excel and the web, numbered lines, names between 、,
names in quotes, under headings that say the place or the level of all below."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from curation.lists import pieces
from curation.lists.rows import CELLS, MAX_WORDS, GridRow
from curation.transfer.headings import WORDS_OF, plain_heading
from ingest.levels import level_of

# Rows of a list, and characters of its text.
MAX_ROWS, MAX_TEXT = 500, 200_000

# A line of so many names between 、 is a list.
MIN_RUN = 3

# A longer line is read as prose, in which only quotes and long runs are names.
LONGEST_LINE = 200

# Lines of a table without a head by which its columns are told.
LOOKED_AT = 40

_CELL = re.compile(r"[ \u3000]*\t[ \u3000]*|[ \u3000]*[|｜][ \u3000]*|[ ]{2,}|\u3000+")
_NUMBER = re.compile(
    r"[ \u3000]*(?:[(（][0-9一二三四五六七八九十]{1,3}[)）]|[0-9]{1,3}[.、．)）]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[①-⑳]|[·•●■◆□▪-])[ \u3000]*"
)
_BARE_NUMBER = re.compile(r"[ \u3000]*[0-9]{1,3}[ \u3000]+")
_BETWEEN = re.compile("[、，,；;]")
_LABELLED = re.compile("(?P<label>[^：:“”。]{2,24}?)(?:[（(][^（）()]{1,12}[)）])?[：:](?P<names>[^。]{2,})")
_COUNTED = re.compile("[（(](?:共)?[0-9一二三四五六七八九十百]{1,4}(?:个|家|项)?[)）]")
_TITLE = re.compile(
    "名单|通知|公告|公示|附件|附表|一览表|如下|各市|各县|现将|特此|序号|单位：|年[0-9]{1,2}月[0-9]{1,2}日$"
)
_QUOTED = re.compile("[“「『]([^“”「」『』]{2,30})[”」』]")
_RUN = re.compile("(?:[^、。，；！？：:\\s]{2,20}、){2,60}[^、。，；！？：:\\s]{2,20}")
_ENOUGH = re.compile("等[0-9一二三四五六七八九十百]{0,4}(?:个|家|大)?.*$")
_CONTAINS = re.compile("^.*(?:包括|有|为|是|认定|授予|将)")


@dataclass(slots=True)
class _Heads:
    """What the headings above a line say of it."""

    cells: dict[str, str] = field(default_factory=dict)


def read_list(text: str) -> list[GridRow]:
    """The rows of the list, in its order, each name once with the same place; at most `MAX_ROWS`."""
    rows: list[GridRow] = []
    seen: set[tuple[str, str]] = set()
    for row in _rows(text[:MAX_TEXT]):
        key = row.cell("name"), row.cell("region")
        if key not in seen:
            seen.add(key)
            rows.append(row)
        if len(rows) == MAX_ROWS:
            break
    return rows


def read_table(lines: Sequence[Sequence[str]]) -> list[GridRow]:
    """The rows of a sheet. Its cells are joined by tabs to the words of each row."""
    return read_list("\n".join("\t".join(one_line(cell) for cell in cells).rstrip("\t") for cells in lines))


def one_line(cell: str) -> str:
    return " ".join(cell.split())


def _rows(text: str) -> Iterator[GridRow]:
    heads = _Heads()
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        block = _block(lines, at)
        if len(block) > 1 or (block and _columns(block[0])):
            yield from _of_table(block, lines[at : at + len(block)], heads)
            at += len(block)
        else:
            yield from _of_line(lines[at].strip(), heads)
            at += 1


# Tables


def _block(lines: Sequence[str], at: int) -> list[list[str]]:
    """The lines from here on that are cells of a table, with at least two cells each."""
    found = []
    for line in lines[at:]:
        cells = [cell.strip() for cell in _CELL.split(line.strip("\r\n|｜"))]
        if len(cells) < 2 or len(line) > LONGEST_LINE * 5 or "。" in line[:-1].replace("\t", "")[: LONGEST_LINE // 2]:
            break
        found.append(cells)
    return found


def _columns(cells: Sequence[str]) -> dict[int, str]:
    """The columns that a line names, if it is a head: at least a name among them."""
    known = {word: header for header, words in WORDS_OF["brand"].items() if header in CELLS for word in words.split()}
    found: dict[int, str] = {}
    for at, cell in enumerate(cells):
        header = known.get(plain_heading(cell)) or ("region" if plain_heading(cell) in _PLACES else "")
        if header:
            found[at] = header
    return found if "name" in found.values() else {}


# Headings of columns of which several together say a place.
_PLACES = frozenset({"省", "省份", "市", "市州", "地市", "县", "区县", "县区", "县市", "县市区", "市县", "设区市"})


def _of_table(block: Sequence[list[str]], lines: Sequence[str], heads: _Heads) -> Iterator[GridRow]:
    columns: dict[int, str] = {}
    for at, cells in enumerate(block):
        if named := _columns(cells):
            columns = named
            continue
        if not columns:
            columns = _guessed(block[at : at + LOOKED_AT])
        row = _of_cells(cells, columns, lines[at].strip(), heads)
        if row:
            yield row
        else:
            yield from _of_line(" ".join(filter(None, cells)), heads)


def _guessed(block: Sequence[Sequence[str]]) -> dict[int, str]:
    """The columns of a table without a head, by what most of their cells are."""
    found: dict[int, str] = {}
    names: dict[int, int] = {}
    for at in range(max(map(len, block))):
        cells = [cells[at] for cells in block if at < len(cells) and cells[at]]
        if not cells:
            continue
        kind = next((header for header, test in _TESTS if 2 * sum(map(test, cells)) > len(cells)), "")
        if kind in {"region", "count"} or (kind and kind not in found.values()):
            found[at] = kind
        elif not kind:
            names[at] = sum(bool(pieces.name_said(cell)) + 2 * pieces.is_quoted(cell) for cell in cells)
    if names:
        found[max(names, key=lambda at: (names[at], -at))] = "name"
    return found


_TESTS = (
    ("count", pieces.counts),
    ("region", pieces.place_said),
    ("level", lambda cell: bool(pieces.level_said(cell))),
    ("recognised_year", lambda cell: bool(pieces.year_said(cell))),
    ("industry", lambda cell: bool(pieces.trade_said(cell))),
    ("figure", pieces.is_figure),
    ("organisation", pieces.is_office),
    ("batch", lambda cell: bool(pieces.batch_said(cell)) and len(cell) < 8),
)


def _of_cells(cells: Sequence[str], columns: dict[int, str], line: str, heads: _Heads) -> GridRow | None:
    """The row; None where the cell of the name is empty, or there is none."""
    said: dict[str, str] = {}
    for at, header in columns.items():
        cell = cells[at] if at < len(cells) else ""
        if header == "region" and said.get("region") and cell:
            said["region"] += cell  # the city, then the county
        elif cell and header in CELLS:
            said.setdefault(header, cell)
    name, inside = pieces.out_of_brackets(said.get("name", ""))
    name = pieces.name_said(name)
    if not name:
        return None
    if inside and pieces.place_said(inside):
        said.setdefault("region", inside)
    return _row(line, {**said, "name": name}, heads)


# Lines


def _of_line(line: str, heads: _Heads) -> Iterator[GridRow]:
    if not line:
        return
    labelled = _LABELLED.fullmatch(line)
    number = _NUMBER.match(line) or _BARE_NUMBER.match(line)
    rest = line[number.end() :] if number else line
    if labelled and _is_run(labelled["names"]):
        label = _NUMBER.sub("", labelled["label"], count=1)
        yield from _of_run(labelled["names"], line, _below(heads, label))
    elif _is_heading(rest, is_numbered=number is not None):
        _learn(rest, heads)
    elif len(rest) > LONGEST_LINE or "。" in rest:
        yield from _of_prose(rest, heads)
    elif _is_run(rest):
        yield from _of_run(rest, line, heads)
    elif row := _of_item(rest, line, heads):
        yield row


def _is_run(text: str) -> bool:
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    return len(parts) >= MIN_RUN and all(len(part) <= pieces.LONGEST_NAME for part in parts)


def _is_heading(text: str, *, is_numbered: bool) -> bool:
    """Whether the line speaks of what is below it, and is no row itself."""
    plain = _COUNTED.sub("", text).strip("：: ")
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


def _of_run(text: str, line: str, heads: _Heads) -> Iterator[GridRow]:
    for part in _BETWEEN.split(text):
        if row := _of_item(_ENOUGH.sub("", part).strip(), part.strip() or line, heads):
            yield row


def _of_prose(text: str, heads: _Heads) -> Iterator[GridRow]:
    """The names in quotes, and those of runs between 、, each with its sentence."""
    for sentence in re.split("(?<=[。！？])", text):
        quoted = [match[1] for match in _QUOTED.finditer(sentence)]
        runs = [_CONTAINS.sub("", match[0]).split("、") for match in _RUN.finditer(_QUOTED.sub("", sentence))]
        names = quoted if len(quoted) > 1 else [_ENOUGH.sub("", part) for run in runs for part in run]
        told = _told(sentence[:MAX_WORDS])
        for part in names[:MAX_ROWS]:
            if name := pieces.name_said(part):
                words = sentence if len(sentence) <= MAX_WORDS else part
                yield _row(words.strip(), {"name": name, **told}, heads)


def _told(sentence: str) -> dict[str, str]:
    """What a sentence says of all the names in it: 第二批省级劳务品牌."""
    told = {"level": str(level_of(sentence) or ""), "batch": pieces.batch_said(sentence)}
    return {header: text for header, text in told.items() if text}


def _of_item(text: str, line: str, heads: _Heads) -> GridRow | None:
    """A name with what stands beside it, before it, behind it or in brackets."""
    text, inside = pieces.out_of_brackets(text)
    said: dict[str, str] = {}
    rest: list[str] = []
    for piece in [*re.split(r"[\s\u3000]+|——|--|[：:]| - |(?=[“「『])|(?<=[”」』])", text), *_BETWEEN.split(inside)]:
        kind = _kind(piece)
        if kind and kind[0] not in said:
            said[kind[0]] = kind[1]
        elif piece.strip(" -—") and not pieces.counts(piece) and not pieces.is_figure(piece):
            rest.append(piece)
    names = sorted(filter(None, map(pieces.name_said, rest)), key=lambda name: not _stands_quoted(name, text))
    if not names:
        return None
    return _row(line, {**said, "name": names[0]}, heads)


def _stands_quoted(name: str, text: str) -> bool:
    return any(f"{mark}{name}" in text for mark in '“「『"')


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
