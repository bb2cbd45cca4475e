"""The columns of a file that say where a person read of a row: an article by its number, or a source of its own, and
the words. They go in and never out: what bears a row out is no value of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.models import Article, Brand, Statistic
from brands.models.bounds import check_past
from brands.sources import MAX_WORDS, OwnSource, article_of, bear_out, check_words
from brands.vocabulary.choices import DatePrecision
from brands.vocabulary.dates import from_iso
from curation.transfer.columns import CellTexts, TableColumn, TableRow
from curation.transfer.references import Known

WORDS, ARTICLE, TITLE, PUBLISHER, DATE, URL = (
    "source_words",
    "source_article",
    "source_title",
    "source_publisher",
    "source_date",
    "source_url",
)

LABELS: dict[str, Promise] = {
    WORDS: _("出处：原话，里面要有它的名称"),
    ARTICLE: _("出处：库里报道的编号"),
    TITLE: _("出处：标题，不是库里的报道时填"),
    PUBLISHER: _("出处：报刊或发布单位"),
    DATE: _("出处：刊发日期，如 2025-11-20"),
    URL: _("出处：网址"),
}

# Characters that a cell may have.
LONGEST = {WORDS: MAX_WORDS, ARTICLE: 18, TITLE: 255, PUBLISHER: 100, DATE: 10, URL: 500}


class SourceColumn(TableColumn):
    """One thing that a file says of the source of a row."""

    is_of_row = False

    def text(self, row: TableRow) -> str:
        return row.wanted.get(self.attribute, [""])[0]

    def label(self, model: type[models.Model]) -> str:
        return str(LABELS[self.attribute])

    def load(self, row: TableRow, cells: CellTexts, known: Known) -> None:
        text = cells[self.header].strip()
        if len(text) > LONGEST[self.attribute]:
            raise ValueError(gettext("最多 %d 字。") % LONGEST[self.attribute])
        if self.attribute == DATE and text:
            _day(text)
        if self.attribute == URL and text:
            _check_address(text)
        row.wanted[self.attribute] = [text]


def source_columns() -> list[SourceColumn]:
    return [SourceColumn(name) for name in LABELS]


def said(row: TableRow) -> dict[str, str]:
    """What the line says of the source, by column; nothing where it says nothing."""
    return {name: text for name in LABELS if (text := row.wanted.get(name, [""])[0])}


def complaints(row: TableRow) -> Iterator[tuple[str, str]]:
    """What is wrong with the source that a line gives, by column."""
    given = said(row)
    if not given:
        return
    own = given.keys() & {TITLE, PUBLISHER, DATE, URL}
    if WORDS not in given:
        yield WORDS, gettext("请摘录原话：没有原话，出处证实不了什么。")
    elif bool(own) == (ARTICLE in given) or (own and TITLE not in given):
        yield TITLE, gettext("请选一篇报道，或者填写别的出处的标题，二者取一。")
    else:
        yield from _of_words(row, given)


def _of_words(row: TableRow, given: dict[str, str]) -> Iterator[tuple[str, str]]:
    try:
        article = _article(given[ARTICLE]) if ARTICLE in given else None
        check_words(given[WORDS], _names(row), article, row.row)
    except (ValueError, Article.DoesNotExist):
        yield ARTICLE, gettext("没有编号为“%s”的报道。") % given[ARTICLE]
    except ValidationError as error:
        yield WORDS, " ".join(error.messages)


def _article(number: str) -> Article:
    """ValueError or Article.DoesNotExist where no article has this number."""
    if not number.isascii() or not number.isdecimal():
        raise ValueError(number)
    return Article.objects.select_related("page").get(pk=int(number))


def _names(row: TableRow) -> list[str]:
    """What the row will be called once it is written."""
    fact = row.row
    if isinstance(fact, Statistic):
        return [fact.stated]
    stored = fact.aliases.values_list("name", flat=True) if isinstance(fact, Brand) and fact.pk else ()
    return [str(fact), *row.wanted.get("aliases", stored)]


def write_sources(rows: Iterable[TableRow]) -> None:
    """Let the words bear out the rows, which are written; all words of one source are one article."""
    by_source: defaultdict[OwnSource, list[tuple[TableRow, str]]] = defaultdict(list)
    for row in rows:
        given = said(row)
        if ARTICLE in given:
            bear_out(row.row, _article(given[ARTICLE]), given[WORDS])  # type: ignore[arg-type]  # a fact
        elif given:
            by_source[_source(given)].append((row, given[WORDS]))
    for source, told in by_source.items():
        article = article_of(source, [words for _row, words in told])
        for row, words in told:
            bear_out(row.row, article, words)  # type: ignore[arg-type]  # a fact


def _source(given: dict[str, str]) -> OwnSource:
    published_on = _day(given[DATE]) if DATE in given else None
    return OwnSource(given[TITLE], given.get(PUBLISHER, ""), published_on, given.get(URL, ""))


def _day(text: str) -> date:
    """ValueError, in words for people, where the text is no day."""
    day, precision = from_iso(text)
    if day is None or precision != DatePrecision.DAY:
        raise ValueError(gettext("“%s”不是日期；请写成 2025-11-20。") % text)
    try:
        check_past(day)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from None
    return day


def _check_address(text: str) -> None:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from None
