"""Sends odd requests to the site, without a server between that would turn some away, and judges the answers."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random

from django.contrib.auth.models import User
from django.test import Client

from curation.roles import ROLES, assign
from laobrand.request_gate import readable_type
from tests.odd.addresses import address, routes
from tests.odd.bodies import Sent, sent
from tests.odd.queries import query

# No answer takes longer.
SECONDS = 1.0

# So many times more is asked what took longer.
AGAIN = 3

# Characters of a request that a message repeats.
SHOWN = 400

ADMIN = "/admin/"

# Names of the accounts, one for each role, begin so.
STAFF = "odd-requests-"

# Who asks by turns: a stranger, and the roles of the staff.
STRANGER = "anonymous"
ASKERS = (STRANGER, *ROLES)


@dataclass(frozen=True, slots=True)
class Asked:
    number: int
    path: str
    query: bytes
    partial: bool
    sent: Sent | None = None  # what a POST sends

    @property
    def asker(self) -> str:
        """Who asks: nobody ends the session of another request."""
        return STRANGER if "logout" in self.path else ASKERS[self.number // 2 % len(ASKERS)]

    def __str__(self) -> str:
        told = f"{self.path}?{self.query.decode('latin-1')!r}"
        kinds = f"{' (htmx)' if self.partial else ''}{f' {self.sent}' if self.sent else ''} as {self.asker}"
        return f"{told[:SHOWN]}{'…' if len(told) > SHOWN else ''}{kinds}"


@dataclass(frozen=True, slots=True)
class Answered:
    asked: Asked
    status: int
    seconds: float
    reason: str = ""

    @property
    def failed(self) -> bool:
        return self.status >= 500 or (self.seconds > SECONDS and not (self.asked.sent and self.asked.sent.is_large))


def requests(seed: int, numbers: Iterable[int], *, posts: float = 0.0) -> Iterator[Asked]:
    """The requests with these numbers: the public pages and the admin's by turns, each of which comes round. `posts` is
    the share of those that send something."""
    shares = [[route for route in routes() if route.startswith(ADMIN) == admin] for admin in (False, True)]
    for number in numbers:
        rng = Random(f"{seed}:{number}")
        share = shares[number % 2]
        route = share[number // 2 % len(share)]
        asked = Asked(number, address(rng, route), query(rng), rng.random() < 0.2)
        yield replace(asked, sent=sent(rng)) if rng.random() < posts else asked


def answers(asked: Iterable[Asked]) -> Iterator[Answered]:
    """The answer to each. What took too long is asked again, as the machine may have been busy: the fastest counts."""
    clients = {name: Client(raise_request_exception=False) for name in ASKERS}
    users = {name: _member(name) for name in ASKERS if name != STRANGER}
    try:
        for one in asked:
            client = clients[one.asker]
            if one.asker in users:
                users[one.asker].refresh_from_db()
                client.force_login(users[one.asker])  # anew, as the request before may have ended it
            answer = _answer(client, one)
            for _ in range(AGAIN if answer.failed and answer.status < 500 else 0):
                answer = min(answer, _answer(client, one), key=lambda a: a.seconds)
            yield answer
    finally:
        User.objects.filter(username__startswith=STAFF).update(is_active=False)


def _member(role: str) -> User:
    user = User.objects.create_user(f"{STAFF}{role}")
    assign(user, role)
    return user


def _answer(client: Client, asked: Asked) -> Answered:
    headers = {"HX-Request": "true"} if asked.partial else {}
    start = time.perf_counter()
    line = {"QUERY_STRING": asked.query.decode("latin-1"), "headers": headers}
    if asked.sent:
        kind = readable_type(asked.sent.content_type)  # what laobrand.wsgi does before Django
        response = client.generic("POST", asked.path, asked.sent.body, kind, **line)  # type: ignore[arg-type]
    else:
        response = client.get(asked.path, **line)  # type: ignore[arg-type]
    seconds = time.perf_counter() - start
    caught = getattr(response, "exc_info", None)
    return Answered(asked, response.status_code, seconds, repr(caught[1])[:300] if caught else "")
