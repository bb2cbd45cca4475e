"""Facts that people decided on and that taking a change set back would leave with nothing to bear them out: nobody
could see them any more, and nobody would have said so."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.audit.net_changes import AT_ONCE, Net, Spot
from brands.models import Brand, Change, Evidence, Program, Statistic
from brands.models.review import borne_out
from brands.search.store import batches as chunks
from brands.vocabulary.choices import ReviewState

# What evidence bears out, by the column that says which.
FACTS: Mapping[str, type[Brand] | type[Program] | type[Statistic]] = {
    "brand_id": Brand,
    "program_id": Program,
    "statistic_id": Statistic,
}


class BareChoice(models.TextChoices):
    """What is to become of them."""

    KEEP = "keep", _("保留：它们的出处连同原文留下，照旧公开")
    REVIEW = "review", _("先撤销对它们的审核：没有别的人工改动的，随这一批一起移除；改动过的保留")
    WITHDRAW = "withdraw", _("撤下：记为否决，页面说明已撤下")


def left_bare(nets: Iterable[Net]) -> list[Spot]:
    """The facts that are there without evidence, now that the evidence which these rows were is gone; none that people
    rejected."""
    lost: defaultdict[str, set[object]] = defaultdict(set)
    for one in nets:
        if one.table == Evidence._meta.db_table and one.old is None and one.new is not None:
            for column in FACTS:
                lost[column].update({one.new[column]} - {None})
    return [spot for column, keys in lost.items() for spot in _bare(column, sorted(keys, key=str))]


def _bare(column: str, keys: Sequence[object]) -> list[Spot]:
    model, fact = FACTS[column], column.removesuffix("_id")
    found = []
    for some in chunks(keys, AT_ONCE):
        rows = model._base_manager.filter(pk__in=some).exclude(review=ReviewState.REJECTED).exclude(borne_out(fact))
        found += [(model._meta.db_table, str(pk)) for pk in rows.order_by("pk").values_list("pk", flat=True)]
    return found


def settle(bare: Collection[Spot], choice: BareChoice) -> set[Spot]:
    """Do what was chosen to the facts, before their evidence goes; those whose evidence is to stay."""
    rows = [row for spot in bare if (row := _row(spot)) is not None]
    if choice == BareChoice.KEEP:
        return set(bare)
    kept = set()
    for row in rows:
        if choice == BareChoice.REVIEW and row.hand_set:
            kept.add((row._meta.db_table, str(row.pk)))
        else:
            row.review = ReviewState.REJECTED if choice == BareChoice.WITHDRAW else ReviewState.PROPOSED
            row.save(update_fields=["review", "updated_at"])
    return kept


def _row(spot: Spot) -> Brand | Program | Statistic | None:
    model = next(model for model in FACTS.values() if model._meta.db_table == spot[0])
    found: Brand | Program | Statistic | None = model._base_manager.select_for_update().filter(pk=spot[1]).first()
    return found


def bears_out(change: Change, facts: Collection[Spot]) -> bool:
    """Whether the change is of a place that bears one of these facts out."""
    if change.table != Evidence._meta.db_table:
        return False
    columns = change.new or change.old or {}
    return any((model._meta.db_table, str(columns.get(name))) in facts for name, model in FACTS.items())
