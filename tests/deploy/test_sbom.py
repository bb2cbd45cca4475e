"""The bill of materials of a release names what the site runs with, and nothing else."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from deploy.sbom import main
from tests.advisories import answered, vulnerable


def test_the_packages_of_a_release(tmp_path: Path) -> None:
    main(tmp_path / "sbom.json")
    bom = json.loads((tmp_path / "sbom.json").read_text(encoding="utf-8"))
    found = {one["name"]: one for one in bom["components"]}
    assert (bom["bomFormat"], bom["metadata"]["component"]["name"]) == ("CycloneDX", "laobrand")
    assert found["django"]["version"] == version("django")
    assert found["django"]["purl"] == f"pkg:pypi/django@{version('django')}"
    assert {"sqlparse", "asgiref", "psycopg-binary"} <= set(found), "what is needed by what is needed, and by extras"
    assert not {"pytest", "mypy", "pip-audit"} & set(found)
    needs = {one["ref"]: one.get("dependsOn", []) for one in bom["dependencies"]}
    assert found["sqlparse"]["bom-ref"] in needs[found["django"]["bom-ref"]]


def test_a_known_vulnerability_is_told() -> None:
    found: list[dict[str, Any]] = [
        {"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": []}]},
        {"name": "b", "skip_reason": ""},
    ]
    assert answered(found)
    assert [(package["name"], one["id"]) for package, one in vulnerable(found)] == [("a", "CVE-1")]
    assert not answered(found[1:])
