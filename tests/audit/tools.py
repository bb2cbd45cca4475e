"""Two judges from npm: the Nu HTML checker and Lighthouse. They are put into a folder of the user's, not of ours."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.audit.crawl import Fault

FOLDER = Path.home() / ".cache" / "laobrand-audit"
# Lighthouse 13 asks for Node 22.
PACKAGES = {"vnu-jar": "26.9.27", "lighthouse": "12.8.2"}

# Seconds that a download or a checker may take.
PATIENCE = 600

# Points of 100.
LEAST = {"accessibility": 100, "best-practices": 95, "seo": 100, "performance": 95}

# Performance differs from run to run: the median counts.
RUNS = 3

# Runs that may fail and are made again.
SPARE = 2


def lacking(*programs: str) -> str:
    """Which of the programs and npm the machine lacks, or why npm could not install; empty where all is there."""
    missing = [program for program in ("npm", *programs) if shutil.which(program) is None]
    return f"no {', no '.join(missing)}" if missing else _installed()


def _installed() -> str:
    """Install what is not there in its version; the reason where that fails."""
    if all(_version(name) == version for name, version in PACKAGES.items()):
        return ""
    FOLDER.mkdir(parents=True, exist_ok=True)
    packages = [f"{name}@{version}" for name, version in PACKAGES.items()]
    command = ["npm", "install", "--no-fund", "--no-audit", "--loglevel=error", *packages]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=PATIENCE, check=False)
    return done.stderr.strip().splitlines()[-1] if done.returncode and done.stderr.strip() else ""


def _version(package: str) -> str:
    described = FOLDER / "node_modules" / package / "package.json"
    return str(json.loads(described.read_text(encoding="utf-8"))["version"]) if described.is_file() else ""


def invalid(files: list[Path]) -> list[Fault]:
    """What the Nu HTML checker says of the pages, errors and warnings alike, each with the file and its line."""
    jar = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    return [_fault(message) for message in json.loads(done.stderr)["messages"]]


def _fault(message: dict[str, Any]) -> Fault:
    kind = message.get("subType", message["type"])
    extract = " ".join(message.get("extract", "").split())
    file = Path(unquote(urlsplit(message.get("url", "")).path)).stem
    return Fault(f"{file}, line {message.get('lastLine', 0)}: {extract}", f"{kind}: {message['message']}")


@dataclass(frozen=True, slots=True)
class Judged:
    """Points by category, and the audits that cost some."""

    points: dict[str, float]
    lost: list[str]

    def faults(self) -> list[str]:
        low = [f"{name} {self.points[name]:.0f}" for name, least in LEAST.items() if self.points[name] < least]
        return [f"{', '.join(low)} for {', '.join(self.lost)}"] if low else []


def judged(url: str, *, chromium: str, environment: dict[str, str]) -> Judged:
    """What Lighthouse says of the page on a simulated phone: of each category the median of the runs. It gives up now
    and then on a busy machine: more than `SPARE` times is an error that says why."""
    runs: list[Judged] = []
    failed: list[subprocess.CalledProcessError] = []
    while len(runs) < RUNS and len(failed) <= SPARE:
        try:
            runs.append(_run(url, chromium=chromium, environment=environment))
        except subprocess.CalledProcessError as error:
            failed.append(error)
    if len(runs) < RUNS:
        raise RuntimeError(f"Lighthouse on {url}: {failed[-1].stderr.strip()[-500:]}") from failed[-1]
    return Judged(
        {name: median(run.points[name] for run in runs) for name in LEAST},
        sorted({name for run in runs for name in run.lost}),
    )


def _run(url: str, *, chromium: str, environment: dict[str, str]) -> Judged:
    program = FOLDER / "node_modules" / ".bin" / "lighthouse"
    command = [str(program), url, "--quiet", "--output=json", f"--only-categories={','.join(LEAST)}"]
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    done = subprocess.run(
        [*command, flags],
        env=environment | {"CHROME_PATH": chromium},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    report = json.loads(done.stdout)
    points = {name: round(100 * report["categories"][name]["score"]) for name in LEAST}
    weighed = {one["id"] for name in LEAST for one in report["categories"][name]["auditRefs"] if one["weight"]}
    lost = [name for name in weighed if (report["audits"][name]["score"] or 0) < 1 and _counts(report["audits"][name])]
    return Judged(points, sorted(lost))


def _counts(audit: dict[str, object]) -> bool:
    return audit["scoreDisplayMode"] not in {"notApplicable", "manual", "informative"}
