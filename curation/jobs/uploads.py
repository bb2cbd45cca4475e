"""Files and pasted text -> the files of a draft, and for each that is not taken the reason with its name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext

from curation.models import Failure, Job, JobFile, JobState, JobStep
from curation.models.job import MAX_NAME
from ingest.read import MAX_BYTES, read
from ingest.records import RejectedPageError

# Files that one job may have.
MAX_FILES = 100

# Bytes that the files of one job may have together: some 270 newspaper pages, and what nginx lets through at once.
MAX_TOTAL = 8 * 1024 * 1024

# Characters of a text that is pasted; with three bytes each they stay below a file's limit.
MAX_PASTED = 500_000


@dataclass(frozen=True, slots=True)
class Offered:
    """A file as it was handed in. Of one over the limit the bytes just past it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a file was not taken, in a reader's words."""

    name: str
    reason: str


def uploaded(files: "Iterable[UploadedFile[Any]]") -> Iterator[Offered]:
    """Files of a form, read one at a time."""
    for file in files:
        yield Offered(printable(file.name or "", MAX_NAME) or gettext("未命名"), file.read(MAX_BYTES + 1))


def pasted(name: str, text: str) -> Offered:
    """A text that was typed or pasted; `name` stands for the name of its file. Forms send every line end as two
    characters, which would make it another text than the file it was copied from."""
    return Offered(printable(name, MAX_NAME), text.replace("\r\n", "\n").encode("utf-8", "replace"))


def take_in(author: User, offered: Iterable[Offered], job: Job | None = None) -> tuple[Job | None, list[Complaint]]:
    """Add the files to the job, or to a new one that is made with the first file that is taken: the job, None where
    there is none, and what is wrong with the others. A job that had a preview needs a new one."""
    complaints = []
    for file in offered:
        reason = ""
        with transaction.atomic():
            draft = job or Job.objects.create(author=author)
            reason = _refusal(draft, file)
            if reason:
                complaints.append(Complaint(file.name, reason))
                transaction.set_rollback(True)
            else:
                _add(draft, file)
        job = job if reason else draft
    return job, complaints


def _refusal(job: Job, file: Offered) -> str:
    """Why the file can't be one of the job's; empty where it can. The job's row is locked."""
    if not Job.objects.select_for_update().get(pk=job.pk).is_open:
        return gettext("这项任务已开始入库，不能再加文件")
    try:
        page = read(file.name, file.data)
    except RejectedPageError as error:
        return _in_words(Failure(error.reason.name.lower()))
    twin = job.files.filter(sha256=page.sha256).first()
    if twin:
        return gettext("与已加入的“%(name)s”内容完全相同") % {"name": twin.name}
    if job.files.count() >= MAX_FILES:
        return gettext("一次最多 %(limit)d 个文件，请另建一项任务") % {"limit": MAX_FILES}
    if (job.files.aggregate(bytes=Sum("size"))["bytes"] or 0) + len(file.data) > MAX_TOTAL:
        return gettext("一次合计最多 %(limit)d MB，请另建一项任务") % {"limit": MAX_TOTAL // 2**20}
    return ""


def _in_words(kind: Failure) -> str:
    if kind == Failure.TOO_LARGE:
        return gettext("文件太大，每个最多 %(limit)d MB") % {"limit": MAX_BYTES // 2**20}
    return str(kind.label)


def _add(job: Job, file: Offered) -> None:
    page = read(file.name, file.data)
    last = job.files.aggregate(last=Max("order"))["last"] or 0
    JobFile.objects.create(
        job=job,
        order=last + 1,
        name=file.name,
        data=file.data,
        size=len(file.data),
        encoding=page.encoding,
        sha256=page.sha256,
    )
    Job.objects.filter(pk=job.pk).update(step=JobStep.CHECK, state=JobState.DRAFT, finished_at=None, failure="")


def printable(text: str, limit: int) -> str:
    """The text without controls and the like, cut to `limit` characters."""
    return "".join(character for character in text if character.isprintable())[:limit].strip()
