"""The lines of a file that was uploaded, as :mod:`curation.transfer.import_file` reads them; those of a workbook in a
process of its own, within its time and memory. What is small in an archive may be endless once it is open, whatever is
checked before."""

from multiprocessing import get_context

from django.utils.translation import get_language, gettext

from curation.jobs import reader_process
from curation.transfer import import_file, table_process
from curation.transfer.import_workbook import MAGIC
from curation.transfer.raw_table import RawTable, RefusedFileError

# So long a workbook may take; the largest that is accepted takes about a third of it.
MAX_SECONDS = 20.0

# So long the process may take to start, on a machine that has much to do.
STARTING_SECONDS = 20.0


def read(data: bytes) -> RawTable:
    """The lines of a CSV or XLSX file, whatever its name says. RefusedFileError for any other, and for one that takes
    too much to read."""
    if not data.startswith(MAGIC) or len(data) > import_file.MAX_BYTES:
        return import_file.read(data)
    context = get_context("forkserver")  # this process has threads, whose locks a copy of it would find locked
    context.set_forkserver_preload([reader_process.__name__, table_process.__name__])
    ours, theirs = context.Pipe()
    process = context.Process(target=table_process.serve, args=(theirs, get_language()), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(STARTING_SECONDS):
            raise _too_much()
        ours.recv()
        ours.send_bytes(data)
        if not ours.poll(MAX_SECONDS):
            raise _too_much()
        table, refusal = ours.recv()
    except (EOFError, ConnectionError):  # it was ended for its memory
        raise _too_much() from None
    finally:
        process.kill()
        process.join()
        ours.close()
    if table is None:
        raise RefusedFileError(refusal) if refusal else _too_much()
    found: RawTable = table
    return found


def _too_much() -> RefusedFileError:
    return RefusedFileError(gettext("工作簿太复杂，读不完；请只留要导入的表，另存后再试。"))
