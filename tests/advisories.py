"""Known vulnerabilities of the pinned packages: `python -m tests.advisories`, a part of `make check`. Status 1 where
there are any; where no index of them answers, one line says so."""

import json
import subprocess
import sys
from typing import Any

from tests.variables import ROOT

PINS = ROOT / "constraints.txt"

# A package that every index with advisories knows.
PROBE = next(line for line in PINS.read_text(encoding="utf-8").splitlines() if line.lower().startswith("django=="))

# Seconds.
PATIENCE = 300


def main() -> int:
    if not answered(audited(PROBE)):
        print("advisories: left out, as no index of them answers")
        return 0
    found = audited(PINS.read_text(encoding="utf-8"))
    for package, one in vulnerable(found):
        mended = ", ".join(one["fix_versions"]) or "none yet"
        print(f"{package['name']} {package['version']}: {one['id']}, mended in {mended}", file=sys.stderr)
    return 1 if vulnerable(found) else 0


def audited(pins: str) -> list[dict[str, Any]]:
    """What pip-audit says of each package; nothing where it can't ask."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", "/dev/stdin", "--no-deps", "--disable-pip"]
    done = subprocess.run(
        [*command, "--format", "json", "--progress-spinner", "off"],
        input=pins, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    return list(json.loads(done.stdout)["dependencies"]) if done.stdout.startswith("{") else []


def answered(found: list[dict[str, Any]]) -> bool:
    return any("vulns" in package for package in found)


def vulnerable(found: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(package, one) for package in found for one in package.get("vulns", ())]


if __name__ == "__main__":
    raise SystemExit(main())
