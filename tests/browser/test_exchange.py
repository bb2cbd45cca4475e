"""A table goes out, is changed by hand, wrongly at first, and comes in again."""

import csv
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from brands.models import Brand, ChangeSet
from tests.browser.accessibility import violations
from tests.browser.conftest import PHONE, Browse
from tests.staff import member


@pytest.fixture
def cookie(catalogued: None, live_server: LiveServer, transactional_db: None) -> dict[str, str]:
    """Of a reviewer who has logged in."""
    user = member("reviewer", "shenhe")
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": live_server.url}


def changed(path: Path, changes: dict[str, dict[str, str]]) -> Path:
    """The file with other cells in the rows of these names."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    for row in rows:
        row.update(changes.get(row["name"], {}))
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def calm(page: Page) -> None:
    """Nothing to stumble over, nothing out of the window."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def hand_in(page: Page, path: Path) -> None:
    page.goto("/admin/import/brand/")
    page.get_by_label("CSV 或 XLSX 文件").set_input_files(path)
    page.get_by_label("CSV 或 XLSX 文件").press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/import/files/*/")


def test_import_with_errors(browse: Browse, cookie: dict[str, str], tmp_path: Path) -> None:
    page = browse(width=PHONE, javascript=True)
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto("/admin/brands/brand/?province=140000")
    page.get_by_role("link", name="导出", exact=True).last.click()
    expect(page.get_by_text("列表当前筛选的 3 条记录。")).to_be_visible()
    calm(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 CSV").click()
    path = tmp_path / "品牌.csv"
    download.value.save_as(path)
    hand_in(page, changed(path, {"天镇保姆": {"level": "头等"}, "离石月嫂": {"organisation": "离石区人社局"}}))
    expect(page.get_by_text("没有“头等”；可以填：国家级、省级、市州级、县级。")).to_be_visible()
    expect(page.get_by_text("有错 1 行")).to_be_visible()
    calm(page)
    path.write_text(path.read_text(encoding="gb18030").replace("头等", "省级"), encoding="utf-8")
    hand_in(page, path)
    expect(page.get_by_text("改动 2 条")).to_be_visible()
    assert not ChangeSet.objects.exists()
    page.get_by_label("原因").fill("人社局来函")
    page.get_by_label("原因").press("Enter")
    expect(page.get_by_text("已导入 2 行，记为批次")).to_be_visible()
    row = Brand.objects.get(name="天镇保姆")
    assert (row.level, row.hand_set) == ("provincial", ["level"])
