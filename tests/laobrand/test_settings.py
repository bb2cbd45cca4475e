"""What the settings make of the environment. Each test runs the file anew; Django's own settings stay as they are."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.variables import ROOT, variables

SECRET = "s" * 50
PRODUCTION = {"ALLOWED_HOSTS": "brands.example.org", "SECRET_KEY": SECRET}

Load = Callable[..., dict[str, Any]]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Load:
    """The settings for these variables alone."""

    def with_variables(**given: str) -> dict[str, object]:
        for name in variables("laobrand/settings.py"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"DATA_DIR": str(tmp_path / "data"), **given}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "laobrand" / "settings.py"))

    return with_variables


def test_an_empty_environment_is_a_workbench_that_only_localhost_sees(load: Load, tmp_path: Path) -> None:
    settings = load()
    assert settings["DEBUG"] is True
    assert settings["ALLOWED_HOSTS"] == []
    assert settings["SECURE_SSL_REDIRECT"] is False
    assert settings["DATABASES"]["default"]["NAME"] == str(tmp_path / "data" / "laobrand.sqlite3")
    assert (tmp_path / "data").is_dir()


def test_naming_a_host_makes_it_production(load: Load) -> None:
    settings = load(**PRODUCTION)
    assert settings["DEBUG"] is False
    assert settings["SECRET_KEY"] == SECRET
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["SECURE_HSTS_SECONDS"] > 0
    assert "Manifest" in settings["STORAGES"]["staticfiles"]["BACKEND"]
    assert "whitenoise.middleware.WhiteNoiseMiddleware" in settings["MIDDLEWARE"]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"ALLOWED_HOSTS": "a.example"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": "a.example", "SECRET_KEY": "s" * 49}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": "a.example", "SECRET_KEY": " " * 50}, "SECRET_KEY"),
        ({"DEBUG": "false", "SECRET_KEY": SECRET}, "ALLOWED_HOSTS"),
        ({"DEBUG": "no", "ALLOWED_HOSTS": " , ", "SECRET_KEY": SECRET}, "ALLOWED_HOSTS"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"HTTPS": "tls"}, "HTTPS"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
        ({**PRODUCTION, "HSTS_SECONDS": "a year"}, "HSTS_SECONDS"),
        ({"DATABASE_URL": "postgres://h/n", "CONN_MAX_AGE": "-1"}, "CONN_MAX_AGE"),
        ({"STATEMENT_SECONDS": "0"}, "STATEMENT_SECONDS"),
        ({"SITE_URL": "brands.example.org"}, "SITE_URL"),
        ({"SITE_URL": "ftp://brands.example.org"}, "SITE_URL"),
        ({"SITE_URL": "https://brands.example.org/sub"}, "SITE_URL"),
        ({"PROXIES": "-1"}, "PROXIES"),
        ({"FOUR_EYES": "4"}, "FOUR_EYES"),
        ({"SESSION_MINUTES": "0"}, "SESSION_MINUTES"),
        ({"DATABASE_URL": "mysql://u:p@h/n"}, "DATABASE_URL"),
        ({"DATABASE_URL": "oops"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://u:p[w@h/n"}, "DATABASE_URL"),
        ({"DATA_DIR": "/dev/null/data"}, "DATA_DIR"),
        ({"TIME_ZONE": "Asia/Nowhere"}, "TIME_ZONE"),
        ({"TIME_ZONE": "../etc"}, "TIME_ZONE"),
        ({"TIME_ZONE": "Asia"}, "TIME_ZONE"),
    ],
)
def test_the_error_names_the_variable(load: Load, given: dict[str, str], name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^{name}: ") as caught:
        load(**given)
    assert "p[w" not in str(caught.value)


def test_debug_can_be_asked_for_beside_hosts(load: Load) -> None:
    settings = load(DEBUG="true", ALLOWED_HOSTS="192.0.2.7")
    assert (settings["DEBUG"], settings["ALLOWED_HOSTS"]) == (True, ["192.0.2.7"])


def test_https_off_leaves_no_trace_of_it(load: Load) -> None:
    settings = load(**PRODUCTION, HTTPS="false")
    assert settings["SECURE_PROXY_SSL_HEADER"] is None
    assert settings["SECURE_HSTS_SECONDS"] == 0
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        assert settings[name] is False, name


def test_postgresql(load: Load) -> None:
    database = load(**PRODUCTION, DATABASE_URL="postgres://us%40er:p%2Fw@db:6543/name?sslmode=require")["DATABASES"][
        "default"
    ]
    wanted = {"USER": "us@er", "PASSWORD": "p/w", "HOST": "db", "NAME": "name", "CONN_HEALTH_CHECKS": True}
    assert {name: database[name] for name in wanted} == wanted
    assert int(database["PORT"]) == 6543
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["CONN_MAX_AGE"] == 600


@pytest.mark.parametrize("url", ["", "postgres://db/name"])
@pytest.mark.parametrize(("given", "seconds"), [({}, 0), (PRODUCTION, 600), ({"CONN_MAX_AGE": "5"}, 5)])
def test_a_workbench_keeps_no_connection_open(load: Load, url: str, given: dict[str, str], seconds: int) -> None:
    """runserver answers each request in a thread of its own, whose connection nobody would use again."""
    assert load(DATABASE_URL=url, **given)["DATABASES"]["default"]["CONN_MAX_AGE"] == seconds


@pytest.mark.parametrize(("given", "seconds"), [({}, 3), ({"STATEMENT_SECONDS": "10"}, 10)])
def test_a_statement_of_a_request_has_three_seconds(load: Load, given: dict[str, str], seconds: int) -> None:
    assert load(**given)["STATEMENT_SECONDS"] == seconds


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("", ""),
        ("https://brands.example.org", "https://brands.example.org"),
        ("HTTP://Brands.example.org:8080/", "http://brands.example.org:8080"),
    ],
)
def test_how_full_addresses_begin(load: Load, given: str, origin: str) -> None:
    assert load(SITE_URL=given)["SITE_URL"] == origin


@pytest.mark.parametrize(("given", "proxies"), [({}, 0), (PRODUCTION, 1), ({**PRODUCTION, "PROXIES": "2"}, 2)])
def test_production_stands_behind_a_proxy(load: Load, given: dict[str, str], proxies: int) -> None:
    assert load(**given)["PROXIES"] == proxies


@pytest.mark.parametrize(("given", "on"), [({}, False), (PRODUCTION, True), ({**PRODUCTION, "FOUR_EYES": "no"}, False)])
def test_production_wants_four_eyes(load: Load, given: dict[str, str], on: bool) -> None:
    assert load(**given)["FOUR_EYES"] is on


def test_a_session_ends_after_two_hours_unless_told(load: Load) -> None:
    assert load()["SESSION_COOKIE_AGE"] == 7200
    assert load(SESSION_MINUTES="15")["SESSION_COOKIE_AGE"] == 900


@pytest.mark.parametrize("url", ["", "sqlite:////tmp/elsewhere.sqlite3"])
def test_every_sqlite_waits_its_turn(load: Load, url: str) -> None:
    options = load(DATABASE_URL=url)["DATABASES"]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"]


def test_the_policy_lets_nothing_in_from_elsewhere(load: Load) -> None:
    directives = load()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    sources = {source for values in directives.values() for source in values}
    assert sources == {"'none'", "'self'", "data:"}
    assert [name for name, values in directives.items() if "data:" in values] == ["img-src"]
