"""Sends odd requests to the site, without a server between that would turn some away, and judges the answers."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from django.contrib.auth import get_user_model
from django.test import Client

from tests.odd.addresses import address, routes
from tests.odd.queries import query

# No answer takes longer.
SECONDS = 1.0

# So many times more is asked what took longer.
AGAIN = 3

# Characters of a request that a message repeats.
SHOWN = 400

ADMIN = "/admin/"

# Name of the account for which half of the requests to the admin are sent.
STAFF = "odd-requests"


@dataclass(frozen=True, slots=True)
class Asked:
    number: int
    path: str
    query: bytes
    partial: bool

    def __str__(self) -> str:
        told = f"{self.path}?{self.query.decode('latin-1')!r}"
        return f"{told[:SHOWN]}{'…' if len(told) > SHOWN else ''}{' (htmx)' if self.partial else ''}"


@dataclass(frozen=True, slots=True)
class Answered:
    asked: Asked
    status: int
    seconds: float
    reason: str = ""

    @property
    def failed(self) -> bool:
        return self.status >= 500 or self.seconds > SECONDS


def requests(seed: int, numbers: Iterable[int]) -> Iterator[Asked]:
    """The requests with these numbers: the public pages and the admin's by turns, each of which comes round."""
    shares = [[route for route in routes() if route.startswith(ADMIN) == admin] for admin in (False, True)]
    for number in numbers:
        rng = Random(f"{seed}:{number}")
        share = shares[number % 2]
        route = share[number // 2 % len(share)]
        yield Asked(number, address(rng, route), query(rng), rng.random() < 0.2)


def answers(asked: Iterable[Asked]) -> Iterator[Answered]:
    """The answer to each; the admin's by turns to a stranger and to staff. What took too long is asked again, as the
    machine may have been busy: the fastest counts."""
    stranger, staff = Client(raise_request_exception=False), Client(raise_request_exception=False)
    user = get_user_model().objects.create_superuser(STAFF)
    try:
        staff.force_login(user)
        for number, one in enumerate(asked):
            inside = one.path.startswith(ADMIN) and "logout" not in one.path
            client = staff if inside and number // 2 % 2 else stranger
            answer = _answer(client, one)
            for _ in range(AGAIN if answer.seconds > SECONDS else 0):
                answer = min(answer, _answer(client, one), key=lambda a: a.seconds)
            yield answer
    finally:
        user.delete()


def _answer(client: Client, asked: Asked) -> Answered:
    headers = {"HX-Request": "true"} if asked.partial else {}
    start = time.perf_counter()
    response = client.get(asked.path, QUERY_STRING=asked.query.decode("latin-1"), headers=headers)
    seconds = time.perf_counter() - start
    caught = getattr(response, "exc_info", None)
    return Answered(asked, response.status_code, seconds, repr(caught[1])[:300] if caught else "")
