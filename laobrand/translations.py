"""The translations: `python -m laobrand.translations compile`, `update` (as `make messages`) or `check`.

The interface is written in Chinese; locale/LANGUAGE/LC_MESSAGES/django.po holds the other languages, and wording/ what
Django and the other libraries say on our pages, in our words instead of theirs. gettext's own
programs are C, and a machine that has only Python shall serve the whole site, so the compiling is polib's work. Only
finding strings that no catalogue has yet needs xgettext; `check` says so where it is absent and checks the rest.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("brands", "curation", "ingest", "laobrand", "locale", "templates")

# Whose texts wording/ may say in other words.
LIBRARIES = ("django", "rest_framework", "django_filters")

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|%[sd]")

# Without the places of texts a catalogue changes only when a text does. Tests hold Chinese that nobody is shown.
OPTIONS = ("--all", "--no-obsolete", "--no-wrap", "--no-location", "--ignore=tests", "--verbosity=0")

# What gettext writes anew each time, whether a text has changed or not.
CREATION_DATE = re.compile(r'^"POT-Creation-Date: .*\n', re.MULTILINE)


def main(arguments: list[str]) -> int:
    """Exit status: 0, 1 for a catalogue that lacks something, 2 for a wrong command."""
    if arguments == ["compile"]:
        for path in [*catalogues(ROOT), *wordings(ROOT)]:
            compile_catalogue(path)
        return 0
    if arguments == ["update"]:
        make_messages(ROOT)
        return 0
    if arguments == ["check"]:
        faults = [*incomplete(ROOT), *differing(ROOT), *dead(ROOT)]
        print(*faults, sep="\n", end="\n" if faults else "")
        return 1 if faults else 0
    print("usage: python -m laobrand.translations compile|update|check", file=sys.stderr)
    return 2


def catalogues(root: Path) -> list[Path]:
    return sorted((root / "locale").glob("*/LC_MESSAGES/*.po"))


def wordings(root: Path) -> list[Path]:
    """The catalogues of texts that are not ours."""
    return sorted((root / "wording").glob("*/LC_MESSAGES/*.po"))


def compile_catalogue(path: Path) -> None:
    """Write the .mo beside the .po, where it is not there yet or older."""
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime <= path.stat().st_mtime:
        polib.pofile(str(path)).save_as_mofile(str(compiled))


def incomplete(root: Path) -> Iterator[str]:
    """A line for each entry without a translation, with an unsure one, or with other placeholders than its source."""
    for path in [*catalogues(root), *wordings(root)]:
        for entry in polib.pofile(str(path)):
            if fault := entry_fault(entry):
                yield f"{path.relative_to(root)}:{entry.linenum}: {fault}: {entry.msgid!r}"


def entry_fault(entry: polib.POEntry) -> str | None:
    """What is wrong with a catalogue's entry, or None. A plural form may leave out the number, as "one brand" does."""
    if entry.obsolete:
        return "obsolete"
    if entry.fuzzy:
        return "fuzzy"
    if not entry.translated():
        return "not translated"
    wanted = set(PLACEHOLDER.findall(entry.msgid))
    for form in entry.msgstr_plural.values() or [entry.msgstr]:
        found = set(PLACEHOLDER.findall(form))
        if found - wanted or (wanted - found and not entry.msgid_plural):
            return f"placeholders {sorted(found)} for {sorted(wanted)}"
    return None


def differing(root: Path) -> Iterator[str]:
    """A line for each text of the sources that a catalogue lacks, and for each that no source has any more."""
    if not catalogues(root):
        return
    if shutil.which("xgettext") is None:
        print("translations: no xgettext here, so texts that no catalogue has are not looked for (package gettext)")
        return
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        for name in SOURCES:
            if (root / name).is_dir():
                shutil.copytree(root / name, fresh / name, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
        make_messages(fresh)
        for path in catalogues(root):
            yield from compare(path.relative_to(root), old=texts(path), new=texts(fresh / path.relative_to(root)))


def dead(root: Path) -> Iterator[str]:
    """A line for each text in wording/ that no library says."""
    for path in wordings(root):
        said = said_by_libraries(path.stem)
        for entry in polib.pofile(str(path)):
            if (entry.msgctxt, entry.msgid) not in said:
                yield f"{path.relative_to(root)}:{entry.linenum}: no library says: {entry.msgid!r}"


def said_by_libraries(domain: str) -> set[tuple[str | None, str]]:
    """The texts of the libraries, with their contexts: `domain` is ``django`` or ``djangojs``. What nobody has put into
    Chinese stands in the English sources alone."""
    found = set()
    for library in LIBRARIES:
        spec = importlib.util.find_spec(library)
        folder = Path(spec.origin).parent if spec and spec.origin else Path()
        for path in folder.glob(f"**/locale/zh_*/LC_MESSAGES/{domain}.mo"):
            found |= {(entry.msgctxt, entry.msgid) for entry in polib.mofile(str(path))}
        for path in folder.glob(f"**/locale/en/LC_MESSAGES/{domain}.po"):
            found |= {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)) if not entry.obsolete}
    return found


def make_messages(folder: Path) -> None:
    """Bring the catalogues below `folder` up to date with the texts of its sources; needs gettext's programs. Django
    runs without settings here, so that it looks in this folder alone."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run([sys.executable, "-m", "django", "makemessages", *OPTIONS], cwd=folder, env=environment, check=True)
    for path in catalogues(folder):
        path.write_text(CREATION_DATE.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")


def compare(path: Path, *, old: set[str], new: set[str]) -> Iterator[str]:
    for text in sorted(new - old):
        yield f"{path}: not in the catalogue: {text!r} (run `make messages`)"
    for text in sorted(old - new):
        yield f"{path}: in no source any more: {text!r} (run `make messages`)"


def texts(path: Path) -> set[str]:
    return {entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
