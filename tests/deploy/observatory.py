"""The score that MDN's HTTP Observatory gives a site, by its published rules (https://developer.mozilla.org/observatory):
100 points less what is missing, and extra ones where at least 90 are left. What only a scan from outside can see,
whether the host is on the preload list and whether its certificate is valid, is left out: nothing here counts on it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie

# Six months.
LONG_ENOUGH = 15_768_000

PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
UNSAFE = {"origin", "origin-when-cross-origin", "unsafe-url"}

# From which points on the extra ones are given.
GOOD = 90


@dataclass(frozen=True, slots=True)
class Scanned:
    """The answer of the home page over TLS, and where plain http leads."""

    headers: Mapping[str, str]
    cookies: SimpleCookie
    html: str
    host: str
    http_leads_to: str


def score(site: Scanned) -> tuple[int, dict[str, int]]:
    """The points, and what each test gave or took."""
    found = {name: test(site) for name, test in TESTS.items()}
    points = 100 + sum(value for value in found.values() if value < 0)
    if points >= GOOD:
        points += sum(value for value in found.values() if value > 0)
    return max(points, 0), found


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name.lower(): values for name, *values in parts}


def _policy(site: Scanned) -> int:
    found = directives(site.headers.get("Content-Security-Policy", ""))
    if not found:
        return -25
    default = found.get("default-src", ["*"])
    scripts, styles = found.get("script-src", default), found.get("style-src", default)
    objects = found.get("object-src", default)
    broad = {"*", "https:", "http:", "data:", "'unsafe-inline'"}
    if broad & {*scripts, *objects}:
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if any(value.startswith("http:") for values in found.values() for value in values):
        return -20
    if broad & {*styles}:
        return 0
    return 10 if default == ["'none'"] else 5


def _cookies(site: Scanned) -> int:
    if not site.cookies:
        return 0
    worst = 5
    for name, cookie in site.cookies.items():
        is_session, is_token = re.search("(?i)sess|sid|login|auth", name), re.search("(?i)csrf|xsrf", name)
        if not cookie["secure"]:
            worst = min(worst, -10 if is_session else -5)  # over TLS alone, by the header below
        if is_session and not cookie["httponly"]:
            worst = min(worst, -30)
        if cookie["samesite"].lower() not in {"lax", "strict"}:
            worst = min(worst, -20 if is_token or cookie["samesite"] else 0)
    return worst


def _sharing(site: Scanned) -> int:
    is_open = site.headers.get("Access-Control-Allow-Credentials") == "true"
    return -50 if is_open and site.headers.get("Access-Control-Allow-Origin") else 0


def _transport(site: Scanned) -> int:
    told = re.search(r"max-age=([0-9]+)", site.headers.get("Strict-Transport-Security", ""))
    if not told:
        return -20
    return 0 if int(told[1]) >= LONG_ENOUGH else -10


def _redirection(site: Scanned) -> int:
    if not site.http_leads_to.startswith("https://"):
        return -20
    return 0 if site.http_leads_to.startswith(f"https://{site.host}/") else -5


def _referrer(site: Scanned) -> int:
    told = site.headers.get("Referrer-Policy", "").rpartition(",")[2].strip().lower()
    if not told:
        return 0
    return 5 if told in PRIVATE else -5


def _scripts(site: Scanned) -> int:
    """Integrity of scripts: nothing for those of the same host, some of another are a risk."""
    foreign = re.findall(r"<script\b[^>]*\bsrc=[\"']?(?:https?:)?//[^>]*>", site.html)
    return -50 if any("http:" in tag for tag in foreign) else -5 if foreign else 0


def _sniffing(site: Scanned) -> int:
    return 0 if site.headers.get("X-Content-Type-Options", "").lower() == "nosniff" else -5


def _frames(site: Scanned) -> int:
    if "frame-ancestors" in directives(site.headers.get("Content-Security-Policy", "")):
        return 5
    return 0 if site.headers.get("X-Frame-Options", "").upper() in {"DENY", "SAMEORIGIN"} else -20


def _resources(site: Scanned) -> int:
    told = site.headers.get("Cross-Origin-Resource-Policy", "")
    return {"same-origin": 10, "same-site": 10, "cross-origin": 0, "": 0}.get(told, -5)


TESTS = {
    "content security policy": _policy,
    "cookies": _cookies,
    "cross-origin resource sharing": _sharing,
    "redirection": _redirection,
    "referrer policy": _referrer,
    "strict transport security": _transport,
    "subresource integrity": _scripts,
    "content type options": _sniffing,
    "frame options": _frames,
    "cross-origin resource policy": _resources,
}
