"""A short run of readers at an even rate, and what it tells."""

from pathlib import Path

from tests.deploy.serving import serving
from tests.deploy.steady import LISTS, Told, steady, taking_in


def test_all_that_is_due_is_asked_and_counted(release: dict[str, str], tmp_path: Path) -> None:
    with serving(release) as (port, process), taking_in(release, tmp_path):
        told, growth = steady(port, process.pid, rate=15, seconds=2)
    assert sum(told.statuses.values()) + told.cut in {30, 31}
    assert set(told.statuses) <= {200, 404}
    assert told.failed == 0
    assert told.statuses[200] == len(told.seconds) > len(LISTS)
    assert 0 < told.percentile(50) <= told.percentile(99)
    assert growth > -1


def test_what_counts_as_failed() -> None:
    told = Told(cut=1)
    told.statuses.update({200: 90, 404: 2, 429: 1, 500: 1, 503: 3})
    assert told.failed == 5
