"""Two people on one record: the later form shows what the earlier one wrote, loses nothing, and writes nothing over it
unseen."""

from typing import Any

import pytest
from django.db import connection
from django.forms import ModelMultipleChoiceField
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.admin.versions import Version
from brands.models import Brand, BrandAlias, ChangeSet, Correction, Program, Region, Statistic, Synonym
from brands.vocabulary.choices import DetailKind
from tests.brands.factories import article, brand, program, regions, statistic
from tests.staff import client_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> Client:
    return client_as("admin", "guan")


@pytest.fixture
def second() -> Client:
    return client_as("reviewer", "shen")


@pytest.fixture
def carer(db: None) -> Brand:
    return brand(
        "吕梁山护工", region=regions()["141100"], source=article("“吕梁山护工”走出大山。"), aliases=("吕梁护工",)
    )


def opened(client: Client, row: Any) -> dict[str, Any]:
    """What the form of the row would send as it is shown; an empty one for a model."""
    name = row._meta.model_name
    is_new = isinstance(row, type)
    address = reverse(f"admin:brands_{name}_{'add' if is_new else 'change'}", args=[] if is_new else [row.pk])
    page = client.get(address)
    return {"address": address, **shown(page)}


def shown(page: Any) -> dict[str, Any]:
    """What the form of a page would send."""
    form = page.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    for formset in (inline.formset for inline in page.context["inline_admin_formsets"]):
        prefix = formset.prefix
        for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
            data[f"{prefix}-{name}"] = formset.management_form[name].value()
        for filled in formset.forms:
            data |= {filled.add_prefix(name): filled[name].value() for name in filled.fields}
    several = {name for name, field in form.fields.items() if isinstance(field, ModelMultipleChoiceField)}
    return {name: value or [] if name in several else "" if value is None else value for name, value in data.items()}


def send(client: Client, form: dict[str, Any], **changes: Any) -> Any:
    data = {name: value for name, value in {**form, **changes}.items() if name != "address"}
    return client.post(form["address"], data)


def stands(carer: Brand) -> dict[str, str]:
    return dict(carer.details.values_list("words", "people"))


def text_of(response: Any) -> str:
    return str(response.content.decode())


def of_kind(name: str, carer: Brand) -> tuple[Any, dict[str, str], dict[str, str]]:
    """A row, what the first person changes of it, and what the second does."""
    if name == "statistic":
        return statistic(carer, 90000), {"stated": "九万人"}, {"unit": "人次"}
    if name == "correction":
        return Correction.objects.create(label="护工", wrong="错"), {"done": "on"}, {"note": "核过"}
    return Synonym.objects.create(words="绣娘、绣工"), {"narrower": "苏绣"}, {"words": "绣娘、绣女"}


