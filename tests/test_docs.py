"""What README.md lists is what there is."""

import re

from brands.search.ranking import RANK_LIMIT
from tests.deploy.test_files import script_variables
from tests.variables import ROOT, variables

README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text below the heading `title`, up to the next one."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def rows(text: str) -> list[str]:
    """What stands as code in the first column of the tables in `text`."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def test_the_settings_are_those_that_the_code_reads() -> None:
    listed = rows(section("Settings"))
    assert listed == sorted(variables())


def test_the_variables_of_the_scripts_are_those_that_they_read() -> None:
    listed = set(re.findall(r"`(INBOX|INGEST_[A-Z]+|BACKUP[A-Z_]+)`", section("Settings")))
    assert listed == script_variables() - {"INGEST_ONCE", "BACKUP_ONCE"}  # for tests


def test_the_variables_of_the_tests_are_those_that_they_read() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    read = set(re.findall(r"environ\.get\(\"([A-Z_]+)\"", source))
    assert set(rows(section("Tests"))) == read


def test_the_commands_are_the_targets_of_the_makefile() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert rows(section("Commands")) == [f"make {target}" for target in targets if target != "help"]


def test_what_the_readme_runs_exists() -> None:
    commands = {path.stem for path in ROOT.glob("*/management/commands/*.py")}
    django = {"axes_reset_logs", "clearsessions", "createsuperuser"}
    operations = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    assert set(re.findall(r"manage\.py (\w+)", README)) <= commands | django
    assert set(re.findall(r"(?:\$M|manage\.py) (\w+)", operations)) <= commands | django | {"migrate"}
    files = re.findall(r"`?((?:deploy|docs|laobrand|static)/[\w./-]+\w|docker-compose\.yml|constraints\.txt)", README)
    assert files
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_what_the_document_on_search_names_exists() -> None:
    document = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+\.(?:py|csv))`", document))
    assert len(named) > 15
    assert [
        name for name in named if not any((place / name).is_file() for place in (ROOT, ROOT / "brands/search"))
    ] == []
    assert f"`RANK_LIMIT` = {RANK_LIMIT} " in document
