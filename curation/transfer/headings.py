"""The names of the columns as people write them, and which columns of a table they mean.

A file of the site calls its columns as programs do (`region`); files of people call them in many ways, below a title,
in Traditional characters, with remarks in brackets.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from openpyxl.utils.cell import get_column_letter, range_boundaries

from brands.spreadsheets.cells import MAX_CELL, armed
from brands.vocabulary.script import simplified
from curation.transfer.columns import NameOf
from curation.transfer.raw_table import MAX_ABOVE, MAX_COLUMNS, MAX_ROWS, RawTable, RefusedFileError, too_many_rows
from curation.transfer.tables import TABLES, VERSION, Table

# Other words for columns, of all tables and of each.
WORDS: Mapping[str, str] = {
    "id": "编号 记录编号",
    "adcode": "代码 行政区划代码 区划代码",
    VERSION: "版本",
    "review": "审核",
    "confidence": "可信度",
    "source_words": "原话 出处原话",
    "source_article": "报道编号 出处报道编号",
    "source_title": "出处标题 来源标题 文件名称",
    "source_publisher": "出处发布单位 出处报刊 来源单位",
    "source_date": "出处日期 刊发日期 发布日期",
    "source_url": "出处网址 网址 链接",
}
WORDS_OF: Mapping[str, Mapping[str, str]] = {
    "brand": {
        "name": "名称 品牌名称 劳务品牌名称 品牌名 劳务品牌 品牌",
        "aliases": "别名 又名 又称 其他名称 别称",
        "region": "地区 所在地 所属地区 所在地区 属地 市州 地市 市县 县市区 县区 行政区划 区域",
        "industry": "行业 所属行业 行业类别 从业行业 职业工种 行业领域",
        "category": "类型 品牌类型 品牌类别",
        "level": "级别 等级 认定级别 品牌级别 认定等级",
        "organisation": "建设单位 申报单位 培育单位 责任单位 牵头单位 运营单位 建设主体 建设单位名称",
        "recognised_year": "认定年份 年份 年度 认定年度 认定时间",
        "batch": "批次 认定批次",
        "issuer": "认定机关 认定单位 认定部门 发布单位",
        "document_number": "文号 认定文号 文件号",
        "description": "简介 品牌简介 品牌介绍",
    },
    "program": {
        "name": "名称 政策名称 活动名称 政策与活动",
        "kind": "类别 种类",
        "year": "年份 年度",
        "other_names": "别名 又名",
        "issuer": "发布单位 主办单位 发文单位",
        "held_on": "时间 举办日期 发文日期",
        "place": "地区 所在地 举办地",
    },
    "statistic": {
        "brand": "品牌 品牌名称",
        "program": "活动",
        "value": "数字",
        "as_of": "截至日期 时间 日期",
    },
    "region": {"name": "全称 名称", "parent": "上级", "pinyin": "拼音"},
    "synonym": {"words": "词 同义词", "narrower": "下位词", "active": "启用 是否启用"},
}

# What columns are called whose labels are whole sentences.
SHORT: Mapping[str, Promise] = {
    "source_words": _("出处原话"),
    "source_article": _("出处报道编号"),
    "source_title": _("出处标题"),
    "source_publisher": _("出处发布单位"),
    "source_date": _("出处日期"),
    "source_url": _("出处网址"),
}

# Columns of people's files that say nothing of a row.
COUNTING = frozenset({"序号", "编次", "no", "no."})

_NAME = "(名称)"
_REMARK = re.compile(r"[(（【\[][^()（）【】\[\]]{0,60}[)）】\]]\Z")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MENDED = (("gb18030", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030"), ("gb18030", "big5"))


@dataclass(slots=True)
class Lines:
    """The rows of a table below the names of its columns, with the numbers that they have in a spreadsheet. `headers`
    are the columns that are meant, `shown` what the file calls each, and `letters` where it stands. `faults` are what
    is wrong with a cell before anybody asks what it says, by line and column."""

    headers: list[str]
    rows: list[tuple[int, list[str]]]
    format: str = ""
    encoding: str = ""
    notes: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    faults: dict[tuple[int, str], str] = field(default_factory=dict)


def plain_heading(text: str) -> str:
    """A heading as headings are compared: without blanks, case, widths, marks and a remark in brackets.

    >>> plain_heading("*建設單位 （必填）")
    '建设单位'
    """
    text = simplified("".join(unicodedata.normalize("NFKC", text).split())).lower()
    return (text if text.endswith(_NAME) else _REMARK.sub("", text)).strip("*:：")


def names_of(kind: str) -> dict[str, str]:
    """The columns of the table by all that they may be called."""
    table = TABLES[kind]()
    found: dict[str, str] = {}
    for header, words in (*WORDS_OF[kind].items(), *WORDS.items()):
        if header in table.headers:
            found |= {word: header for word in words.split() if word not in found}
    for language in ("zh-hans", translation.get_language() or "zh-hans"):
        with translation.override(language):
            for header, label in labels_of(table).items():
                found.setdefault(plain_heading(label), header)
    return found | {plain_heading(header): header for header in table.headers}


def labels_of(table: Table) -> dict[str, str]:
    """What people call each column, in the active language; no two the same."""
    found = {table.key: gettext("行政区划代码") if table.key == "adcode" else gettext("编号"), VERSION: gettext("版本")}
    for header, column in table.columns.items():
        label = str(SHORT.get(header) or column.label(table.model))
        found[header] = gettext("%s（名称）") % label if isinstance(column, NameOf) else label
    return found


def headed(kind: str, raw: RawTable) -> Lines:
    """The table below its head, which may stand below a title. RefusedFileError where the columns are not the
    table's."""
    known, table = names_of(kind), TABLES[kind]()
    above, number, cells = _head(raw, known)
    names = [plain_heading(cell) for cell in cells]
    _check(cells, names, known, table)
    _check_merged(raw, number)
    headers = [known.get(name, "") for name in names]  # one that only counts has none
    lines = Lines([one for one in headers if one], [], raw.format, raw.encoding, list(raw.notes))
    lines.notes += _notes(above, number, [cell for cell, one in zip(cells, headers, strict=True) if not one])
    if table.key not in headers:
        lines.notes.append(gettext("没有编号一列，所以每行都当作新记录。"))
    for at, header in enumerate(headers):
        if header:
            lines.shown[header], lines.letters[header] = cells[at].strip(), get_column_letter(at + 1)
    lines.rows = [(line, _fitted(lines, line, row, headers)) for line, row in raw.rows[above + 1 :]]
    for (line, at), why in raw.faults.items():
        if line > number:
            where = headers[at] if at < len(headers) and headers[at] else lines.headers[0]
            lines.faults.setdefault((line, where), why)
    if not lines.rows:
        raise RefusedFileError(_empty())
    if len(lines.rows) > MAX_ROWS:
        raise too_many_rows()
    return lines


