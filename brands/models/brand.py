"""Labour brands, their other names, and the details that one may have several of."""

from typing import Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.models.derived import Keyed
from brands.models.review import Reviewed, borne_out, choice_check, confidence_check, public, within
from brands.models.source import Evidence, reports
from brands.vocabulary.choices import BrandLevel, Category, DetailKind, Industry, OwnerKind, ReviewState
from brands.vocabulary.names import MAX_NAME, name_key
from brands.vocabulary.pinyin import SORT_KEY_LENGTH, slug, sort_key
from brands.vocabulary.titles import YEARS

# Brands that an article names from which on it is a list of them.
LISTED = 5


def brand_address(pk: int, pinyin: str) -> str:
    """The permanent address of a brand's page: its number leads there, the slug made of its sort key tells readers what
    to expect. Without a slug, the number alone."""
    readable = slug(pinyin)
    return reverse("brands:brand", args=[pk, readable] if readable else [pk])


def check_recognised(year: int) -> None:
    """ValidationError for a year in which no brand can have been recognised: before the republic, or to come."""
    last = timezone.localdate().year + 1
    if not YEARS.start <= year <= last:
        raise ValidationError(
            gettext("认定年份只能在 %(first)d 至 %(last)d 之间。") % {"first": YEARS.start, "last": last}
        )


class BrandQuerySet(models.QuerySet["Brand"]):
    def published(self) -> Self:
        """Brands that a reader may see: not rejected, sure enough or confirmed, and borne out by an article."""
        return self.filter(public(), borne_out("brand"))

    def only_listed(self) -> Self:
        """Brands of which nothing is told but that one story names them among others: no public number, no detail but
        the registers that they are in, nobody who builds them, no description."""
        mine = Evidence.objects.of_facts().told().filter(brand=OuterRef("pk")).order_by()
        told_once = mine.values("brand").annotate(stories=reports("article")).filter(stories=1)
        named = Evidence.objects.of_facts().filter(article=OuterRef("article"), brand__isnull=False).order_by()
        many = named.values("article").annotate(brands=Count("brand", distinct=True)).filter(brands__gte=LISTED)
        numbers = apps.get_model("brands", "Statistic")._default_manager.published().filter(brand=OuterRef("pk"))
        details = BrandDetail.objects.filter(brand=OuterRef("pk")).exclude(kind=DetailKind.REGISTER)
        bare = self.filter(~Exists(numbers), ~Exists(details), organisation="", description="")
        return bare.filter(Exists(told_once), Exists(mine.filter(Exists(many))))

    def in_region(self, adcode: str) -> Self:
        """Brands of the division or of any in it."""
        return self.filter(within("region_id", adcode))

    def counts_by_region(self) -> dict[str | None, int]:
        """How many of the brands each division has itself, by code; None for brands of unknown place."""
        return dict(self.order_by().values_list("region_id").annotate(brands=Count("pk")))

    def article_counts(self) -> dict[int, int]:
        """How many articles name each of the brands, by the brand's key."""
        return dict(self.order_by().values_list("pk").annotate(articles=reports("evidence__article")))

    def with_counts(self) -> Self:
        """Annotated with the number of articles that name the brand."""
        return self.annotate(article_count=reports("evidence__article"))


