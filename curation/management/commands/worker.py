"""The process that does what waits in the queue of jobs."""

import logging
import signal
import time
from collections.abc import Callable
from types import FrameType

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from brands.audit import seals
from curation.jobs import lease, queue
from curation.jobs.heartbeat import beat

# Seconds between two looks at an empty queue.
POLL = 1.0

# Seconds between two looks for entries of the audit log that are to be sealed, when nothing else is to be done; and how
# long running transactions are waited for then.
SEAL_EVERY = 60.0
PATIENCE = 1.0

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Do the jobs that wait in the queue: previews and the bringing in of articles. Several may run at the same"
        " time. Ends at SIGTERM or Ctrl-C after giving back what it has begun."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")

    def handle(self, *args: object, **options: object) -> None:
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)  # it says each second that it found nothing
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)
        name = get_random_string(32)
        logger.info("worker: waiting for jobs")
        sealed = -SEAL_EVERY
        while not lease.process.ending:
            beat()
            busy = _tried(lambda: _round(name))
            if not busy and time.monotonic() - sealed >= SEAL_EVERY:
                _tried(_seal)
                sealed = time.monotonic()
            if options["once"] and not busy:
                return
            if not busy:
                time.sleep(POLL)


def _tried(work: Callable[[], bool]) -> bool:
    """What the work says; False where the database is away or busy, which is tried again in the next round."""
    try:
        close_old_connections()
        return work()
    except (OperationalError, InterfaceError) as error:
        logger.warning("worker: the database does not answer: %s", " ".join(str(error).split()))
        connection.close()
        return False


def _round(name: str) -> bool:
    """Do one task under this worker's name, and say whether there was one."""
    queue.rescue()
    if not DBTaskResult.objects.ready().exists():
        return False
    _worker(name).run()
    queue.forget()
    return True


def _seal() -> bool:
    """Seal the new entries of the audit log; nothing that another worker should wait for."""
    return seals.seal(patience=PATIENCE) > 0


def _worker(name: str) -> Worker:
    """That of the queue's own package, which ends when nothing waits any more."""
    return Worker(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=1,
        worker_id=name,
        excluded_queue_names=[],
    )


def _stop(_number: int, _frame: FrameType | None) -> None:
    lease.process.ending = True
