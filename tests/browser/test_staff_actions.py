"""How much a curator has to do for what they do daily, as the table in docs/curation.md says it.

`LAOBRAND_ACTIONS=write pytest -n 0 tests/browser/test_staff_actions.py` measures anew and writes the table; without it
each test holds its row against what it counts. What an action is says :mod:`tests.browser.staff`.
"""

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from brands.audit.change_sets import open_change_set, within
from brands.listing.sync import gathered
from brands.models import Article, Brand, Correction, Statistic
from brands.vocabulary.choices import ChangeSetKind
from curation.duplicates.search import search
from curation.models import RecordKind
from tests.brands.factories import article, brand, regions, statistic
from tests.browser.staff import Staff
from tests.browser.test_list_desk import NAMES, PLACES
from tests.browser.test_marking import TEXT, enter
from tests.curation.jobs import at_hand
from tests.ingest.test_commands import SAMPLES
from tests.variables import ROOT

__all__ = ["at_hand", "enter"]

pytestmark = pytest.mark.usefixtures("divisions", "at_hand")

GUIDE = ROOT / "docs" / "curation.md"
ROW = re.compile(
    r"^\| (?P<task>[^|]+) \| (?P<start>[^|]+) \| (?P<goal>[^|]+) \| (?P<actions>[0-9]+) \|.*\|$", re.MULTILINE
)

