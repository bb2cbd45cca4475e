"""What the staff's tools keep beside the catalogue."""

from curation.models.duplicate import Distinct, Double, DoubleSearch, RecordKind
from curation.models.job import Failure, FileOutcome, FileState, Job, JobFile, JobState, JobStep
from curation.models.login import Login, LoginFailure
from curation.models.review import LEASE, PAUSE, Claim, Decision, Hardness, Sitting, Verdict, Waiting
from curation.models.transfer import Import, TableKind

__all__ = [
    "LEASE",
    "PAUSE",
    "Claim",
    "Decision",
    "Distinct",
    "Double",
    "DoubleSearch",
    "Failure",
    "FileOutcome",
    "FileState",
    "Hardness",
    "Import",
    "Job",
    "JobFile",
    "JobState",
    "JobStep",
    "Login",
    "LoginFailure",
    "RecordKind",
    "Sitting",
    "TableKind",
    "Verdict",
    "Waiting",
]