class TestALaterForm:
    def test_is_shown_again_with_few_questions(self, first: Client, second: Client, carer: Brand) -> None:
        """Those that Django asks no table, to check constraints, left aside."""
        form = opened(second, carer)
        send(first, opened(first, carer), organisation="吕梁市人社局", region="141102")
        with CaptureQueriesContext(connection) as asked:
            assert "打开之后别人改过" in text_of(send(second, form, batch="第一批"))
        assert sum(" FROM " in one["sql"] for one in asked.captured_queries) <= 30

    def test_shows_both_and_keeps_what_was_typed(self, first: Client, second: Client, carer: Brand) -> None:
        form = opened(second, carer)
        send(first, opened(first, carer), organisation="吕梁市人社局", level="county")
        refused = send(second, form, batch="第一批", level="national")
        assert refused.status_code == 200
        assert "打开之后别人改过这条记录（guan，" in text_of(refused)
        assert "建设单位：现在是“吕梁市人社局”" in text_of(refused)
        assert refused.context["adminform"].form.errors["level"] == ["别人刚改成了“县级”；再保存，就以你填的为准。"]
        again = shown(refused)
        assert (again["batch"], again["level"], again["organisation"]) == ("第一批", "national", "吕梁市人社局")
        carer.refresh_from_db()
        assert (carer.batch, carer.organisation, carer.level) == ("", "吕梁市人社局", "county")
        assert ChangeSet.objects.count() == 1
        assert send(second, {"address": form["address"], **again}).status_code == 302
        carer.refresh_from_db()
        assert (carer.batch, carer.organisation, carer.level) == ("第一批", "吕梁市人社局", "national")
        assert carer.hand_set == ["batch", "level", "organisation"]

    def test_takes_no_confirmation_away_and_sets_no_field_that_nobody_touched(
        self, first: Client, second: Client, carer: Brand
    ) -> None:
        form = opened(second, carer)
        send(first, opened(first, carer), review="confirmed")
        Brand.objects.filter(pk=carer.pk).update(organisation="县人社局")  # as a run would, were it allowed to
        again = shown(send(second, form, batch="第一批"))
        assert again["review"] == "confirmed"
        send(second, {"address": form["address"], **again})
        carer.refresh_from_db()
        assert (carer.review, carer.organisation, carer.batch) == ("confirmed", "县人社局", "第一批")
        assert carer.hand_set == ["batch"]

    def test_that_touched_nothing_writes_nothing(self, first: Client, second: Client, carer: Brand) -> None:
        form = opened(second, carer)
        send(first, opened(first, carer), organisation="吕梁市人社局", review="confirmed")
        assert send(second, form).status_code == 302
        carer.refresh_from_db()
        assert (carer.organisation, carer.review, carer.hand_set) == ("吕梁市人社局", "confirmed", ["organisation"])
        assert ChangeSet.objects.count() == 1

    def test_that_is_sent_twice_is_no_conflict(self, first: Client, carer: Brand) -> None:
        form = opened(first, carer)
        for _press in range(2):
            assert send(first, form, level="county", region="141102").status_code == 302
        carer.refresh_from_db()
        assert (carer.level, carer.region_id, carer.review) == ("county", "141102", "confirmed")
        assert ChangeSet.objects.count() == 1

    def test_of_what_no_form_has_is_none(self, second: Client, carer: Brand) -> None:
        form = opened(second, carer)
        Brand.objects.filter(pk=carer.pk).update(confidence=0.6)
        assert send(second, form, level="county").status_code == 302

    def test_with_no_version_is_asked_again(self, second: Client, carer: Brand) -> None:
        form = opened(second, carer)
        for odd in ("", "x", "[]", '["x",{}]', "[1,2]", "[" * 9000, '[1,{"aliases":3}]'):
            refused = send(second, {**form, "opened": odd}, level="county")
            assert "请对照现在的内容再核对一遍" in text_of(refused), odd
        assert send(second, {"address": form["address"], **shown(refused)}).status_code == 302
        carer.refresh_from_db()
        assert (carer.level, carer.hand_set) == ("county", ["level"])

    def test_of_other_names(self, first: Client, second: Client, carer: Brand) -> None:
        form = opened(second, carer)
        alias = carer.aliases.get()
        send(first, opened(first, carer), **{"aliases-0-name": "吕梁大嫂"})
        refused = send(second, form, **{"aliases-1-name": "山里护工", "batch": "第一批"})
        assert "品牌别名：现在是“吕梁大嫂”" in text_of(refused)
        send(second, {"address": form["address"], **shown(refused)})
        assert set(BrandAlias.objects.values_list("name", flat=True)) == {"吕梁大嫂", "山里护工"}
        assert BrandAlias.objects.get(pk=alias.pk).name == "吕梁大嫂"

    def test_of_a_name_that_is_gone(self, second: Client, carer: Brand) -> None:
        form = opened(second, carer)
        carer.aliases.all().delete()
        refused = send(second, form, batch="第一批")
        assert send(second, {"address": form["address"], **shown(refused)}).status_code == 302
        assert not BrandAlias.objects.exists()

    def test_of_a_detail(self, first: Client, second: Client, carer: Brand) -> None:
        """A row that nobody touched follows the other person's; one that both touched is shown with both."""
        for words, people in (("北京", "百余人"), ("天津", "数十人")):
            carer.details.create(kind=DetailKind.DESTINATION, words=words, people=people)
        form = opened(second, carer)
        changed = {"details-0-people": "千余人", "details-1-people": "五十人"}
        assert send(first, opened(first, carer), **changed).status_code == 302
        refused = send(second, form, **{"details-1-people": "六十人"})
        errors = refused.context["inline_admin_formsets"][1].formset.errors
        assert errors[0] == {}
        assert errors[1]["people"] == ["别人刚改成了“五十人”；再保存，就以你填的为准。"]
        assert stands(carer) == {"北京": "千余人", "天津": "五十人"}
        again = shown(refused)
        assert (again["details-0-people"], again["details-1-people"]) == ("千余人", "六十人")
        assert send(second, {"address": form["address"], **again}).status_code == 302
        assert stands(carer) == {"北京": "千余人", "天津": "六十人"}

    def test_that_touched_no_detail_changes_none(self, first: Client, second: Client, carer: Brand) -> None:
        carer.details.create(kind=DetailKind.DESTINATION, words="北京", people="百余人")
        form = opened(second, carer)
        send(first, opened(first, carer), **{"details-0-people": "千余人"})
        count = ChangeSet.objects.count()
        assert send(second, form).status_code == 302
        assert (stands(carer), ChangeSet.objects.count()) == ({"北京": "千余人"}, count)

    @pytest.mark.parametrize(("typed", "left"), [({}, {}), ({"details-0-people": "千余人"}, {"北京": "千余人"})])
    def test_of_a_detail_that_is_gone(
        self, second: Client, carer: Brand, typed: dict[str, str], left: dict[str, str]
    ) -> None:
        """Nothing that was typed is lost; what was only shown does not come back."""
        carer.details.create(kind=DetailKind.DESTINATION, words="北京", people="百余人")
        form = opened(second, carer)
        carer.details.all().delete()
        assert send(second, form, batch="第一批", **typed).status_code == 302
        assert stands(carer) == left

    def test_of_many_details_is_shown_with_few_questions(self, second: Client, carer: Brand) -> None:
        for number in range(20):
            carer.details.create(kind=DetailKind.HONOUR, words=f"第{number}项")
        with CaptureQueriesContext(connection) as asked:
            opened(second, carer)
        assert sum(" FROM " in one["sql"] for one in asked.captured_queries) <= 30

    def test_of_links(self, first: Client, second: Client, carer: Brand) -> None:
        row, other = program("护工大赛"), brand("天镇保姆")
        row.brands.add(carer)
        form = opened(second, row)
        send(first, opened(first, row), brands=[carer.pk, other.pk])
        refused = send(second, form, issuer="省人社厅")
        assert "现在是“吕梁山护工、天镇保姆”" in text_of(refused)
        send(second, {"address": form["address"], **shown(refused)})
        row.refresh_from_db()
        assert (set(row.brands.all()), row.issuer) == ({carer, other}, "省人社厅")

    @pytest.mark.parametrize("name", ["statistic", "correction", "synonym"])
    def test_of_any_kind(self, first: Client, second: Client, carer: Brand, name: str) -> None:
        row, theirs, own = of_kind(name, carer)
        form = opened(second, row)
        assert send(first, opened(first, row), **theirs).status_code == 302
        refused = send(second, form, **own)
        assert "打开之后别人改过这条记录" in text_of(refused)
        assert send(second, {"address": form["address"], **shown(refused)}).status_code == 302
        row.refresh_from_db()
        for field, value in {**theirs, **own}.items():
            assert getattr(row, field) == (value == "on" or value)

    def test_of_who_only_proposes(self, first: Client, carer: Brand) -> None:
        editor = client_as("editor", "bian")
        form = opened(editor, carer)
        send(first, opened(first, carer), organisation="吕梁市人社局")
        again = shown(send(editor, form, level="county"))
        send(editor, {"address": form["address"], **again})
        assert list(carer.proposals.values_list("field", flat=True)) == ["level"]