class Brand(Keyed, Reviewed):
    """A named regional skill. Unknown is empty (or null), never a default. `inferred` names the fields that no evidence
    states: a rule concluded them from the name, the list or the setting."""

    keys = ("name_key", "pinyin")

    name = models.CharField(_("名称"), max_length=MAX_NAME)
    name_key = models.CharField(_("名称键"), max_length=MAX_NAME, editable=False)
    pinyin = models.CharField(_("拼音"), max_length=SORT_KEY_LENGTH, blank=True, editable=False)
    region = models.ForeignKey(
        "brands.Region", models.PROTECT, null=True, blank=True, related_name="brands", verbose_name=_("所在地")
    )
    industry = models.CharField(_("行业"), max_length=20, choices=Industry.choices, default=Industry.OTHER)
    category = models.CharField(_("类型"), max_length=20, choices=Category.choices, blank=True)
    level = models.CharField(_("级别"), max_length=12, choices=BrandLevel.choices, blank=True)
    owner_kind = models.CharField(_("归属"), max_length=12, choices=OwnerKind.choices, blank=True)
    series = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="members", verbose_name=_("所属系列")
    )
    organisation = models.CharField(_("建设单位"), max_length=200, blank=True)
    recognised_year = models.PositiveSmallIntegerField(
        _("认定年份"), null=True, blank=True, validators=[check_recognised]
    )
    batch = models.CharField(_("认定批次"), max_length=60, blank=True)
    issuer = models.CharField(_("认定机关"), max_length=200, blank=True)
    document_number = models.CharField(_("认定文号"), max_length=60, blank=True)
    description = models.TextField(_("简介"), blank=True)
    inferred = models.JSONField(_("推断的字段"), default=list, blank=True, editable=False)

    objects = BrandQuerySet.as_manager()

    class Meta:
        verbose_name = _("劳务品牌")
        verbose_name_plural = _("劳务品牌")
        ordering = ("pinyin", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("name_key", "region"),
                name="brand_once_a_region",
                violation_error_message=_("该地区已有同名劳务品牌。"),
            ),
            models.UniqueConstraint(
                fields=("name_key",),
                condition=models.Q(region__isnull=True),
                name="brand_once_without_region",
                violation_error_message=_("已有未填所在地的同名劳务品牌。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(name_key=""),
                name="brand_has_a_name",
                violation_error_message=_("名称不能只有标点。"),
            ),
            choice_check("review", ReviewState.values, "brand_review_known"),
            choice_check("industry", Industry.values, "brand_industry_known"),
            choice_check("category", ["", *Category.values], "brand_category_known"),
            choice_check("level", ["", *BrandLevel.values], "brand_level_known"),
            choice_check("owner_kind", ["", *OwnerKind.values], "brand_owner_kind_known"),
            confidence_check("brand_confidence_0_1"),
        )
        indexes = (
            # the list of a region in its default order, and the facet of regions
            models.Index(fields=("region", "pinyin", "id"), name="brand_region_pinyin"),
            # the facets of trade and level
            models.Index(fields=("industry", "pinyin", "id"), name="brand_industry_pinyin"),
            models.Index(fields=("pinyin", "id"), name="brand_pinyin"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return brand_address(self.pk, self.pinyin)

    def also_called(self, name: str) -> None:
        """Keep a name as another name of the brand, by a person's word; to be called once the brand has its own."""
        key = name_key(name)[:MAX_NAME]
        if not key or key == self.name_key:
            return
        if alias := self.aliases.filter(name_key=key, by_hand=False).first():
            alias.by_hand = True
            alias.save(update_fields=["by_hand"])
        elif not self.aliases.filter(name_key=key).exists():
            self.aliases.create(name=name, by_hand=True)

    def prepare(self) -> Self:
        self.name_key = name_key(self.name)[:MAX_NAME]
        self.pinyin = sort_key(self.name)
        return self


class BrandAlias(Keyed):
    """Another name under which the same brand is printed."""

    keys = ("name_key",)

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="aliases", verbose_name=_("劳务品牌"))
    name = models.CharField(_("别名"), max_length=MAX_NAME)
    name_key = models.CharField(_("名称键"), max_length=MAX_NAME, editable=False, db_index=True)
    by_hand = models.BooleanField(_("人工录入"), default=False)

    class Meta:
        verbose_name = _("品牌别名")
        verbose_name_plural = _("品牌别名")
        ordering = ("brand", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("brand", "name_key"),
                name="brand_alias_once",
                violation_error_message=_("该品牌已有此别名。"),
            ),
            models.CheckConstraint(condition=~models.Q(name_key=""), name="brand_alias_has_a_name"),
        )

    def __str__(self) -> str:
        return self.name

    def prepare(self) -> Self:
        self.name_key = name_key(self.name)[:MAX_NAME]
        return self


# Longest words of a detail, and of how many people work at a destination.
MAX_DETAIL, MAX_PEOPLE = 200, 40


class BrandDetail(Keyed):
    """One of several things of a kind that papers say of a brand, as one of them words it: a destination, a trade, an
    honour. A destination is a division, a country (its code of ISO 3166-1), or words alone, with the words for how many
    people work there.

    `detail_key` says which details are the same: the place, or the bare words. A run adds to the details of a brand and
    takes away what no page says any more, but not where a person has changed them (`Brand.hand_set` has "details") or
    rejected the brand.
    """

    keys = ("detail_key",)

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="details", verbose_name=_("劳务品牌"))
    kind = models.CharField(_("种类"), max_length=16, choices=DetailKind.choices)
    words = models.CharField(_("内容"), max_length=MAX_DETAIL)
    detail_key = models.CharField(max_length=MAX_DETAIL, editable=False)
    region = models.ForeignKey(
        "brands.Region", models.PROTECT, null=True, blank=True, related_name="reached_by", verbose_name=_("地区")
    )
    country = models.CharField(_("国家代码"), max_length=2, blank=True)
    people = models.CharField(_("人数"), max_length=MAX_PEOPLE, blank=True)
    by_hand = models.BooleanField(_("人工录入"), default=False)

    class Meta:
        verbose_name = _("品牌详情")
        verbose_name_plural = _("品牌详情")
        ordering = ("brand", "kind", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("brand", "kind", "detail_key"),
                name="brand_detail_once",
                violation_error_message=_("该品牌已有此项。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(detail_key=""),
                name="brand_detail_says_something",
                violation_error_message=_("内容不能只有标点。"),
            ),
            models.CheckConstraint(
                condition=models.Q(kind=DetailKind.DESTINATION) | models.Q(region__isnull=True, country=""),
                name="brand_detail_place_of_destination",
                violation_error_message=_("只有干活的地方才有地区或国家。"),
            ),
            choice_check("kind", DetailKind.values, "brand_detail_kind_known"),
        )
        indexes = (
            # the brands whose people work in a division
            models.Index(fields=("region", "brand"), name="brand_detail_region"),
        )

    def __str__(self) -> str:
        return self.words

    def prepare(self) -> Self:
        self.detail_key = (self.region_id or self.country or name_key(self.words))[:MAX_DETAIL]
        return self
