"""Where the address of a brand or program leads that has no row any more."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brands.models.program import MAX_TITLE
from brands.models.review import choice_check
from brands.vocabulary.choices import Departure
from brands.vocabulary.names import MAX_NAME


class Redirect(models.Model):
    """A brand that is gone; `id` is the number that it had, which no other brand ever gets.

    `heir` is the number of the brand that took it over. It is a plain number, since that one may go in its turn.
    `region` is a code of GB/T 2260, empty for unknown: with the name's key it tells the brand should it come back.
    """

    id = models.BigIntegerField(primary_key=True)
    name = models.CharField(_("名称"), max_length=MAX_NAME)
    name_key = models.CharField(_("名称键"), max_length=MAX_NAME)
    region = models.CharField(_("所在地"), max_length=6, blank=True)
    reason = models.CharField(_("原因"), max_length=10, choices=Departure.choices)
    heir = models.BigIntegerField(_("并入"), null=True, blank=True)
    since = models.DateTimeField(_("撤下时间"), default=timezone.now, editable=False)

    class Meta:
        db_table = "brands_forwarding"  # an older name of the model: the audit log stores names of tables
        verbose_name = _("旧地址")
        verbose_name_plural = _("旧地址")
        ordering = ("-since", "-pk")
        constraints = (
            choice_check("reason", Departure.values, "forwarding_reason_known"),
            models.CheckConstraint(
                condition=models.Q(reason=Departure.MERGED, heir__isnull=False)
                | (~models.Q(reason=Departure.MERGED) & models.Q(heir__isnull=True)),
                name="forwarding_heir_of_merged",
            ),
        )
        indexes = (
            # brands of a page that were here before
            models.Index(fields=("name_key", "region"), name="forwarding_name_region"),
        )

    def __str__(self) -> str:
        return self.name


class ProgramRedirect(models.Model):
    """A program that was merged into another; `id` is the number that it had, which no other program ever gets.

    `heir` is the number of the program that took it over, a plain one since that may go in its turn. `name` is empty
    for a program that was never shown; `name_key` and `region` lead pages that use the name to the heir.
    """

    id = models.BigIntegerField(primary_key=True)
    name = models.CharField(_("名称"), max_length=MAX_TITLE, blank=True)
    name_key = models.CharField(_("名称键"), max_length=MAX_TITLE, blank=True)
    region = models.CharField(_("所在地"), max_length=6, blank=True)
    heir = models.BigIntegerField(_("并入"))
    since = models.DateTimeField(_("撤下时间"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("旧地址")
        verbose_name_plural = _("旧地址")
        ordering = ("-since", "-pk")
        indexes = (
            # programs of a page that were merged since
            models.Index(fields=("name_key",), name="program_redirect_name"),
        )

    def __str__(self) -> str:
        return self.name or str(self.pk)
