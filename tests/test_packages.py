"""The packages that are installed are those that pyproject.toml and constraints.txt say."""

import tomllib
from importlib.metadata import distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.variables import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = dict(line.split("==") for line in LINES if line and not line.startswith("#"))


def needed() -> set[str]:
    """Every package that the project needs here, directly or through another, by its canonical name."""
    waiting = [Requirement(text) for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]]
    found = set()
    while waiting:
        requirement = waiting.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key not in found:
            found.add(key)
            waiting += needed_by(requirement)
    return {str(name) for name, _ in found} - {"pip"}  # which installs the others, at the version that it has


def needed_by(requirement: Requirement) -> list[Requirement]:
    inner = [Requirement(text) for text in distribution(requirement.name).requires or ()]
    extras = {"", *requirement.extras}
    return [one for one in inner if not one.marker or any(one.marker.evaluate({"extra": extra}) for extra in extras)]


def test_every_package_has_its_exact_version() -> None:
    assert needed() - {canonicalize_name(name) for name in PINS} == set()


def test_the_environment_holds_these_versions() -> None:
    here = needed()
    installed = {name: distribution(name).version for name in PINS if canonicalize_name(name) in here}
    assert installed == {name: version for name, version in PINS.items() if name in installed}


def test_each_is_listed_once_in_order() -> None:
    names = [line.partition("==")[0].lower() for line in LINES if not line.startswith("#")]
    assert names == sorted(set(names))
