"""The worker's sign of life: a file that is touched while it does something, for a health check that replaces a worker
that hangs (deploy/worker_health.py)."""

import os
from pathlib import Path

from django.conf import settings


def beat() -> None:
    """Write the number of this process into `WORKER_HEARTBEAT`, if it is set; the file's time says when."""
    if settings.WORKER_HEARTBEAT:
        Path(settings.WORKER_HEARTBEAT).write_text(str(os.getpid()), encoding="ascii")
