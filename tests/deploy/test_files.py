"""The files that say how the site is deployed: no engine that could run them is needed to know whether what they name
exists, whether their commands work, and whether they and the code agree about the settings."""

import json
import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.release import production
from tests.variables import ROOT, variables

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if "build" in service]
INSTRUCTION = re.compile(r"^([A-Z]+) (.+?)(?<!\\)$", re.MULTILINE | re.DOTALL)
DOCKERFILE = [
    (word, re.sub(r"\s*\\\n\s*", " ", rest))
    for word, rest in INSTRUCTION.findall((ROOT / "Dockerfile").read_text(encoding="utf-8"))
]
SCRIPTS = sorted(ROOT.glob("deploy/*.sh"))


def instructions(word: str) -> list[str]:
    return [rest for found, rest in DOCKERFILE if found == word]


def test_the_services() -> None:
    assert set(SERVICES) == {"db", "prepare", "web", "worker", "inbox", "backup", "nginx"}
    assert SERVICES["db"]["image"] == "postgres:17"
    images = [service["image"] for service in SERVICES.values()] + instructions("FROM")
    assert [image for image in images if not re.fullmatch(r"[a-z]+(:[\w.-]+)?", image)] == []


def test_what_a_service_waits_for_is_there() -> None:
    for name, service in SERVICES.items():
        for other, wanted in service.get("depends_on", {}).items():
            assert other in SERVICES, name
            if wanted["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[other] or (other in OURS and instructions("HEALTHCHECK")), name


def test_only_nginx_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]


def test_what_serves_strangers_does_not_own_the_tables() -> None:
    roles = {name: SERVICES[name]["environment"]["DATABASE_URL"].split("//")[1].split(":")[0] for name in OURS}
    owners = {name for name, role in roles.items() if role == SERVICES["db"]["environment"]["POSTGRES_USER"]}
    assert owners == {"prepare", "backup"}
    for name in owners:
        assert SERVICES[name]["environment"]["APP_DATABASE_URL"] == SERVICES["web"]["environment"]["DATABASE_URL"]


@pytest.mark.parametrize("name", OURS)
def test_a_service_sets_only_what_is_read(name: str) -> None:
    read = variables() | script_variables()
    assert set(SERVICES[name]["environment"]) <= read


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "POSTGRES_PASSWORD", "APP_PASSWORD"])
def test_what_must_be_set_stops_the_start_with_its_name(name: str) -> None:
    assert f"${{{name}:?{name} is missing in .env}}" in (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


def test_commands_and_mounted_files_exist() -> None:
    commands = [ROOT / service["command"][0] for service in SERVICES.values() if "command" in service]
    assert commands
    assert [path for path in commands if not os.access(path, os.X_OK)] == []
    mounts = [mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])]
    assert [mount for mount in mounts if mount.startswith("./deploy") and not (ROOT / mount).exists()] == []
    assert {mount for mount in mounts if not mount.startswith("./")} == set(COMPOSE["volumes"])


def test_the_image_copies_files_that_exist() -> None:
    sources = [source for rest in instructions("COPY") for source in rest.split()[:-1]]
    assert sources
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_the_image_runs_as_nobody_in_particular() -> None:
    words = [word for word, _ in DOCKERFILE]
    assert words.index("USER") < words.index("CMD")
    assert instructions("USER") == ["laobrand"]


def test_what_the_image_ignores_is_nothing_it_needs() -> None:
    ignored = set((ROOT / ".dockerignore").read_text(encoding="utf-8").split())
    assert {".git", ".venv", "data", ".env"} <= ignored
    needed = {
        "manage.py",
        "laobrand",
        "brands",
        "ingest",
        "templates",
        "static",
        "locale",
        "wording",
        "deploy",
        "README.md",
    }
    assert not ignored & needed


def test_the_commands_that_build_the_image(tmp_path: Path) -> None:
    """Those in Python; the others make a user and folders."""
    parts = [part.strip() for rest in instructions("RUN") for part in rest.split("&&")]
    ours = [part for part in parts if re.match(r"(\w+=(\"[^\"]*\"|\S+) )*python ", part)]
    assert len(ours) == 2
    environment = production(tmp_path)
    del environment["ALLOWED_HOSTS"], environment["SECRET_KEY"]
    for part in ours:
        subprocess.run(["bash", "-euc", part], cwd=ROOT, env=environment, check=True)
    assert json.loads((tmp_path / "static" / "staticfiles.json").read_text(encoding="utf-8"))["paths"]


@pytest.mark.parametrize("command", [*instructions("CMD"), instructions("HEALTHCHECK")[0].partition(" CMD ")[2]])
def test_what_a_container_starts_can_be_started(command: str) -> None:
    program, module_option, module, *_ = json.loads(command)
    assert (program, module_option) == ("python", "-m")
    subprocess.run(["python", "-c", f"import {module}"], cwd=ROOT, env=production(ROOT), check=True)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_well_formed(script: Path) -> None:
    subprocess.run(["bash", "-n", str(script)], check=True)
    used = {word for word in shlex.split(script.read_text(encoding="utf-8"), comments=True) if word.endswith(".py")}
    assert used <= {"manage.py"}


def script_variables() -> set[str]:
    """What the scripts take from the environment: each with a default, as in ${INBOX:-/inbox}."""
    text = "".join(script.read_text(encoding="utf-8") for script in SCRIPTS)
    return set(re.findall(r"\$\{([A-Z_]+):-", text))
