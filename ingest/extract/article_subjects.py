"""Whom an article as a whole speaks of: the division in which it is set, the one brand of its headline."""

from collections.abc import Sequence

from ingest.extract.anchor_kinds import Anchor
from ingest.gazetteer import gazetteer
from ingest.records import Subject, SubjectType


def set_in(place: str, homes: Sequence[str]) -> Subject | None:
    """The division in which an article is set; where several brands have one home in it, that home."""
    home = homes[0] if len(homes) > 1 and len(set(homes)) == 1 else ""
    code = home if home and place and gazetteer().contains(place, home) else place
    return Subject(SubjectType.REGION, code) if code else None


def headline_brand(anchors: Sequence[Anchor], body_start: int) -> tuple[Subject | None, int]:
    """The one brand of the headline, or else the only one of the article, and where the text begins to speak of it."""
    named = [anchor for anchor in anchors if anchor.is_brand]
    titled = [anchor for anchor in named if anchor.end <= body_start]
    for found, since in ((titled, 0), (named, named[0].start if named else 0)):
        if len({anchor.subject for anchor in found}) == 1:
            return found[0].subject, since
    return None, 0
