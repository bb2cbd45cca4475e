"""Files that are to be imported, between the page that shows what they would do and the word to do it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from brands.models import ChangeSet
from brands.models.review import choice_check

# How long a file waits for that word.
KEPT = timedelta(days=1)

MAX_NAME = 255


class TableKind(models.TextChoices):
    """What is exchanged as a table."""

    BRAND = "brand", _("劳务品牌")
    REGION = "region", _("行政区划")
    PROGRAM = "program", _("政策与活动")
    STATISTIC = "statistic", _("数据")
    SYNONYM = "synonym", _("同义词组")


class Import(models.Model):
    """A file as it came, in the database and not in the folder of one of several processes. Its `data` are emptied once
    it is imported; `change_set` is what it did. What nobody imports within `KEPT` goes."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports", verbose_name=_("提交人")
    )
    kind = models.CharField(_("种类"), max_length=10, choices=TableKind.choices)
    name = models.CharField(_("文件名"), max_length=MAX_NAME)
    data = models.BinaryField()
    change_set = models.OneToOneField(
        ChangeSet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="imported_file",
        db_column="batch_id",
        verbose_name=_("批次"),
    )
    created_at = models.DateTimeField(_("提交时间"), auto_now_add=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("导入的文件")
        verbose_name_plural = _("导入的文件")
        ordering = ("-pk",)
        default_permissions = ()  # `brands.import_facts` is the one that counts
        constraints = (choice_check("kind", TableKind.values, "import_kind_known"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("curation:import_file", args=[self.pk])
