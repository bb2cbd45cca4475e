"""The version of all public data: a word that is another one after every transaction that changed any."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DataVersion(models.Model):
    """One row, written by the triggers of brands.data_version alone. The word is random: after a restored backup
    no word comes twice, as a number would."""

    id = models.BigIntegerField(primary_key=True)
    word = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("数据版本")
        verbose_name_plural = _("数据版本")

    def __str__(self) -> str:
        return self.word
