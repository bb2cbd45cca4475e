"""What Django and the other libraries say on our pages: in our words, whichever of them speaks last."""

from pathlib import Path

import django
import polib
import pytest
from django.test import Client
from django.utils import translation

from laobrand import translations

DJANGO = Path(django.__file__).parent
WORDING = translations.ROOT / "wording" / "zh_Hans" / "LC_MESSAGES"

# The same in Chinese, or of an e-mail that the site does not send.
KEPT = {"…", "IPv4", "IPv6", "URL", ":?.!", ":", "In case you’ve forgotten, you are:"}
KEPT |= {f"%s {unit}" for unit in ("KB", "MB", "GB", "TB", "PB")} | {"p.m.", "a.m.", "PM", "AM"}
# What no field of a form says.
KEPT |= {"%(model)s instance with %(field)s %(value)r is not a valid choice."}
# For a backend of logins that came from Django 5.1.
KEPT |= {"This password is too short. It must contain at least %d character."}


def texts(path: Path) -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in polib.pofile(str(path)) if not entry.obsolete and not entry.msgctxt}


def said(entry: polib.POEntry) -> str:
    with translation.override("zh-hans"):
        return (
            translation.ngettext(entry.msgid, entry.msgid_plural, 2)
            if entry.msgid_plural
            else translation.gettext(entry.msgid)
        )


def plain(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural.get(0) or entry.msgstr)


def test_ours_are_said_instead_of_theirs() -> None:
    ours = texts(WORDING / "django.po")
    assert not {msgid for msgid, entry in ours.items() if said(entry) != plain(entry)}


def test_no_library_changes_what_forms_say() -> None:
    """The catalogue of an application wins over Django's own: one of them may say a form's messages otherwise."""
    theirs = texts(DJANGO / "conf" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po")
    ours = texts(WORDING / "django.po")
    others = {msgid: entry for msgid, entry in theirs.items() if msgid not in ours and entry.translated()}
    assert not {msgid for msgid, entry in others.items() if said(entry) != plain(entry)}


@pytest.mark.parametrize("part", ["contrib/admin", "contrib/auth", "conf"])
def test_nothing_stays_english(part: str) -> None:
    theirs = texts(DJANGO / part / "locale" / "en" / "LC_MESSAGES" / "django.po")
    assert {msgid for msgid, entry in theirs.items() if said(entry) in {msgid, entry.msgid_plural}} <= KEPT


def test_the_scripts_of_the_admin_are_told_in_our_words(admin_client: Client) -> None:
    page = admin_client.get("/admin/jsi18n/").content.decode()
    assert "\\u672c\\u9875 %(cnt)s \\u6761" in page or "本页 %(cnt)s 条" in page


def test_a_text_that_no_library_has_is_named(tmp_path: Path) -> None:
    path = tmp_path / "wording" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalogue.extend([polib.POEntry(msgid="Save", msgstr="保存"), polib.POEntry(msgid="Savour", msgstr="品尝")])
    catalogue.save(str(path))
    (line,) = translations.dead(tmp_path)
    assert line.endswith("no library says: 'Savour'")
