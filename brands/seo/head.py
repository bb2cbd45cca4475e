"""What pages say of themselves to those who link to them, and how they are cited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from brands.figures.figures import FigureGroup, counted_words, key_of, subject_words, when_words
from brands.graphics.png import drawable
from brands.listing.address import full
from brands.listing.pages import ListPage
from brands.models import Article, Brand, BrandAlias, Evidence, Program, Region, Statistic
from brands.place_words import region_words
from brands.seo.citation import Cited, bibtex, csl_json, gbt7714, plain, ris
from brands.seo.descriptions import full_place, sentence
from brands.seo.linked_data import Data, ItemList, collection, dataset, defined_term, page, terms
from brands.vocabulary.choices import Metric
from brands.vocabulary.numbers import day

# What each form of a reference is called, and the reference.
References: TypeAlias = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PageHead:
    """`title` and `description` are shown where the page is linked to, `url` is its permanent full address, `kind` a
    type of the Open Graph, `data` is linked data, `image` the full address of a picture or empty."""

    title: str
    description: str
    url: str
    data: Data
    kind: str = "website"
    image: str = ""


def picture_of(request: HttpRequest, kind: str = "", key: int | str = "") -> str:
    """The full address of the picture for who links to the page of a row, or that of the site; in the language of the
    page, and empty on a machine that draws none."""
    if not drawable():
        return ""
    english = {"language": "en"} if (get_language() or "").startswith("en") else {}
    if not kind:
        return full(request, reverse("brands:share_site", kwargs=english))
    return full(request, reverse("brands:share", kwargs={"kind": kind, "key": key} | english))


def of_site(request: HttpRequest, title: str) -> PageHead:
    """Of the home page and of the page about the data, which both speak of the whole."""
    url = full(request, request.path)
    return PageHead(title, _described(), url, _whole(request), image=picture_of(request))


def of_list(request: HttpRequest, shown: ListPage, name: str, rows: Iterable[tuple[object, str]]) -> PageHead:
    """Of a page of a filtered list. `rows` are what its rows are called, and their paths."""
    saying = shown.listing.saying()
    title = f"{saying} · {name}" if saying else name
    items = ItemList(_addressed(request, rows), (shown.number - 1) * shown.listing.page_size + 1, shown.total)
    return _of_items(request, title, shown.canonical, items)


def of_answer(request: HttpRequest, title: str, told: str, *, canonical: str = "") -> PageHead:
    """Of a page that answers a question from many brands. `canonical` is its path with what is chosen, where that makes
    another page."""
    url = full(request, canonical or request.path)
    return PageHead(title, told, url, page(url, title, []), image=picture_of(request))


def of_regions(request: HttpRequest, name: str, provinces: Sequence[Region]) -> PageHead:
    rows = _addressed(request, ((region_words(region), region.get_absolute_url()) for region in provinces))
    return _of_items(request, name, full(request, request.path), ItemList(rows, 1, len(provinces)))


def _of_items(request: HttpRequest, title: str, url: str, items: ItemList) -> PageHead:
    described = gettext("%(name)s，共 %(total)d 条，各附原文、媒体和日期。") % {"name": title, "total": items.total}
    data = collection(url, title, described, items, within=_whole(request))
    return PageHead(title, described, url, data, image=picture_of(request))


def _addressed(request: HttpRequest, rows: Iterable[tuple[object, str]]) -> list[tuple[str, str]]:
    root = full(request, "/").rstrip("/")
    return [(str(name), root + path) for name, path in rows]


def of_data(request: HttpRequest, title: str, files: Iterable[tuple[str, str]]) -> PageHead:
    """Of the page that hands the data out; `files` are what each is called, and its path."""
    url = full(request, request.path)
    data = _whole(request) | terms(settings.DATA_LICENCE_URL, _addressed(request, files))
    return PageHead(title, _described(), url, data, image=picture_of(request))


def _described() -> str:
    return gettext("中国劳务品牌的公开报道：每个数字都可追溯到原话。")


def _whole(request: HttpRequest) -> Data:
    """The database as linked data."""
    return dataset(
        url=full(request, reverse("brands:home")),
        name=gettext("劳务品牌库"),
        description=_described() + gettext("收录品牌、所在地、行业、就业与收入等数字，各附原文、媒体和日期。"),
        measured=[str(metric.label) for metric in Metric if metric != Metric.OTHER],
    )


def of_brand(
    request: HttpRequest,
    brand: Brand,
    told: str,
    namings: Sequence[Evidence],
    aliases: Sequence[BrandAlias],
) -> PageHead:
    """Of a brand of which `told` says the most in a line."""
    url = full(request, brand.get_absolute_url())
    place = full_place(brand.region)
    term = defined_term(
        brand,
        url=url,
        description=sentence(brand),
        aliases=[alias.name for alias in aliases],
        site={"name": gettext("劳务品牌库"), "url": full(request, reverse("brands:home"))},
    )
    title = f"{brand.name} · {place}" if place else brand.name
    description = f"{brand.name}{gettext('：')}{told}"
    image = picture_of(request, "brands", brand.pk)
    return PageHead(title, description, url, page(url, brand.name, _articles(namings), about=term), image=image)


def of_statistic(request: HttpRequest, statistic: Statistic, quotes: Sequence[Evidence]) -> PageHead:
    url = full(request, statistic.get_absolute_url())
    title = told_of(statistic)
    description = f"{subject_words(statistic)}{gettext('：')}{figure_sentence(statistic)}"
    data = page(url, title, _articles(quotes))
    return PageHead(title, description, url, data, image=picture_of(request, *_subject(statistic)))


def told_of(statistic: Statistic) -> str:
    """吕梁山护工 就业人数 超 9 万人"""
    return f"{subject_words(statistic)} {counted_words(statistic)}"


def of_article(request: HttpRequest, article: Article) -> PageHead:
    url = full(request, article.get_absolute_url())
    printed = gettext("，").join(part for part in (article.publisher, day(article.published_on)) if part)
    description = gettext("报道中的劳务品牌和数字，逐一标在原文里。")
    told = f"{printed}{gettext('：')}{description}" if printed else description
    data = page(url, article.title, [article])
    return PageHead(article.title, told, url, data, "article", picture_of(request, "articles", article.pk))


def of_program(request: HttpRequest, program: Program, namings: Sequence[Evidence]) -> PageHead:
    url = full(request, program.get_absolute_url())
    when = day(program.held_on, program.held_precision)
    facts = [program.get_kind_display(), program.issuer, full_place(program.place), when]
    told = f"{program.name}{gettext('：')}{gettext('，').join(fact for fact in facts if fact)}"
    data = page(url, program.name, _articles(namings))
    return PageHead(program.name, told, url, data, image=picture_of(request, "programs", program.pk))


def of_region(request: HttpRequest, region: Region, total: int, groups: Sequence[FigureGroup]) -> PageHead:
    url = full(request, region.get_absolute_url())
    title = gettext("%(name)s的劳务品牌") % {"name": region_words(region)}
    said = gettext("本库收录了%(name)s的 %(total)d 个劳务品牌。") % {"name": region_words(region), "total": total}
    quotes = [quote for group in groups for figure in group.all for quote in figure.quotes]
    told = said + "".join(figure_sentence(group.figures[0].statistic) for group in groups[:1])
    image = picture_of(request, "regions", region.adcode)
    return PageHead(title, told, url, page(url, title, _articles(quotes)), image=image)


def references(request: HttpRequest, row: Brand | Statistic | Article | Region, article: Article | None) -> References:
    """How to cite a page: the article that bears it out first of all, and the page as the place where it was found. A
    page without an article is a compilation of its own."""
    kind = type(row).__name__.lower()
    cited = Cited(
        title=article.title if article else gettext("%(name)s的劳务品牌") % {"name": row},
        publisher=article.publisher if article else "",
        published_on=article.published_on if article else None,
        url=article.url if article else "",
        key=f"laobrand-{kind}-{row.pk}",
        found_at=full(request, row.get_absolute_url()),
        accessed=timezone.localdate(),
    )
    return [
        ("GB/T 7714—2025", gbt7714(cited)),
        (gettext("文中说明"), plain(cited)),
        ("BibTeX", bibtex(cited)),
        ("RIS", ris(cited)),
        ("CSL-JSON", csl_json(cited)),
    ]


def first_article(quotes: Sequence[Evidence]) -> Article | None:
    return quotes[0].article if quotes else None


def _subject(statistic: Statistic) -> tuple[str, str]:
    """Whose number it is, as addresses of pictures say it: ``brands``, ``12``."""
    kind, _, key = key_of(statistic).partition(":")
    return f"{kind}s", key


def _articles(quotes: Sequence[Evidence]) -> list[Article]:
    return [quote.article for quote in quotes]


def figure_sentence(statistic: Statistic) -> str:
    """就业人数 超 9 万人（2025年11月）。"""
    when = when_words(statistic)
    told = {"figure": counted_words(statistic), "when": when}
    return (gettext("%(figure)s（%(when)s）。") if when else gettext("%(figure)s。")) % told
