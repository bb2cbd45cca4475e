"""Dates of issue are read in every form in which they are printed, and what can't be one is no date."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ingest.printed_dates import date_at, dates_in


@pytest.mark.parametrize(
    "printed",
    [
        "2006年04月05日09:25",
        "2006年4月5日",
        "2006-4-5 8:58:09",
        "2006/04/05",
        "2006.04.05",
        "05.04.2006",
        "5/4/2006",
        "2006-04-05T09:00",
        "2006-04-05T09:00:00+08:00",
        "2006-04-05T01:00:00Z",
        "二〇〇六年四月五日",
        "二○○六年四月五日",
        "二零零六年四月五日",
        "2006年4月5日 星期三",
        "2006年4月5日 上午9:05",
        "2006年4月5日10时30分",
        "2006 04/05 08:15:00",
        "2006-4-5 0:27:00时",
    ],
)
def test_every_printed_form_is_read_to_its_end(printed: str) -> None:
    found = date_at(printed, 0)
    assert found is not None
    assert (found.day, found.end) == (date(2006, 4, 5), len(printed))


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("二〇二四年十月一日", date(2024, 10, 1)),
        ("二〇二四年十二月二十日", date(2024, 12, 20)),
        ("二〇二五年五月三十一日", date(2025, 5, 31)),
    ],
)
def test_numbers_in_characters_go_up_to_31(printed: str, day: date) -> None:
    assert [found.day for found in dates_in(printed)] == [day]


@pytest.mark.parametrize("printed", ["2024-02-30", "2024年13月1日", "1989-12-31", "1876年3月4日"])
def test_what_cannot_be_a_date_of_issue_is_there_without_a_day(printed: str) -> None:
    assert [found.day for found in dates_in(f"（{printed}）")] == [None]


def test_a_date_to_come_cannot_be_one() -> None:
    later = datetime.now(UTC).date() + timedelta(days=40)
    assert [found.day for found in dates_in(later.isoformat())] == [None]


@pytest.mark.parametrize(
    "text", ["1992年 2.1亿元", "13.5.20", "2024年3月", "电话2024-1234567", "1.2024.3.4.5", "2024-3/5"]
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert not list(dates_in(text))
