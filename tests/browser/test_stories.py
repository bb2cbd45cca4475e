"""What staff do from beginning to end, in a browser, with the worker as a process of its own."""

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

import ingest.version
from brands.models import Article, Brand, Evidence, Proposal
from brands.vocabulary.choices import Industry, ReviewState
from curation.jobs import queue
from curation.jobs.task import run_job
from ingest.version import extractor_version
from tests.brands.factories import brand, regions
from tests.brands.whole import state
from tests.browser.accessibility import violations
from tests.browser.conftest import HEIGHT, PHONE, Browse
from tests.browser.test_queue import enter
from tests.curation.jobs import at_hand, draft, fresh, samples
from tests.ingest.dump import dump
from tests.ingest.test_commands import SAMPLES
from tests.ingest.test_kill import ROOT, environment
from tests.needs import thorough
from tests.ready import address

__all__ = ["at_hand", "enter"]

PATIENCE = 120
# Milliseconds that the page of a job may take to find out that the worker is done, on a busy machine.
SLOW = 30_000

SECURITY = str(Industry.SECURITY.label)


@pytest.fixture
def staff(settings: Any, divisions: None, transactional_db: None) -> None:
    """Regions are there, and jobs wait for a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def seeds(request: pytest.FixtureRequest) -> list[Path]:
    """The five pages that the catalogue began with; without the corpus, samples that tell of the same."""
    folder = os.environ.get("LAOBRAND_CORPUS")
    corpus = Path(folder) if folder else ROOT.parent / "shared" / "corpus"
    found = sorted((corpus / "seeds").glob("*.txt"))
    return found or [next(SAMPLES.glob(f"{start}_*.txt")) for start in ("02", "07", "08", "101", "103")]


def work(source: Path = ROOT) -> None:
    """A worker does what waits, and ends. `source` is the folder whose `ingest` it runs."""
    more = {"PYTHONPATH": os.pathsep.join(map(str, dict.fromkeys([source, ROOT])))}
    command = [sys.executable, "-m", "django", "worker", "--once"]
    around = environment(address()) | more
    done = subprocess.run(
        command, cwd=source, env=around, capture_output=True, check=False, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the extractor that takes two trades for another than before, which this site then has, too."""
    shutil.copytree(ROOT / "ingest", tmp_path / "ingest", ignore=shutil.ignore_patterns("__pycache__", "samples"))
    (tmp_path / "brands").mkdir()
    for name in ("choices.py", "names.py"):
        shutil.copy(ROOT / "brands" / name, tmp_path / "brands")
    lexicon = tmp_path / "ingest" / "lexicon" / "industries.toml"
    before = lexicon.read_text(encoding="utf-8")
    after = before.replace('"保姆"', '"保姆嫂"').replace('"护工"', '"护工嫂"')
    after = after.replace('\nsecurity = ["', '\nsecurity = ["保姆", "护工", "', 1)
    lexicon.write_text(after, encoding="utf-8")
    monkeypatch.setattr(ingest.version, "FOLDER", tmp_path / "ingest")
    monkeypatch.setattr(ingest.version, "VOCABULARY", tmp_path / "brands")
    extractor_version.cache_clear()
    yield tmp_path
    extractor_version.cache_clear()


def go_to(page: Page, key: str) -> None:
    """Move down the list of facts, by key, to this one."""
    expect(page.locator(".fact:focus")).to_have_count(1)
    for _ in range(page.locator(".fact").count()):
        if page.locator(f"#{key}:focus").count():
            return
        page.keyboard.press("j")
    expect(page.locator(f"#{key}")).to_be_focused()


