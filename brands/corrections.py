"""Readers' reports: what one is about, and how many are taken.

A value is named as ``brand:12``, ``brand:12.level`` (one field of a brand), ``statistic:7``, ``program:3``,
``region:140000`` or ``article:5``; the empty name is the site as a whole.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from brands.figures.figures import figure_words, key_of, subject_words, when_words
from brands.models import Article, Brand, Correction, Program, Region, Statistic
from brands.models.correction import MAX_LABEL
from brands.place_words import region_title, region_words
from brands.visitors import block, network
from brands.vocabulary import fields
from brands.vocabulary.numbers import day

# Reports a day that are taken from one address: more than a careful reader sends, less than staff can't read.
PER_ADDRESS = 10

# The same from one provider's block of addresses, of which one person may have many.
PER_BLOCK = 50

# Reports a day after which a block counts for one more: so whoever has sent them all shuts out nobody else.
IN_ALL = 500

# Reports a day, come what may: what the table grows by at most.
AT_MOST = 5_000

# The fields of a brand that its page shows, and what the page calls them.
FIELDS = {field.name: field.on_page for field in fields.FIELDS["brand"] if field.on_page}

_ABOUT = re.compile(r"([a-z]{5,10}):([0-9]{1,18})(?:\.([a-z_]{5,20}))?")


class TooManyError(Exception):
    """As many reports as are taken in a day have come, from this address, from those around it or from all."""


@dataclass(frozen=True, slots=True)
class ReportSubject:
    """What a report is about: `label` says what it is, `shown` what stands there now, `url` where."""

    about: str
    label: str
    shown: str
    url: str


def subject_of(about: str) -> ReportSubject | None:
    """What the name stands for, in the active language; None where it names nothing that a reader may see."""
    if not about:
        return ReportSubject("", gettext("整个网站"), "", reverse("brands:home"))
    match = _ABOUT.fullmatch(about)
    if match is None or match[1] not in _SUBJECTS or (match[3] and (match[1] != "brand" or match[3] not in FIELDS)):
        return None
    rows, told = _SUBJECTS[match[1]]
    row = rows().filter(pk=match[2]).first()
    if row is None:
        return None
    if match[3]:
        return ReportSubject(
            about, f"{row} · {FIELDS[match[3]]}"[:MAX_LABEL], _field(row, match[3]), row.get_absolute_url()
        )
    label, shown = told(row)
    return ReportSubject(about, label[:MAX_LABEL], shown[:MAX_LABEL], row.get_absolute_url())


def public_keys(names: Iterable[str]) -> set[str]:
    """Those of the names of records (``brand:12``) that name what a reader may see, in a statement for each kind."""
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for match in filter(None, map(_ABOUT.fullmatch, names)):
        if match[1] in _SUBJECTS:
            asked[match[1]].append(match[2])
    return {
        f"{kind}:{key}"
        for kind, keys in asked.items()
        for key in _SUBJECTS[kind][0]().filter(pk__in=keys).values_list("pk", flat=True)
    }


# Figures of one subject that the form lists; nobody reads down a longer list.
MOST_FIGURES = 60


def values_of(about: str) -> list[tuple[str, str]]:
    """The values that stand where this one does, each by its name and with what it shows: the record as a whole, its
    fields, its figures. Empty where there is nothing to choose."""
    subject = subject_of(about)
    match = _ABOUT.fullmatch(about)
    if subject is None or match is None or match[1] == "article":
        return []
    kind, key = match[1], match[2]
    if kind == "statistic":
        kind, _colon, key = key_of(Statistic.objects.get(pk=key)).partition(":")
    rows, told = _SUBJECTS[kind]
    row = rows().filter(pk=key).first()
    if row is None:
        return [(about, subject.label)]
    colon = gettext("：")
    found = [(f"{kind}:{key}", told(row)[0])]
    if kind == "brand":
        found += [(f"brand:{key}.{name}", f"{label}{colon}{_field(row, name)}") for name, label in FIELDS.items()]
    figures = Statistic.objects.published().filter(**{kind: row}).order_by("metric", "-as_of", "pk")
    found += [
        (f"statistic:{one.pk}", f"{one.get_metric_display()}{colon}{figure_words(one)} {when_words(one)}".strip())
        for one in figures[:MOST_FIGURES]
    ]
    if about not in dict(found):
        found.append((about, f"{subject.label}{colon}{subject.shown}"))
    return found if len(found) > 1 else []


def take(about: str, words: Mapping[str, str], *, visitor: str) -> Correction:
    """Keep a report of `visitor`, an address. TooManyError where the day's number is reached, KeyError for what isn't
    there. What stood at the place is written down in the site's language, whichever the reader has."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = subject_of(about)
    if subject is None:
        raise KeyError(about)
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    sender = sender_of(visitor, today)
    _forget(before=today)
    if not _is_taken(sender, Correction.objects.filter(created_at__gte=today)):
        raise TooManyError
    return Correction.objects.create(
        about=about, label=subject.label, shown=subject.shown, sender=sender, **{name: words[name] for name in WORDS}
    )


# What a reader writes.
WORDS = ("wrong", "right", "seen_at", "contact")


def sender_of(visitor: str, today: datetime) -> str:
    """A hash by which the reports of one address on one day are counted; its first half is that of the provider's block
    around it. Who holds SECRET_KEY could try all addresses: so hashes are forgotten the day after."""
    return "".join(
        salted_hmac(f"brands.corrections {today.date()}", part, algorithm="sha256").hexdigest()[:HALF]
        for part in (f"block {block(visitor)}", network(visitor))
    )


# Characters of a hash of either.
HALF = 16


def _is_taken(sender: str, came: "QuerySet[Correction]") -> bool:
    """Whether one more report of this sender is taken, after those that came today."""
    of_block = came.filter(sender__startswith=sender[:HALF]).count()
    if of_block >= PER_BLOCK or came.filter(sender=sender).count() >= PER_ADDRESS:
        return False
    return came.count() < (AT_MOST if of_block == 0 else IN_ALL)


def _forget(*, before: datetime) -> None:
    Correction.objects.filter(created_at__lt=before).exclude(sender="").update(sender="")


def _field(brand: Brand, field: str) -> str:
    """A field's value as the brand's page says it."""
    if field == "region" and brand.region:
        return region_words(brand.region)
    display = getattr(brand, f"get_{field}_display", None)
    return str((display() if display else getattr(brand, field)) or gettext("未收录"))[:MAX_LABEL]


def _of_statistic(row: Statistic) -> tuple[str, str]:
    return f"{subject_words(row)} · {row.get_metric_display()}", f"{figure_words(row)} {when_words(row)}".strip()


def _of_article(row: Article) -> tuple[str, str]:
    return row.title, " ".join(part for part in (row.publisher, day(row.published_on)) if part)


def _of_region(row: Region) -> tuple[str, str]:
    return region_title(row), ""


def _of_entity(row: Brand | Program) -> tuple[str, str]:
    return row.name, row.name


_SUBJECTS: dict[str, tuple[Callable[[], Any], Callable[[Any], tuple[str, str]]]] = {
    "brand": (lambda: Brand.objects.published().select_related("region", "series"), _of_entity),
    "program": (Program.objects.published, _of_entity),
    "statistic": (lambda: Statistic.objects.published().select_related("brand", "program", "region"), _of_statistic),
    "region": (Region.objects.all, _of_region),
    "article": (Article.objects.published, _of_article),
}
