import pytest

from ingest.gazetteer import gazetteer
from ingest.place_mentions import agree, alone, deeper, deepest, places_in, province_of


@pytest.mark.parametrize(
    ("text", "around", "expected"),
    [
        ("唐山市乐亭县", (), "130225"),
        ("朝阳区", ("110000",), "110105"),
        ("朝阳区", (), ""),
        ("海南", (), "460000"),
    ],
)
def test_deepest_division_of_a_run(text: str, around: tuple[str, ...], expected: str) -> None:
    assert deepest(places_in(text).hits, around) == expected


def test_a_run_of_places_ends_where_asked() -> None:
    text = "在唐山市乐亭县，北京"
    assert [hit.name for hit in places_in(text).run_ending(7)] == ["唐山市", "乐亭县"]
    assert places_in(text).run_ending(3) == ()


def test_containment() -> None:
    assert agree("130000", "130225")
    assert not agree("140000", "130225")
    assert deeper("130000", "130225") == "130225"
    assert deeper("", "130225") == "130225"
    assert province_of("130225") == "130000"
    assert province_of("100000") == ""
    assert alone(gazetteer().candidates("北京")) == "110000"
