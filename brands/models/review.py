"""What every fact has in common: a person's verdict on it, and what the machine makes of its own find."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from brands.vocabulary.adcodes import adcode_range
from brands.vocabulary.choices import PUBLIC_CONFIDENCE, DatePrecision, ReviewState


def public(prefix: str = "") -> Q:
    """Facts that a reader may see as far as review goes; `prefix` leads to the fact.

    Said so that no index of `review`, in which nearly all rows are alike, seems to help a database that would else read
    a list off the index of its order.
    """
    sure = Q(**{f"{prefix}review": ReviewState.CONFIRMED}) | Q(**{f"{prefix}confidence__gte": PUBLIC_CONFIDENCE})
    return ~Q(**{f"{prefix}review": ReviewState.REJECTED}) & sure


def within(field: str, adcode: str) -> Q:
    """Rows whose code of a division, in `field`, is this one or of a division in it."""
    first, after = adcode_range(adcode)
    return Q(**{f"{field}__gte": first, f"{field}__lt": after})


def borne_out(fact: str, key: str = "pk") -> Exists:
    """That some article which readers may see bears the fact out, whose key stands in `key`; one that was set aside as
    not about labour brands does not. The model is asked for by name, since its module imports this one."""
    evidence = apps.get_model("brands", "Evidence")
    return Exists(evidence._default_manager.of_facts().told().filter(**{fact: OuterRef(key)}))


class Reviewed(models.Model):
    """A fact that a machine run proposes and a person confirms, changes or rejects.

    `hand_set` names the fields that a person has set. A machine run may write or remove a row only while
    :attr:`machine_may_write` holds; otherwise it may do no more than add evidence.
    """

    review = models.CharField(
        _("审核"), max_length=10, choices=ReviewState.choices, default=ReviewState.PROPOSED, db_index=True
    )
    confidence = models.FloatField(_("可信度"), default=1.0)
    hand_set = models.JSONField(_("人工改动的字段"), default=list, blank=True, editable=False)
    created_at = models.DateTimeField(_("建档时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        abstract = True

    @property
    def machine_may_write(self) -> bool:
        """True while no person has said anything about the row."""
        return self.review == ReviewState.PROPOSED and not self.hand_set

    def set_by_hand(self, fields: Iterable[str], *, confirms: bool = True) -> None:
        """Take down that a person has set these fields. Who changes a proposed fact has looked at it, so it counts as
        confirmed; where somebody else has to confirm it (`confirms` is false), a confirmed one waits again. A verdict
        in the same breath stands. The row is not saved."""
        fields = set(fields)
        changed = fields - {"review"}
        self.hand_set = sorted({*self.hand_set, *changed})
        if changed and "review" not in fields and self.review != ReviewState.REJECTED:
            self.review = ReviewState.CONFIRMED if confirms else ReviewState.PROPOSED


def confidence_check(name: str) -> models.CheckConstraint:
    """The constraint that a confidence lies between 0 and 1; `name` must be unique in the database."""
    return models.CheckConstraint(condition=models.Q(confidence__gte=0) & models.Q(confidence__lte=1), name=name)


def choice_check(field: str, values: list[str], name: str) -> models.CheckConstraint:
    """The constraint that `field` holds one of `values`."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": values}), name=name)


def exactly_one(fields: Sequence[str]) -> models.Q:
    """The condition that one of these nullable fields is filled and the others are not."""
    cases = (models.Q(**{f"{name}__isnull": name != filled for name in fields}) for filled in fields)
    return reduce(or_, cases)


def dated(date: str, precision: str) -> models.Q:
    """The condition that a date and its precision are both given or both left open."""
    return models.Q(**{f"{date}__isnull": True, precision: ""}) | models.Q(
        **{f"{date}__isnull": False, f"{precision}__in": DatePrecision.values}
    )