def test_from_a_file_to_the_public_page(enter: Browse, staff: None, seeds: list[Path]) -> None:
    page = enter()
    for path in ("/admin/", "/admin/upload/"):
        page.goto(path)
        assert violations(page) == []
    bring_in(page, seeds)
    page.get_by_role("link", name="开始审核").click()
    page.wait_for_url("**/admin/queue/?job=*")
    assert violations(page) == []
    evidence = Evidence.objects.filter(brand__isnull=False, field="", article__relevant=True).earliest("pk")
    found: Any = evidence.brand
    page.goto(f"/admin/queue/{evidence.article_id}/")
    edit(page, f"brand-{found.pk}").locator("input[name=organisation]").fill("市人力资源服务中心")
    page.keyboard.press("Enter")
    expect(page.locator(f"#brand-{found.pk}")).to_be_hidden()
    expect(page.locator(".edit")).to_have_count(0)
    found.refresh_from_db()
    assert (found.review, found.organisation) == (ReviewState.CONFIRMED, "市人力资源服务中心")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    assert violations(page) == []
    page.goto(found.get_absolute_url())
    expect(page).to_have_title(re.compile(found.name))
    expect(page.locator("main")).to_contain_text("市人力资源服务中心")
    expect(page.locator("main blockquote").filter(has_text=evidence.quote).first).to_be_visible()


def bring_in(page: Page, files: list[Path]) -> None:
    """From the page for uploads: hand the files in, look at what is in them, and load them."""
    page.locator("#id_chosen").set_input_files(files)
    page.get_by_role("button", name="预览").click()
    expect(page.locator("#words")).to_contain_text("排队中")
    work()
    expect(page.locator("#words")).to_contain_text("已备好", timeout=SLOW)
    assert not Article.objects.exists()
    page.get_by_role("link", name=files[0].name).click()
    expect(page.locator("article mark").first).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="入库").click()
    expect(page.locator("#words")).to_contain_text("排队中")
    work()
    expect(page.locator(".told")).to_contain_text("5 个文件已经入库", timeout=SLOW)


def edit(page: Page, key: str) -> Locator:
    """The form of a fact in the queue, reached by keys."""
    go_to(page, key)
    page.keyboard.press("e")
    expect(page.locator(".edit")).to_be_visible()
    return page.locator(".edit")


@pytest.mark.skipif(not thorough(), reason="takes half a minute; its parts are tested without a browser")
@pytest.mark.usefixtures("at_hand")
def test_a_changed_lexicon_proposes_and_tramples_nothing(
    enter: Browse, staff: None, request: pytest.FixtureRequest
) -> None:
    job = draft(User.objects.get(username="shenhe"), samples("02_", "08_"))
    for step in (queue.check, queue.load):
        step(job)
        run_job.call(job.pk)
    nanny, nurse = Brand.objects.get(name="天镇保姆"), Brand.objects.get(name="东宝护工")
    page = enter()
    page.goto(f"/admin/queue/{Evidence.objects.filter(brand=nanny).earliest('pk').article_id}/")
    edit(page, f"brand-{nanny.pk}").locator("select[name=industry]").select_option(Industry.TOURISM)
    page.locator(".edit button").click()
    expect(page.locator(f"#brand-{nanny.pk}")).to_have_count(0)
    before = dump()

    source: Path = request.getfixturevalue("changed")
    compare(page, source)
    assert dump() == before
    page.get_by_role("button", name="应用").click()
    work(source)
    expect(page.locator(".told")).to_contain_text("已经应用", timeout=SLOW)

    nanny.refresh_from_db()
    nurse.refresh_from_db()
    assert (nanny.industry, nanny.review, nurse.industry) == (
        Industry.TOURISM, ReviewState.CONFIRMED, Industry.SECURITY,
    )  # fmt: skip
    waiting = Proposal.objects.get(brand=nanny)
    assert (waiting.field, waiting.value) == ("industry", Industry.SECURITY)
    page.get_by_role("link", name="查看批次").click()
    undo_changes(page)
    assert dump() == before


