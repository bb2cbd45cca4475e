"""Lists of brands on their way into the catalogue: what was pasted or handed in, and what a person has made of it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.models import Article
from brands.models.bounds import check_past


class ListDraft(models.Model):
    """A list as it came (`text`, and the file if there was one), where it is from, its rows as
    :class:`curation.lists.rows.GridRow` stores them, and its words that are in no row, as
    :class:`curation.lists.rows.UnreadLine` does. A list of an article has `article`, and no source of its own
    until that is gone.
    It belongs to its author, who alone changes it, besides administrators (`edited_by`, the last of them who did), and
    stays until it is thrown away."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("整理人"))
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("代改人")
    )
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("库里的报道")
    )
    title = models.CharField(_("标题"), max_length=255, blank=True)
    publisher = models.CharField(_("发布单位"), max_length=100, blank=True)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    published_on = models.DateField(_("发布日期"), null=True, blank=True, validators=[check_past])
    url = models.URLField(_("网址"), max_length=500, blank=True)
    text = models.TextField(_("名单"))
    file_name = models.CharField(_("文件名"), max_length=255, blank=True)
    data = models.BinaryField(default=bytes, blank=True)
    rows = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    created_at = models.DateTimeField(_("开始时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("最近改动"), auto_now=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("名单")
        verbose_name_plural = _("名单")
        default_permissions = ()  # `brands.import_facts` is the one that counts
        ordering = ("-updated_at", "-pk")
        indexes = (
            # somebody's lists, the newest first
            models.Index(fields=("author", "-updated_at"), name="list_draft_of"),
        )

    def __str__(self) -> str:
        return self.title or self.file_name or gettext("名单 %d") % self.pk

    def get_absolute_url(self) -> str:
        return reverse("curation:list", args=[self.pk])
