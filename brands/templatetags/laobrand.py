"""What the templates need to say facts in a reader's words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from brands.figures.figures import FigureGroup, figure_words, named_by_metric, when_words
from brands.graphics.charts import Chart
from brands.graphics.png import drawable
from brands.listing.address import full
from brands.models import Brand, Card, Evidence, Program, Region, Statistic
from brands.place_words import place_beside, place_words, region_title, region_words
from brands.seo.descriptions import full_place, sentence
from brands.text.highlight import Mark, beside, has_chinese, highlighted, linked_data, plain, with_language
from brands.text.page_text import Laid, lay_out, one_line
from brands.vocabulary.choices import DateBasis, DatePrecision, ProgramKind
from brands.vocabulary.english_papers import english_paper
from brands.vocabulary.numbers import day, edition_words, full_number, number
from brands.vocabulary.pinyin import sort_key, spelled, toned

register = template.Library()
register.filter(full_place)
register.filter(sentence)
register.filter("ld_json", linked_data)
register.filter(beside)

# Characters of a quoted sentence; a longer one is cut around what it bears out.
MAX_QUOTE = 220


@register.filter
def figure(statistic: Statistic) -> SafeString:
    """超 9 万人; on an English page the paper's own words in it are said to be Chinese."""
    return with_language(figure_words(statistic))


@register.filter
def metric(statistic: Statistic) -> str:
    """What is counted, to stand before the number: 就业人数; nothing where the number is the paper's own words."""
    return str(statistic.get_metric_display()) if named_by_metric(statistic) else ""


@register.filter
def digits(statistic: Statistic) -> str:
    """90,000 人"""
    return full_number(statistic.value, unit=statistic.unit, value_max=statistic.value_max)


@register.filter
def short(value: Decimal) -> str:
    """A number without its unit, in the scale that readers think in: 1.5 万"""
    return number(value)


@register.filter
def percent(share: float) -> str:
    """95%: samples of a few dozen say no more."""
    return f"{share:.0%}"


@register.filter
def as_of(statistic: Statistic) -> str:
    """2025年11月, 据2025年11月报道, or that the papers don't say."""
    return when_words(statistic) or gettext("未注明时间")


@register.filter
def says_more_than_year(statistic: Statistic) -> bool:
    """Whether the words for its date say more than the year: the month, or that only the paper is dated."""
    return statistic.as_of_precision != DatePrecision.YEAR or statistic.as_of_basis == DateBasis.PUBLISHED


@register.filter
def in_words(value: date | None, precision: str = "day") -> str:
    return day(value, precision)


@register.filter
def edition(program: Program) -> str:
    """第3届（2025年）; the program's name, marked as Chinese, where neither edition nor year is known."""
    year = program.year or (program.held_on.year if program.held_on else None)
    batch = program.kind == ProgramKind.POLICY
    return edition_words(program.edition, year, batch=batch) or format_html(
        '<span lang="zh-Hans">{}</span>', program.name
    )


@register.simple_tag
def today() -> str:
    """2026年3月1日"""
    return day(timezone.localdate())


@register.simple_tag(takes_context=True)
def full_address(context: Mapping[str, Any], path: str) -> str:
    """A path as others have to write it."""
    return full(context["request"], path)


@register.simple_tag
def pictures() -> bool:
    """Whether this machine can draw PNG pictures."""
    return drawable()


@register.filter
def at(mapping: Mapping[object, object] | str, key: object) -> object:
    """The value of the key; nothing where the template has no such mapping."""
    return None if isinstance(mapping, str) else mapping.get(key)


@register.filter
def quoted(evidence: Evidence) -> SafeString:
    """The sentence without the page's noise, with the phrase marked, and apart from it the words that say what a number
    measures. Asks for evidence `with_words()`."""
    sentence: str = getattr(evidence, "sentence_words", "") or ""
    laid = one_line(lay_out(sentence))
    marks = _in_sentence(evidence, laid, (evidence.start, evidence.end))
    for place in evidence.scope_places:
        marks += _in_sentence(evidence, laid, place, kind="is-scope")
    return _cut(laid, marks)


def _in_sentence(evidence: Evidence, laid: Laid, place: tuple[int, int], *, kind: str = "") -> list[Mark]:
    first = evidence.context_start
    return [Mark(start, end, kind=kind) for start, end in laid.places(place[0] - first, place[1] - first)]


@register.filter
def marked(text: str, marks: list[Mark]) -> SafeString:
    return highlighted(text, marks)


@register.filter
def named(text: object) -> SafeString:
    """A name or a sentence with names: on an English page its Chinese is said to be Chinese."""
    return with_language(str(text))


@register.filter
def spoken_in(text: str) -> str:
    """The language of a text that can't be marked word by word, such as an option's: Chinese if any of it is."""
    return "zh-Hans" if not _english() or has_chinese(text) else "en"


@register.filter
def glossed(name: str) -> SafeString:
    """How a Chinese name is read, beside it on an English page."""
    return beside(spelled(sort_key(name))) if _english() else plain("")


@register.filter
def paper(name: str) -> SafeString:
    """A publisher, or that none is known; on an English page its English name, or else its own beside its pinyin."""
    if not name or not _english():
        return plain(name or gettext("媒体不详"))
    english = english_paper(name)
    return plain(english) if english else with_language(name) + glossed(name)


@register.filter
def reading(name: str) -> str:
    """How a Chinese name is read, in tone marks, a syllable a character: ``lǚ liáng shān hù gōng``."""
    return " ".join(syllable or character for character, syllable in toned(name))


@register.filter("spelled")
def spelled_of(row: Brand | Card) -> str:
    """lü liang shan hu gong"""
    return spelled(row.pinyin)


@register.filter
def romanised(row: Brand | Card) -> SafeString:
    """The same beside the name, on an English page."""
    return beside(spelled_of(row))


@register.filter
def from_where(row: Brand) -> SafeString:
    """元谋 beside 绣娘: the division of a brand whose name has no place of its own, muted; nothing beside others."""
    told = place_beside(row.name, row.region)
    return format_html(' <span class="muted">{}</span>', with_language(told)) if told else format_html("{}", "")


@register.filter
def place(region: Region) -> str:
    """The region alone, without those that hold it, as the active language calls it."""
    return region_words(region)


register.filter(region_title)


@register.filter
def placed(card: Card) -> str:
    """广西南宁横州, Hengzhou, Nanning, Guangxi: the brand's place with those that hold it."""
    return place_words(card.adcode, card.place)


@register.filter
def described(group: FigureGroup) -> str:
    """A chart in words, for those who don't see it."""
    chart: Chart | None = group.chart
    if chart is None:
        return ""
    values = [f"{column.point.when} {column.point.words}" for column in chart.columns]
    return gettext("%(metric)s：%(values)s") % {"metric": group.label, "values": gettext("，").join(values)}


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _cut(laid: Laid, marks: list[Mark]) -> SafeString:
    """A long sentence cut to `MAX_QUOTE` characters with the first mark in the middle."""
    if len(laid.text) <= MAX_QUOTE or not marks:
        return highlighted(laid.text, marks)
    start = max(min(marks[0].start - MAX_QUOTE // 2, len(laid.text) - MAX_QUOTE), 0)
    end = max(start + MAX_QUOTE, marks[0].end)
    before, after = "…" if start else "", "…" if end < len(laid.text) else ""
    ahead = len(before) - start
    moved = [replace(m, start=m.start + ahead, end=m.end + ahead) for m in marks if start <= m.start and m.end <= end]
    return highlighted(f"{before}{laid.text[start:end]}{after}", moved)