def compare(page: Page, source: Path) -> None:
    """From the list of jobs to what the changed extractor would change, and back to the job."""
    page.goto("/admin/jobs/")
    page.get_by_role("link", name="重新抽取").click()
    expect(page.get_by_role("table", name="2 个版面由较早的版本读过")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="比较").click()
    expect(page.locator("#words")).to_contain_text("排队中")
    work(source)
    expect(page.locator("#words")).to_contain_text("已备好", timeout=SLOW)
    assert violations(page) == []
    page.get_by_role("link", name="逐页查看差别").click()
    expect(page.get_by_role("row").filter(has_text="东宝护工").filter(has_text=SECURITY).first).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="天镇保姆").filter(has_text="建议").first).to_be_visible()
    assert violations(page) == []
    page.go_back()


def undo_changes(page: Page) -> None:
    """From the page of a change set."""
    page.get_by_role("link", name="撤销这一批").click()
    page.get_by_role("button", name="确认撤销").click()
    expect(page.locator(".messagelist")).to_contain_text("已撤销批次")


def test_two_records_become_one_and_two_again(enter: Browse, transactional_db: None) -> None:
    place = regions()["141100"]
    kept, gone = (brand(name, region=place) for name in ("吕梁山护工", "吕梁护工"))
    before = state()
    page = enter()
    page.goto(f"/admin/merge/brand/{kept.pk}/{gone.pk}/")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("已把“吕梁护工”并入“吕梁山护工”")
    apart = page.get_by_role("link", name="拆开").get_attribute("href")
    for address_ in (gone.get_absolute_url(), kept.get_absolute_url()):
        page.goto(address_)
        page.wait_for_url(f"**{kept.get_absolute_url()}")
        expect(page).to_have_title(re.compile("吕梁山护工"))
    page.goto(apart or "")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("已撤销批次")
    assert state() == before
    for one in (gone, kept):
        page.goto(one.get_absolute_url())
        page.wait_for_url(f"**{one.get_absolute_url()}")
        expect(page).to_have_title(re.compile(one.name))


@pytest.mark.usefixtures("at_hand", "divisions")
def test_a_batch_is_taken_back_from_its_page(enter: Browse, transactional_db: None) -> None:
    page = enter()
    before = dump()
    job = draft(User.objects.get(username="shenhe"), samples("02_"))
    assert queue.check(job)
    assert queue.load(job)
    known = Brand.objects.get(name="天镇保姆").get_absolute_url()
    page.goto(known)
    expect(page).to_have_title(re.compile("天镇保姆"))
    page.goto("/admin/batches/")
    page.get_by_role("link", name=str(fresh(job).change_set), exact=True).click()
    undo_changes(page)
    assert dump() == before
    assert page.request.get(known).status in {404, 410}


def test_an_import_with_errors_writes_what_is_right_once_it_is_told_to(
    enter: Browse, transactional_db: None, tmp_path: Path
) -> None:
    for name in ("吕梁山护工", "离石月嫂"):
        brand(name, region=regions()["141100"])
    page = enter()
    exported = page.request.get("/admin/export/brand/csv/").text()
    rows = {row["name"]: row for row in csv.DictReader(exported.lstrip("\ufeff").splitlines())}
    rows["吕梁山护工"]["organisation"] = "吕梁市人社局"
    rows["离石月嫂"] |= {"organisation": "离石区人社局", "industry": "sorcery"}
    table = tmp_path / "brands.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows["离石月嫂"])
        writer.writeheader()
        writer.writerows(rows.values())
    page.goto("/admin/import/brand/")
    page.locator("input[type=file]").set_input_files(table)
    page.get_by_role("button", name="上传并核对").click()
    faults = page.get_by_role("table").filter(has_text="错在哪里")
    expect(faults).to_contain_text("sorcery")
    expect(faults.get_by_role("row")).to_have_count(2)
    assert violations(page) == []
    assert not Brand.objects.exclude(organisation="").exists()
    page.locator("[name=why]").fill("核对过")
    page.locator("[name=skips]").check()
    page.get_by_role("button", name="写入").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert dict(Brand.objects.values_list("name", "organisation")) == {"吕梁山护工": "吕梁市人社局", "离石月嫂": ""}
