"""The parts of the queue's page that repeat, as HTML: a template takes several times as long."""

from collections.abc import Iterator

from django.template.defaultfilters import floatformat
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from brands.text.highlight import filled
from brands.vocabulary.numbers import day
from curation.models import Hardness
from curation.models.review import SORTS
from curation.review.queue import Queue, QueueRemaining

ROW = (
    '<tr><th scope="row" class="words"><a lang="zh-Hans" href="{}">{}</a> <span class="faint">{} {} {}</span></th>'
    '<td>{}</td><td class="number">{}</td><td>{}</td><td class="number">{}</td></tr>'
)
LEFT = '<li><a href="{}" aria-current="{}">{} <b>{}</b></a></li>'


def rows(queue: Queue) -> SafeString:
    """The rows of the table of articles."""
    return filled(ROW, _cells(queue))


def facets(queue: Queue) -> list[tuple[str, SafeString]]:
    """What may be chosen by, each with the entries of its list."""
    return [(facet.label, filled(LEFT, map(_choice, facet.choices))) for facet in queue.facets]


def _cells(queue: Queue) -> Iterator[tuple[str, ...]]:
    """What the rows of the queue say, in the order of `ROW`."""
    query = queue.choice.query()
    labels = {name: str(label) for name, label in SORTS.items()}
    degrees = {value: str(label) for value, label in Hardness.choices}
    for row in queue.rows:
        told, place = row.article, row.article.place
        address = f"{row.article_id}/{query}"
        paper = (told.title, told.publisher, day(told.published_on), place.common_name if place else "")
        parts = gettext("、").join(
            f"{label} {count}" for name, label in labels.items() if (count := getattr(row, name))
        )
        yield (address, *paper, degrees[row.hardness], str(row.total), parts, floatformat(row.lowest, 2))


def _choice(one: QueueRemaining) -> tuple[str, ...]:
    return one.query or ".", "true" if one.selected else "false", one.label, str(one.count)
