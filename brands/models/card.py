"""What lists of brands read: one ready row a public brand, links to what a brand may have several of, and the numbers
that stand for it.

All follow from the catalogue; brands.listing.read_model writes them. Keys of brands and programs are plain numbers
here, no foreign keys: a deletion must pass through `read_model.refresh`, which takes the brand's card and links away.
"""

import json
from collections.abc import Iterable

from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from brands.models.brand import brand_address
from brands.models.collation import BytewiseCharField
from brands.models.statistic import MAX_UNIT
from brands.vocabulary.names import MAX_NAME
from brands.vocabulary.pinyin import SORT_KEY_LENGTH

# Three common names of divisions, 40 characters each.
MAX_PLACE = 120

# The longest value of a link: a batch as it is printed.
MAX_VALUE = 60


def among(pks: Iterable[int]) -> RawSQL:
    """Keys as one parameter, to be asked for with ``pk__in``: thousands of parameters take longer to read than rows."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(pks)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(pks))])


# Stands for "no number" where a column sorts: both databases put it last, which NULL is only on one of them.
UNREPORTED = -1


class Card(models.Model):
    """A public brand as lists show, filter and sort it; `id` is the brand's. Unknown is empty or `UNREPORTED`.

    `province`, `prefecture` and `adcode` are codes of GB/T 2260: the brand's own division and the codes of those that
    hold it, by the prefix of the code alone. The country's brands have its code as their province.

    A rank is the place of the value in its closed list, from 1, as lists sort by it; 0 for none. The people are
    `headcount`, `headcount_max` and so on, as the papers print them; the pay is `pay` and so on as they print it, and
    `income` is what it comes to a month. The `unit` of money that the paper tells by the year is 元/年.
    """

    id = models.BigIntegerField(primary_key=True)
    name = models.CharField(_("名称"), max_length=MAX_NAME)
    pinyin = BytewiseCharField(_("拼音"), max_length=SORT_KEY_LENGTH)
    place = models.CharField(_("所在地"), max_length=MAX_PLACE)
    province = models.CharField(max_length=6)
    prefecture = models.CharField(max_length=6)
    adcode = models.CharField(max_length=6)
    industry = models.CharField(_("行业"), max_length=20)
    category = models.CharField(_("类型"), max_length=20)
    level = models.CharField(_("级别"), max_length=12)
    owner_kind = models.CharField(_("归属"), max_length=12, default="")
    series = models.BigIntegerField(_("所属系列"), null=True)
    year = models.PositiveSmallIntegerField(_("认定年份"), null=True)
    batch = models.CharField(_("认定批次"), max_length=MAX_VALUE)
    review = models.CharField(_("审核"), max_length=10)
    industry_rank = models.PositiveSmallIntegerField(default=0)
    level_rank = models.PositiveSmallIntegerField(default=0)
    headcount = models.BigIntegerField(_("就业人数"))
    headcount_max = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    headcount_qualifier = models.CharField(max_length=8, default="")
    headcount_year = models.PositiveSmallIntegerField(null=True)
    income = models.BigIntegerField(_("人均月收入"), null=True)
    pay = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    pay_max = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    pay_unit = models.CharField(max_length=MAX_UNIT, default="")
    pay_qualifier = models.CharField(max_length=8, default="")
    pay_year = models.PositiveSmallIntegerField(null=True)
    has = models.CharField(_("收录内容"), max_length=MAX_VALUE, default="")
    as_of_year = models.PositiveSmallIntegerField(_("数据年份"), null=True)
    metric = models.CharField(_("指标"), max_length=20)
    value = models.DecimalField(_("数值"), max_digits=24, decimal_places=4, null=True)
    value_max = models.DecimalField(_("上限"), max_digits=24, decimal_places=4, null=True)
    qualifier = models.CharField(_("限定"), max_length=8)
    unit = models.CharField(_("单位"), max_length=MAX_UNIT)
    newest_report = models.CharField(_("最新报道"), max_length=10)
    articles = models.PositiveIntegerField(_("报道数"))

    class Meta:
        verbose_name = _("品牌卡片")
        verbose_name_plural = _("品牌卡片")
        indexes = (
            # each ends in the order of the list, so that a page is read off the index and nothing is sorted
            models.Index(fields=("pinyin", "id"), name="card_by_pinyin"),
            models.Index(fields=("-newest_report", "pinyin", "id"), name="card_by_newest"),
            models.Index(fields=("-headcount", "pinyin", "id"), name="card_by_headcount"),
            models.Index(fields=("-articles", "pinyin", "id"), name="card_by_reports"),
            models.Index(fields=("industry_rank", "pinyin", "id"), name="card_by_trade"),
            models.Index(fields=("level_rank", "pinyin", "id"), name="card_by_level"),
            models.Index(fields=("-income", "pinyin", "id"), name="card_by_income"),
            # the list of one province, one prefecture, one county; by place
            models.Index(fields=("province", "pinyin", "id"), name="card_of_province"),
            models.Index(fields=("prefecture", "pinyin", "id"), name="card_of_prefecture"),
            models.Index(fields=("adcode", "pinyin", "id"), name="card_of_county"),
            # the list of one trade, alone and in one province; of one field; of one level
            models.Index(fields=("industry", "pinyin", "id"), name="card_of_industry"),
            models.Index(fields=("province", "industry", "pinyin", "id"), name="card_of_province_industry"),
            models.Index(fields=("category", "pinyin", "id"), name="card_of_category"),
            models.Index(fields=("level", "pinyin", "id"), name="card_of_level"),
            # the list of one series, year and batch
            models.Index(fields=("series", "pinyin", "id"), name="card_of_series"),
            models.Index(fields=("year", "pinyin", "id"), name="card_of_year"),
            models.Index(fields=("batch", "pinyin", "id"), name="card_of_batch"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the brand."""
        return brand_address(self.pk, self.pinyin)


