"""Questions to the catalogue, in the words of the field."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Substr

from brands.vocabulary.choices import ReviewState

if TYPE_CHECKING:
    from brands.models import Article, Brand, Evidence, Program, Region, Statistic  # noqa: F401

PUBLIC_CONFIDENCE = 0.5
"""A proposed fact under this confidence waits for review and is not public; a confirmed one is at any confidence."""


def adcode_range(adcode: str) -> tuple[str, str]:
    """The half-open range of codes of a division and all divisions in it, after GB/T 2260: two digits a province, two a
    prefecture, two a county. The country (100000) holds all.

    >>> adcode_range("450000")
    ('450000', '460000')
    """
    if adcode == "100000":
        return "100000", "999999"
    width = 2 if adcode.endswith("0000") else 4 if adcode.endswith("00") else 6
    return adcode, str(int(adcode[:width]) + 1).ljust(6, "0")


def _public(prefix: str = "") -> Q:
    """Facts that a reader may see as far as review goes; `prefix` leads to the fact."""
    return Q(**{f"{prefix}review": ReviewState.CONFIRMED}) | Q(
        **{f"{prefix}review": ReviewState.PROPOSED, f"{prefix}confidence__gte": PUBLIC_CONFIDENCE}
    )


def _inside(field: str, adcode: str) -> Q:
    first, after = adcode_range(adcode)
    return Q(**{f"{field}__gte": first, f"{field}__lt": after})


class RegionQuerySet(models.QuerySet["Region"]):
    def provinces(self) -> Self:
        return self.filter(level="province")

    def inside(self, adcode: str) -> Self:
        """The division with this code and all in it."""
        return self.filter(_inside("adcode", adcode))


class ArticleQuerySet(models.QuerySet["Article"]):
    def relevant(self) -> Self:
        return self.filter(relevant=True)

    def newest_first(self) -> Self:
        return self.order_by(F("published_on").desc(nulls_last=True), "-pk")

    def in_region(self, adcode: str) -> Self:
        """Articles set in the division or in any in it."""
        return self.filter(_inside("place_id", adcode))

    def with_brand_counts(self) -> Self:
        """Annotated with the number of public brands that the article names."""
        return self.annotate(brand_count=_brands_named())

    def brand_counts(self) -> dict[int, int]:
        """How many public brands each of the articles names, by the article's key."""
        return dict(self.order_by().values_list("pk").annotate(brands=_brands_named()))

    def without_text(self) -> Self:
        """With their pages, but not the pages' texts, which may be long."""
        return self.select_related("page", "place").defer("page__text")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def with_words(self) -> Self:
        """Annotated with `words` and `sentence_words`, cut by the database so that no whole page is read."""
        text = "article__page__text"
        return (
            self.select_related("article__page")
            .defer("article__page__text")
            .annotate(
                words=Substr(text, F("start") + 1, F("end") - F("start")),
                sentence_words=Substr(text, F("context_start") + 1, F("context_end") - F("context_start")),
            )
        )

    def public(self) -> Self:
        """Evidence of facts that a reader may see."""
        seen = Q()
        for fact in ("brand", "program", "statistic"):
            model = apps.get_model("brands", fact)
            seen |= Q(**{f"{fact}__in": model._default_manager.published()})
        return self.filter(seen)

    def of_facts(self) -> Self:
        """Evidence of facts themselves, not of single fields."""
        return self.filter(field="")


class BrandQuerySet(models.QuerySet["Brand"]):
    def published(self) -> Self:
        """Brands that a reader may see: not rejected, sure enough or confirmed, and borne out by an article."""
        return self.filter(_public(), _borne_out("brand"))

    def in_region(self, adcode: str) -> Self:
        """Brands of the division or of any in it."""
        return self.filter(_inside("region_id", adcode))

    def counts_by_region(self) -> dict[str | None, int]:
        """How many of the brands each division has itself, by code; None for brands of unknown place."""
        return dict(self.order_by().values_list("region_id").annotate(brands=Count("pk")))

    def article_counts(self) -> dict[int, int]:
        """How many articles name each of the brands, by the brand's key."""
        return dict(self.order_by().values_list("pk").annotate(articles=Count("evidence__article", distinct=True)))

    def with_counts(self) -> Self:
        """Annotated with the number of articles that name the brand."""
        return self.annotate(article_count=Count("evidence__article", distinct=True))


class ProgramQuerySet(models.QuerySet["Program"]):
    def published(self) -> Self:
        return self.filter(_public(), _borne_out("program"))

    def in_region(self, adcode: str) -> Self:
        return self.filter(_inside("place_id", adcode))

    def concerning(self, adcode: str) -> Self:
        """Programs held or issued in the division, or that name it or one in it."""
        named = apps.get_model("brands", "Program")._default_manager.filter(_inside("regions__adcode", adcode))
        return self.filter(_inside("place_id", adcode) | Q(pk__in=named.values("pk")))


class StatisticQuerySet(models.QuerySet["Statistic"]):
    def published(self) -> Self:
        """Statistics that a reader may see, of subjects that a reader may see."""
        return self.filter(
            _public(),
            _borne_out("statistic"),
            Q(brand__isnull=True) | _public("brand__"),
            Q(program__isnull=True) | _public("program__"),
        )

    def of_region(self, adcode: str) -> Self:
        """What is reported of the division itself, not of those in it."""
        return self.filter(region_id=adcode)

    def by_date(self) -> Self:
        """Oldest first, undated last."""
        return self.order_by(F("as_of").asc(nulls_last=True), "pk")

    def with_article_counts(self) -> Self:
        """Annotated with the number of articles that give the number."""
        return self.annotate(article_count=Count("evidence__article", distinct=True))


def _brands_named() -> Count:
    return Count("evidence__brand", distinct=True, filter=_public("evidence__brand__"))


def _borne_out(fact: str) -> Exists:
    """That some article bears the fact out. The model is asked for by name, since models stand above querysets."""
    evidence = apps.get_model("brands", "Evidence")
    return Exists(evidence._default_manager.filter(**{fact: OuterRef("pk"), "field": ""}))
