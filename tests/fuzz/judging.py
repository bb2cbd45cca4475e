"""One case, run and judged: what came of it, how long it took and how much memory."""

import resource
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.pipeline import extract_bytes
from ingest.records import PageFacts, RejectedPageError
from tests.fuzz.truth import falsehoods

Extract = Callable[[str, bytes], PageFacts]

# Processor time that a file of at most 2 MB may take.
SECONDS = 2.0
# Peak memory of a process that reads one, Python and lexicons included.
MEGABYTES = 200
# Address space of a process: what takes more ends in a MemoryError instead of taking the machine along.
CEILING = 2 * 1024**3

NAME = "fuzz.txt"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a case. `problems` are empty where all is well; `exceptions` and `ungrounded` count the kinds."""

    seconds: float
    megabytes: float
    exceptions: tuple[str, ...] = ()
    ungrounded: tuple[str, ...] = ()
    rejected: bool = False
    facts: int = 0

    @property
    def problems(self) -> tuple[str, ...]:
        slow = (f"took {self.seconds:.1f} s",) if self.seconds > SECONDS else ()
        large = (f"took {self.megabytes:.0f} MB",) if self.megabytes > MEGABYTES else ()
        return (*self.exceptions, *self.ungrounded, *slow, *large)


def judge(data: bytes, extract: Extract = extract_bytes) -> Verdict:
    """Reads the bytes as a page, in this process."""
    _forget_peak()
    start = time.process_time()
    try:
        facts = extract(NAME, data)
    except RejectedPageError:
        return Verdict(time.process_time() - start, peak(), rejected=True)
    except Exception as error:  # noqa: BLE001 - finding them is what this is for
        return Verdict(time.process_time() - start, peak(), exceptions=(_told(error),))
    seconds, megabytes = time.process_time() - start, peak()
    found = len(facts.brands) + len(facts.programs) + len(facts.statistics)
    try:
        return Verdict(seconds, megabytes, ungrounded=tuple(falsehoods(facts))[:5], facts=found)
    except Exception as error:  # noqa: BLE001 - a fact that cannot even be looked at
        return Verdict(seconds, megabytes, exceptions=(_told(error),), facts=found)


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (CEILING, CEILING))


def peak() -> float:
    """The largest resident size of this process in MB since `_forget_peak`, or since it began where Linux is not."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _forget_peak() -> None:
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5", encoding="ascii")


def _told(error: BaseException) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {str(error)[:160]} [{Path(frame.filename).name}:{frame.lineno}]"
