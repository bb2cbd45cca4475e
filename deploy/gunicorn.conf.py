"""How gunicorn serves the site: `python -m gunicorn --config deploy/gunicorn.conf.py`, behind a proxy that buffers."""

import gc
import os
from pathlib import Path

from laobrand import env

wsgi_app = "laobrand.wsgi"
bind = env.text("BIND", "127.0.0.1:8000")

# The database does most of the waiting, so threads share a process; each holds one connection (CONN_MAX_AGE).
worker_class = "deploy.gunicorn_worker.SiteWorker"
workers = env.number("WEB_CONCURRENCY", os.cpu_count() or 1, least=1)
threads = env.number("WEB_THREADS", 4, least=1)

# Loaded once before the fork, so that the workers share the memory of what was loaded.
preload_app = True

# Seconds of silence after which a worker is replaced: longer than any page may take.
timeout = 30
keepalive = 5

# Seconds that a worker has to end what it is at when it is told to end: it takes no new connection, and tells those
# that are open to close. Docker kills after `stop_grace_period` of the compose file, which is longer.
graceful_timeout = 8

# A worker makes room after this many requests, not all at the same one.
max_requests = 5000
max_requests_jitter = 500

# The heartbeat is a file's time stamp; on a disk that stalls it would look like a dead worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108

accesslog = "-"
errorlog = "-"
control_socket_disable = True


def when_ready(server: object) -> None:
    """Before the first fork: take what was loaded out of the garbage collector's sight, whose marks in every object
    would make each worker copy the pages that it shares with the others."""
    gc.collect()
    gc.freeze()
