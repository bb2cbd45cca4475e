"""Another database beside the one that serves, under a name for `using`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dj_database_url
from django.db import connections

# Seconds that a connection waits for another one's write on SQLite.
PATIENCE = 60


@contextmanager
def beside(name: str) -> Iterator[str]:
    """A database of this name (SQLite: the path of its file) of the same kind and on the same server."""
    with _opened({**connections["default"].settings_dict, "NAME": name}) as alias:
        yield alias


@contextmanager
def elsewhere(address: str) -> Iterator[str]:
    """The database at an address, as DATABASE_URL has them."""
    config: dict[str, Any] = {"OPTIONS": {}, **dj_database_url.parse(address)}
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {"timeout": PATIENCE, "init_command": "PRAGMA recursive_triggers=ON;"}
    with _opened(config) as alias:
        yield alias


@contextmanager
def _opened(config: dict[str, Any]) -> Iterator[str]:
    alias = f"beside_{id(config)}"
    defaults = {key: value for key, value in connections["default"].settings_dict.items() if key not in config}
    connections.settings[alias] = {**defaults, **config, "CONN_MAX_AGE": 0}
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]
