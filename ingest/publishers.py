"""Who prints at an address: the names of papers, portals and offices by their hosts (lexicon/publishers.csv)."""

import re
from functools import cache
from urllib.parse import urlsplit

from ingest.lexicon import rows

# An address in place of a name: it tells a reader nothing, and mirrors hand in their own.
_HOST = re.compile(r"(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,10}", re.IGNORECASE)


def publisher_at(url: str) -> str:
    """The paper or portal at this address, by the longest listed end of its host; empty for unlisted ones and for what
    is no address."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    labels = host.split(".")
    ends = (".".join(labels[at:]) for at in range(len(labels) - 1))
    return next((name for end in ends if (name := _publishers().get(end))), "")


def is_host(publisher: str) -> bool:
    """Whether a publisher's name is no more than the host of a site."""
    return _HOST.fullmatch(publisher.strip()) is not None


@cache
def _publishers() -> dict[str, str]:
    return {row["host"]: row["publisher"] for row in rows("publishers")}
