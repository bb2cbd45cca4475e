"""Rows for tests of the pages: regions, an article with a text of one's own, and facts that phrases of it bear out.

What follows from the rows of one call is worked out once, at its end: that takes most of the time of a fact. A test
that makes many facts does so inside `gathered()`.
"""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

from brands.listing.sync import gathered
from brands.models import Article, Brand, BrandAlias, BrandDetail, Evidence, Page, Program, Region, Statistic
from brands.vocabulary.choices import BrandLevel, DetailKind, Industry, Metric, ProgramKind, Qualifier, RegionLevel
from brands.vocabulary.dates import from_iso

# A province with prefectures, one with a county right under it, and a municipality.
REGIONS = (
    ("100000", "中华人民共和国", "中国", RegionLevel.COUNTRY, None),
    ("140000", "山西省", "山西", RegionLevel.PROVINCE, "100000"),
    ("141100", "吕梁市", "吕梁", RegionLevel.PREFECTURE, "140000"),
    ("141102", "离石区", "离石", RegionLevel.COUNTY, "141100"),
    ("141121", "文水县", "文水", RegionLevel.COUNTY, "141100"),
    ("140200", "大同市", "大同", RegionLevel.PREFECTURE, "140000"),
    ("140222", "天镇县", "天镇", RegionLevel.COUNTY, "140200"),
    ("420000", "湖北省", "湖北", RegionLevel.PROVINCE, "100000"),
    ("429005", "潜江市", "潜江", RegionLevel.COUNTY, "420000"),
    ("500000", "重庆市", "重庆", RegionLevel.PROVINCE, "100000"),
    ("500118", "永川区", "永川", RegionLevel.COUNTY, "500000"),
)


@gathered()
def regions() -> dict[str, Region]:
    """The divisions of `REGIONS` by code, made where they aren't there yet."""
    for adcode, name, common, level, parent in REGIONS:
        Region.objects.get_or_create(
            adcode=adcode,
            defaults={"name": name, "common_name": common, "level": level, "parent_id": parent, "pinyin": ""},
        )
    return Region.objects.in_bulk()


@gathered()
def article(text: str, *, title: str = "一篇报道", spans: list[list[int]] | None = None, **fields: Any) -> Article:
    """A relevant article that is all of its page, unless `spans` say otherwise."""
    sha256 = hashlib.sha256(f"{title}{text}{Page.objects.count()}".encode()).hexdigest()
    page = Page.objects.create(name="page.txt", sha256=sha256, encoding="utf-8", text=text, extractor="test")
    defaults = {"publisher": "县报", "published_on": date(2025, 11, 19), "relevant": True, "order": 0}
    return Article.objects.create(page=page, title=title, spans=spans or [[0, len(text)]], **(defaults | fields))


def bear_out(fact: Brand | Program | Statistic, source: Article, phrase: str, **fields: object) -> Evidence:
    """Evidence at the first place of the phrase, with the line around it as its sentence."""
    text = source.page.text
    start = text.index(phrase)
    end = start + len(phrase)
    stop = text.find("\n", end)
    context = {"context_start": text.rfind("\n", 0, start) + 1, "context_end": len(text) if stop < 0 else stop}
    kind = type(fact).__name__.lower()
    return Evidence.objects.create(article=source, start=start, end=end, **{kind: fact}, **(context | fields))


@gathered()
def brand(name: str, *, source: Article | None = None, aliases: tuple[str, ...] = (), **fields: Any) -> Brand:
    """A brand that an article names: `source`, or one made for it."""
    made = Brand.objects.create(name=name, **({"industry": Industry.CARE} | fields))
    for alias in aliases:
        BrandAlias.objects.create(brand=made, name=alias)
    bear_out(made, source or article(f"{name}是当地的劳务品牌。"), name)
    return made


