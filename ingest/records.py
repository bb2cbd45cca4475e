"""What the stages hand on. Every record is frozen; a fact cannot be built without its evidence."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from brands.vocabulary.choices import (
    BrandLevel,
    Category,
    DateBasis,
    DetailKind,
    Industry,
    Metric,
    Per,
    ProgramKind,
    Qualifier,
    Scope,
)
from ingest.frozen import frozen
from ingest.standing_rules import NOTHING, StandingRules
from ingest.text import MappedText, Span


class RejectionReason(StrEnum):
    """Why a file was turned away by `read`. The value is what a person is told."""

    EMPTY = "the file is empty"
    TOO_LARGE = "the file is larger than the limit"
    BINARY = "the file is binary, not text"
    UNDECODABLE = "the file is in none of the known encodings"
    MOJIBAKE = "the text was read in a wrong encoding and saved so"
    RTF = "the file is rich text (RTF), not plain text"
    MAIL = "the file is a mail with encoded text"
    UTF_7 = "the file is in UTF-7, which is not supported"


class RejectedPageError(ValueError):
    """A file that is no page. Carries its name and the reason."""

    def __init__(self, name: str, reason: RejectionReason, detail: str = "") -> None:
        self.name, self.reason, self.detail = name, reason, detail
        super().__init__(f"{name}: {reason.value}" + (f" ({detail})" if detail else ""))


@frozen()
class FrontMatter:
    """What the head of a delivered file says of its article; empty where it says nothing. `unread` are the fields, each
    with its value, that say something nobody understands or that cannot be."""

    title: str = ""
    publisher: str = ""
    published_on: date | None = None
    url: str = ""
    unread: tuple[tuple[str, str], ...] = ()


@frozen()
class ArticleCorrection:
    """What a person said of an article of a page, by its order: attributes of `ExtractedArticle` with their values,
    which hold whatever the page says."""

    order: int
    said: tuple[tuple[str, object], ...]


@frozen()
class RawPage:
    """One file as delivered. `text` is decoded, line ends are ``\\n``, the markup of HTML is blanked one for one, and
    nothing else is changed; `body` is what follows the front matter. `sha256` is that of the bytes. `corrected` is what
    people said of its articles since it was read first, `rules` what they told once and for all that touches it."""

    name: str
    text: str
    encoding: str
    sha256: str
    front: FrontMatter
    body: Span
    corrected: tuple[ArticleCorrection, ...] = ()
    rules: StandingRules = NOTHING


@frozen()
class ExtractedArticle:
    """One article of a page, in reading order and without page noise.

    `text` starts with the headline lines (until `body_start`), then the paragraphs, one a line. Its offsets are those
    that all mentions use; `text.span()` leads back to the page. `spans` are the stretches of the page it stands in.
    `relevant`, `reason` and `score` (how far its words say that it is about labour brands, between 0 and 1) are set by
    `classify`; `place`, the adcode of the division it is set in (empty for unknown), by `locate`. `unread_date` holds
    the words of a date of issue that stands there and can't be read.
    """

    order: int
    title: str
    text: MappedText
    body_start: int
    spans: tuple[Span, ...]
    publisher: str = ""
    published_on: date | None = None
    unread_date: str = ""
    url: str = ""
    relevant: bool = False
    reason: str = ""
    score: float = 0.0
    place: str = ""


@frozen()
class Relevance:
    """Whether an article is about labour brands, the word or rule that decided it, and the score of its words."""

    relevant: bool
    reason: str
    score: float = 0.0


@frozen()
class Quote:
    """The characters of the page that bear out a fact, and by which rule they were found.

    `span` is the phrase itself (a name, a number with its unit), `context` the sentence around it as it stands on the
    page (equal to `span` where nothing more could be told). `field` names the attribute borne out, empty for the fact
    itself. `confidence` is between 0 and 1.
    """

    article: int
    span: Span
    context: Span
    rule: str
    confidence: float
    field: str = ""


def bearing(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """The quotes that bear out the fact itself rather than one of its fields; all of them where none does."""
    quotes = tuple(quotes)
    return tuple(quote for quote in quotes if not quote.field) or quotes


@frozen()
class Mention:
    """A name at its place in an article's text (not the page's). `region_hint` and the like are what the place itself
    says: the heading of a list, the row of a table, the word before the quotes."""

    article: int
    start: int
    end: int
    name: str
    rule: str
    confidence: float


@frozen()
class BrandMention(Mention):
    """`level_at` is where the article's text gives the level, None where that is in no one place."""

    aliases: tuple[str, ...] = ()
    region_hint: str = ""
    level_hint: BrandLevel | None = None
    level_at: Span | None = None


