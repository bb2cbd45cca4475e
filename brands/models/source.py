"""Where facts come from: a page as delivered, its articles, and the places in them that bear a fact out."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Least, Substr
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from brands.models.bounds import check_past
from brands.models.derived import Whole
from brands.models.region import COUNTRY
from brands.models.review import confidence_check, exactly_one, public, within
from brands.sql import prepared
from brands.vocabulary.choices import DOUBTFUL_SCORE, WAITING_CONFIDENCE

# The "extractor" of pages that hold the words of a person's own source: no run reads them.
BY_HAND = "by-hand"


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> Self:
        """Articles that a reader may see: on labour brands, and where they are sources of people's own, with something
        public that rests on them."""
        return self.filter(relevant=True).exclude(pk__in=HiddenSource.objects.values("pk"))

    def told_once(self) -> Self:
        """Without reprints: a story that several papers print is the article of the first."""
        return self.filter(reprint_of__isnull=True)

    def prints_of(self, article: "Article") -> Self:
        """The other articles that print the same story."""
        return self.filter(Q(pk=article.story) | Q(reprint_of=article.story)).exclude(pk=article.pk)

    def doubtful(self) -> Self:
        """Those that were not taken to be about labour brands, though their words say that they may be."""
        return self.filter(relevant=False, score__gte=DOUBTFUL_SCORE)

    def newest_first(self) -> Self:
        return self.order_by(F("published_on").desc(nulls_last=True), "-pk")

    def newest(self, count: int) -> list["Article"]:
        """The first `count` of :meth:`newest_first`. Those with a date are read off the index of that order, which a
        statement that also says where those without stand could not be on both databases."""
        dated = list(self.filter(published_on__isnull=False).order_by("-published_on", "-pk")[:count])
        rest = self.filter(published_on__isnull=True).order_by("-pk")
        return dated + list(rest[: count - len(dated)]) if len(dated) < count else dated

    def in_region(self, adcode: str) -> Self:
        """Articles set in the division or in any in it."""
        return self.filter(within("place_id", adcode)) if adcode != COUNTRY else self.filter(place__isnull=False)

    def brand_counts(self, articles: Iterable["Article"]) -> dict[int, int]:
        """How many public brands each of these articles names, by the article's key. Counted for them alone: counts of
        all articles would be made before the few that a page shows are taken."""
        return dict(brands_named([article.pk for article in articles]))

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

    def told(self) -> Self:
        """Evidence in articles that are about labour brands, whose words a reader may see."""
        return self.filter(article__relevant=True)

    def public(self) -> Self:
        """Evidence of facts that a reader may see, in such articles."""
        seen = Q()
        for fact in ("brand", "program", "statistic"):
            model = apps.get_model("brands", fact)
            # asked for each piece: there are few, and the facts that a reader may see are very many
            seen |= Q(Exists(model._default_manager.published().filter(pk=OuterRef(fact)).order_by()))
        return self.told().filter(seen)

    def of_facts(self) -> Self:
        """Evidence of facts themselves, not of single fields."""
        return self.filter(field="")

    def sureness(self, kind: str) -> dict[int, float]:
        """The confidence of facts of a kind (``statistic``), by their keys: that of the best of this evidence. On a
        page whose numbers wait, that of a number is never enough to be public."""
        said: F | Case = F("confidence")
        if kind == "statistic":
            waits = When(article__page__numbers_wait=True, then=Least(F("confidence"), Value(WAITING_CONFIDENCE)))
            said = Case(waits, default=said)
        return dict(self.of_facts().order_by().values_list(f"{kind}_id").annotate(best=Max(said)))

    def of_facts_and_scopes(self) -> Self:
        """Also the words by which papers say what numbers measure: 新增, 其中, 每户."""
        return self.filter(field__in=("", "scope"))


def reports(article: str) -> Count:
    """How many articles on labour brands, a story and its reprints being one; `article` leads to them:
    ``evidence__article``."""
    told = Q(**{f"{article}__relevant": True})
    return Count(Coalesce(f"{article}__reprint_of", article), distinct=True, filter=told)


@prepared
def brands_named(articles: Any) -> Any:
    """The keys of these articles, each with how many public brands it names."""
    named = Count("evidence__brand", distinct=True, filter=public("evidence__brand__"))
    return Article.objects.filter(pk__in=articles).order_by().values_list("pk").annotate(brands=named)


class Page(Whole):
    """One file as delivered. Its text is never changed: all offsets are code points into it.

    Where `numbers_wait`, its numbers wait for review until staff says that they were read; see ``sureness``.
    """

    name = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField(_("校验和"), max_length=64, unique=True)
    encoding = models.CharField(_("编码"), max_length=20)
    text = models.TextField(_("原文"))
    extractor = models.CharField(_("抽取版本"), max_length=40)
    ingested_at = models.DateTimeField(_("入库时间"), auto_now_add=True)
    numbers_wait = models.BooleanField(
        _("数字待审"), default=False, help_text=_("这个版面的数字先不公开，等人核实；品牌、政策与活动照常公开。")
    )

    class Meta:
        verbose_name = _("版面")
        verbose_name_plural = _("版面")
        ordering = ("name", "pk")
        indexes = (
            # how many pages wait, without reading their texts
            models.Index(fields=("numbers_wait",), name="page_waiting", condition=models.Q(numbers_wait=True)),
        )

    def __str__(self) -> str:
        return self.name


class Article(Whole):
    """One article of a page. `spans` are ``[start, end]`` pairs, its stretches of the page in reading order.

    `score` (0 to 1) is how far its words say that it is about labour brands; see `doubtful`.

    `fingerprint` is equal for articles that may be prints of the same story; empty for those that are never compared.

    `hand_set` names the fields that a person has corrected: no machine run writes them, and what runs make of the page
    follows from them.
    """

    page = models.ForeignKey(Page, models.CASCADE, related_name="articles", verbose_name=_("版面"))
    order = models.PositiveSmallIntegerField(_("次序"))
    title = models.CharField(_("标题"), max_length=300)
    publisher = models.CharField(_("媒体"), max_length=100, blank=True)
    published_on = models.DateField(_("刊发日期"), null=True, blank=True, validators=[check_past])
    url = models.URLField(_("网址"), max_length=500, blank=True)
    spans = models.JSONField(_("在版面中的位置"), default=list)
    relevant = models.BooleanField(_("与劳务品牌有关"), default=False)
    reason = models.CharField(_("判定依据"), max_length=200, blank=True)
    score = models.FloatField(_("相关度"), default=0.0)
    place = models.ForeignKey(
        "brands.Region", models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("报道地区")
    )
    # Its index leaves out what is no reprint: nearly all articles, among which a database would seek the newest.
    reprint_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="reprints",
        verbose_name=_("转载自"),
    )
    fingerprint = models.CharField(max_length=16, blank=True, editable=False, db_index=True)
    hand_set = models.JSONField(_("人工改动的字段"), default=list, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("报道")
        verbose_name_plural = _("报道")
        ordering = ("page", "order")
        constraints = (
            models.UniqueConstraint(fields=("page", "order"), name="article_order_once_a_page"),
            models.CheckConstraint(condition=models.Q(score__range=(0, 1)), name="article_score_0_1"),
        )
        indexes = (
            # "newest articles first", on the home page and in lists
            models.Index(
                fields=("-published_on", "-id"),
                name="article_newest",
                condition=models.Q(relevant=True, reprint_of__isnull=True),
            ),
            # the prints of a story
            models.Index(fields=("reprint_of",), name="article_reprints", condition=models.Q(reprint_of__isnull=False)),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("brands:article", args=[self.pk])

    def correct(self, **values: object) -> None:
        """Set fields by a person's word, and save them; a reason is no field of its own."""
        for name, value in values.items():
            setattr(self, name, value)
        self.hand_set = sorted({*self.hand_set, *values} - {"reason"})
        self.save(update_fields=[*values, "hand_set"])

    @property
    def story(self) -> int:
        """The key of the article that this one reprints, or its own."""
        return self.reprint_of_id or self.pk


