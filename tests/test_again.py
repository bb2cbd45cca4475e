"""The rule of what runs again on PostgreSQL names files that exist."""

from tests.again import AGAIN, again
from tests.ready import ROOT


def test_every_pattern_finds_a_file() -> None:
    assert [pattern for pattern in AGAIN if not list((ROOT / "tests").glob(pattern))] == []


def test_the_audit_log_runs_again_and_the_matrix_does_not() -> None:
    assert again("brands/test_audit_log.py")
    assert again("curation/test_jobs_kill.py")
    assert again("brands/search/test_hits.py")
    assert not again("curation/test_matrix.py")