Enter = Callable[..., Page]


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, as the table calls it; where it begins; and the most actions, or seconds of a person, that it
    should take."""

    name: str
    start: str
    do: Callable[[Staff], None]
    actions: int | None = None
    seconds: int | None = None

    @property
    def goal(self) -> str:
        return f"{self.actions} 步" if self.actions else f"{self.seconds // 60} 分钟" if self.seconds else "—"


@pytest.fixture
def source(transactional_db: None) -> Article:
    """An article with brands and numbers, and what else the tasks ask for."""
    with gathered():
        places = regions()
        made = article(TEXT, title="吕梁护工走出大山", place=places["140000"])
        carer = brand("吕梁山护工", source=made, region=places["141100"], confidence=0.8)
        brand("天镇保姆", source=made, region=places["140222"], confidence=0.8)
        wrong = statistic(carer, 1_600_000_000, unit="元", metric="labour_income", source=made, phrase="16亿元")
        Statistic.objects.filter(pk=wrong.pk).update(confidence=0.4)
        nurse = brand("离石月嫂", region=places["141100"])
        brand("离石月扫", region=places["141100"])
        about = f"brand:{nurse.pk}.level"
        Correction.objects.create(about=about, label=nurse.name, wrong="级别不对", right="省级")
        with within(open_change_set(ChangeSetKind.EDIT, author=User.objects.get())):
            Brand.objects.filter(pk=carer.pk).update(organisation="吕梁市人社局")
    search(RecordKind.BRAND)
    return made


def at_the_article(by: Staff) -> None:
    by.page.goto(f"/admin/queue/{Article.objects.get(title='吕梁护工走出大山').pk}/")
    expect(by.page.locator(".fact:focus")).to_have_count(1)


def at(address: str) -> Callable[[Staff], None]:
    def go(by: Staff) -> None:
        by.page.goto(address)

    return go


def at_the_carer(by: Staff) -> None:
    by.page.goto(f"/admin/brands/brand/{Brand.objects.get(name='吕梁山护工').pk}/change/")


def confirm_a_fact(by: Staff) -> None:
    by.press("y")
    expect(by.page.locator(".review")).to_have_attribute("data-underway", "0")


def take_back_a_key(by: Staff) -> None:
    by.page.keyboard.press("y")
    expect(by.page.locator(".review")).to_have_attribute("data-underway", "0")
    by.press("u")
    expect(by.page.locator("#told")).to_contain_text("已撤销")


def add_a_brand(by: Staff) -> None:
    by.select("离石绣娘")
    by.press("b")
    expect(by.page.locator("#mark-panel input[type=text]").first).to_be_focused()
    by.save()
    assert Brand.objects.published().filter(name="离石绣娘").exists()


def add_a_number(by: Staff) -> None:
    by.select("3.5万人")
    by.press("d")
    expect(by.page.locator("#mark-panel select[name=subject]")).to_be_focused()
    by.save()
    assert Statistic.objects.filter(value=35000).exists()


def add_a_program(by: Staff) -> None:
    by.select("首届护工技能大赛")
    by.press("h")
    expect(by.page.locator("#mark-panel input[name=name]")).to_be_focused()
    by.save()


def add_an_alias(by: Staff) -> None:
    by.select("吕梁大姐")
    by.press("a")
    expect(by.page.locator("#mark-panel")).to_be_visible()
    by.choose("#mark-panel select[name=subject]", "吕梁山护工")
    by.click("#mark-panel button")
    expect(by.page.locator(".messagelist")).to_contain_text("吕梁大姐")


def add_names(by: Staff) -> None:
    by.select("“吕梁山护工”“天镇保姆”“离石绣娘”和“文水面塑匠”")
    by.press("b")
    expect(by.page.locator("#mark-panel .names li")).to_have_count(4)
    by.fill("#mark-panel input[name=batch]", "第三批")
    by.save()
    assert Brand.objects.filter(batch="第三批").count() == 2


def change_a_subject(by: Staff) -> None:
    wrong = Statistic.objects.get(metric="labour_income")
    by.page.goto(f"{by.page.url}#statistic-{wrong.pk}")
    by.page.reload()
    expect(by.page.locator(f"#statistic-{wrong.pk}")).to_be_focused()
    by.press("s")
    expect(by.page.locator("#mark-panel")).to_be_visible()
    by.click(".text mark:has-text('天镇保姆')")
    expect(by.page.locator(".messagelist")).to_contain_text("天镇保姆")


def correct_a_date(by: Staff) -> None:
    by.click(".text a:has-text('更正出处')")
    by.fill("input[name=published_on]", "2024-11-05")
    by.click("button:has-text('看看会改动什么')")
    expect(by.page.locator("button:has-text('更正')").first).to_be_visible()
    by.save()
    assert Article.objects.filter(published_on="2024-11-05").exists()


def reject_all(by: Staff) -> None:
    by.press("t")
    expect(by.page.locator(".text")).to_be_focused()
    by.press("n")
    expect(by.page.locator("#mark-panel")).to_be_visible()
    by.save()


def close_a_report(by: Staff) -> None:
    by.click(by.page.get_by_role("link", name="读者纠错").first)
    by.click(by.page.get_by_role("button", name="采纳", exact=True))
    expect(by.page.locator(".told").first).to_contain_text("采纳")
    assert Brand.objects.get(name="离石月嫂").level == "provincial"


def rename(by: Staff) -> None:
    by.fill("#id_name", "吕梁山大姐")
    by.click(by.page.locator("[name=_save]").first)
    expect(by.page.locator(".messagelist")).to_be_visible()
    assert Brand.objects.get(name="吕梁山大姐").aliases.filter(name="吕梁山护工").exists()


def set_the_level_of_a_province(by: Staff) -> None:
    by.click(by.page.locator("#list-filters summary", has_text="省份"))
    by.click(by.page.get_by_role("link", name="山西", exact=True))
    by.click(by.page.get_by_role("link", name=re.compile("^批量修改这")))
    by.choose(by.page.get_by_label("设级别", exact=True), "省级")
    by.click(by.page.get_by_role("button", name="设级别：预览"))
    by.click(by.page.get_by_role("button", name=re.compile("^改动")))
    expect(by.page.locator(".messagelist")).to_contain_text("已改动")
    assert not Brand.objects.exclude(level="provincial").exists()


def bring_articles_in(by: Staff) -> None:
    by.click(by.page.get_by_role("link", name="上传报道", exact=True))
    by.hand_over("#id_chosen", [next(SAMPLES.glob("02_*.txt"))])
    by.click(by.page.get_by_role("button", name="预览"))
    expect(by.page.locator("#words")).to_contain_text("已备好")
    by.click(by.page.get_by_role("button", name="入库"))
    expect(by.page.locator(".told")).to_contain_text("已经入库")


def take_a_change_set_back(by: Staff) -> None:
    by.click(by.page.locator("#content tbody th a").first)
    by.click(by.page.get_by_role("link", name="撤销这一批"))
    by.click(by.page.get_by_role("button", name="确认撤销"))
    expect(by.page.locator(".messagelist")).to_contain_text("已撤销批次")


def merge_two(by: Staff) -> None:
    expect(by.page.locator(".pair").first).to_be_focused()
    by.press("y")
    expect(by.page.get_by_role("heading", level=1)).to_contain_text("并入")
    by.save()


def publish_a_list(by: Staff) -> None:
    _hand_in(by, "\n".join(f"{number}\t{name}\t{PLACES[name[:2]]}" for number, name in enumerate(NAMES, 1)))
    for button in by.page.locator(".tick-group").all():
        by.click(button)
    _write(by)


def publish_a_list_that_is_not_read(by: Staff) -> None:
    """Names of which no rule knows a trade, without places: the place is filled in for all, each row is ticked."""
    names = [f"{first}{second}巧手" for first in "东南西北中上" for second in "元亨利贞吉祥福禄寿喜"]
    _hand_in(by, "\n".join(names))
    by.click(".fill summary")
    by.fill("#fill-region", "山西吕梁")
    by.click("[name=do][value=fill]")
    expect(by.page.locator("[name=r0-region]")).to_have_value("山西吕梁")
    for group in by.page.locator(".tick-group").all():
        by.click(group)
    for box in by.page.locator("input[name$=-ticked]:not(:checked)").all():
        by.click(box)
    _write(by)


def _hand_in(by: Staff, text: str) -> None:
    page = by.page
    by.fill(page.get_by_label("粘贴名单"), text)
    by.fill(page.get_by_label("标题"), "关于公布第三批省级劳务品牌的通知")
    by.fill(page.get_by_label("发布单位"), "山西省人社厅")
    by.fill(page.get_by_label("发布日期"), "2026-02-10")
    by.click(page.get_by_role("button", name="整理成表格"))
    page.wait_for_url("**/admin/lists/*/")


def _write(by: Staff) -> None:
    by.click(by.page.get_by_role("button", name="写入勾选的行"))
    expect(by.page.get_by_text("已写入 60 条，记为批次")).to_be_visible()


BEGIN: dict[str, Callable[[Staff], None]] = {
    "审核页": at_the_article,
    "工作台": at("/admin/"),
    "品牌的编辑页": at_the_carer,
    "品牌列表": at("/admin/brands/brand/"),
    "批次": at("/admin/batches/"),
    "疑似重复": at("/admin/doubles/"),
    "名单": at("/admin/lists/"),
}
TASKS = (
    Task("确认或否决一条", "审核页", confirm_a_fact, actions=1),
    Task("撤销刚才的结论", "审核页", take_back_a_key, actions=1),
    Task("标出漏掉的品牌", "审核页", add_a_brand, actions=3),
    Task("标出漏掉的数据", "审核页", add_a_number, actions=3),
    Task("标出漏掉的活动", "审核页", add_a_program, actions=3),
    Task("标出别名", "审核页", add_an_alias, actions=4),
    Task("标出一串名称，填批次", "审核页", add_names, actions=4),
    Task("给数据换主体", "审核页", change_a_subject, actions=2),
    Task("更正报道的日期", "审核页", correct_a_date, actions=4),
    Task("整篇不收", "审核页", reject_all, actions=3),
    Task("采纳读者纠错并结案", "工作台", close_a_report, actions=2),
    Task("上传报道：选文件、预览、入库", "工作台", bring_articles_in, actions=4),
    Task("改名，旧名留作别名", "品牌的编辑页", rename, actions=2),
    Task("给一省的品牌设级别", "品牌列表", set_the_level_of_a_province, actions=6),
    Task("撤销一个批次", "批次", take_a_change_set_back, actions=3),
    Task("合并一对重复", "疑似重复", merge_two, actions=2),
    Task("60 个名称的名单，从粘贴到公开", "名单", publish_a_list, seconds=180),
    Task("60 个名称的名单，没有所在地，行业不明", "名单", publish_a_list_that_is_not_read, seconds=360),
)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.do.__name__)
def test_a_curator_has_as_much_to_do_as_the_guide_says(enter: Enter, source: Article, task: Task) -> None:
    by = Staff(enter())
    BEGIN[task.start](by)
    start = time.perf_counter()
    task.do(by)
    taken = time.perf_counter() - start
    if task.actions is not None:
        assert by.actions <= task.actions
    if task.seconds is not None:
        assert by.seconds <= task.seconds  # of the model, which no machine makes slower
    text = GUIDE.read_text(encoding="utf-8")
    rows = {row["task"]: row for row in ROW.finditer(text)}
    if os.environ.get("LAOBRAND_ACTIONS") == "write":
        row = f"| {task.name} | {task.start} | {task.goal} | {by.actions} | {by.seconds:.0f} | {taken:.1f} |"
        GUIDE.write_text(text.replace(rows[task.name][0], row), encoding="utf-8")
    else:
        told = rows[task.name]
        assert (told["start"], told["goal"], int(told["actions"])) == (task.start, task.goal, by.actions)
