"""Files of lists as LibreOffice opens them: Chinese, long numbers and codes as they are, and nothing evaluated."""

import csv
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook

from brands.listing import read_model
from brands.models import Statistic
from tests.brands.factories import article, brand, regions, statistic
from tests.needs import missing

pytestmark = pytest.mark.django_db

# How LibreOffice reads and writes CSV: commas, quotes, UTF-8; written are cells as they are shown, of all sheets.
READS = "Text - txt - csv (StarCalc):44,34,76,1"
WRITES = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

# A number of as many digits as spreadsheets keep, and a text that they would take for one.
LONG, CODE = "123456789012345", "00123456789012345678"


@pytest.fixture
def office() -> str:
    return shutil.which("soffice") or missing("office", "no LibreOffice (soffice; Debian's libreoffice-calc)")


def converted(office: str, file: Path, kind: str, *options: str) -> list[Path]:
    """The files that LibreOffice makes of one, with a profile of its own."""
    folder = file.parent / "converted"
    command = [office, "--headless", f"-env:UserInstallation={(file.parent / 'profile').as_uri()}", *options]
    command += ["--convert-to", kind, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=240, env=os.environ | {"HOME": str(file.parent)})
    return sorted(folder.iterdir())


@pytest.fixture
def odd() -> Statistic:
    """A brand whose texts a spreadsheet would run or read as numbers, with a number of many digits."""
    made = brand(
        "=1+1师傅", source=article("=1+1师傅有很多人。"), organisation="@SUM(1;1)", region=regions()["140000"],
        document_number=CODE,
    )  # fmt: skip
    number = statistic(made, LONG, source=article(f"有{LONG}元。"), phrase=f"{LONG}元", unit="元")
    read_model.rebuild()
    return number


def body(client: Client, address: str) -> bytes:
    return b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_workbook_is_opened_as_it_was_written(client: Client, office: str, odd: Statistic, tmp_path: Path) -> None:
    file = tmp_path / "brands.xlsx"
    file.write_bytes(body(client, "/brands/download.xlsx"))
    sheets = {path.stem: path for path in converted(office, file, WRITES)}
    assert sheets.keys() == {"brands-劳务品牌", "brands-原句", "brands-列的含义"}
    (row,) = rows_of(sheets["brands-劳务品牌"])
    assert (row["名称"], row["建设单位"]) == ("'=1+1师傅", "'@SUM(1;1)")
    assert (row["行政区划代码"], row["认定文号"]) == ("140000", CODE)
    assert rows_of(sheets["brands-原句"])[0]["原句"] == "=1+1师傅有很多人。".replace("=", "'=", 1)


def test_a_csv_file_is_opened_with_its_numbers_and_runs_nothing(
    client: Client, office: str, odd: Statistic, tmp_path: Path
) -> None:
    for kind in ("brands", "statistics"):
        (tmp_path / kind).mkdir()
        file = tmp_path / kind / f"{kind}.csv"
        file.write_bytes(body(client, f"/{kind}/download.csv"))
        (book,) = converted(office, file, "xlsx", f"--infilter={READS}")
        cells = [cell for line in load_workbook(book).worksheets[0].iter_rows() for cell in line]
        assert not [cell.value for cell in cells if cell.data_type == "f"]
        values = {str(cell.value) for cell in cells}
        wanted = {"brands": {"名称", "'=1+1师傅", "'@SUM(1;1)", "140000"}, "statistics": {"数值", LONG, "'=1+1师傅"}}
        assert wanted[kind] <= values
