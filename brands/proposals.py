"""Values proposed beside what stands, by a machine run or by an editor: how one is made, and what a verdict on it does.

A value is written as JSON: choices, names and codes as text, numbers as text in full, dates as ISO 8601 cut to their
precision, unknown as null.
"""

from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import TypeAlias

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext

from brands.models import Brand, Evidence, Program, Proposal, Statistic
from brands.models.audit import MAX_NOTE
from brands.models.proposal import MAX_VALUE_KEY
from brands.vocabulary import fields
from brands.vocabulary.choices import Industry, ProposalState
from brands.vocabulary.dates import from_iso, to_iso
from brands.vocabulary.numbers import day, number

Fact: TypeAlias = Brand | Program | Statistic
Value: TypeAlias = str | int | None

# Values that say nothing of a field.
UNKNOWN = (None, "", Industry.OTHER.value)

# The fields for which values are proposed, by what has them.
FIELDS: dict[str, tuple[str, ...]] = {kind: fields.names(kind, "proposable") for kind in fields.FIELDS}

# Dates, and the fields that say how much of them is known.
PRECISIONS = fields.PRECISIONS


class DecidedError(Exception):
    """Somebody has decided on the proposal already."""


def kind_of(fact: Fact) -> str:
    """``brand``, ``program`` or ``statistic``."""
    return type(fact).__name__.lower()


def value_of(fact: Fact, field: str) -> Value:
    """What stands in the field now, as a proposal would write it. KeyError where nothing is proposed for the field."""
    if field not in FIELDS[kind_of(fact)]:
        raise KeyError(field)
    if field in PRECISIONS:
        return to_iso(getattr(fact, field), getattr(fact, PRECISIONS[field])) or None
    value = getattr(fact, _column(fact, field).attname)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def value_key(value: Value) -> str:
    """The value as short text, by which two are the same: a long one by its beginning and a hash of the whole."""
    text = "" if value is None else str(value)
    if len(text) <= MAX_VALUE_KEY:
        return text
    digest = sha256(text.encode()).hexdigest()
    return f"{text[: MAX_VALUE_KEY - len(digest)]}{digest}"


def propose(fact: Fact, field: str, value: Value, *, author: User, why: str = "") -> Proposal | None:
    """A person's proposal; None where the value stands already. Where it was proposed before, that one is open again,
    as this person's. ValidationError where the field can't hold the value."""
    if value_key(value) == value_key(value_of(fact, field)):
        return None
    _check(fact, field, value)
    same = Proposal.objects.filter(**{kind_of(fact): fact}, field=field, value_key=value_key(value)).first()
    proposal = same or Proposal(**{kind_of(fact): fact}, field=field, value_key=value_key(value), value=value)
    proposal.author, proposal.why, proposal.state = author, why[:MAX_NOTE], ProposalState.OPEN
    proposal.decided_by = proposal.decided_at = None
    proposal.save()
    return proposal


def accept(proposal: Proposal, *, by: User) -> Fact:
    """Write the value into its field, as set by hand, with the sentence that says it as evidence; to be called within a
    batch. DecidedError where it is no longer open; ValidationError where the row can't be so, as with a name that
    another brand of the region has: then nothing is written."""
    proposal = _open(proposal)
    fact = _fact(proposal)
    before = fact.name if isinstance(fact, Brand) else ""
    _assign(fact, proposal.field, proposal.value)
    fact.full_clean(exclude=_untouched(fact, proposal.field), validate_constraints=False)
    fact.validate_constraints()
    fact.set_by_hand([proposal.field])
    if isinstance(fact, Brand):
        fact.inferred = [name for name in fact.inferred if name != proposal.field]
    fact.save()
    if isinstance(fact, Brand) and fact.name != before:
        fact.also_called(before)
    _bear_out(proposal, fact)
    _decide(proposal, ProposalState.ACCEPTED, by)
    return fact


def decline(proposal: Proposal, *, by: User) -> None:
    """Leave the value as it is; the same one is not proposed again by a machine. DecidedError as above."""
    _decide(_open(proposal), ProposalState.DECLINED, by)


def shown(fact: Fact, field: str, value: Value) -> str:
    """The value as people read it, in the active language."""
    if value in {None, ""}:
        return gettext("未收录")
    if field in PRECISIONS:
        return day(*from_iso(str(value)))
    column = _column(fact, field)
    if isinstance(column, models.ForeignKey):
        return str(column.remote_field.model._base_manager.filter(pk=value).first() or value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return number(Decimal(str(value))) if isinstance(column, models.DecimalField) else str(value)


def _column(fact: Fact, field: str) -> "models.Field[object, object]":
    column = fact._meta.get_field(field)
    if not isinstance(column, models.Field):
        raise KeyError(field)
    return column


def _assign(fact: Fact, field: str, value: Value) -> None:
    """Set the field; ValidationError where it can't hold the value."""
    if field in PRECISIONS:
        date, precision = from_iso(str(value or ""))
        if value and date is None:
            raise ValidationError({field: gettext("“%s”不是日期。") % value})
        setattr(fact, field, date)
        setattr(fact, PRECISIONS[field], precision)
        return
    column = _column(fact, field)
    empty = None if column.null else ""
    if isinstance(column, models.DecimalField):
        try:
            setattr(fact, field, None if value is None else Decimal(str(value)))
        except InvalidOperation:
            raise ValidationError({field: gettext("“%s”不是数字。") % value}) from None
    else:
        setattr(fact, column.attname, empty if value in {None, ""} else value)


def _check(fact: Fact, field: str, value: Value) -> None:
    """That a copy of the row could hold the value."""
    copy = type(fact)._base_manager.get(pk=fact.pk)
    _assign(copy, field, value)
    copy.full_clean(exclude=_untouched(copy, field), validate_unique=False, validate_constraints=False)


def _untouched(fact: Fact, field: str) -> set[str]:
    """The other fields: what stands there was taken before, and is not what the person is told of."""
    return {column.name for column in fact._meta.concrete_fields} - {field, PRECISIONS.get(field, field)}


def _open(proposal: Proposal) -> Proposal:
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.state != ProposalState.OPEN:
        raise DecidedError
    return locked


def _fact(proposal: Proposal) -> Fact:
    """The row, locked until the transaction ends."""
    kinds: dict[str, type[Fact]] = {"brand": Brand, "program": Program, "statistic": Statistic}
    kind = next(name for name in kinds if getattr(proposal, f"{name}_id") is not None)
    found: Fact = kinds[kind]._base_manager.select_for_update().get(pk=getattr(proposal, f"{kind}_id"))
    return found


def _bear_out(proposal: Proposal, fact: Fact) -> None:
    """Where an article says the value, that place bears the field out from now on."""
    if proposal.article_id is None or proposal.start is None:
        return
    place = {"article_id": proposal.article_id, "start": proposal.start, "end": proposal.end}
    context = {"context_start": proposal.context_start, "context_end": proposal.context_end}
    found = {"rule": proposal.rule, "version": proposal.version, "confidence": proposal.confidence}
    own = {kind_of(fact): fact, "field": proposal.field}
    if not Evidence.objects.filter(**place, **own).exists():
        Evidence.objects.create(**place, **context, **found, **own)


def _decide(proposal: Proposal, state: ProposalState, by: User) -> None:
    proposal.state = state
    proposal.decided_by = by
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at"])