def _notes(above: int, number: int, passed: list[str]) -> Iterator[str]:
    """What of the file is not read: what stands above the head in line `number`, and the columns that only count."""
    if above:
        yield gettext("列名在第 %d 行，它上面的内容没有读。") % number
    if passed:
        yield gettext("这些列没有读：%s") % gettext("、").join(cell.strip() for cell in passed)


def _head(raw: RawTable, known: Mapping[str, str]) -> tuple[int, int, list[str]]:
    """How many lines stand above the head, its number, and its cells: it is the line with most names of columns."""
    if not raw.rows:
        raise RefusedFileError(_empty())
    first = raw.rows[:MAX_ABOVE]
    counts = [sum(plain_heading(cell) in known for cell in cells) for _number, cells in first]
    at = counts.index(max(counts)) if max(counts) else 0
    number, cells = first[at]
    cells = list(cells)
    while cells and not cells[-1].strip():
        cells.pop()
    return at, number, cells


def _check(cells: list[str], names: list[str], known: Mapping[str, str], table: Table) -> None:
    if len(cells) > MAX_COLUMNS:
        raise RefusedFileError(gettext("超过 %d 列。") % MAX_COLUMNS)
    if "" in names:
        told = gettext("第 %s 列没有列名。")
        raise RefusedFileError(told % get_column_letter(names.index("") + 1))
    unknown = [
        cell.strip() for cell, name in zip(cells, names, strict=True) if name not in known and name not in COUNTING
    ]
    if unknown:
        if any(_mended(name, known) for name in unknown):
            raise RefusedFileError(gettext("文字是乱码：编码读错后又存了一次，请从原来的表格重新导出。"))
        told = gettext("没有“%(unknown)s”这一列。可用的列：%(known)s")
        usable = gettext("、").join(f"{label}（{header}）" for header, label in labels_of(table).items())
        raise RefusedFileError(told % {"unknown": "”“".join(unknown), "known": usable})
    seen: dict[str, str] = {}
    for cell, name in zip(cells, names, strict=True):
        header = known.get(name, name)
        if header in seen:
            told = gettext("“%(one)s”与“%(other)s”是同一列，请留一列。")
            raise RefusedFileError(told % {"one": seen[header], "other": cell.strip()})
        seen[header] = cell.strip()
    if table.key == "adcode" and table.key not in seen:
        raise RefusedFileError(gettext("缺少“行政区划代码”（adcode）一列。"))


def _mended(name: str, known: Iterable[str]) -> bool:
    """Whether it is the name of a column, read in a wrong encoding."""
    for read, written in _MENDED:
        mended = name.encode(read, "ignore").decode(written, "ignore")
        if len(mended) > 1 and plain_heading(mended) in known:
            return True
    return False


def _check_merged(raw: RawTable, head: int) -> None:
    for name in raw.merged:
        _first, top, _last, bottom = range_boundaries(name)
        if top <= head <= bottom and bottom > top:
            raise RefusedFileError(gettext("列名所在的行有合并的单元格（%s），请拆开，让列名只占一行。") % name)


def _fitted(lines: Lines, line: int, cells: list[str], headers: list[str]) -> list[str]:
    """The cells of a line, one for each header; what is wrong with them is noted."""
    count = max((at for at, cell in enumerate(cells, 1) if cell.strip()), default=0)
    if count > len(headers):
        told = gettext("这一行有 %(count)d 格，多于 %(headers)d 个列名；多半是逗号或引号用错了。")
        lines.faults[line, lines.headers[0]] = told % {"count": count, "headers": len(headers)}
    row = []
    for header, cell in zip(headers, [*cells, *[""] * len(headers)], strict=False):
        if not header:
            continue
        if len(cell) > MAX_CELL + 1:
            lines.faults[line, header] = gettext("太长，最多 %d 字。") % MAX_CELL
        elif _UNSTORABLE.search(cell):
            lines.faults[line, header] = gettext("里面有不能保存的字符。")
        row.append("" if (line, header) in lines.faults else armed(cell))
    return row


def _empty() -> str:
    return gettext("文件里没有数据：要有一行列名，下面每行一条记录。")
