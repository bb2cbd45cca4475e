"""Words that stand for others, and the groups that come with the program."""

import csv

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from brands.models import Synonym
from brands.models.synonym import MAX_WORD, MAX_WORDS, split_words
from brands.search.synonyms import MAX_VARIANTS, TABLE, SynonymTable, load_defaults, vocabulary
from brands.vocabulary.folding import fold
from tests.brands.test_versions import opened, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("护工", ("护理员", "陪护")),
        ("吕梁护理员", ("吕梁护工", "吕梁陪护")),
        ("护工和保姆", ("护理员和保姆", "陪护和保姆", "护工和阿姨")),
        ("焊工", ("电焊",)),  # 电焊工 holds it
        ("养老护理员", ("护工",)),  # the longest word that stands there
        ("家政", ("月嫂",)),
        ("月嫂", ()),
        ("拉面", ()),
        ("", ()),
    ],
)
def test_a_word_of_a_group_stands_for_the_others(text: str, expected: tuple[str, ...]) -> None:
    others = {
        "护工": ("护理员", "陪护"), "护理员": ("护工", "陪护"), "养老护理员": ("护工",), "保姆": ("阿姨",),
        "焊工": ("电焊工", "电焊"), "家政": ("月嫂",),
    }  # fmt: skip
    assert SynonymTable(others).variants(text) == expected


def test_variants_are_capped() -> None:
    others = {"护工": tuple(f"护工{number}号"[::-1] for number in range(40))}
    assert len(SynonymTable(others).variants("护工" * 3)) == MAX_VARIANTS
    assert SynonymTable({}).variants("护工") == ()


def test_narrower_words_stand_for_nothing() -> None:
    Synonym.objects.all().delete()
    Synonym.objects.create(words="家政、保姆", narrower="月嫂")
    Synonym.objects.create(words="家政、阿姨", active=False)
    Synonym.objects.create(words="ＡＩ訓練師、数据标注")
    assert vocabulary().others == {
        "家政": ("保姆", "月嫂"),
        "保姆": ("家政", "月嫂"),
        "ai训练师": ("数据标注",),
        "数据标注": ("ai训练师",),
    }


def test_the_programs_groups_come_with_migrate_and_are_sound() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert Synonym.objects.count() == len(rows) > 50
    for row in Synonym.objects.all():
        row.full_clean()
        assert row.words == "、".join(split_words(row.words))
    words = [word for row in rows for word in split_words(row["words"])]
    assert [word for word in words if fold(word) != word.lower()] == []


def test_every_synonym_of_the_issue_is_there() -> None:
    others = vocabulary().others
    for one, other in [("月嫂", "母婴护理"), ("厨师", "师傅"), ("护工", "护理员"), ("护工", "陪护"), ("保姆", "阿姨")]:
        assert other in others[one]
        assert one in others[other]
    assert "月嫂" in others["家政"]
    assert "家政" not in others["月嫂"]


def test_what_staff_did_is_never_written_over() -> None:
    changed, off, old = Synonym.objects.exclude(key="")[:3]
    Synonym.objects.filter(pk=changed.pk).update(words="护工、照顾人的人", by_hand=True)
    Synonym.objects.filter(pk=off.pk).update(active=False)
    Synonym.objects.filter(pk=old.pk).update(words="旧、词")
    own = Synonym.objects.create(words="面匠、面点")
    gone = Synonym.objects.create(words="没、了", key="没")
    kept = Synonym.objects.create(words="没、有", key="没有", by_hand=True)
    assert load_defaults() == 2
    rows = Synonym.objects.in_bulk()
    assert rows[changed.pk].words == "护工、照顾人的人"
    assert not rows[off.pk].active
    assert rows[old.pk].words == old.words
    assert {own.pk, kept.pk} <= rows.keys()
    assert gone.pk not in rows
    assert load_defaults() == 0


def test_migrate_brings_a_missing_group_back() -> None:
    missing = Synonym.objects.exclude(key="").first()
    assert missing is not None
    missing.delete()
    call_command("migrate", verbosity=0)
    assert Synonym.objects.filter(key=missing.key).exists()


@pytest.mark.parametrize(
    ("words", "narrower", "told"),
    [
        ("月嫂", "", "至少要有两个词"),
        ("、".join("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子"), "", f"最多 {MAX_WORDS} 个词"),
        ("月嫂、" + "长" * (MAX_WORD + 1), "", f"最多 {MAX_WORD} 个字"),
        ("月嫂", "长" * (MAX_WORD + 1), f"最多 {MAX_WORD} 个字"),
        ("", "", "不能为空|字段"),
    ],
)
def test_groups_that_make_no_sense_are_refused(words: str, narrower: str, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Synonym(words=words, narrower=narrower).full_clean()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("月嫂、母婴护理", ["月嫂", "母婴护理"]),
        (" 月嫂， 母婴护理;月嫂\n阿姨 ", ["月嫂", "母婴护理", "阿姨"]),
        ("", []),
    ],
)
def test_lists_are_read_as_people_write_them(text: str, expected: list[str]) -> None:
    assert split_words(text) == expected


def test_staff_change_groups_in_the_admin() -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("editor", "", "x"))
    row = Synonym.objects.exclude(key="").first()
    assert row is not None
    page = reverse("admin:brands_synonym_change", args=[row.pk])
    assert client.get(page).status_code == 200
    send(client, opened(client, row), words="护工、护理员、护理大姐", narrower="", active="on")
    row.refresh_from_db()
    assert (row.words, row.by_hand) == ("护工、护理员、护理大姐", True)
    delete = reverse("admin:brands_synonym_delete", args=[row.pk])
    assert client.get(delete).status_code == 403
    client.post(reverse("admin:brands_synonym_add"), {"words": "面匠、面点", "narrower": "", "active": "on"})
    own = Synonym.objects.get(words="面匠、面点")
    assert client.get(reverse("admin:brands_synonym_delete", args=[own.pk])).status_code == 200
