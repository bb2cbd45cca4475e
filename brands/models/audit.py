"""The audit log: every change of a row of the catalogue, in numbered change sets. Triggers of the database write it
(:mod:`brands.audit.triggers`), and others keep it from being changed or deleted."""

import json
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models.review import choice_check
from brands.vocabulary.choices import ChangeAction, ChangeSetKind

# Characters that say why a change set was made.
MAX_NOTE = 500

# Characters of a user's name, as Django has it.
MAX_AUTHOR = 150


class ExactDecoder(json.JSONDecoder):
    """Fractions as Decimal: the value of a statistic is kept to the last digit."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "parse_float": Decimal})


class ChangeSet(models.Model):
    """Changes that belong together; its key is its number. A machine's change set has no author.

    `undoes` is the change set that this one takes back. Nothing of a row is ever changed: what became of a change set
    is asked of the audit log. `author_name` stands even where the account has another name by now.
    """

    kind = models.CharField(_("种类"), max_length=10, choices=ChangeSetKind.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="change_sets",
        verbose_name=_("操作人"),
    )
    author_name = models.CharField(_("操作人姓名"), max_length=MAX_AUTHOR, blank=True)
    note = models.CharField(_("说明"), max_length=MAX_NOTE, blank=True)
    undoes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name=_("撤销的批次")
    )
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)

    objects = models.Manager()

    class Meta:
        db_table = "brands_batch"  # an older name of the model: the audit log stores names of tables
        verbose_name = _("批次")
        verbose_name_plural = _("批次")
        ordering = ("-pk",)
        constraints = (choice_check("kind", ChangeSetKind.values, "batch_kind_known"),)
        # what staff may do beyond looking, for no one table; curation/roles.py says who may what
        permissions = (
            ("propose_facts", _("提出修改建议")),
            ("review_facts", _("审核事实与建议")),
            ("ingest_pages", _("导入报道")),
            ("merge_facts", _("合并与拆分重复记录")),
            ("change_in_bulk", _("批量修改")),
            ("import_facts", _("导入数据表")),
            ("export_facts", _("导出数据表")),
            ("undo_batches", _("撤销自己的批次")),
            ("undo_any_batch", _("撤销任何人的批次")),
        )

    def __str__(self) -> str:
        return f"#{self.pk}"


class Change(models.Model):
    """One row of the catalogue before and after a change: the columns by name, None where there is no row. A base
    entry (`ChangeAction.BASE`) says what a row was when the log began to follow it.

    `table` and `row` (the primary key as text) say which one; rows keep no foreign key here, since they go and their
    history stays. `change_set` is None for what was changed past all change sets, as with SQL by hand.
    """

    change_set = models.ForeignKey(
        ChangeSet,
        models.PROTECT,
        null=True,
        related_name="changes",
        db_index=False,
        db_column="batch_id",  # an older name, which the triggers write to
        verbose_name=_("批次"),
    )
    table = models.CharField(_("表"), max_length=40)
    row = models.CharField(_("行"), max_length=40)
    action = models.CharField(_("操作"), max_length=1, choices=ChangeAction.choices)
    old = models.JSONField(_("原值"), null=True, decoder=ExactDecoder)
    new = models.JSONField(_("新值"), null=True, decoder=ExactDecoder)
    at = models.DateTimeField(_("时间"))

    objects = models.Manager()

    class Meta:
        verbose_name = _("变更")
        verbose_name_plural = _("变更")
        ordering = ("pk",)
        indexes = (
            # the history of a row, its newest state
            models.Index(fields=("table", "row", "id"), name="change_of_row"),
            # what is gone: few of many changes
            models.Index(fields=("table", "id"), condition=models.Q(action="-"), name="change_deleted"),
            # what a change set did
            models.Index(fields=("change_set", "id"), name="change_of_batch"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.table} {self.row}"


class Seal(models.Model):
    """A link of the chain of hashes over the entries: those after the seal before it, up to the number `last`.

    `digest` is the SHA-256 of the digest before it and of the hashes of its `count` entries, and `marks` holds the
    first bytes of each of these, so that the entry which was changed can be named (:mod:`brands.audit.seals`). The
    first seal holds none: entries up to its `last` were written before the log was checked.
    """

    last = models.BigIntegerField(_("最后一条改动"))
    count = models.PositiveIntegerField(_("条数"))
    digest = models.CharField(_("摘要"), max_length=64)
    marks = models.BinaryField(_("各条摘要"))
    at = models.DateTimeField(_("时间"))

    objects = models.Manager()

    class Meta:
        verbose_name = _("封条")
        verbose_name_plural = _("封条")
        ordering = ("pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}:{self.digest}"


class CurrentChangeSet(models.Model):
    """On SQLite, the number of the change set to which changes belong: one row, set and emptied within each
    transaction. PostgreSQL keeps it as a setting of the transaction."""

    number = models.BigIntegerField(null=True)

    class Meta:
        db_table = "brands_currentbatch"  # an older name of the model: the audit log stores names of tables
        verbose_name = _("当前批次")
        verbose_name_plural = _("当前批次")

    def __str__(self) -> str:
        return str(self.number)