@gathered()
def detail(subject: Brand, kind: str, words: str, *, source: Article | None = None, **fields: Any) -> BrandDetail:
    """A detail of the brand; with a source that says it, or a person's."""
    made = BrandDetail.objects.create(brand=subject, kind=kind, words=words, by_hand=source is None, **fields)
    if source is not None:
        bear_out(subject, source, words, field=kind, detail=made)
    return made


@gathered()
def program(name: str, *, source: Article | None = None, **fields: Any) -> Program:
    made = Program.objects.create(name=name, **({"kind": ProgramKind.POLICY} | fields))
    bear_out(made, source or article(f"各地推进{name}。"), name)
    return made


@gathered()
def statistic(
    subject: Brand | Program | Region,
    value: int | str,
    *,
    unit: str = "人",
    metric: str = Metric.EMPLOYMENT,
    qualifier: str = Qualifier.EXACT,
    as_of: str = "",
    source: Article | None = None,
    phrase: str = "",
    **fields: Any,
) -> Statistic:
    """A number of the subject; `as_of` is an ISO date that may stop at month or year."""
    when, precision = from_iso(as_of)
    stated = phrase or f"{value}{unit}"
    made = Statistic.objects.create(
        **{type(subject).__name__.lower(): subject},
        metric=metric,
        value=Decimal(value),
        qualifier=qualifier,
        unit=unit,
        as_of=when,
        as_of_precision=precision,
        stated=stated,
        **fields,
    )
    bear_out(made, source or article(f"据介绍，{stated}。"), stated)
    return made


def brands_of(region: Region, value: int, qualifier: str, **options: Any) -> Statistic:
    """How many labour brands a region has."""
    return statistic(region, value, unit="个", metric=Metric.BRANDS, qualifier=qualifier, **options)


@gathered()
def catalogue() -> None:
    """A small catalogue with something on every page: three provinces, five brands, two programs, series of figures."""
    places = regions()
    text = (
        "护工走出大山\n吕梁山护工走出大山，如今9万余名护工扎根20多个城市，年工资总收入超16亿元。\n"
        "全国劳务品牌近2500个。会上发布了《劳务品牌建设指导意见》。\n天镇保姆也来参会。"
    )
    source = article(text, title="护工走出大山", place=places["140000"])
    carer = brand(
        "吕梁山护工", source=source, aliases=("吕梁护工",), region=places["141100"], level=BrandLevel.NATIONAL
    )
    detail(carer, DetailKind.TRADE, "病患陪护")
    detail(carer, DetailKind.DESTINATION, "重庆", region=places["500000"])
    brand("天镇保姆", source=source, region=places["140222"], industry=Industry.DOMESTIC_SERVICE)
    brand("离石月嫂", region=places["141102"], industry=Industry.DOMESTIC_SERVICE, level=BrandLevel.COUNTY)
    brand(
        "潜江裁缝", region=places["429005"], industry=Industry.MANUFACTURING, level=BrandLevel.PROVINCIAL,
        recognised_year=2023, batch="第二批",
    )  # fmt: skip
    brand("无名工匠", industry=Industry.OTHER)
    statistic(carer, 90000, qualifier=Qualifier.OVER, as_of="2025-11", source=source, phrase="9万余名")
    statistic(carer, 60000, qualifier=Qualifier.NEARLY, as_of="2023")
    statistic(carer, 70000, as_of="2023")
    statistic(carer, 1_600_000_000, unit="元", metric=Metric.LABOUR_INCOME, source=source, phrase="16亿元")
    country = places["100000"]
    brands_of(country, 2000, Qualifier.NEARLY, as_of="2022")
    brands_of(country, 2300, Qualifier.OVER, as_of="2024-11")
    brands_of(country, 2500, Qualifier.NEARLY, as_of="2025-11", source=source, phrase="近2500个")
    paper = program("《劳务品牌建设指导意见》", source=source, place=country)
    paper.brands.add(carer)
    program(
        "护工技能大赛", kind=ProgramKind.CONTEST, place=places["141100"], held_on=date(2024, 5, 1), held_precision="day"
    )
