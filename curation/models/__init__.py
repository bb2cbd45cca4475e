"""What the staff's tools keep beside the catalogue."""

from curation.models.duplicate import Distinct, Double, DoubleSearch, RecordKind
from curation.models.job import Failure, FileState, Job, JobFile, JobState, JobStep, Outcome
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
    "FileState",
    "Hardness",
    "Import",
    "Job",
    "JobFile",
    "JobState",
    "JobStep",
    "Login",
    "LoginFailure",
    "Outcome",
    "RecordKind",
    "Sitting",
    "TableKind",
    "Verdict",
    "Waiting",
]
