"""What the staff's tools keep beside the catalogue."""

from curation.models.duplicate import Distinct, DuplicatePair, DuplicateSearch, RecordKind
from curation.models.job import Deed, Failure, FileOutcome, FileState, Job, JobDeed, JobFile, JobState, JobStep
from curation.models.list_draft import ListDraft
from curation.models.login import Login, LoginFailure
from curation.models.review import (
    LEASE,
    PAUSE,
    ArticleLock,
    Decision,
    Dismissal,
    Hardness,
    ReviewSession,
    Verdict,
    Waiting,
)
from curation.models.transfer import Import, TableKind

__all__ = [
    "LEASE",
    "PAUSE",
    "ArticleLock",
    "Decision",
    "Deed",
    "Dismissal",
    "Distinct",
    "DuplicatePair",
    "DuplicateSearch",
    "Failure",
    "FileOutcome",
    "FileState",
    "Hardness",
    "Import",
    "Job",
    "JobDeed",
    "JobFile",
    "JobState",
    "JobStep",
    "ListDraft",
    "Login",
    "LoginFailure",
    "RecordKind",
    "ReviewSession",
    "TableKind",
    "Verdict",
    "Waiting",
]
