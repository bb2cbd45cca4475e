"""Every page of the staff, on a database with dozens of rows of each kind: few statements, and whole in English."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from brands.audit.change_sets import open_change_set, within
from brands.listing.sync import gathered
from brands.models import Brand, Correction, Proposal, StandingRule, Synonym
from brands.vocabulary.choices import ChangeSetKind
from curation.models import Dismissal, Import, Job, ListDraft
from tests.brands.factories import article, bear_out, brand, program, regions, statistic
from tests.curation.asking import filled, make_world, routes

pytestmark = pytest.mark.django_db

# Rows of each kind: more than the statements that a page may ask, so that one for each row is one too many.
ROWS = 35

# Statements of a page, with those for the session and the user, and to find what its address names.
MOST_QUERIES = 30

# A page that does the work, to say what would come of it, and takes it back: what the work asks, however many rows.
REHEARSED = {"admin/merge/<slug:kind>/<int:kept>/<int:gone>/": 45}

# What an example of a title says.
EXAMPLES = "关于公布第三批省级劳务品牌的通知"

# A document in Chinese, which stands in its frame as it is.
CHINESE = {"admin/guide/"}

HAN = re.compile("[\u3400-\u9fff]+")
MARKUP = {"script", "style", "textarea"}


class Words(HTMLParser):
    """The texts of a page, and what it says of its parts to who does not see them, but for what is told to be Chinese;
    the language's own name in its switch is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        aside = tag in MARKUP or (values.get("lang") or "").startswith("zh")
        if tag not in {"br", "img", "input", "link", "meta", "hr", "source", "col", "wbr", "use"}:
            self._open.append((tag, aside))
        if not aside:
            told = ("title", "aria-label", "placeholder", "alt", *(["value"] if values.get("type") == "submit" else []))
            self.found += [values[name] or "" for name in told if name in values]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(aside for _tag, aside in self._open):
            self.found.append(data)


@pytest.fixture(scope="module", autouse=True)
def _filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        make_world()
        with gathered():
            grow()
        yield
        transaction.set_rollback(True)


def grow() -> None:
    """Dozens of all that lists and pages hold."""
    reviewer, place = User.objects.get(username="reviewer"), regions()["141100"]
    names = [f"第{number}号绣娘" for number in range(ROWS)]
    source = article("、".join(f"{name}{9}万人" for name in names), place=place)
    for number, name in enumerate(names):
        made = brand(name, region=place, source=source, confidence=0.3 + number / 100)
        made.aliases.create(name=f"绣娘{number}")
        made.details.create(kind="honour", words="省级劳务品牌")
        figure = statistic(made, 1000 + number, as_of="2024")
        bear_out(figure, source, "9万人")
        meeting = program(f"第{number}期绣娘培训", source=None)
        meeting.brands.add(made, Brand.objects.earliest("pk"))
        Correction.objects.create(label=name, wrong="所在地不对", about=f"brand:{made.pk}.region", right="离石")
        Proposal.objects.create(brand=made, field="level", value="national", value_key="national", article=source)
        StandingRule.objects.create(kind="never", words=f"春风{number}", author=reviewer)
        Dismissal.objects.create(sort="outlier", kind="brand", row=made.pk, label=name, user=reviewer)
        Synonym.objects.create(words=f"绣娘{number}、绣工{number}")
        with within(open_change_set(ChangeSetKind.EDIT, author=reviewer)):
            Brand.objects.filter(pk=made.pk).update(organisation="离石区人社局")
        job = Job.objects.create(author=reviewer)
        job.files.create(order=1, name="报.txt", data=b"", size=0, sha256="0" * 64)
        Import.objects.create(author=reviewer, kind="brand", name="表.csv", data=b"id,name\n")
        ListDraft.objects.create(author=reviewer, title="名单", text="离石绣娘", data=b"x")
    first = Job.objects.earliest("pk")
    for order in range(2, ROWS):
        first.files.create(order=order, name=f"{order}.txt", data=b"", size=0, sha256=f"{order:064}")


def pages() -> list[str]:
    return sorted({route for route in routes() if route.startswith("admin/") and not route.startswith("admin/logout")})


@pytest.fixture(scope="module")
def data() -> str:
    """All that is stored as text."""
    found = {EXAMPLES}
    for model in apps.get_models():
        names = [f.attname for f in model._meta.concrete_fields if isinstance(f, models.CharField | models.TextField)]
        for row in model._default_manager.values_list(*names) if names else ():
            found.update(value for value in row if isinstance(value, str))
    return "\n".join(found)


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_no_page_asks_much_and_each_is_whole_in_english(staff: Client, data: str) -> None:
    much: dict[str, int] = {}
    chinese: dict[str, list[str]] = {}
    for route in pages():
        address = f"/{filled(route)}"
        with CaptureQueriesContext(connection) as asked:
            shown = staff.get(address)
        if len(asked) > REHEARSED.get(route, MOST_QUERIES):
            much[route] = len(asked)
        if shown.status_code == 200 and shown["Content-Type"].startswith("text/html") and route not in CHINESE:
            chinese |= {route: found} if (found := untranslated(shown.content.decode(), data)) else {}
    assert much == {}
    assert chinese == {}


def untranslated(page: str, data: str) -> list[str]:
    """The words in Chinese that are no data; names of divisions stand together without a blank between them."""
    words = Words()
    words.feed(page)
    runs = {run for text in words.found for run in HAN.findall(text)}
    return sorted(run for run in runs if not made_of(run, data))


def made_of(run: str, data: str) -> bool:
    """Whether the words are stored, as they are or one value behind the other, as names of divisions are shown."""
    if run in data:
        return True
    return any(run[:end] in data and made_of(run[end:], data) for end in range(len(run) - 1, 1, -1))
