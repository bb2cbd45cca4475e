"""What files would bring: they are brought in for the moment, what that did is written down, and all is taken back."""

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model

from brands.audit.change_sets import rehearse
from brands.models import Article, Brand, Change, Evidence, Program, StandingRule, Statistic
from brands.text.article_text import Borne, borne_out
from brands.vocabulary import fields
from brands.vocabulary.choices import DOUBTFUL_SCORE, ChangeAction
from curation.jobs.diff import noted
from curation.jobs.lease import renew
from curation.jobs.load import counts_of, fail_file
from curation.jobs.page_reader import FailedFileError, Reader, source
from curation.models import Failure, FileOutcome, FileState, Job, JobFile
from ingest.load.page import load_page
from ingest.records import PageFacts
from ingest.version import extractor_version

# The fields of each kind of fact that a preview shows.
KEPT = {kind: fields.columns(kind, "in_preview") for kind in fields.FIELDS}

# Columns whose change says nothing to a reader.
UNSAID = {"confidence", "updated_at", "pinyin", "name_key", "fact_key", "inferred", "series_id"}

# Files whose facts are held in memory: as many as an upload has. A page that is full of facts takes 2 MB.
AT_ONCE = 100

# Seconds after which a rehearsal lets others write: SQLite makes them wait for it, and PostgreSQL other loaders.
MAX_HELD = 5.0

SUBJECTS = ("statistic__brand", "statistic__program", "statistic__region", "brand", "program")


@dataclass(frozen=True, slots=True)
class _Rehearsed:
    """A file that was brought in for the moment. `until` is the number of the last change by then, `unread` the fields
    of its head that nobody understands, with their values."""

    file: JobFile
    until: int
    unread: list[tuple[str, str]]
    articles: list[dict[str, object]]
    facts: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Refused:
    """A file that the database does not take."""

    file: JobFile
    error: FailedFileError


def check_files(job: Job, files: Iterable[JobFile], reader: Reader) -> None:
    """Read the files, see what all of them in this order would change, and note it file by file. Nothing of the
    catalogue is written. Of a job that takes longer than MAX_HELD or has more than AT_ONCE files, files may not see
    what those far before would do."""
    waiting = iter(files)
    while some := list(islice(waiting, AT_ONCE)):
        found = deque((file, facts) for file in some if (facts := _read(job, file, reader)) is not None)
        _rehearse_all(job, found)


def _rehearse_all(job: Job, found: deque[tuple[JobFile, PageFacts]]) -> None:
    while found:
        renew(job, doing="")
        rehearsed, changes = rehearse(lambda: list(_rehearse_some(job, found)))
        with transaction.atomic():
            renew(job)
            _note_all(job, rehearsed, changes)


def _rehearse_some(job: Job, found: deque[tuple[JobFile, PageFacts]]) -> Iterator[_Rehearsed | _Refused]:
    """Take files off and bring them in until there are no more, or others have waited long enough; as if the rules that
    the job is about counted already, or no longer."""
    deadline = time.monotonic() + MAX_HELD
    for rule in job.rules:
        StandingRule.objects.filter(pk=rule.pk).update(state=rule.turned)
    while found:
        yield _rehearse(job, *found.popleft())
        if time.monotonic() > deadline:
            return


def _note_all(job: Job, rehearsed: Iterable[_Rehearsed | _Refused], changes: Sequence[Change]) -> None:
    since = 0
    for one in rehearsed:
        if isinstance(one, _Rehearsed):
            _note(one, [change for change in changes if since < change.pk <= one.until])
            since = one.until
        else:
            fail_file(job, one.file, one.error)


def _read(job: Job, file: JobFile, reader: Reader) -> PageFacts | None:
    renew(job, doing=file.name)
    try:
        facts = reader.read(file.name, source(file, job.reads_by))
    except FailedFileError as error:
        fail_file(job, file, error)
        return None
    with transaction.atomic():
        renew(job)
        JobFile.objects.filter(pk=file.pk).update(state=FileState.DONE)
    return facts


