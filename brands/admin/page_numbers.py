"""Whether the numbers of pages wait for review: staff decides it for whole pages, once it has read them."""

from django.db.models import QuerySet

from brands.listing import sync
from brands.models import Evidence, Page, Statistic
from brands.vocabulary.choices import PUBLIC_CONFIDENCE


def let_numbers_wait(pages: QuerySet[Page], *, wait: bool) -> tuple[int, int]:
    """Let the numbers of these pages wait or no longer, in one transaction. How many pages it changed, and how many
    numbers became public or ceased to be.

    Numbers that a person confirmed, changed or rejected stay as they are, and so do those that were too little sure
    before; one that another page bears out too is as sure as its best evidence.
    """
    with sync.gathered():
        keys = list(pages.exclude(numbers_wait=wait).select_for_update().order_by("pk").values_list("pk", flat=True))
        Page.objects.filter(pk__in=keys).update(numbers_wait=wait)
        rows = Statistic.objects.filter(evidence__article__page__in=keys).distinct().order_by("pk")
        written = {row.pk: row for row in rows if row.machine_may_write}
        changed = 0
        for pk, confidence in Evidence.objects.filter(statistic__in=written).sureness("statistic").items():
            row = written[pk]
            if row.confidence != confidence:
                changed += (row.confidence >= PUBLIC_CONFIDENCE) != (confidence >= PUBLIC_CONFIDENCE)
                row.confidence = confidence
                row.save(update_fields=["confidence", "updated_at"])
    return len(keys), changed
