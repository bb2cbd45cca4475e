"""Divisions are found by code, by their names and those of what holds them, and by pinyin."""

import pytest

from brands.models import Region
from brands.search.divisions import exact, like
from tests.brands.factories import regions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places() -> None:
    rows = regions()
    for code, name, parent, pinyin in (
        ("320106", "鼓楼区", rows["420000"], "gu lou"),
        ("141181", "鼓楼区", rows["141100"], "gu lou"),
        ("141182", "绿亮县", rows["141100"], "lü liang"),
    ):
        Region.objects.create(
            adcode=code, name=name, common_name=name[:2], level="county", parent=parent, pinyin=pinyin
        )
    Region.objects.filter(pk="141100").update(pinyin="lv liang")
    Region.objects.filter(pk="140000").update(pinyin="shan xi")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("141100", ["141100"]),
        ("吕梁", ["141100"]),
        ("吕梁市", ["141100"]),
        ("山西吕梁", ["141100"]),
        ("山西省 吕梁市", ["141100"]),
        ("山西鼓楼", ["141181"]),
        ("山西省吕梁市鼓楼区", ["141181"]),
        ("鼓楼", ["141181", "320106"]),
        ("lvliang", ["141100", "141182"]),
        ("Lü Liang", ["141100", "141182"]),
        ("shanxilvliang", ["141100", "141182"]),
        ("gulou", ["141181", "320106"]),
        ("楼", []),
        ("", []),
        ("山西", ["140000"]),
    ],
)
def test_by_all_that_was_typed(text: str, codes: list[str]) -> None:
    assert exact(text) == codes


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("山西吕", ["141100"]),
        ("山西吕梁", ["141100"]),
        ("shanxilv", ["141100"]),
        ("吕梁鼓", ["141181"]),
        ("鼓楼", ["141181", "320106"]),
        ("1411", ["141100"]),
        ("吕梁", ["141100"]),
        ("不存在", []),
        (" ", []),
    ],
)
def test_while_it_is_typed(text: str, first: list[str]) -> None:
    assert like(text)[: len(first)] == first
    assert bool(like(text)) is bool(first)


def test_no_part_of_what_holds_it_alone_finds_a_division() -> None:
    assert "141181" not in like("山西")
    assert "141181" not in like("吕梁")
    assert "141100" not in like("liang")