def _rehearse(job: Job, file: JobFile, facts: PageFacts) -> _Rehearsed | _Refused:
    """Bring one file in, inside the rehearsal, and look at what is there then."""
    renew(job)
    try:
        with transaction.atomic():
            loaded = load_page(facts, version=extractor_version())
    except (DataError, IntegrityError, ValueError) as error:
        return _Refused(file, FailedFileError(Failure.DATABASE, " ".join(str(error).split())))
    file.outcome, file.counts = FileOutcome(loaded.status.value), counts_of(loaded)
    until = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    articles = list(Article.objects.filter(page__sha256=file.sha256).select_related("place").order_by("order"))
    unread = {article.order: article.unread_date for article in facts.articles}
    shown = [_article(row, unread.get(row.order, "")) for row in articles]
    return _Rehearsed(file, until, list(facts.page.front.unread), shown, list(_facts(articles)))


def _article(row: Article, unread_date: str) -> dict[str, object]:
    return {
        "title": row.title,
        "publisher": row.publisher,
        "published_on": row.published_on.isoformat() if row.published_on else "",
        "unread_date": unread_date,
        "place": row.place.name if row.place else "",
        "relevant": row.relevant,
        "doubtful": not row.relevant and row.score >= DOUBTFUL_SCORE,
        "reason": row.reason,
        "spans": row.spans,
    }


def _facts(articles: Sequence[Article]) -> Iterator[dict[str, object]]:
    """The facts that the articles bear out, each with its places; those of an article in the order of its text."""
    for number, article in enumerate(articles):
        evidence = Evidence.objects.filter(article=article).select_related(*SUBJECTS).order_by("start", "pk")
        yield from (_fact(borne, number) for borne in borne_out([row for row in evidence if not row.field]))


def _fact(borne: Borne, article: int) -> dict[str, object]:
    fact = borne.fact
    return {
        "kind": borne.kind,
        "row": str(fact.pk),
        "values": {name: _plain(getattr(fact, name)) for name in KEPT[borne.kind]},
        "subject": str(fact.subject) if isinstance(fact, Statistic) else "",
        "article": article,
        "confidence": max(place.confidence for place in borne.places),
        "places": [[place.start, place.end, place.context_start, place.context_end] for place in borne.places],
    }


def _plain(value: object) -> object:
    """A value that JSON has, too: dates and decimals as text."""
    return value if value is None or isinstance(value, int | str) else str(value)


def _note(one: _Rehearsed, changes: Sequence[Change]) -> None:
    """Write the preview of a file down, each fact with what becomes of its row."""
    tables = {"brand": Brand, "program": Program, "statistic": Statistic}
    actions = {(change.table, change.row): change for change in reversed(changes)}
    for fact in one.facts:
        change = actions.get((tables[fact["kind"]]._meta.db_table, fact["row"]))
        fact["action"] = change.action if change else ""
        fact["fields"] = _differing(tables[fact["kind"]], change)
    gone = [change.old or {} for change in changes if change.action == ChangeAction.DELETED]
    one.file.state = FileState.DONE
    one.file.preview = {
        "unread": one.unread,
        "articles": one.articles,
        "facts": one.facts,
        "gone": [name for old in gone if (name := str(old.get("name") or old.get("stated") or ""))],
    }
    if one.file.outcome == FileOutcome.CHANGED:
        one.file.preview["differences"] = noted(changes, one.file.sha256)
    elif one.file.outcome == FileOutcome.UNCHANGED and not one.file.data:
        one.file.preview = {
            "differences": noted(changes, one.file.sha256)
        }  # of a stored page that stays as it is nothing is to be seen
    one.file.save(update_fields=["state", "outcome", "counts", "preview"])


def _differing(model: type[Model], change: Change | None) -> list[str]:
    """The columns that a change gives another value."""
    if change is None or change.action != ChangeAction.UPDATED:
        return []
    old, new = change.old or {}, change.new or {}
    return [name for name in new if old.get(name) != new[name] and name not in UNSAID]
