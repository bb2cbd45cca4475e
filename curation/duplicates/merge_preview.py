"""What a merge would move, told before it is done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User

from brands.audit.change_sets import rehearse
from brands.audit.describe import model_name
from brands.audit.merge import MergeChoice, Record, combine, pair
from brands.audit.redirects import REDIRECTS
from brands.audit.triggers import followed
from brands.audit.undo import Net, net


@dataclass(frozen=True, slots=True)
class Moved:
    """How many rows of a kind change hands, how many go since the record that stays has the same, and how many come."""

    name: str
    moved: int
    same: int
    new: int


def preview(model: type[Record], kept: int, gone: int, choice: MergeChoice, *, author: User) -> list[Moved]:
    """What merging the two would do to what hangs on them; all of it is taken back. MergeError as with the merge."""
    _none, changes = rehearse(lambda: combine(*pair(model, kept, gone), choice, author=author))
    address = REDIRECTS[model]._meta.db_table
    own = {(model._meta.db_table, str(pk)) for pk in (kept, gone)}
    nets = [one for one in net(changes) if (one.table, one.row) not in own and one.table != address]
    return _told(nets)


def _told(nets: Sequence[Net]) -> list[Moved]:
    counts: Counter[tuple[str, str]] = Counter()
    for one in nets:
        counts[one.table, "new" if one.old is None else "same" if one.new is None else "moved"] += 1
    found = []
    for table, model in followed().items():
        moved, same, new = (counts[table, what] for what in ("moved", "same", "new"))
        if moved or same or new:
            found.append(Moved(model_name(model), moved, same, new))
    return found
