"""Exit status 0 while the worker of this container gives signs of life. One that has given none for WORKER_SECONDS is
killed, so that the container ends and is started again: an engine alone only notes that it is unhealthy."""

import os
import signal
import sys
import time
from pathlib import Path

from laobrand import env

# Seconds without a sign of life, of which a worker gives one each second, and two while it reads a file. Bringing in
# the largest page, in one transaction, takes far less.
WORKER_SECONDS = env.number("WORKER_SECONDS", 300, least=1)


def main() -> int:
    file = Path(env.text("WORKER_HEARTBEAT"))
    try:
        silent, process = time.time() - file.stat().st_mtime, int(file.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        print(f"no sign of life yet: {error}", file=sys.stderr)
        return 1
    if silent <= WORKER_SECONDS:
        return 0
    print(f"no sign of life for {silent:.0f} s: worker {process} is killed", file=sys.stderr)
    os.kill(process, signal.SIGKILL)
    file.unlink(missing_ok=True)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
