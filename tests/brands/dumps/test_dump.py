"""Dumps: every form has the same rows, the description is true, and nothing stands in one that is not public."""

import csv
import json
import sqlite3
from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from frictionless import Package

from brands.dumps.delta import delta
from brands.dumps.files import PACKAGE, SUMS, DumpError, dumps_in, read_package, read_sums
from brands.dumps.formats import DATABASE, NoParquetError, parquet_library, read_line
from brands.dumps.tables import TABLES
from brands.dumps.writing import write_dump
from brands.models import Brand, BrandDetail, Correction, Evidence, Proposal, Region, Statistic, Synonym
from brands.vocabulary.choices import Metric, ReviewState
from tests.brands.dumps.conftest import LATER, NOON
from tests.brands.factories import article, bear_out, brand, catalogue, program, statistic
from tests.needs import missing

pytestmark = pytest.mark.django_db

Rows = dict[str, list[dict[str, Any]]]

# Stands in every text that nobody may see.
SECRET = "不可见"


@pytest.fixture
def world() -> None:
    """A catalogue, and beside what is public much that is not."""
    catalogue()
    carer = Brand.objects.get(name="吕梁山护工")
    brand(f"{SECRET}护工", review=ReviewState.REJECTED, aliases=(f"{SECRET}别名",))
    unsure = brand(f"{SECRET}保姆", confidence=0.3, description=SECRET)
    BrandDetail.objects.create(brand=unsure, kind="trade", words=f"{SECRET}工种")
    statistic(unsure, 70, phrase=f"{SECRET}70人")
    statistic(carer, 80, phrase=f"{SECRET}80人", confidence=0.3)
    Brand.objects.create(name=f"{SECRET}没有出处")
    hidden = program(f"{SECRET}方案", review=ReviewState.REJECTED)
    hidden.brands.add(carer)
    hidden.regions.add(Region.objects.get(pk="140000"))
    carer.series = unsure
    carer.save()
    aside = article(f"吕梁山护工很好。\n{SECRET}全文。", title=SECRET, relevant=False)
    bear_out(carer, aside, "吕梁山护工")
    told = article(f"{SECRET}的一段。\n吕梁山护工很好。\n{SECRET}的另一段。", title="又一篇")
    bear_out(carer, told, "吕梁山护工")
    Proposal.objects.create(brand=carer, field="organisation", value=SECRET, value_key=SECRET)
    Correction.objects.create(label="吕梁山护工", wrong=SECRET, contact=f"{SECRET}@example.org")
    Synonym.objects.create(words=f"{SECRET}、绣工")
    statistic(carer, "98765432.1234", unit="元", metric=Metric.OUTPUT_VALUE, phrase="98765432.1234元")
    whole = statistic(carer, 900, as_of="2024", confidence=0.2, phrase="900人")
    statistic(carer, 400, as_of="2024", scope="part", part_of="女性", whole=whole, phrase="女性400人")


@pytest.fixture
def folder(world: None, tmp_path: Path) -> Path:
    return write_dump(tmp_path, NOON, parquet=_has_parquet()).folder


def _has_parquet() -> bool:
    try:
        parquet_library()
    except NoParquetError:
        return False
    return True


