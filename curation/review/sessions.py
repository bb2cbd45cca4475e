"""Sittings: what a reviewer decides at one go is one numbered change set, which can be taken back as a whole."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from brands.audit.change_sets import open_change_set
from brands.sql import prepared_for_one
from brands.vocabulary.choices import ChangeSetKind
from curation.models import PAUSE, ReviewSession
from curation.review.locks import release


def current(user: User) -> ReviewSession | None:
    """The user's open sitting; one in which nothing happened for too long is over."""
    going_on = ReviewSession.objects.filter(user=user, ended=False, last_at__gt=timezone.now() - PAUSE)
    return going_on.select_related("change_set").first()


@prepared_for_one
def _lock(user: Any) -> Any:
    return User.objects.select_for_update().filter(pk=user).values_list("pk")


def sit_down(user: User) -> ReviewSession:
    """The user's open sitting, or a new one with its change set; locked until the transaction ends, in which this must
    be called."""
    _lock(user.pk)  # one sitting at a time, in however many windows
    sitting = current(user)
    if sitting is None:
        end(user)
        note = gettext("逐篇审核")
        change_set = open_change_set(ChangeSetKind.REVIEW, author=user, note=note)
        return ReviewSession.objects.create(user=user, change_set=change_set, last_at=timezone.now())
    sitting.last_at = timezone.now()
    sitting.save(update_fields=["last_at"])
    return sitting


def end(user: AbstractBaseUser) -> None:
    """What the user decides from now on belongs to another sitting."""
    ReviewSession.objects.filter(user=user.pk, ended=False).update(ended=True)


def connect() -> None:
    """Listen to logouts."""
    user_logged_out.connect(_leave)


def _leave(user: AbstractBaseUser | None = None, **_signal: object) -> None:
    if user is not None:
        with transaction.atomic():
            end(user)
            release(user)