class CardFigure(models.Model):
    """The number that stands for a public brand in one metric and unit; `id` is the statistic's. Of the public wholes
    of the brand it is the newest (undated last), of these the one that most articles give, then the largest. Sums and
    tables read it with what they add, choose and sort by, as the statistic and the card have it."""

    id = models.BigIntegerField(primary_key=True)
    card = models.BigIntegerField()
    adcode = models.CharField(max_length=6)
    industry = models.CharField(max_length=20)
    metric = models.CharField(max_length=20)
    unit = models.CharField(max_length=MAX_UNIT)
    qualifier = models.CharField(max_length=8)
    value = models.DecimalField(max_digits=24, decimal_places=4)
    value_max = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    as_of = models.DateField(null=True)

    class Meta:
        verbose_name = _("品牌的代表数据")
        verbose_name_plural = _("品牌的代表数据")
        constraints = (
            # also the figures of one card
            models.UniqueConstraint(fields=("card", "metric", "unit"), name="card_figure_once"),
        )
        indexes = (
            # sums of one division; the pay of all brands, newest first; of one trade the largest
            models.Index(fields=("adcode",), name="card_figure_of_division"),
            models.Index(fields=("metric", "unit", "-as_of"), name="card_figure_newest"),
            models.Index(fields=("industry", "metric", "unit", "-value"), name="card_figure_of_trade"),
        )

    def __str__(self) -> str:
        return f"{self.card}: {self.metric} {self.value} {self.unit}"


class CardLink(models.Model):
    """One of several values that a card has: a metric that is reported of the brand, a program that names it, a
    province or country where its people work."""

    card = models.BigIntegerField()
    facet = models.CharField(max_length=10)
    value = BytewiseCharField(max_length=MAX_VALUE)

    class Meta:
        verbose_name = _("品牌卡片的关联")
        verbose_name_plural = _("品牌卡片的关联")
        constraints = (
            # also the links of one card
            models.UniqueConstraint(fields=("card", "facet", "value"), name="card_link_once"),
        )
        indexes = (
            # the list of one program or metric
            models.Index(fields=("facet", "value", "card"), name="card_link_value"),
        )

    def __str__(self) -> str:
        return f"{self.card}: {self.facet}={self.value}"
