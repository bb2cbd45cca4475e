"""Claims: an article that one reviewer has before them is not given to another. Two unique columns decide, so that of
two who come at once one gets it, on both databases."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from curation.models import LEASE, ArticleLock, Waiting


def hold(article: int, user: User) -> bool:
    """Claim the article for the user, or renew their claim; what they held before is free. False where somebody else
    holds it."""
    now = timezone.now()
    renewed = ArticleLock.objects.filter(article=article, user=user).update(until=now + LEASE)
    if renewed:
        return True
    try:
        with transaction.atomic():
            ArticleLock.objects.filter(Q(user=user) | Q(article=article, until__lte=now)).delete()
            ArticleLock.objects.create(article_id=article, user=user, until=now + LEASE)
    except IntegrityError:
        return ArticleLock.objects.filter(article=article, user=user).exists()  # another window of theirs was faster
    return True


def take_over(article: int, user: User) -> None:
    """Claim the article whoever holds it."""
    with transaction.atomic():
        ArticleLock.objects.filter(article=article).exclude(user=user).delete()
        hold(article, user)


def holder(article: int) -> ArticleLock | None:
    """Who holds the article now."""
    return ArticleLock.objects.filter(article=article, until__gt=timezone.now()).select_related("user").first()


def release(user: AbstractBaseUser, article: int | None = None) -> None:
    """The user leaves the article, or whatever they hold."""
    held = ArticleLock.objects.filter(user=user.pk)
    (held if article is None else held.filter(article=article)).delete()


def held_by_others(user: User) -> "QuerySet[ArticleLock, int]":
    """The articles that others hold now."""
    others = ArticleLock.objects.filter(until__gt=timezone.now()).exclude(user=user)
    return others.values_list("article_id", flat=True)


def next_for(user: User, waiting: "QuerySet[Waiting]", *, after: Iterable[int] = ()) -> int | None:
    """Claim the first of the articles that is free, leaving out those of `after`; None where there is none."""
    candidates = (
        waiting.exclude(article__in=held_by_others(user))
        .exclude(article__in=after)
        .values_list("article_id", flat=True)
    )
    for article in candidates[:TRIES]:
        if hold(article, user):
            return article
    return None


# Articles that are tried when others take them at the same moment: more than reviewers that a newsroom has.
TRIES = 50