def rows_of(folder: Path) -> Rows:
    """The rows of the JSON lines."""
    return {
        name: [read_line(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        for name in TABLES
    }


class TestForms:
    def test_sums_are_those_of_all_files(self, folder: Path) -> None:
        sums = read_sums(folder)
        assert set(sums) == {path.name for path in folder.iterdir()} - {SUMS}
        assert all(sha256((folder / name).read_bytes()).hexdigest() == found for name, found in sums.items())

    def test_csv_has_the_rows_of_the_json_lines(self, folder: Path) -> None:
        for name, rows in rows_of(folder).items():
            with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                read = list(csv.DictReader(file))
            told = [{column: _in_csv(value) for column, value in row.items()} for row in rows]
            assert [dict(row) for row in read] == told, name

    def test_sqlite_has_the_rows_of_the_json_lines(self, folder: Path) -> None:
        connection = sqlite3.connect(folder / DATABASE)
        for name, rows in rows_of(folder).items():
            names = ", ".join(f'"{column.name}"' for column in TABLES[name].columns)
            read = connection.execute(f"SELECT {names} FROM {name} ORDER BY 1").fetchall()
            assert read == [tuple(_in_sqlite(value) for value in row.values()) for row in rows], name
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        said = connection.execute("SELECT sentence, publisher FROM numbers_said WHERE value = 90000").fetchall()
        assert said[0][1] == "县报"
        connection.close()

    def test_parquet_has_the_rows_of_the_json_lines(self, folder: Path) -> None:
        if not _has_parquet():
            missing("pyarrow", "no pyarrow: pip install 'laobrand[parquet]'")
        _arrow, parquet = parquet_library()
        for name, rows in rows_of(folder).items():
            read = parquet.read_table(folder / f"{name}.parquet").to_pylist()
            assert [{column: _from_parquet(value) for column, value in row.items()} for row in read] == rows, name

    def test_numbers_have_all_their_digits(self, folder: Path) -> None:
        values = {row["value"] for row in rows_of(folder)["statistics"]}
        assert Decimal("98765432.1234") in values
        assert 90000 in values

    def test_the_same_data_makes_the_same_bytes(self, folder: Path) -> None:
        again = write_dump(folder.parent, LATER, parquet=_has_parquet()).folder
        differ = {path.name for path in folder.iterdir() if path.read_bytes() != (again / path.name).read_bytes()}
        assert differ == {PACKAGE, SUMS}
        told, told_again = read_package(folder), read_package(again)
        for package in (told, told_again):
            assert package.pop("created")
            assert package.pop("version")
        assert told == told_again


def _in_csv(value: Any) -> str:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def _in_sqlite(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _from_parquet(value: Any) -> Any:
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else value.normalize()
    return value.isoformat() if hasattr(value, "isoformat") else value


class TestDescription:
    def test_frictionless_finds_it_valid(self, folder: Path) -> None:
        report = Package(folder / PACKAGE).validate()
        assert report.valid, report.flatten(["title", "fieldName", "note"])
        assert report.stats["tasks"] == len(TABLES)

    def test_frictionless_finds_what_is_wrong(self, folder: Path) -> None:
        """Keys that lead nowhere, values of no list: that it finds them says that what it passes is checked."""
        path = folder / "brand_names.csv"
        path.write_text(path.read_text(encoding="utf-8") + "999,888,没有这个品牌\n", encoding="utf-8")
        assert not Package(folder / PACKAGE).validate().valid

    def test_it_says_what_there_is(self, folder: Path) -> None:
        package = read_package(folder)
        rows = rows_of(folder)
        assert {resource["name"]: resource["rows"] for resource in package["resources"]} == {
            name: len(some) for name, some in rows.items()
        }
        assert package["licenses"][0]["title"] == "CC BY 4.0"
        provinces = {one["adcode"]: one["brands"] for one in package["laobrand"]["coverage"]["provinces"]}
        assert sum(provinces.values()) == len(rows["brands"])
        assert provinces["140000"] == 3
        assert {"title": "县报", "articles": len(rows["articles"])} in package["sources"]

    def test_each_column_is_explained(self) -> None:
        for table in TABLES.values():
            assert table.meaning
            assert all(column.meaning for column in table.columns), table.name
            assert len({column.name for column in table.columns}) == len(table.columns)


class TestWhatIsPublic:
    def test_nothing_else_stands_in_a_dump(self, folder: Path) -> None:
        for path in folder.iterdir():
            if path.suffix == ".parquet":
                _arrow, parquet = parquet_library()
                assert SECRET not in str(parquet.read_table(path).to_pylist()), path.name
            else:
                assert SECRET.encode() not in path.read_bytes(), path.name

    def test_what_hangs_on_the_hidden_is_not_told(self, folder: Path) -> None:
        rows = rows_of(folder)
        keys = {name: {row[TABLES[name].key.name] for row in some} for name, some in rows.items()}
        for name, some in rows.items():
            for column in TABLES[name].columns:
                if column.of:
                    assert {row[column.name] for row in some} - {None} <= keys[column.of], (name, column.name)
        assert next(row for row in rows["brands"] if row["name"] == "吕梁山护工")["series"] is None
        assert next(row for row in rows["statistics"] if row["part_of"])["whole"] is None

    def test_all_that_is_public_is_told(self, folder: Path) -> None:
        rows = rows_of(folder)
        assert len(rows["brands"]) == Brand.objects.published().count()
        assert len(rows["statistics"]) == Statistic.objects.published().count()
        shown = Evidence.objects.public().filter(article__relevant=True)
        assert {row["id"] for row in rows["evidence"]} == set(shown.values_list("pk", flat=True))
        for row in rows["evidence"]:
            assert row["words"] in row["sentence"]
            assert len(row["words"]) == row["end"] - row["start"]


class TestCommand:
    def test_the_delta_leads_from_one_dump_to_the_next(self, folder: Path) -> None:
        before = rows_of(folder)
        Brand.objects.filter(name="天镇保姆").update(review=ReviewState.REJECTED)
        Brand.objects.filter(name="离石月嫂").update(organisation="离石区人社局")
        brand("文水面塑匠")
        written = write_dump(folder.parent, LATER, since=folder)
        after = rows_of(written.folder)
        lines = (written.folder / "delta.jsonl").read_text(encoding="utf-8").splitlines()
        assert written.changed == len(lines)
        tables = {name: {row[TABLES[name].key.name]: row for row in rows} for name, rows in before.items()}
        actions = set()
        for one in map(read_line, lines):
            actions.add((one["action"], one["table"]))
            key = one["key"] if one["table"] == "regions" else int(one["key"])
            if one["row"] is None:
                del tables[one["table"]][key]
            else:
                tables[one["table"]][key] = one["row"]
        assert {name: sorted(rows.values(), key=str) for name, rows in tables.items()} == {
            name: sorted(rows, key=str) for name, rows in after.items()
        }
        assert {("added", "brands"), ("changed", "brands"), ("withdrawn", "brands")} <= actions

    def test_two_dumps_of_the_same_have_no_delta(self, folder: Path) -> None:
        assert list(delta(folder, folder)) == []

    def test_it_begins_with_the_newest_or_the_one_that_is_named(
        self, world: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        first = write_dump(tmp_path, NOON).folder
        Brand.objects.filter(name="天镇保姆").delete()
        second = write_dump(tmp_path, LATER).folder
        for options, since in (({}, second), ({"since": first.name}, first), ({"since": str(first)}, first)):
            call_command("dump", tmp_path, **options)
            newest = next(dumps_in(tmp_path))
            assert newest.package["laobrand"]["since"] == since.name
            assert newest.name in capsys.readouterr().out
            for path in newest.folder.iterdir():
                path.unlink()
            newest.folder.rmdir()

    def test_a_damaged_one_is_no_beginning(self, folder: Path) -> None:
        with (folder / "brands.jsonl").open("a", encoding="utf-8") as file:
            file.write("\n")
        with pytest.raises(CommandError, match="damaged"):
            call_command("dump", folder.parent, since=folder.name)
        assert [path.name for path in folder.parent.iterdir()] == [folder.name]

    def test_what_fails_leaves_nothing(self, world: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_args: object, **_options: object) -> Callable[..., object]:
            raise OSError("disk full")

        monkeypatch.setattr("brands.dumps.writing.described", broken)
        with pytest.raises(OSError, match="disk full"):
            write_dump(tmp_path, NOON)
        assert list(tmp_path.iterdir()) == []

    def test_one_a_second(self, folder: Path) -> None:
        with pytest.raises(DumpError, match="there already"):
            write_dump(folder.parent, NOON)
