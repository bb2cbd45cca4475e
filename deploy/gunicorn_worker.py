"""gunicorn's worker of threads, which leads raw characters in an address to where they are escaped, and ends when one
of its threads hangs."""

import os
import threading
import time
from typing import Any
from urllib.parse import quote_from_bytes

from gunicorn.http.errors import InvalidRequestLine
from gunicorn.workers.gthread import ThreadWorker

from laobrand import env

# Seconds after which a request is taken to hang: longer than nginx waits for an answer, and than any page may take.
REQUEST_SECONDS = env.number("REQUEST_SECONDS", 60, least=1)

# What an address may hold as it is; all else is escaped.
PLAIN = "/?#[]@!$&'()*+,;=:-._~%"


class SiteWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    alive: bool

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._began: dict[int, float] = {}  # by thread, what it is at

    def handle_request(self, req: Any, conn: Any) -> Any:
        thread = threading.get_ident()
        self._began[thread] = time.monotonic()
        try:
            return super().handle_request(req, conn)
        finally:
            del self._began[thread]

    def notify(self) -> None:
        """Called about each second: a sign of life. Where a thread hangs, this worker takes no more requests."""
        super().notify()
        if self.alive and self._hangs():
            self.log.critical("a request takes more than %s s: worker %s ends", REQUEST_SECONDS, self.pid)
            self.alive = False

    def run(self) -> None:
        """Until it is to end. A thread that hangs would be waited for without end: its process goes all the same."""
        super().run()
        if self._hangs():
            os._exit(1)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Any) -> None:
        target = _raw_target(exc)
        if not target:
            super().handle_error(req, client, addr, exc)
            return
        location = quote_from_bytes(target, safe=PLAIN)
        client.sendall(
            f"HTTP/1.1 301 Moved Permanently\r\nLocation: {location}\r\nContent-Length: 0\r\n"
            "Connection: close\r\n\r\n".encode("ascii")
        )

    def _hangs(self) -> bool:
        return any(time.monotonic() - began > REQUEST_SECONDS for began in list(self._began.values()))


def _raw_target(error: Any) -> bytes:
    """The address of a GET that was refused for characters that should have been escaped, else nothing. One that begins
    with two slashes would lead to another host."""
    if not isinstance(error, InvalidRequestLine):
        return b""
    parts = str(error.req).encode("latin-1", "replace").split(b" ")
    if len(parts) != 3 or parts[0] not in {b"GET", b"HEAD"}:
        return b""
    is_ours = parts[1].startswith(b"/") and not parts[1].startswith((b"//", b"/\\"))
    return parts[1] if is_ours and any(byte > 0x7F for byte in parts[1]) else b""
