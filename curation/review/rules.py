"""What makes a fact hard, and what makes it obvious: the rules by which facts are put in order and offered together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Program, Reviewed
from brands.vocabulary.choices import PUBLIC_CONFIDENCE, ProgramKind
from curation.models import Hardness
from curation.review.other_reports import Sources
from curation.review.waiting import SURE


@dataclass(frozen=True, slots=True)
class Rule:
    """Facts that nobody needs to look at one by one. `words` say the rule to who confirms them."""

    name: str
    words: Promise
    holds: Callable[[Any, Sources], bool]


def hard(fact: Reviewed, said: Sources) -> list[Hardness]:
    """Why somebody has to look at the fact."""
    found = []
    if fact.confidence < PUBLIC_CONFIDENCE:
        found.append(Hardness.LOW)
    if said.against:
        found.append(Hardness.DISAGREEING)
    if isinstance(fact, Brand) and fact.region_id is None:
        found.append(Hardness.HOMELESS)
    return found


def obvious(fact: Reviewed, said: Sources) -> Rule | None:
    """The first rule by which the fact may be confirmed together with others; None for one that is hard."""
    if fact.confidence < SURE or hard(fact, said):
        return None
    return next((rule for rule in RULES if rule.holds(fact, said)), None)


def _two_papers(_fact: Reviewed, said: Sources) -> bool:
    return len(said.papers) > 1


def _full_policy(fact: Reviewed, _said: Sources) -> bool:
    return (
        isinstance(fact, Program)
        and fact.kind == ProgramKind.POLICY
        and fact.name.startswith("《")
        and fact.name.endswith("》")
        and bool(fact.issuer)
    )


# None of them takes a fact for which somebody proposes another value.
RULES = (
    Rule("two_papers", _("两家以上媒体各自报道（转载不算），内容一致，可信度 0.95 及以上"), _two_papers),
    Rule("full_policy", _("政策文件有书名号全称和发布单位，可信度 0.95 及以上"), _full_policy),
)