@frozen()
class ProgramMention(Mention):
    kind: ProgramKind = ProgramKind.PROJECT


@frozen()
class ExtractedDetail:
    """One of several things of a kind that a page says of a brand: a destination, a trade, an honour. `value` are the
    words. `region` is the adcode of a destination in China, `country` the ISO 3166-1 code of one abroad, `people` the
    words for how many work there; all empty for unknown."""

    kind: DetailKind
    value: str
    quote: Quote
    region: str = ""
    country: str = ""
    people: str = ""


@frozen()
class ExtractedBrand:
    """A labour brand of a page. `region` is an adcode or empty for unknown. `inferred` names the attributes that no
    quote states: a rule concluded them from the name, the list or the setting. `mentions` are all places where it is
    named, aliases too."""

    name: str
    quotes: tuple[Quote, ...]
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    region: str = ""
    industry: Industry = Industry.OTHER
    category: Category | None = None
    level: BrandLevel | None = None
    organisation: str = ""
    recognised_year: int | None = None
    batch: str = ""
    issuer: str = ""
    document_number: str = ""
    series: str = ""
    details: tuple[ExtractedDetail, ...] = ()
    inferred: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.quotes:
            raise ValueError(f"brand {self.name} has no evidence")


@frozen()
class ExtractedProgram:
    """A policy, conference, contest … of a page. Dates are ISO 8601 and may stop at the month or the year.

    `aliases` are all forms of the name, `other_names` those that are no part of it; `edition` and `year` are those
    that any form of the name holds."""

    name: str
    kind: ProgramKind
    quotes: tuple[Quote, ...]
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    edition: int | None = None
    year: int | None = None
    issuer: str = ""
    held: str = ""
    place: str = ""

    def __post_init__(self) -> None:
        if not self.quotes:
            raise ValueError(f"program {self.name} has no evidence")


@frozen()
class Entities:
    """What `resolve` makes of the mentions of a page."""

    brands: tuple[ExtractedBrand, ...]
    programs: tuple[ExtractedProgram, ...]


class SubjectType(StrEnum):
    BRAND = "brand"
    PROGRAM = "program"
    REGION = "region"


@frozen()
class Subject:
    """Of whom a statistic speaks. `key` is the name of a brand or program of the page, or an adcode."""

    type: SubjectType
    key: str


@frozen()
class StatisticFact:
    """A number that says something. `value` is in the plain `unit` (近1000亿元 is 100000000000 元), `value_max` the
    upper end of a range, `as_of` an ISO 8601 date that may stop at month or year, `stated` the words themselves.

    `scope` says what it measures, `part_of` which part, in the words of the text; `per` for one of what or in which
    span of time a rate holds; `whole` is where on the page the number stands that this one is a part of; `period` are
    the words of a period that `as_of` ends; `as_of_basis` says whether the text dates it or only the paper's own date,
    None without a date.
    """

    subject: Subject
    metric: Metric
    value: Decimal
    qualifier: Qualifier
    unit: str
    stated: str
    quotes: tuple[Quote, ...]
    value_max: Decimal | None = None
    as_of: str = ""
    scope: Scope = Scope.TOTAL
    part_of: str = ""
    per: Per | None = None
    whole: Span | None = None
    period: str = ""
    as_of_basis: DateBasis | None = None

    def __post_init__(self) -> None:
        if not self.quotes:
            raise ValueError(f"statistic {self.stated} has no evidence")


@frozen()
class PageFacts:
    """All that one page says. `doubtful` are names that are rather no brands: nothing else hangs on them."""

    page: RawPage
    articles: tuple[ExtractedArticle, ...]
    brands: tuple[ExtractedBrand, ...]
    programs: tuple[ExtractedProgram, ...]
    statistics: tuple[StatisticFact, ...]
    doubtful: tuple[ExtractedBrand, ...] = ()
