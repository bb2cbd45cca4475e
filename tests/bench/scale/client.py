"""One connection that stays open, and how long each answer took on it."""

import time
from http.client import HTTPConnection, HTTPException
from statistics import mean, quantiles

# Seconds for one answer.
PATIENCE = 60


class Client:
    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def get(self, path: str) -> tuple[int, bytes]:
        self._connection.request("GET", path)
        response = self._connection.getresponse()
        return response.status, response.read()

    def timed(self, path: str) -> float:
        """Milliseconds until the answer's last byte. Anything but 200 ends the run, for it is fast and says nothing."""
        start = time.perf_counter()
        status, body = self.get(path)
        taken = 1000 * (time.perf_counter() - start)
        if status != 200:
            raise SystemExit(f"{status} for {path}: {body[:300]!r}")
        return taken

    def answers(self, path: str) -> bool:
        try:
            return self.get(path)[0] == 200
        except (OSError, HTTPException):
            self.close()
            return False

    def reopen(self) -> None:
        self.close()
        self._connection.connect()

    def close(self) -> None:
        self._connection.close()


def figures(name: str, times: list[float]) -> dict[str, float]:
    """Mean, p50, p95 and p99 of milliseconds, by name."""
    cuts = quantiles(times, n=100, method="inclusive")
    return {
        f"{name}.mean": mean(times),
        f"{name}.p50": cuts[49],
        f"{name}.p95": cuts[94],
        f"{name}.p99": cuts[98],
    }
