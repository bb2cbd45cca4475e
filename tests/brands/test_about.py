"""The about page: how accurate the data is, as measured, and what waits for review."""

import csv
import re

import pytest
from django.test import Client

from brands.accuracy import FACTS, SETS, TABLE, UNSEEN, UNSEEN_VERSION
from brands.models import Page
from tests.brands.factories import article
from tests.brands.pages import page, text_of
from tests.variables import ROOT

pytestmark = pytest.mark.django_db

ADDRESS = "/about/"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_accuracy_stands_as_it_was_measured(client: Client, language: str) -> None:
    scores = {(row["set"], row["fact"]): row for row in csv.DictReader(TABLE.read_text("utf-8").splitlines())}
    wanted = [
        [f"{float(scores[name, fact][share]):.0%}" for share in ("precision", "recall", "f1")]
        for name in SETS
        for fact in FACTS
    ]
    table = re.findall(r"<table.*?</table>", page(client, ADDRESS, language=language), re.DOTALL)[0]
    rows = [re.findall(r">\s*(\d+%)\s*<", row) for row in table.split("<tr")]
    assert [row for row in rows if row] == wanted


def test_pages_that_nobody_had_seen_are_told_of_as_the_readme_does(client: Client) -> None:
    retold, real = UNSEEN
    told = (
        f"the version of {UNSEEN_VERSION:%B %d} had brands F1 {retold.brands:.3f} on retold articles and "
        f"{real.brands:.3f} on web pages, statistics {retold.statistics:.3f} and {real.statistics:.3f}"
    ).replace(" 0.", " .")
    assert told in " ".join((ROOT / "README.md").read_text("utf-8").split())
    text = text_of(page(client, ADDRESS))
    assert "改写的报道，品牌 84%，数据 81%；" in text
    assert "真实网页，品牌 74%，数据 72%；" in text


def test_pages_whose_numbers_wait_are_counted(client: Client) -> None:
    article("吕梁山护工是当地的劳务品牌。")
    assert "没有人通读过" not in text_of(page(client, ADDRESS))
    Page.objects.update(numbers_wait=True)
    assert "有 1 个版面的数字没有人通读过" in text_of(page(client, ADDRESS))
