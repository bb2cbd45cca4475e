"""The process that reads a stranger's workbook: bounded in memory, and stopped from outside when it takes too long."""

from multiprocessing.connection import Connection

import django
from django.utils import translation

from curation.jobs.reader_process import confine
from curation.transfer import import_file
from curation.transfer.raw_table import RefusedFileError

# Bytes of address space. Django takes 105 MB of it, a workbook of 10,000 rows of 40 columns 100 more.
MAX_MEMORY = 512 * 1024 * 1024

READY = "ready"


def serve(pipe: Connection, language: str | None) -> None:
    """Answer the bytes that come through the pipe with their table and no refusal, or no table and a refusal in the
    language, which is empty where the memory did not suffice."""
    confine(MAX_MEMORY)
    try:
        django.setup()  # for the words of a refusal
        pipe.send(READY)
        data = pipe.recv_bytes()
        with translation.override(language):
            try:
                pipe.send((import_file.read(data), ""))
            except RefusedFileError as error:
                pipe.send((None, str(error)))
            except MemoryError:
                pipe.send((None, ""))
    except (EOFError, ConnectionError):  # nobody is there to be told
        return
