"""Jobs for tests: files of the samples, and a reader that needs no process of its own."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.auth.models import User

from curation.jobs import uploads
from curation.jobs.page_reader import FailedFileError, Reader
from curation.jobs.uploads import Offered
from curation.models import Failure, Job
from ingest.pipeline import extract_bytes, extract_page
from ingest.records import RawPage
from tests.ingest.test_commands import SAMPLES

# The name of a file that takes too long.
HANGS = "hangs.txt"


def samples(*starts: str) -> list[Offered]:
    """The samples whose names begin so."""
    paths = [path for start in starts for path in sorted(SAMPLES.glob(f"{start}*.txt"))]
    return [Offered(path.name, path.read_bytes()) for path in paths]


def draft(author: User, files: Iterable[Offered]) -> Job:
    job, complaints = uploads.take_in(author, files)
    assert job is not None, complaints
    return job


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


@pytest.fixture
def at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process, which is quick; test_jobs_reading.py and test_jobs_kill.py do it in another."""

    def read(self: Reader, name: str, data: bytes | RawPage) -> Any:
        if name == HANGS:
            raise FailedFileError(Failure.TIME)
        return extract_page(data) if isinstance(data, RawPage) else extract_bytes(name, data)

    monkeypatch.setattr(Reader, "read", read)
