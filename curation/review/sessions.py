"""Sittings: what a reviewer decides at one go is one numbered batch, which can be taken back as a whole."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from brands.audit.change_sets import open_batch
from brands.vocabulary.choices import ChangeSetKind
from curation.models import PAUSE, ReviewSession
from curation.review.locks import release


def current(user: User) -> ReviewSession | None:
    """The user's open sitting; one in which nothing happened for too long is over."""
    return ReviewSession.objects.filter(user=user, ended=False, last_at__gt=timezone.now() - PAUSE).first()


def sit_down(user: User) -> ReviewSession:
    """The user's open sitting, or a new one with its batch; locked until the transaction ends, in which this must be
    called."""
    User.objects.select_for_update().get(pk=user.pk)  # one sitting at a time, in however many windows
    sitting = current(user)
    if sitting is None:
        end(user)
        note = gettext("逐篇审核")
        batch = open_batch(ChangeSetKind.REVIEW, author=user, note=note)
        return ReviewSession.objects.create(user=user, batch=batch, last_at=timezone.now())
    sitting.last_at = timezone.now()
    sitting.save(update_fields=["last_at"])
    return sitting


def end(user: AbstractBaseUser) -> None:
    """What the user decides from now on belongs to another sitting."""
    ReviewSession.objects.filter(user=user.pk, ended=False).update(ended=True)


def connect() -> None:
    """Listen to logouts."""
    user_logged_out.connect(_leave)


def _leave(user: AbstractBaseUser | None = None, **_signal: Any) -> None:
    if user is not None:
        with transaction.atomic():
            end(user)
            release(user)
