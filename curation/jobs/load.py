"""One file into the catalogue, once: the page, its facts and the word that the file is done in one transaction."""

from django.db import DataError, IntegrityError, transaction

from curation.jobs.lease import renew
from curation.jobs.page_reader import FailedFileError, Reader, source
from curation.jobs.uploads import printable
from curation.models import Failure, FileOutcome, FileState, Job, JobFile
from curation.models.job import MAX_DETAIL
from ingest.load.change_set import load_in_batch
from ingest.load.page import Loaded, is_loaded
from ingest.records import PageFacts
from ingest.version import extractor_version


def load_file(job: Job, file: JobFile, reader: Reader) -> None:
    """Read the file and bring it in. One that fails is noted with the reason; that concerns no other file."""
    try:
        if is_loaded(file.sha256, version=extractor_version()):
            _done(job, file, FileOutcome.UNCHANGED)
        else:
            _bring_in(job, file, reader.read(file.name, source(file, job.reads_by)))
    except FailedFileError as error:
        fail_file(job, file, error)


def fail_file(job: Job, file: JobFile, error: FailedFileError) -> None:
    """Note why the file was not taken."""
    with transaction.atomic():
        renew(job)
        file.state, file.failure, file.detail = FileState.FAILED, error.kind, printable(error.detail, MAX_DETAIL)
        file.save(update_fields=["state", "failure", "detail"])


def counts_of(loaded: Loaded) -> dict[str, dict[str, int]]:
    """How many rows of a model come, change and go: ``{"Brand": {"created": 3}}``."""
    counts: dict[str, dict[str, int]] = {}
    for (model, action), number in loaded.counts().items():
        counts.setdefault(model, {})[action.value] = number
    return counts


def _bring_in(job: Job, file: JobFile, facts: PageFacts) -> None:
    try:
        with transaction.atomic():
            renew(job)
            loaded, change_set = load_in_batch(
                facts, job.change_set, version=extractor_version(), author=job.author, note=job.note
            )
            if change_set != job.change_set:
                renew(job, change_set=change_set)
            _done(job, file, FileOutcome(loaded.status.value), counts_of(loaded))
    except (DataError, IntegrityError, ValueError) as error:
        raise FailedFileError(Failure.DATABASE, " ".join(str(error).split())) from error
    job.change_set = change_set


def _done(job: Job, file: JobFile, outcome: FileOutcome, counts: dict[str, dict[str, int]] | None = None) -> None:
    with transaction.atomic():
        renew(job)
        file.state, file.outcome, file.counts = FileState.DONE, outcome, counts or {}
        file.data, file.failure, file.detail = b"", "", ""
        file.save(update_fields=["state", "outcome", "counts", "data", "failure", "detail"])
