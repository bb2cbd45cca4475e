"""The design of the site on one page, for those who change it: each specimen is drawn by what the site itself uses, and
each number is read from the style sheet."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from brands.figures.figures import figure_groups
from brands.graphics import palette
from brands.graphics.charts import Chart, Point, columns
from brands.listing.pages import trail
from brands.listing.rows import COLUMNS, listed
from brands.models import Card, Statistic
from brands.models.region import COUNTRY
from brands.text.highlight import Mark
from brands.views.correction import CorrectionForm
from brands.vocabulary.choices import Metric, Qualifier
from brands.vocabulary.numbers import amount, brief, unit_word

SPACES = (
    (".wrap", "padding-inline"),
    ("main", "padding-block"),
    (".sheet > section", "margin-top"),
    (".cards", "gap"),
    (".card", "padding"),
    (".chips", "gap"),
)
# What is pressed with a finger on every kind of page.
TARGETS = (
    ".sections a",
    ".trail a",
    ".chip",
    ".pager a",
    ".find button",
    ".facet summary",
    ".ask input",
    ".report button",
)

# A sentence with a fact of each kind, at these places.
SPECIMEN = "吕梁山护工走出大山，如今9万余名护工扎根20多个城市；省里办起了护工技能大赛。"
MARKED = (("吕梁山护工", "brand"), ("9万余名", "statistic"), ("护工技能大赛", "program"))

MOST_CARDS = 3


def design(request: HttpRequest) -> HttpResponse:
    cards = Card.objects.values(*COLUMNS).order_by("-articles", "id")[:MOST_CARDS]
    national = Statistic.objects.published().of_region(COUNTRY).filter(metric=Metric.EMPLOYMENT)
    context = {
        "types": list(_types()),
        "pairs": palette.pairs(),
        "least_contrast": palette.READABLE,
        "spaces": [(f"{selector} {name}", palette.declared(selector, name)) for selector, name in SPACES],
        "targets": [(selector, palette.declared(selector, "min-height")) for selector in TARGETS],
        "large": palette.declared(".large", "font-size"),
        "largest": palette.declared(".largest", "font-size"),
        "cards": listed(cards),
        "hedges": [(q.label, amount(Decimal(10_000), unit="人", qualifier=q)) for q in Qualifier],
        "groups": figure_groups(national),
        "chart": _chart(),
        "text": SPECIMEN,
        "marks": [_mark(words, kind) for words, kind in MARKED],
        "form": CorrectionForm({}, auto_id="specimen-%s"),
        "trail": trail((gettext("设计"), "")),
    }
    return render(request, "brands/design.html", context)


def _mark(words: str, kind: str) -> Mark:
    start = SPECIMEN.index(words)
    return Mark(start, start + len(words), kind=f"is-{kind}")


def _types() -> Iterator[tuple[str, str, str, str]]:
    """Selectors, the sizes and heights of lines that the sheet declares for them, and when they are used."""
    size, _slash, rest = palette.declared("body", "font").partition("/")
    line = rest.partition(" ")[0]
    head = palette.declared("h1", "line-height")
    yield "h1", palette.declared("h1", "font-size"), head, gettext("页面的题目，一页一个；宋体")
    yield "h2", palette.declared("h2", "font-size"), head, gettext("一节的题目；宋体")
    yield "h3", palette.declared("h3", "font-size"), head, gettext("一节里的小题")
    yield ".lead", palette.declared(".lead", "font-size"), line, gettext("题目下面的一句话")
    yield "body", size, line, gettext("正文；系统黑体")
    yield ".quote blockquote", size, palette.declared(".quote blockquote", "line-height"), gettext("报纸的原话；宋体")
    yield ".note", palette.declared(":root", "--small"), line, gettext("出处、日期、说明")


def _chart() -> Chart:
    """A column of each kind."""
    kinds = ((Qualifier.EXACT, False), (Qualifier.ABOUT, False), (Qualifier.OVER, False), (Qualifier.EXACT, True))
    points = (
        Point(
            value=value,
            words=amount(value, unit="人", qualifier=qualifier),
            short=brief(value, qualifier=qualifier),
            when=gettext("未注明时间") if vague else f"{year}",
            href="#charts",
            open=qualifier == Qualifier.OVER,
            vague=vague,
        )
        for year, (qualifier, vague) in enumerate(kinds, start=2022)
        if (value := Decimal(30_000 * (year - 2021)))
    )
    return columns(list(points), unit=unit_word("人"))
