"""The process that reads strangers' files: bounded in memory, and stopped from outside when a file takes too long."""

import resource
import signal
from multiprocessing.connection import Connection
from typing import TypeAlias

from ingest.parallel import unforeseen
from ingest.pipeline import extract_bytes, extract_page
from ingest.records import PageFacts, RawPage, RejectedPageError, RejectionReason

# Bytes of address space. Reading the samples takes 52 MB, a file of 1.2 MB full of facts 70.
MAX_MEMORY = 512 * 1024 * 1024

# Seconds after which the process ends by itself, should nobody be there any more to stop it.
PARENT_LOST = 60

READY = "ready"
MEMORY = "memory"
EXTRACTION = "extraction"
# The facts, or None with the kind of failure and what is to be said of it.
Answer: TypeAlias = tuple[PageFacts | None, str, str]


def serve(pipe: Connection) -> None:
    """Answer each `(name, bytes or page)` that comes through the pipe, until it is closed."""
    confine(MAX_MEMORY)
    try:
        pipe.send(READY)
        while True:
            name, data = pipe.recv()
            signal.alarm(PARENT_LOST)
            pipe.send(_answer(name, data))
            signal.alarm(0)
    except (EOFError, ConnectionError):  # nobody asks any more, or nobody is there to be told
        return


def _answer(name: str, data: bytes | RawPage) -> Answer:
    try:
        return (extract_page(data) if isinstance(data, RawPage) else extract_bytes(name, data)), "", ""
    except RejectedPageError as error:
        return None, RejectionReason(error.reason).name.lower(), error.detail
    except MemoryError:
        return None, MEMORY, ""
    except Exception as error:  # noqa: BLE001 - an error in a stage costs its file, not the files after it
        return None, EXTRACTION, unforeseen(error)


def confine(memory: int) -> None:
    """Bound this process to so many bytes of address space, and let only its parent end it. macOS knows the limit and
    refuses to set it; there time alone is bounded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to judge
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (OSError, ValueError):
        return
