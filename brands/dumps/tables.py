"""The public data as tables: which rows of which models a dump and the feed of changes tell, and each column of them.

A row is public where readers see it and the sentence that says it. A value that refers to what is not public is null,
as is what is unknown. Keys are those of the catalogue, and rows stand in their order.
"""

from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from brands.dumps.columns import (
    DumpTable,
    column,
    confidence_column,
    key_column,
    number_column,
    partial_date_column,
    place_column,
    plain,
    review_column,
)
from brands.dumps.public import (
    if_public,
    of_brands,
    program_brands,
    program_regions,
    public_brands,
    public_evidence,
    public_programs,
    public_statistics,
)
from brands.models import (
    Article,
    Brand,
    BrandAlias,
    BrandDetail,
    Evidence,
    Program,
    ProgramRedirect,
    Redirect,
    Region,
    RegionName,
    Statistic,
)
from brands.vocabulary.choices import (
    BrandLevel,
    Category,
    DateBasis,
    Departure,
    DetailKind,
    Industry,
    Metric,
    OwnerKind,
    Per,
    ProgramKind,
    Qualifier,
    RegionLevel,
    RegionNameKind,
    Scope,
)

_TEXT = "article__page__text"

# The name of a brand that was merged is that of another one now, and it may never have been public itself.
_WITHDRAWN_NAME = Case(When(reason=Departure.MERGED, then=Value("")), default=F("name"), output_field=CharField())
_WITHDRAWN_PLACE = Case(When(reason=Departure.MERGED, then=Value("")), default=F("region"), output_field=CharField())

_REGIONS = DumpTable(
    "regions", _("行政区划"), Region,
    "administrative divisions", Region.objects.all,
    (
        column("adcode", "code (GB/T 2260)", required=True, pattern="^[1-9][0-9]{5}$"),
        column("name", "full name", required=True),
        column("common_name", "name without the word for its kind", required=True),
        column("short_name", "one character, of provinces"),
        column("level", "level of the division", choices=RegionLevel, required=True),
        key_column("parent", "regions", "the division that holds it"),
        column("pinyin", "name in syllables"),
    ),
)  # fmt: skip

_REGION_NAMES = DumpTable(
    "region_names", _("区划别名"), RegionName,
    "other names of divisions: short, literary, former", RegionName.objects.all,
    (
        number_column(),
        place_column("adcode", "whose name it is", "region_id"),
        column("name", "the other name", required=True),
        column("kind", "kind of name", choices=RegionNameKind, required=True),
        column("note", "what is to be said of it"),
    ),
)  # fmt: skip

_ARTICLES = DumpTable(
    "articles", _("报道"), Article,
    "articles on labour brands; their whole texts are their publishers'", Article.objects.published,
    (
        number_column(),
        column("title", "headline", required=True),
        column("publisher", "the newspaper or site"),
        column("published_on", "day of issue", kind="date"),
        column("source_url", "where the publisher has it", "url"),
        place_column("adcode", "where it is set", "place_id"),
        column("score", "how far its words say that it is about labour brands, 0 to 1", kind="number", required=True),
        key_column("reprint_of", "articles", "the article that it reprints",
             if_public(Article.objects.published, "reprint_of_id")),
    ),
)  # fmt: skip

_BRANDS = DumpTable(
    "brands", _("劳务品牌"), Brand,
    "labour brands", public_brands,
    (
        number_column(),
        column("name", "name", required=True),
        column("pinyin", "name in syllables"),
        place_column("adcode", "where it is at home", "region_id"),
        column("industry", "trade", choices=Industry, required=True),
        column("category", "official field", choices=Category),
        column("level", "who recognised it", choices=BrandLevel),
        column("owner_kind", "whose brand it is", choices=OwnerKind),
        key_column("series", "brands", "the brand whose series it belongs to",
             if_public(public_brands, "series_id")),
        column("year", "year of recognition", "recognised_year", kind="integer"),
        column("batch", "batch of recognition, as printed"),
        column("organisation", "who builds or runs it"),
        column("issuer", "who recognised it, by name"),
        column("document_number", "number of the paper that recognised it"),
        column("description", "what it is, in a few words"),
        column("inferred", "fields that no sentence states: a rule concluded them", kind="array", required=True),
        review_column(),
        confidence_column(),
    ),
)  # fmt: skip

_BRAND_NAMES = DumpTable(
    "brand_names", _("品牌别名"), BrandAlias,
    "other names under which brands are printed", of_brands(BrandAlias),
    (
        number_column(),
        key_column("brand", "brands", "whose name it is", required=True),
        column("name", "the other name", required=True),
    ),
)  # fmt: skip

_BRAND_DETAILS = DumpTable(
    "brand_details", _("品牌详情"), BrandDetail,
    "what a brand may have several of: destinations, trades, honours",
    of_brands(BrandDetail),
    (
        number_column(),
        key_column("brand", "brands", "whose it is", required=True),
        column("kind", "kind of detail", choices=DetailKind, required=True),
        column("words", "as printed", required=True),
        place_column("adcode", "of a destination", "region_id"),
        column("country", "of a destination abroad: ISO 3166-1"),
        column("people", "the words for how many work there"),
    ),
)  # fmt: skip

