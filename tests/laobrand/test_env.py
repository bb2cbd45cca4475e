"""The readers of environment variables."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from laobrand import env


@pytest.mark.parametrize(
    ("value", "expected"), [(None, "default"), ("", "default"), ("  ", "default"), (" a b ", "a b")]
)
def test_text(monkeypatch: pytest.MonkeyPatch, value: str | None, expected: str) -> None:
    put(monkeypatch, value)
    assert env.text("NAME", "default") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1", True),
        ("true", True),
        ("YES", True),
        ("on", True),
        ("0", False),
        ("False", False),
        ("no", False),
        ("off", False),
    ],
)
@pytest.mark.parametrize("default", [True, False])
def test_flag(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool, default: bool) -> None:
    put(monkeypatch, value)
    assert env.flag("NAME", default) is expected
    put(monkeypatch, "")
    assert env.flag("NAME", default) is default


@pytest.mark.parametrize(("value", "expected"), [(None, 7), ("", 7), ("0", 0), (" 12 ", 12)])
def test_number(monkeypatch: pytest.MonkeyPatch, value: str | None, expected: int) -> None:
    put(monkeypatch, value)
    assert env.number("NAME", 7) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(None, []), ("", []), (" , ", []), ("a", ["a"]), (" a, b ,,c", ["a", "b", "c"])]
)
def test_items(monkeypatch: pytest.MonkeyPatch, value: str | None, expected: list[str]) -> None:
    put(monkeypatch, value)
    assert env.items("NAME") == expected


@pytest.mark.parametrize("value", ["-1", "1.5", "ten", "１２", "²", "0x10", "1 0"])
def test_what_is_no_number_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    put(monkeypatch, value)
    with pytest.raises(ImproperlyConfigured, match=r"^NAME: expected a whole number, 0 or more, got "):
        env.number("NAME", 7)


def test_a_number_below_the_least_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, "0")
    with pytest.raises(ImproperlyConfigured, match=r"^NAME: expected a whole number, 1 or more, got '0'$"):
        env.number("NAME", 7, least=1)


def test_what_is_neither_true_nor_false_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, "maybe")
    with pytest.raises(ImproperlyConfigured, match=r"^NAME: expected true or false, got 'maybe'$"):
        env.flag("NAME", default=True)


def test_what_is_no_choice_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, "c")
    with pytest.raises(ImproperlyConfigured, match=r"^NAME: expected one of a, b, got 'c'$"):
        env.text("NAME", "a", choices=("a", "b"))


def test_a_long_value_may_be_a_secret_and_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, "s" * 60)
    with pytest.raises(ImproperlyConfigured) as caught:
        env.flag("NAME", default=True)
    assert "s" * env.SHOWN + "…" in str(caught.value)
    assert "s" * (env.SHOWN + 1) not in str(caught.value)


def put(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is None:
        monkeypatch.delenv("NAME", raising=False)
    else:
        monkeypatch.setenv("NAME", value)