class TestANewRow:
    """A button that is pressed twice makes one row."""

    @pytest.mark.parametrize(
        ("model", "filled"),
        [
            (Brand, {"name": "潜江虾工", "industry": "catering"}),
            (Program, {"name": "护工大赛", "kind": "contest"}),
            (Synonym, {"words": "绣娘、绣工"}),
        ],
    )
    def test_comes_once(self, first: Client, model: Any, filled: dict[str, str]) -> None:
        rows = model.objects.count()
        form = opened(first, model)
        for _press in range(2):
            done = send(first, form, **filled)
            assert done.status_code == 302, done.context["adminform"].form.errors
        assert model.objects.count() == rows + 1
        assert ChangeSet.objects.count() == 1

    def test_of_a_number_comes_once(self, first: Client, carer: Brand) -> None:
        form = opened(first, Statistic)
        filled = {"brand": carer.pk, "metric": "employment", "value": "9000", "unit": "人", "scope": "total"}
        for _press in range(2):
            assert send(first, form, **filled).status_code == 302
        assert Statistic.objects.count() == 1

    def test_of_another_form_is_told_as_a_double(self, first: Client, carer: Brand) -> None:
        again = send(first, opened(first, Brand), name=carer.name, region=carer.region_id, industry="other")
        assert "该地区已有同名劳务品牌" in text_of(again)

    def test_that_somebody_else_made_is_not_one_s_own(self, first: Client, second: Client) -> None:
        forms = [(client, opened(client, Synonym)) for client in (first, second)]
        for client, form in forms:
            send(client, form, words="绣娘、绣工")
        assert Synonym.objects.filter(words="绣娘、绣工").count() == 2


def test_a_version_is_read_as_it_is_written(carer: Brand) -> None:
    version = Version.of(carer, ("aliases",))
    assert Version.read(str(version)) == version
    assert Region.objects.exists()
