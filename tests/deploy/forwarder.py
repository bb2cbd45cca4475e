"""A way to a server that can be cut and mended, as a network or a database that goes away and comes back."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Forwarder:
    """Listens on `port` of this machine and hands on to a server while it is whole."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """Close every connection, and refuse new ones."""
        _end(self._listener)
        for one in self._open:
            _end(one)
        self._open.clear()

    def mend(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def instead_of(self, url: str) -> str:
        """The address of the database by this way."""
        parts = urlsplit(url)
        who = parts.netloc.rpartition("@")[0]
        return parts._replace(netloc=f"{who}@127.0.0.1:{self.port}").geturl()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                ours, _address = listener.accept()
                theirs = socket.create_connection(self._to)
            except OSError:
                return
            self._open += [ours, theirs]
            for one, other in ((ours, theirs), (theirs, ours)):
                threading.Thread(target=_pump, args=(one, other), daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(65536):
            target.sendall(chunk)
    _end(source)
    _end(target)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
