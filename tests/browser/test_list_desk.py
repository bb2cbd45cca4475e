"""A list from paper to published brands, as a person does it: pasted, looked through, ticked, written, taken back."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from brands.models import Brand, ChangeSet
from curation.models import ListDraft
from tests.browser.accessibility import violations
from tests.browser.conftest import DESKTOP, PHONE, Browse, resize
from tests.staff import member

FIRST, SECOND = ("离石", "文水", "天镇", "潜江", "吕梁", "大同"), "木石瓦铁铜银锡漆陶藤"
NAMES = [f"{first}{second}匠" for first in FIRST for second in SECOND]
PLACES = {"离石": "离石区", "文水": "文水县", "天镇": "天镇县", "潜江": "潜江市", "吕梁": "吕梁市", "大同": "大同市"}


@pytest.fixture
def cookie(catalogued: None, live_server: LiveServer, transactional_db: None) -> dict[str, str]:
    """Of a reviewer who has logged in."""
    user = member("reviewer", "shenhe")
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": live_server.url}


def begin(page: Page, cookie: dict[str, str], text: str) -> None:
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto("/admin/lists/")
    page.get_by_label("粘贴名单").fill(text)
    page.get_by_label("标题").fill("关于公布第三批省级劳务品牌的通知")
    page.get_by_label("发布单位").fill("山西省人社厅")
    page.get_by_label("发布日期").fill("2026-02-10")
    page.get_by_role("button", name="整理成表格").click()
    page.wait_for_url("**/admin/lists/*/")


def calm(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_sixty_names_are_published(browse: Browse, cookie: dict[str, str]) -> None:
    """Nine actions: four fields, one button, four groups, and the last word."""
    page = browse()
    begin(page, cookie, "\n".join(f"{at}\t{name}\t{PLACES[name[:2]]}" for at, name in enumerate(NAMES, 1)))
    expect(page.locator("#counts")).to_contain_text("共 60 行：待定 60，其中要看的 0")
    calm(page)
    resize(page, PHONE)
    calm(page)
    resize(page, DESKTOP)
    for button in page.locator(".tick-group").all():
        button.click()
    page.get_by_role("button", name="写入勾选的行").click()
    expect(page.get_by_text("已写入 60 条，记为批次")).to_be_visible()
    assert Brand.objects.published().filter(name__in=NAMES, level="provincial", batch="第三批").count() == 60
    page.get_by_role("link", name=f"#{ChangeSet.objects.latest('pk').pk}").click()
    page.get_by_role("link", name="撤销这一批").click()
    page.get_by_label("原因").fill("重做")
    page.get_by_role("button", name="确认撤销").click()
    page.wait_for_load_state()
    assert not Brand.objects.filter(name__in=NAMES).exists()


def test_cells_are_typed_copied_down_and_pasted(browse: Browse, cookie: dict[str, str]) -> None:
    page = browse()
    begin(page, cookie, "\n".join(NAMES[:6]))
    first = page.locator("[name=r0-organisation]")
    first.fill("离石区人社局")
    first.press("Enter")
    expect(page.locator("[name=r1-organisation]")).to_be_focused()
    page.keyboard.press("Control+d")
    expect(page.locator("[name=r1-organisation]")).to_have_value("离石区人社局")
    page.locator("[name=r2-level]").focus()
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "省级\\t2025\\t第二批\\r\\n市州级\\t2024\\t第一批\\r\\n");
          const field = document.querySelector("[name=r2-level]");
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.locator("[name=r3-level]")).to_have_value("prefectural")
    expect(page.locator("[name=r3-batch]")).to_have_value("第一批")
    expect(page.get_by_text("已自动保存。")).to_be_visible()
    page.reload()
    expect(page.locator("[name=r1-organisation]")).to_have_value("离石区人社局")
    expect(page.locator("[name=r2-recognised_year]")).to_have_value("2025")
    rows = ListDraft.objects.get().rows
    assert [row["cells"]["batch"] for row in rows[2:4]] == ["第二批", "第一批"]


def test_what_could_not_be_read_is_made_a_row_in_one_stroke(browse: Browse, cookie: dict[str, str]) -> None:
    page = browse()
    long = "面向全市脱贫家庭妇女开展家政服务技能培训并统一组织输出到京津冀及长三角地区长期稳定就业的吕梁护工品牌"
    begin(page, cookie, f"序号\t品牌名称\t所在地\n1\t{NAMES[0]}、{NAMES[1]}\t离石区\n2\t{long}\t吕梁市\n合计\t3\t")
    page.get_by_role("link", name="另有 1 处没有读出").click()
    calm(page)
    resize(page, PHONE)
    calm(page)
    resize(page, DESKTOP)
    page.locator("#unread").get_by_role("button", name="加为一行").click()
    expect(page.locator("#r2:target [name=r2-name]")).to_have_value(long)
    expect(page.get_by_text("已加为第 3 行")).to_be_visible()
    calm(page)


def test_without_scripts_it_is_a_form(browse: Browse, cookie: dict[str, str]) -> None:
    page = browse(javascript=False)
    begin(page, cookie, "\n".join(f"{name}\t{PLACES[name[:2]]}" for name in NAMES[:3]))
    page.locator("[name=r1-organisation]").fill("离石区人社局")
    page.locator(".tick-group").first.click()
    expect(page.get_by_text("勾选了 3 行。")).to_be_visible()
    page.get_by_role("button", name="写入勾选的行").click()
    expect(page.get_by_text("已写入 3 条，记为批次")).to_be_visible()
    assert Brand.objects.get(name=NAMES[1]).organisation == "离石区人社局"
