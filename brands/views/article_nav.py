"""How an article is being read: which kinds of facts are marked, and at which place the reader is. All of it stands in
the address, so that it works without a script and can be passed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext

from brands.models import Evidence
from brands.text.article_text import KINDS, fact_of

# Characters of a wrong parameter that a complaint repeats.
QUOTED = 40


@dataclass(frozen=True, slots=True)
class MarkSwitch:
    """A kind in the legend, and the address that turns its marks on or off."""

    kind: str
    label: str
    on: bool
    url: str


@dataclass(frozen=True, slots=True)
class Walk:
    """`at` is the evidence where the reader is, 0 before the first step, and `number` its place among `total`. The
    addresses are empty where there is no such place."""

    hidden: frozenset[str]
    at: int
    number: int
    total: int
    previous: str
    following: str
    switches: list[MarkSwitch]
    complaints: list[str]


def walk(parameters: QueryDict, evidence: Sequence[Evidence]) -> Walk:
    """`hide` names kinds that are not marked, `at` a place. The evidence stands in the order of the text."""
    asked = parameters.getlist("hide")
    hidden = frozenset(asked) & frozenset(KINDS)
    complaints = [gettext("参数 hide：没有“%s”这一类标记。") % kind[:QUOTED] for kind in asked if kind not in KINDS][:1]
    places = [piece.pk for piece in evidence if not piece.field and fact_of(piece)[0] not in hidden]
    wanted = parameters.get("at", "")
    at = next((place for place in places if str(place) == wanted), 0)
    if wanted and not at:
        complaints.append(gettext("参数 at：文中没有标出“%s”这一处。") % wanted[:QUOTED])
    number = places.index(at) + 1 if at else 0
    return Walk(
        hidden,
        at,
        number,
        len(places),
        previous=_step(hidden, places[number - 2]) if number > 1 else "",
        following=_step(hidden, places[number]) if number < len(places) else "",
        switches=[MarkSwitch(kind, label, kind not in hidden, _switched(hidden, kind)) for kind, label in _labels()],
        complaints=complaints,
    )


def _labels() -> list[tuple[str, str]]:
    return list(zip(KINDS, (gettext("劳务品牌"), gettext("政策与活动"), gettext("数字")), strict=True))


def _step(hidden: frozenset[str], place: int) -> str:
    return f"?{urlencode([*_hide(hidden), ('at', place)])}#e{place}"


def _switched(hidden: frozenset[str], kind: str) -> str:
    """With the kind turned, from the beginning."""
    return f"?{urlencode(_hide(hidden ^ {kind}))}"


def _hide(hidden: frozenset[str]) -> list[tuple[str, str]]:
    return [("hide", kind) for kind in KINDS if kind in hidden]
