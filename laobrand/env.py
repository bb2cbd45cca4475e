"""Typed readers of environment variables: the only place where the project reads its environment.

A variable that is unset or blank takes the default. One that is set to something that can't be understood raises
`ImproperlyConfigured` with the variable's name, what was expected and, as it may be a secret typed into the wrong
place, at most `SHOWN` characters of what stood there.
"""

import os
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?/?", re.IGNORECASE)

# Characters of a wrong value that an error message repeats.
SHOWN = 20


def text(name: str, default: str = "", *, choices: tuple[str, ...] = ()) -> str:
    """The variable without surrounding space; with `choices`, it must be one of them."""
    value = os.environ.get(name, "").strip() or default
    if choices and value not in choices:
        raise _unexpected(name, f"one of {', '.join(choices)}", value)
    return value


def flag(name: str, default: bool) -> bool:
    """The variable as a truth value: true, yes, on, 1 or false, no, off, 0, in any case."""
    value = text(name).lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise _unexpected(name, "true or false", value)
    return value in TRUE


def number(name: str, default: int, *, least: int = 0) -> int:
    """The variable as a whole number, `least` or more."""
    value = text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit()) or int(value) < least:
        raise _unexpected(name, f"a whole number, {least} or more", value)
    return int(value)


def time_zone(name: str, default: str) -> str:
    """The variable as a name of the time zone database, such as Asia/Shanghai."""
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # unknown, outside of the database, a folder in it
        raise _unexpected(name, "a time zone such as Asia/Shanghai", value) from error
    return value


def origin(name: str) -> str:
    """The variable as scheme, host and port, such as https://brands.example.org; empty where it is unset."""
    value = text(name)
    if value and not _ORIGIN.fullmatch(value):
        raise _unexpected(name, "a scheme and a host such as https://brands.example.org", value)
    return value.rstrip("/").lower()


def items(name: str) -> list[str]:
    """The variable's parts between commas, without surrounding space; empty parts are left out."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def _unexpected(name: str, expected: str, value: str) -> ImproperlyConfigured:
    shown = value if len(value) <= SHOWN else value[:SHOWN] + "…"
    return ImproperlyConfigured(f"{name}: expected {expected}, got {shown!r}")
