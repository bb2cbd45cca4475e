"""The translations: what is compiled, and what counts as a fault."""

import gettext
import shutil
from pathlib import Path

import polib
import pytest

from laobrand import translations

PATH = Path("locale/en/LC_MESSAGES/django.po")


def write(root: Path, *entries: polib.POEntry) -> Path:
    path = root / PATH
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    catalogue.extend(entries)
    catalogue.save(str(path))
    return path


def test_a_compiled_catalogue_says_it_in_the_other_language(tmp_path: Path) -> None:
    plural = polib.POEntry(
        msgid="%(n)s 个品牌", msgid_plural="%(n)s 个品牌", msgstr_plural={0: "one brand", 1: "%(n)s brands"}
    )
    path = write(tmp_path, polib.POEntry(msgid="品牌", msgstr="Brands"), plural)
    translations.compile_catalogue(path)
    with path.with_suffix(".mo").open("rb") as file:
        translation = gettext.GNUTranslations(file)
    assert translation.gettext("品牌") == "Brands"
    assert translation.ngettext("%(n)s 个品牌", "%(n)s 个品牌", 5) == "%(n)s brands"


def test_a_catalogue_is_compiled_again_only_when_it_changed(tmp_path: Path) -> None:
    path = write(tmp_path, polib.POEntry(msgid="品牌", msgstr="Brands"))
    compiled = path.with_suffix(".mo")
    compiled.write_bytes(b"newer")
    translations.compile_catalogue(path)
    assert compiled.read_bytes() == b"newer"


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (polib.POEntry(msgid="品牌", msgstr="Brands"), None),
        (polib.POEntry(msgid="品牌"), "not translated"),
        (polib.POEntry(msgid="品牌", msgstr="Brands", flags=["fuzzy"]), "fuzzy"),
        (polib.POEntry(msgid="品牌", msgstr="Brands", obsolete=True), "obsolete"),
        (polib.POEntry(msgid="%(n)s 个", msgstr="%(n)s"), None),
        (polib.POEntry(msgid="%(n)s 个", msgstr="some"), "placeholders [] for ['%(n)s']"),
        (polib.POEntry(msgid="%(n)s 个", msgstr="%(m)s"), "placeholders ['%(m)s'] for ['%(n)s']"),
        (polib.POEntry(msgid="{n} 个", msgstr="{m}"), "placeholders ['{m}'] for ['{n}']"),
        (polib.POEntry(msgid="%(n)s 个", msgid_plural="%(n)s 个", msgstr_plural={0: "one", 1: "%(n)s"}), None),
        (polib.POEntry(msgid="%(n)s 个", msgid_plural="%(n)s 个", msgstr_plural={0: "one", 1: ""}), "not translated"),
    ],
)
def test_faults_of_an_entry(entry: polib.POEntry, fault: str | None) -> None:
    assert translations.entry_fault(entry) == fault


def test_a_fault_is_named_with_its_file_and_text(tmp_path: Path) -> None:
    write(tmp_path, polib.POEntry(msgid="品牌"))
    (line,) = translations.incomplete(tmp_path)
    assert line.startswith(f"{PATH}:")
    assert line.endswith("not translated: '品牌'")


def test_texts_that_only_one_side_has_are_named() -> None:
    lines = list(translations.compare(PATH, old={"旧", "同"}, new={"新", "同"}))
    assert lines == [
        f"{PATH}: not in the catalogue: '新' (run `make messages`)",
        f"{PATH}: in no source any more: '旧' (run `make messages`)",
    ]


def test_without_gettext_the_check_says_what_it_leaves_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, polib.POEntry(msgid="品牌", msgstr="Brands"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(translations.differing(tmp_path)) == []
    assert "no xgettext" in capsys.readouterr().out


def test_a_wrong_command_says_the_right_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert translations.main(["complie"]) == 2
    assert "compile|update|check" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="needs xgettext (package gettext)")
def test_an_update_takes_the_texts_of_the_site_and_of_no_test(tmp_path: Path) -> None:
    path = write(tmp_path, polib.POEntry(msgid="品牌", msgstr="Brands"))
    for folder, text in (("brands", "品牌"), ("brands", "地区"), ("tests", "没有的")):
        (tmp_path / folder).mkdir(exist_ok=True)
        with (tmp_path / folder / "some.py").open("a", encoding="utf-8") as file:
            file.write(f'gettext("{text}")\n')
    translations.make_messages(tmp_path)
    assert translations.texts(path) == {"品牌", "地区"}
    assert "POT-Creation-Date" not in path.read_text(encoding="utf-8")


def test_every_text_of_the_site_is_translated() -> None:
    """Where gettext is missing, what the sources say anew is left out, and a line says so."""
    assert [*translations.incomplete(translations.ROOT), *translations.differing(translations.ROOT)] == []
