"""The columns of each list as a table: what each is called, what it means, and what a record has in it.

A record is that of :mod:`brands.api`, so a file says what the page and the interface say.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from operator import itemgetter
from typing import Any

from django.db.models import TextChoices
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.api.listed import LISTS
from brands.api.other_lists import EvidenceView, RegionsView
from brands.api.pieces import Record, evidence_of_facts, pieces
from brands.downloads.chosen import ChosenRecords, ListingRecords, PlainRecords
from brands.models import Evidence
from brands.spreadsheets.cells import Cell
from brands.vocabulary.choices import (
    BrandLevel,
    Category,
    DateBasis,
    DetailKind,
    Industry,
    Metric,
    OwnerKind,
    Per,
    ProgramKind,
    Qualifier,
    RegionLevel,
    ReviewState,
    Scope,
)

# What stands between several things in one cell.
BETWEEN = "；"


@dataclass(frozen=True, slots=True)
class DownloadColumn:
    """A column: its name in the interface, its head, what it means, the value that a record has in it, and its width in
    characters."""

    name: str
    head: str | Promise
    meaning: str | Promise
    value: Callable[[Record], Any]
    width: int = 14
    choices: type[TextChoices] | None = None

    def labels(self) -> dict[str, str] | None:
        """What the values of a closed list are called in the active language."""
        return {one.value: str(one.label) for one in self.choices} if self.choices else None


def reader_of(columns: Sequence[DownloadColumn]) -> Callable[[Record], list[Cell]]:
    """What reads the cells of a record: empty for what is unknown, a value of a closed list by its label in the active
    language. Codes are texts, so that zeros before them stay."""
    told = [(column.value, column.labels()) for column in columns]

    def read(record: Record) -> list[Cell]:
        return [
            (found if type(found := value(record)) is str else _cell(found))
            if labels is None
            else labels.get(value(record), "")
            for value, labels in told
        ]

    return read


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, str | int):
        return value
    return Decimal(str(value)) if isinstance(value, float) else str(value)


def _field(name: str, head: Any, meaning: Any = "", *, width: int = 14) -> DownloadColumn:
    return DownloadColumn(name, head, meaning, itemgetter(name), width)


def _within(outer: str, name: str, head: Any, meaning: Any = "", *, width: int = 14) -> DownloadColumn:
    """A field of what a field holds."""
    return DownloadColumn(f"{outer}.{name}", head, meaning, lambda record: record[outer] and record[outer][name], width)


def _choice(name: str, choices: type[TextChoices], head: Any, meaning: Any = "") -> DownloadColumn:
    """A value of a closed list."""
    return DownloadColumn(name, head, meaning, itemgetter(name), choices=choices)


def _details(kind: DetailKind) -> DownloadColumn:
    def told(record: Record) -> str:
        return BETWEEN.join(one["words"] for one in record["details"] if one["kind"] == kind)

    return DownloadColumn(kind.value, kind.label, _("照报道原文；几项之间用分号"), told, 24)


_ADDRESS = _field("url", _("网址"), _("本站的页面，附依据"), width=40)
_REVIEW = _choice("review", ReviewState, _("审核"), _("已经编辑确认，或者仍待审"))

_BRANDS = (
    _field("id", _("编号"), _("品牌在本站的编号，不会变"), width=8),
    _field("name", _("名称"), width=20),
    _field("place", _("所在地"), _("省、市、县"), width=20),
    _field("adcode", _("行政区划代码"), _("GB/T 2260")),
    _choice("industry", Industry, _("行业")),
    _choice("category", Category, _("类型"), _("四类劳务品牌")),
    _choice("level", BrandLevel, _("级别"), _("哪一级认定的")),
    _choice("owner_kind", OwnerKind, _("归属")),
    _field("year", _("认定年份")),
    _field("batch", _("认定批次")),
    _field("issuer", _("认定机关"), width=24),
    _field("document_number", _("认定文号"), width=20),
    _field("organisation", _("建设单位"), width=28),
    _field("headcount", _("就业人数"), _("最近一次报道的总量，人；出处见数据列表")),
    _field("income", _("人均月收入"), _("最近一次报道，折合元/月；出处见数据列表")),
    _field("as_of_year", _("数据年份"), _("最近一个数字的年份")),
    _field("articles", _("报道数"), _("转载不重复计算")),
    _field("newest_report", _("最新报道"), _("刊发日期")),
    *map(_details, DetailKind),
    _REVIEW,
    _ADDRESS,
)

_NUMBERS = (
    _field("id", _("编号"), _("数据在本站的编号"), width=8),
    _within("subject", "name", _("对象"), _("谁的数字"), width=20),
    _within("subject", "type", _("对象类别"), _("brand 品牌，program 政策与活动，region 地区")),
    _within("subject", "key", _("对象编号"), _("品牌、政策的编号，或行政区划代码")),
    _choice("metric", Metric, _("指标"), _("数的是什么")),
    _choice("qualifier", Qualifier, _("限定"), _("原文的近、超、约、数")),
    _field("value", _("数值"), _("按单位写出的数，不用万、亿"), width=16),
    _field("value_max", _("上限"), _("原文给出区间时的上限"), width=16),
    _field("unit", _("单位")),
    _choice("scope", Scope, _("口径"), _("总量、新增、分项、均量等；只有总量可以相加比较")),
    _field("part_of", _("部分"), _("原文指明哪一部分的词")),
    _choice("per", Per, _("单位口径"), _("均量按什么计")),
    _field("period", _("期间"), _("原文的时段")),
    _field("as_of", _("截至"), _("年、年月或年月日")),
    _choice("as_of_basis", DateBasis, _("日期依据"), _("文中注明，或者只知道刊发日期")),
    _field("stated", _("原文表述"), width=28),
    _REVIEW,
    _ADDRESS,
)

_PROGRAMS = (
    _field("id", _("编号"), width=8),
    _field("name", _("名称"), width=36),
    DownloadColumn(
        "other_names", _("又称"), _("几个之间用分号"), lambda record: BETWEEN.join(record["other_names"]), 20
    ),
    _choice("kind", ProgramKind, _("类别")),
    _field("edition", _("届次")),
    _field("year", _("年度")),
    _field("held_on", _("日期"), _("年、年月或年月日")),
    _within("place", "name", _("地点"), ""),
    _within("place", "adcode", _("行政区划代码"), _("GB/T 2260")),
    _field("issuer", _("发布或主办单位"), width=28),
    _REVIEW,
    _ADDRESS,
)

_ARTICLES = (
    _field("id", _("编号"), width=8),
    _field("title", _("标题"), width=48),
    _field("publisher", _("媒体"), width=18),
    _field("published_on", _("刊发日期")),
    _within("place", "name", _("报道地区"), ""),
    _field("brands", _("品牌数"), _("文中写到的品牌")),
    _field("source_url", _("原文网址"), width=40),
    _ADDRESS,
)

# Of evidence, beside the record that it bears out.
SOURCES = (
    _field("field", _("所证内容"), _("这句话说的是哪一项；空着的是品牌、政策或数字本身")),
    _field("words", _("原文的字"), width=20),
    _field("sentence", _("原句"), width=60),
    _within("article", "title", _("报道"), "", width=40),
    _within("article", "publisher", _("媒体"), "", width=18),
    _within("article", "published_on", _("刊发日期"), ""),
    _within("article", "source_url", _("原文网址"), "", width=40),
    DownloadColumn("evidence.url", _("在本站的位置"), "", lambda record: record["url"], 40),
)

_REGIONS = (
    _field("adcode", _("行政区划代码"), _("GB/T 2260")),
    _field("name", _("全称"), width=20),
    _field("common_name", _("通称")),
    _field("short_name", _("简称"), _("省级一字简称")),
    _choice("level", RegionLevel, _("级别")),
    _field("parent", _("上级代码")),
    _field("pinyin", _("拼音"), width=24),
    _field("brands", _("品牌数"), _("本地及所辖各地的品牌")),
    _ADDRESS,
)

# Of evidence by itself: the sentence, what it bears out, and where it stands in the page.
_EVIDENCE = (
    _field("id", _("编号"), _("依据在本站的编号"), width=8),
    _within("fact", "type", _("所证类别"), _("brand 品牌，program 政策与活动，statistic 数据")),
    _within("fact", "key", _("所证编号"), _("所证的品牌、政策或数据的编号")),
    *SOURCES,
    _within("article", "id", _("报道编号"), ""),
    _field("start", _("起"), _("原文的字在版面全文中的位置，从 0 数起")),
    _field("end", _("止")),
    _field("sentence_start", _("句首")),
    _field("sentence_end", _("句末")),
    _field("rule", _("规则"), _("找到它的规则；by-hand 是人工")),
    _field("version", _("抽取版本")),
    _field("confidence", _("可信度"), _("0 到 1，机器自己的估计")),
)


@dataclass(frozen=True, slots=True)
class DownloadTable:
    """A list as a table. `chosen` makes of parameters, and of the path that they stand behind, what they choose;
    `proofs` of records the evidence of each, by its key."""

    title: str | Promise
    chosen: Callable[[QueryDict, str], ChosenRecords]
    columns: tuple[DownloadColumn, ...]
    proofs: Callable[[HttpRequest, Sequence[Record]], dict[int, list[Record]]] | None = None


def _own(_request: HttpRequest, made: Sequence[Record]) -> dict[int, list[Record]]:
    """Of records that have their evidence with them."""
    return {record["id"]: record["evidence"] for record in made}


def _of_brands(request: HttpRequest, made: Sequence[Record]) -> dict[int, list[Record]]:
    """The sentences that name each brand, or say a field or a detail of it."""
    found: dict[int, list[Record]] = {record["id"]: [] for record in made}
    own = Evidence.objects.filter(brand__in=list(found), article__relevant=True)
    for told in evidence_of_facts(request, pieces(own.order_by("brand_id", "article_id", "start", "pk"))):
        found[told["fact"]["key"]].append(told)
    return found


def _listed(name: str) -> Callable[[QueryDict, str], ChosenRecords]:
    return partial(ListingRecords, LISTS[name])


TABLES = {
    "brands": DownloadTable(_("劳务品牌"), _listed("brands"), _BRANDS, _of_brands),
    "statistics": DownloadTable(_("数据"), _listed("statistics"), _NUMBERS, _own),
    "programs": DownloadTable(_("政策与活动"), _listed("programs"), _PROGRAMS, _own),
    "articles": DownloadTable(_("报道"), _listed("articles"), _ARTICLES),
    "regions": DownloadTable(_("行政区划"), partial(PlainRecords, RegionsView), _REGIONS),
    "evidence": DownloadTable(_("原句"), partial(PlainRecords, EvidenceView), _EVIDENCE),
}


def head(columns: Iterable[DownloadColumn]) -> list[Cell]:
    return [str(column.head) for column in columns]


def lines(columns: Sequence[DownloadColumn], batches: Iterable[Sequence[Record]]) -> Iterator[list[Cell]]:
    """The head, and a line a record."""
    yield head(columns)
    read = reader_of(columns)
    for batch in batches:
        yield from map(read, batch)


def source_lines(
    table: DownloadTable,
    request: HttpRequest,
    batches: Iterable[Sequence[Record]],
    columns: Sequence[DownloadColumn] | None = None,
) -> Iterator[list[Cell]]:
    """The head, and a line a sentence: these columns of the record, or all, and then the sentence's."""
    if table.proofs is None:
        raise ValueError(f"{table.title} has no sentences of its own")
    columns = table.columns if columns is None else columns
    yield [*head(columns), *head(SOURCES)]
    read, read_proof = reader_of(columns), reader_of(SOURCES)
    for batch in batches:
        proofs = table.proofs(request, batch)
        for record in batch:
            own = read(record)
            for proof in proofs[record["id"]]:
                yield [*own, *read_proof(proof)]


def meaning_lines(columns: Sequence[DownloadColumn]) -> Iterator[list[Cell]]:
    """What each column means, and what it is called in the interface for programs."""
    yield [gettext("列"), gettext("含义"), gettext("接口里的名称")]
    for column in columns:
        yield [str(column.head), str(column.meaning), column.name]
