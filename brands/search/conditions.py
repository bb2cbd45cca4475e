"""What the words of a query may mean: readings make conditions, the index answers them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from brands.search.phrasing import Bound


class Why(TextChoices):
    """Why a hit is there."""

    EXACT = "exact", _("精确")
    ALIAS = "alias", _("别名")
    PINYIN = "pinyin", _("拼音")
    SCRIPT = "script", _("繁简")
    SYNONYM = "synonym", _("同义")
    REGION = "region", _("地区")
    SOUND = "sound", _("近音")
    SHAPE = "shape", _("形近")
    """One character wrong, missing or too many."""


@dataclass(frozen=True, slots=True)
class Text:
    """Folded characters, not all of them blank, that some field of a document holds on one line.

    `own` where the word is a filter as well: a brand or a program must say it of itself then, and that a sentence about
    it says it too (山西, of a brand of another province) is not enough.
    """

    text: str
    why: Why = Why.EXACT
    own: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """The division with this code and all in it; `text` is how the query calls it."""

    adcode: str
    text: str
    why: Why = Why.REGION


@dataclass(frozen=True, slots=True)
class Labelled:
    """Documents with the label, as ``industry:care`` or ``metric:employment``; `text` is how the query calls it."""

    label: str
    text: str
    why: Why = Why.EXACT


class PinyinReading(Protocol):
    """Letters read as pinyin."""

    @property
    def tokens(self) -> tuple[frozenset[str], ...]:
        """Tokens of the index: a document that may match holds all of one of the sets."""

    def matches(self, items: Sequence[str], name: str) -> list[tuple[int, int]]:
        """The half-open stretches of a folded name, of whose characters `items` are the syllables, that are meant."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """Latin letters, folded, read as the sound of a name or of another name."""

    text: str
    reading: PinyinReading
    why: Why = Why.PINYIN


@dataclass(frozen=True, slots=True)
class Together:
    """One word read as several (广西米粉 as 米粉 within 广西): every one of them is met, by any of its conditions."""

    words: "tuple[tuple[Condition, ...], ...]"


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """Documents that were worked out beforehand, by number: those whose pay reaches a bound, the division that is
    spelled so. All of them have the `token` of the index; `field` is where they have what was asked for."""

    numbers: frozenset[int]
    token: str
    field: str
    text: str
    why: Why = Why.EXACT


Condition: TypeAlias = Text | Within | Labelled | Spelled | Together | WorkedOut


@dataclass(frozen=True, slots=True)
class Question:
    """Every one of `words` must be met, by any of its conditions, of which the first is the preferred, and none of
    `without`.

    `whole` is the bare form of all that was typed as text: who is called so comes first, whatever the words.
    `wants` is what the question asks of the things that it names (:mod:`brands.search.phrasing`), `bound` what their
    figures must reach.
    """

    words: tuple[tuple[Condition, ...], ...]
    whole: str = ""
    without: tuple[Condition, ...] = ()
    wants: str = ""
    bound: Bound | None = None
