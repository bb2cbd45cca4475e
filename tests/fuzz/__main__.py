"""`python -m tests.fuzz --cases 20000 --seed 1 --jobs 2`: spoilt pages in, one line out, status 1 if any failed.

Every file must either be turned away by name or give facts, each borne out by the very characters of the page, within
the limits of `judging`. A case that fails is told and saved; `--number` makes one case again, alone.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.pipeline import extract_bytes
from tests.fuzz.cases import make
from tests.fuzz.crew import Crew
from tests.fuzz.judging import MEGABYTES, SECONDS, Extract, Verdict

# So many findings are told and saved; the others are only counted.
TOLD = 50


@dataclass(slots=True)
class Report:
    """What a run found, and the most that a case took."""

    cases: int = 0
    rejected: int = 0
    exceptions: int = 0
    ungrounded: int = 0
    slow: int = 0
    large: int = 0
    found: int = 0
    facts: int = 0
    slowest: float = 0.0
    largest: float = 0.0

    def add(self, verdict: Verdict) -> None:
        self.cases += 1
        self.facts += verdict.facts
        self.rejected += verdict.rejected
        self.exceptions += bool(verdict.exceptions)
        self.ungrounded += bool(verdict.ungrounded)
        self.slow += verdict.seconds > SECONDS
        self.large += verdict.megabytes > MEGABYTES
        self.found += bool(verdict.problems)
        self.slowest = max(self.slowest, verdict.seconds)
        self.largest = max(self.largest, verdict.megabytes)

    def line(self) -> str:
        return (
            f"{self.cases} cases ({self.rejected} turned away, {self.facts} facts): {self.exceptions} exceptions,"
            f" {self.ungrounded} ungrounded, {self.slow} over {SECONDS:g} s, {self.large} over {MEGABYTES} MB;"
            f" slowest {self.slowest:.2f} s, largest {self.largest:.0f} MB"
        )


def run(
    seed: int,
    numbers: Iterable[int],
    *,
    jobs: int,
    folder: Path,
    extract: Extract = extract_bytes,
    patience: float | None = None,
) -> Report:
    """The report on the cases; those that fail are told on standard error and saved in the folder."""
    crew = Crew(seed, jobs, extract)
    if patience is not None:
        crew.patience = patience
    report = Report()
    for number, verdict in crew.judged(numbers):
        report.add(verdict)
        if verdict.problems and report.found <= TOLD:
            print(_saved(seed, number, verdict, folder), file=sys.stderr, flush=True)
    return report


def _saved(seed: int, number: int, verdict: Verdict, folder: Path) -> str:
    case = make(seed, number)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{seed}-{number}.bin"
    path.write_bytes(case.data)
    return f"{path} ({len(case.data)} bytes, {case.label}): {'; '.join(verdict.problems)}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=2000, help="how many cases (default: 2000)")
    parser.add_argument(
        "--seed", type=int, default=1, help="which cases: the same seed gives the same ones (default: 1)"
    )
    parser.add_argument("--number", type=int, help="this case alone")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default: 1)")
    parser.add_argument(
        "--save", type=Path, default=Path(tempfile.gettempdir()) / "laobrand-fuzz", help="folder for cases that fail"
    )
    arguments = parser.parse_args()
    numbers = range(arguments.cases) if arguments.number is None else [arguments.number]
    report = run(arguments.seed, numbers, jobs=arguments.jobs, folder=arguments.save)
    print(report.line())
    return 1 if report.found else 0


if __name__ == "__main__":
    raise SystemExit(main())