class HiddenSource(models.Model):
    """A source of a person's own on which nothing public rests, now or any more; :mod:`brands.listing.own_sources`
    keeps the table."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")

    objects = models.Manager()

    def __str__(self) -> str:
        return str(self.pk)


class Evidence(Whole):
    """The very characters that bear out one fact, or one field of it.

    ``[start, end)`` is the phrase, ``[context_start, context_end)`` the sentence around it; both are code points into
    the page's text, noise and all. `field` is empty where the fact itself is borne out. Of a brand's detail, `field` is
    the kind, and `detail` the row.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="evidence", verbose_name=_("报道"))
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))
    context_start = models.PositiveIntegerField(_("句首"))
    context_end = models.PositiveIntegerField(_("句末"))
    brand = models.ForeignKey(
        "brands.Brand", models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name=_("劳务品牌")
    )
    program = models.ForeignKey(
        "brands.Program", models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name=_("政策与活动")
    )
    statistic = models.ForeignKey(
        "brands.Statistic", models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name=_("数据")
    )
    detail = models.ForeignKey(
        "brands.BrandDetail", models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name=_("品牌详情")
    )
    field = models.CharField(_("所证字段"), max_length=30, blank=True)
    rule = models.CharField(_("规则"), max_length=60, blank=True)
    version = models.CharField(_("抽取版本"), max_length=40, blank=True)
    confidence = models.FloatField(_("可信度"), default=1.0)

    # Where in its sentence the words stand that say what the number measures; see `quotes_by` of brands/figures.
    scope_places: Sequence[tuple[int, int]] = ()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("依据")
        verbose_name_plural = _("依据")
        ordering = ("article", "start", "pk")
        constraints = (
            models.CheckConstraint(
                condition=exactly_one(("brand", "program", "statistic")), name="evidence_bears_out_one_fact"
            ),
            models.CheckConstraint(
                condition=models.Q(detail__isnull=True) | models.Q(brand__isnull=False),
                name="evidence_of_a_detail_is_of_a_brand",
            ),
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="evidence_not_empty"),
            models.CheckConstraint(
                condition=models.Q(context_start__lte=models.F("start"), context_end__gte=models.F("end")),
                name="evidence_inside_its_context",
            ),
            confidence_check("evidence_confidence_0_1"),
            *(
                models.UniqueConstraint(
                    fields=("article", "start", "end", "field", fact),
                    condition=models.Q(**{f"{fact}__isnull": False}),
                    name=f"evidence_{fact}_once",
                )
                for fact in ("brand", "program", "statistic")
            ),
        )

    def __str__(self) -> str:
        return self.quote

    def get_absolute_url(self) -> str:
        """The place in the article."""
        return f"{self.article.get_absolute_url()}#e{self.pk}"

    @property
    def story_key(self) -> int:
        """Of the story that the article prints."""
        return self.article.story

    @property
    def quote(self) -> str:
        """The phrase: cut by the database in a row of ``with_words()``, else from the page's text, which is fetched."""
        cut: str | None = self.__dict__.get("words")
        return self.article.page.text[self.start : self.end] if cut is None else cut

    @property
    def scope_words(self) -> list[str]:
        """What stands in its sentence at `scope_places`, without blanks."""
        first = self.context_start
        return ["".join(self.sentence[start - first : end - first].split()) for start, end in self.scope_places]

    @property
    def sentence(self) -> str:
        """The sentence around the phrase, cut likewise."""
        cut: str | None = self.__dict__.get("sentence_words")
        return self.article.page.text[self.context_start : self.context_end] if cut is None else cut
