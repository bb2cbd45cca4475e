"""Administrative divisions after GB/T 2260."""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from brands.models.derived import Whole
from brands.models.review import choice_check, within
from brands.vocabulary.adcodes import adcode_range
from brands.vocabulary.choices import RegionLevel, RegionNameKind

# The adcode of the whole country.
COUNTRY = "100000"


class RegionQuerySet(models.QuerySet["Region"]):
    def provinces(self) -> Self:
        return self.filter(level="province")

    def inside(self, adcode: str) -> Self:
        """The division with this code and all in it."""
        return self.filter(within("adcode", adcode))


class Region(Whole):
    """One division. Containment is the prefix of the code, see :func:`brands.vocabulary.adcodes.adcode_range`."""

    adcode = models.CharField(
        _("行政区划代码"), max_length=6, primary_key=True, validators=[RegexValidator(r"\A[1-9][0-9]{5}\Z")]
    )
    name = models.CharField(_("全称"), max_length=40, db_index=True)
    common_name = models.CharField(_("常用名"), max_length=40, db_index=True)
    short_name = models.CharField(_("简称"), max_length=4, blank=True)
    level = models.CharField(_("层级"), max_length=10, choices=RegionLevel.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    pinyin = models.CharField(_("拼音"), max_length=120, db_index=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")
        ordering = ("adcode",)
        constraints = (
            choice_check("level", RegionLevel.values, "region_level_known"),
            models.CheckConstraint(
                condition=models.Q(adcode__regex=r"^[1-9][0-9]{5}$"), name="region_adcode_six_digits"
            ),
        )

    def __str__(self) -> str:
        return self.common_name

    def get_absolute_url(self) -> str:
        return reverse("brands:region", args=[self.adcode])

    @property
    def lineage(self) -> list["Region"]:
        """The province, the prefecture and the county that hold this division, as far as they are, itself last. Reads
        each parent that isn't loaded (`select_related("parent__parent")` loads all)."""
        if self.level in {RegionLevel.COUNTRY, RegionLevel.PROVINCE} or self.parent is None:
            return [self]
        return [*self.parent.lineage, self]

    def contains(self, adcode: str) -> bool:
        """Whether the division with this code is this one or lies in it."""
        first, after = adcode_range(self.adcode)
        return first <= adcode < after


class RegionName(Whole):
    """Another name of a division: short, literary, former, or as papers cut it."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="names", verbose_name=_("行政区划"))
    name = models.CharField(_("名称"), max_length=40, db_index=True)
    kind = models.CharField(_("类别"), max_length=12, choices=RegionNameKind.choices)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("区划别名")
        verbose_name_plural = _("区划别名")
        ordering = ("region", "kind", "name")
        constraints = (
            models.UniqueConstraint(fields=("region", "name", "kind"), name="region_name_once"),
            choice_check("kind", RegionNameKind.values, "region_name_kind_known"),
        )

    def __str__(self) -> str:
        return self.name