_PROGRAMS = DumpTable(
    "programs", _("政策与活动"), Program,
    "policies, conferences, contests, campaigns, projects and co-operation", public_programs,
    (
        number_column(),
        column("name", "name", required=True),
        column("other_names", "other names, 、 between them"),
        column("kind", "kind of program", choices=ProgramKind, required=True),
        column("edition", "第三届 is 3", kind="integer"),
        column("year", "the year that its name says", kind="integer"),
        column("issuer", "who issued or held it"),
        partial_date_column("held_on", "held_precision", "when it was held or issued"),
        place_column("adcode", "where", "place_id"),
        review_column(),
        confidence_column(),
    ),
)  # fmt: skip

_PROGRAM_BRANDS = DumpTable(
    "program_brands", _("政策与活动涉及的品牌"), Program.brands.through,
    "the brands that programs concern", program_brands,
    (
        number_column("number of the link"),
        key_column("program", "programs", "the program", required=True),
        key_column("brand", "brands", "the brand", required=True),
    ),
)  # fmt: skip

_PROGRAM_REGIONS = DumpTable(
    "program_regions", _("政策与活动涉及的地区"), Program.regions.through,
    "the divisions that programs concern", program_regions,
    (
        number_column("number of the link"),
        key_column("program", "programs", "the program", required=True),
        place_column("adcode", "the division", "region_id"),
    ),
)  # fmt: skip

_STATISTICS = DumpTable(
    "statistics", _("数据"), Statistic,
    "numbers that papers report of a brand, a program or a division", public_statistics,
    (
        number_column(),
        key_column("brand", "brands", "of which brand it is"),
        key_column("program", "programs", "of which program it is"),
        place_column("adcode", "of which division it is", "region_id"),
        column("metric", "what is counted", choices=Metric, required=True),
        column("value", "the number, in the plain unit", kind="number", required=True, unit="see unit", made=plain),
        column("value_max", "the upper end of a range", kind="number", unit="see unit", made=plain),
        column("qualifier", "how the paper hedges it", choices=Qualifier, required=True),
        column("unit", "the plain unit, without 万 and 亿", required=True),
        column("scope", "what it measures: the whole, an addition, a part, a rate", choices=Scope, required=True),
        column("part_of", "the words for the part, or for the limit of a total"),
        key_column("whole", "statistics", "the number that it is a part of",
             if_public(public_statistics, "whole_id")),
        column("per", "for one of what, or in which span, a rate holds", choices=Per),
        column("period", "the words of the period that as_of ends"),
        partial_date_column("as_of", "as_of_precision", "its date"),
        column("as_of_basis", "stated by the text, or published: only the paper is dated", choices=DateBasis),
        column("stated", "the paper's words for it"),
        review_column(),
        confidence_column(),
    ),
)  # fmt: skip

_EVIDENCE = DumpTable(
    "evidence", _("原句"), Evidence,
    "the sentences that say the facts, each with the very words", public_evidence,
    (
        number_column(),
        key_column("article", "articles", "where it stands", required=True),
        key_column("brand", "brands", "the brand that it bears out"),
        key_column("program", "programs", "the program that it bears out"),
        key_column("statistic", "statistics", "the number that it bears out"),
        key_column("detail", "brand_details", "the detail of the brand that it bears out"),
        column("field", "the field that it bears out; null for the fact itself"),
        column("words", "the words, as printed",
                Substr(_TEXT, F("start") + 1, F("end") - F("start")), required=True),
        column("sentence", "the sentence around them, as printed",
                Substr(_TEXT, F("context_start") + 1, F("context_end") - F("context_start")), required=True),
        column("start", "offset of the words in the page as it was delivered", kind="integer", required=True,
                unit="code points"),
        column("end", "offset of their end", kind="integer", required=True, unit="code points"),
        column("sentence_start", "offset of the sentence", "context_start", kind="integer", required=True,
                unit="code points"),
        column("sentence_end", "offset of its end", "context_end", kind="integer", required=True,
                unit="code points"),
        column("rule", "the rule that found it; by-hand for a person"),
        column("version", "version of the extraction"),
        confidence_column(),
    ),
)  # fmt: skip

_REDIRECTS = DumpTable(
    "redirects", _("已撤下的品牌"), Redirect,
    "brands that have no page any more, and where their addresses lead", Redirect.objects.all,
    (
        number_column("number that the brand had"),
        column("name", "its name; of one that was merged, the name is its heir's", _WITHDRAWN_NAME, into="name"),
        column("adcode", "code of its division", _WITHDRAWN_PLACE, into="region"),
        column("reason", "why it went", choices=Departure, required=True),
        column("heir", "number of the brand that took it over", kind="integer"),
        column("since", "when it went", kind="datetime", required=True),
    ),
)  # fmt: skip

_PROGRAM_REDIRECTS = DumpTable(
    "program_redirects", _("已合并的政策与活动"), ProgramRedirect,
    "programs that were merged into others, and where their addresses lead", ProgramRedirect.objects.all,
    (
        number_column("number that the program had"),
        column("name", "its name; null for one that was never shown"),
        column("adcode", "code of its division", "region"),
        column("heir", "number of the program that took it over", kind="integer", required=True),
        column("since", "when it went", kind="datetime", required=True),
    ),
)  # fmt: skip

# All tables, each after those that it refers to.
TABLES: dict[str, DumpTable] = {
    table.name: table
    for table in (
        _REGIONS, _REGION_NAMES, _ARTICLES, _BRANDS, _BRAND_NAMES, _BRAND_DETAILS, _PROGRAMS, _PROGRAM_BRANDS,
        _PROGRAM_REGIONS, _STATISTICS, _EVIDENCE, _REDIRECTS,
        _PROGRAM_REDIRECTS,
    )
}  # fmt: skip
