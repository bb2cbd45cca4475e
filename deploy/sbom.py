"""The bill of materials of a release: `python -m deploy.sbom FILE` writes the packages that the site runs with, as they
are installed here, as CycloneDX JSON: names, versions, licences, and which needs which."""

import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

SITE = "laobrand"


def main(path: Path) -> None:
    bom, known = Bom(), {name: _component(found) for name, found in _closure(SITE).items()}
    bom.metadata.component = known.pop(canonicalize_name(SITE))
    bom.metadata.component.type = ComponentType.APPLICATION
    for component in known.values():
        bom.components.add(component)
    everything = {**known, canonicalize_name(SITE): bom.metadata.component}
    for name, component in everything.items():
        needed = [
            everything[other] for other, _extras in _needs(distribution(name), frozenset()) if other in everything
        ]
        bom.register_dependency(component, needed)
    path.write_text(JsonV1Dot6(bom).output_as_string(indent=2) + "\n", encoding="utf-8")


def _closure(root: str) -> dict[str, Distribution]:
    """The package and all that it needs, by their names."""
    found: dict[str, Distribution] = {}
    waiting: list[tuple[str, frozenset[str]]] = [(canonicalize_name(root), frozenset())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        try:
            found[one[0]] = distribution(one[0])
        except PackageNotFoundError:  # for another system
            continue
        waiting += _needs(found[one[0]], one[1])
    return found


def _needs(package: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for text in package.requires or ():
        wanted = Requirement(text)
        environments = [{"extra": extra} for extra in ("", *extras)]
        if wanted.marker is None or any(wanted.marker.evaluate(one) for one in environments):
            yield canonicalize_name(wanted.name), frozenset(wanted.extras)


def _component(package: Distribution) -> Component:
    told = package.metadata["License-Expression"] or package.metadata["License"] or ""
    licences = [LicenseFactory().make_from_string(told)] if told and "\n" not in told else []
    name = canonicalize_name(package.metadata["Name"])
    url = PackageURL("pypi", name=name, version=package.version)
    return Component(
        type=ComponentType.LIBRARY, name=name, version=package.version, purl=url, bom_ref=str(url), licenses=licences
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
