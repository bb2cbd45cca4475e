"""Who may do what: the groups, whose work a change set is, what an editor's form becomes, and four eyes."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from brands.audit import history
from brands.audit.change_sets import at_first_change, open_change_set, within
from brands.audit.undo import undo
from brands.models import Brand, Change, ChangeSet, Correction, Program, Proposal, Statistic, Synonym
from brands.vocabulary.choices import ChangeSetKind, ProposalState, ReviewState
from curation.roles import ROLES, assign, establish, may_review, own_among
from tests.brands.factories import brand, program, regions, statistic
from tests.curation.deeds import in_bulk
from tests.staff import client_as, client_of, member

pytestmark = pytest.mark.django_db


def sent(client: Client, row: Any, **changes: Any) -> Any:
    """Send the form of a row as its page shows it, with these changes."""
    address = reverse(f"admin:brands_{type(row).__name__.lower()}_change", args=[row.pk])
    page = client.get(address)
    form = page.context["adminform"].form
    data = {name: form.initial.get(name) for name in form.fields}
    for formset in (inline.formset for inline in page.context["inline_admin_formsets"]):
        data |= {
            f"{formset.prefix}-{name}": formset.management_form[name].value()
            for name in ("TOTAL_FORMS", "INITIAL_FORMS")
        }
        for filled in formset.forms:
            data |= {filled.add_prefix(name): filled[name].value() for name in filled.fields}
    given = {name: "" if value is None else value for name, value in {**data, **changes}.items()}
    return client.post(address, given, follow=True)


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def carer() -> Brand:
    return brand("吕梁山护工", region=regions()["141100"], recognised_year=2021, aliases=("吕梁护工",))


class TestTheGroups:
    def test_are_there_with_what_the_table_says(self) -> None:
        assert set(Group.objects.filter(name__in=ROLES).values_list("name", flat=True)) == set(ROLES)
        for name, role in ROLES.items():
            held = {f"{p.content_type.app_label}.{p.codename}" for p in Group.objects.get(name=name).permissions.all()}
            named = {pattern for pattern in role.permissions if "*" not in pattern}
            assert named <= held, named - held

    def test_each_may_what_those_before_it_may(self) -> None:
        held = [set(Group.objects.get(name=name).permissions.values_list("pk", flat=True)) for name in ROLES]
        assert all(less < more for less, more in pairwise(held))

    def test_a_viewer_may_change_nothing(self) -> None:
        codes = set(Group.objects.get(name="viewer").permissions.values_list("codename", flat=True))
        assert {code for code in codes if not code.startswith("view_")} == {"export_facts"}

    def test_every_model_of_the_catalogue_can_be_viewed_by_all(self) -> None:
        models = apps.get_app_config("brands").get_models()
        names = {model._meta.model_name for model in models if "view" in model._meta.default_permissions}
        held = set(Group.objects.get(name="viewer").permissions.values_list("codename", flat=True))
        assert {f"view_{name}" for name in names} <= held

    def test_what_was_changed_by_hand_is_put_right_and_other_groups_stay(self) -> None:
        viewer, own = Group.objects.get(name="viewer"), Group.objects.create(name="实习")
        permission = Permission.objects.get(codename="merge_facts")
        viewer.permissions.add(permission)
        viewer.permissions.remove(Permission.objects.get(codename="view_brand"))
        own.permissions.add(permission)
        establish()
        assert not viewer.permissions.filter(codename="merge_facts").exists()
        assert viewer.permissions.filter(codename="view_brand").exists()
        assert list(own.permissions.all()) == [permission]

    def test_making_them_again_changes_nothing(self, django_assert_max_num_queries: Any) -> None:
        before = set(Group.permissions.through.objects.values_list("pk", flat=True))
        with django_assert_max_num_queries(10):
            establish()
        assert set(Group.permissions.through.objects.values_list("pk", flat=True)) == before

    def test_a_role_takes_the_place_of_another_and_lets_in(self) -> None:
        user = member("viewer")
        assert user.is_staff
        assign(user, "reviewer")
        assert list(user.groups.values_list("name", flat=True)) == ["reviewer"]


class TestABatch:
    def test_is_of_who_sent_the_form_and_says_why(self, carer: Brand) -> None:
        reviewer = member("reviewer")
        sent(client_of(reviewer), carer, industry="catering", why="人社厅 2025 年名单")
        change_set = ChangeSet.objects.get()
        assert (change_set.kind, change_set.author, change_set.note) == ("edit", reviewer, "人社厅 2025 年名单")
        assert {change.table for change in change_set.changes.all()} == {"brands_brand"}
        change = change_set.changes.get()
        assert ((change.old or {})["industry"], (change.new or {})["industry"]) == ("care", "catering")

    def test_takes_in_the_other_names(self, carer: Brand) -> None:
        sent(client_of(member("reviewer")), carer, **{"aliases-1-name": "吕梁保姆", "aliases-TOTAL_FORMS": "2"})
        assert carer.aliases.count() == 2
        assert {change.table for change in ChangeSet.objects.get().changes.all()} == {
            "brands_brand",
            "brands_brandalias",
        }

    @pytest.mark.parametrize("changes", [{}, {"why": "只写了理由"}, {"recognised_year": "无"}, {"name": ""}])
    def test_is_not_made_where_nothing_is_written(self, carer: Brand, changes: dict[str, Any]) -> None:
        before = Change.objects.count()
        assert sent(client_of(member("reviewer")), carer, **changes).status_code == 200
        assert not ChangeSet.objects.exists()
        assert Change.objects.count() == before

    def test_is_not_made_by_looking(self, carer: Brand) -> None:
        client = client_of(member("reviewer"))
        client.get(reverse("admin:brands_brand_changelist"))
        client.get(reverse("admin:brands_brand_change", args=[carer.pk]))
        assert not ChangeSet.objects.exists()

    def test_of_an_action_holds_all_its_rows(self, carer: Brand) -> None:
        other = brand("天镇保姆")
        in_bulk(client_of(member("reviewer")), "brand", [carer.pk, other.pk], "confirm")
        change_set = ChangeSet.objects.get()
        assert change_set.kind == "bulk"
        assert {change.row for change in change_set.changes.all()} == {str(carer.pk), str(other.pk)}

    def test_is_made_for_a_correction_and_a_synonym_too(self) -> None:
        client, report = client_of(member("reviewer")), Correction.objects.create(label="护工", wrong="不对")
        client.post(reverse("admin:brands_correction_changelist"), {"action": "close", "_selected_action": report.pk})
        assert Correction.objects.get().done
        client.post(reverse("admin:brands_synonym_add"), {"words": "绣娘、绣工", "narrower": "", "active": "on"})
        row = Synonym.objects.get(words="绣娘、绣工")
        client.post(reverse("admin:brands_synonym_delete", args=[row.pk]), {"post": "yes"})
        assert [
            (change_set.kind, change_set.changes.get().action) for change_set in ChangeSet.objects.order_by("pk")
        ] == [
            ("bulk", "~"),
            ("edit", "+"),
            ("edit", "-"),
        ]

    def test_that_somebody_opens_inside_keeps_its_changes(self, carer: Brand) -> None:
        user = member("reviewer")
        with at_first_change(ChangeSetKind.EDIT, author=user):
            with within(open_change_set(ChangeSetKind.MERGE, author=user)) as inner:
                Brand.objects.filter(pk=carer.pk).update(batch="第一批")
            assert not ChangeSet.objects.filter(kind="edit").exists()
            Brand.objects.filter(pk=carer.pk).update(batch="第二批")
        Brand.objects.filter(pk=carer.pk).update(batch="第三批")
        outer = ChangeSet.objects.get(kind="edit")
        written = Change.objects.order_by("-pk").values_list("change_set", flat=True)[:3]
        assert list(written) == [None, outer.pk, inner.pk]


class TestAnEditor:
    def test_proposes_what_the_form_changes_and_nothing_else_happens(self, carer: Brand) -> None:
        editor = member("editor")
        changes = {"industry": "catering", "region": "140222", "recognised_year": "", "why": "见省厅名单"}
        before = Brand.objects.values().get(pk=carer.pk)
        assert told(sent(client_of(editor), carer, **changes)) == ["已提交 3 项建议，等待审核。"]
        assert Brand.objects.values().get(pk=carer.pk) == before
        proposals = Proposal.objects.order_by("field")
        assert [(row.field, row.value, row.author, row.why, row.state) for row in proposals] == [
            ("industry", "catering", editor, "见省厅名单", ProposalState.OPEN),
            ("recognised_year", None, editor, "见省厅名单", ProposalState.OPEN),
            ("region", "140222", editor, "见省厅名单", ProposalState.OPEN),
        ]
        assert {change.table for change in ChangeSet.objects.get(author=editor).changes.all()} == {"brands_proposal"}
        assert not LogEntry.objects.exists()

    def test_who_changes_nothing_proposes_nothing(self, carer: Brand) -> None:
        assert told(sent(client_of(member("editor")), carer)) == ["没有改动，未提交建议。"]
        assert not Proposal.objects.exists()
        assert not ChangeSet.objects.exists()

    def test_is_told_beforehand(self, carer: Brand) -> None:
        shown = client_of(member("editor")).get(reverse("admin:brands_brand_change", args=[carer.pk]))
        assert told(shown) == ["你的改动会作为建议提交，由审核员决定是否采纳。"]

    def test_proposes_dates_and_numbers(self) -> None:
        client = client_of(member("editor"))
        meeting = program("春风行动", held_on=date(2025, 3, 1), held_precision="month")
        sent(client, meeting, held_on="2024-01-01", held_precision="year")
        number = statistic(regions()["141100"], "90000", as_of="2025-11-19")
        sent(client, number, value="95000.5")
        proposed = Proposal.objects.order_by("pk").values_list("field", "value")
        assert list(proposed) == [("held_on", "2024"), ("value", "95000.5")]
        assert Program.objects.get().held_on == date(2025, 3, 1)
        assert Statistic.objects.get().value == 90000

    @pytest.mark.parametrize(
        "forged", [{"review": "confirmed"}, {"aliases-1-name": "冒充", "aliases-TOTAL_FORMS": "2"}]
    )
    def test_cannot_write_what_is_not_offered(self, carer: Brand, forged: dict[str, object]) -> None:
        sent(client_of(member("editor")), carer, **forged)
        carer.refresh_from_db()
        assert (carer.review, carer.hand_set, carer.aliases.count()) == (ReviewState.PROPOSED, [], 1)
        assert not Proposal.objects.exists()

    def test_is_told_what_a_field_cannot_hold(self, carer: Brand) -> None:
        shown = sent(client_of(member("editor")), carer, recognised_year="-3")
        assert "recognised_year" in shown.context["adminform"].form.errors
        assert not Proposal.objects.exists()

    def test_has_no_verdicts_to_give(self, carer: Brand) -> None:
        chosen = {"action": "confirm", "_selected_action": carer.pk}
        client_of(member("editor")).post(reverse("admin:brands_brand_changelist"), chosen)
        carer.refresh_from_db()
        assert carer.review == ReviewState.PROPOSED

    def test_closes_a_correction_and_sees_who_sent_it_and_a_viewer_does_not(self) -> None:
        report = Correction.objects.create(label="护工", wrong="不对", contact="wo@example.org")
        address = reverse("admin:brands_correction_change", args=[report.pk])
        assert "wo@example.org" in client_of(member("editor")).get(address).content.decode()
        assert "wo@example.org" not in client_of(member("viewer")).get(address).content.decode()
        viewer, lists = client_of(User.objects.get(username="viewer")), reverse("admin:brands_correction_changelist")
        for page in (reverse("curation:history", args=["correction", report.pk]), lists):
            assert "护工" in (shown := viewer.get(page).content.decode())
            assert "wo@example.org" not in shown
        assert viewer.get(lists, {"contact__startswith": "wo"}).status_code == 400
        sent(client_of(User.objects.get(username="editor")), report, done="on", note="已改")
        report.refresh_from_db()
        assert report.done


class TestFourEyes:
    @pytest.fixture(autouse=True)
    def _four_eyes(self, settings: Any) -> None:
        settings.FOUR_EYES = True

    def test_nobody_reviews_their_own_proposal(self, carer: Brand) -> None:
        own, other = member("reviewer"), member("reviewer", "another")
        row = Proposal(brand=carer, field="level", value="national", author=own)
        assert not may_review(own, row)
        assert may_review(other, row)
        assert may_review(own, Proposal(brand=carer, field="level", value="national"))

    @pytest.mark.parametrize(
        ("kind", "column", "own"),
        [
            (ChangeSetKind.EDIT, "industry", True),
            (ChangeSetKind.BULK, "industry", True),
            (ChangeSetKind.IMPORT, "industry", True),
            (ChangeSetKind.MERGE, "industry", True),
            (ChangeSetKind.INGEST, "industry", False),
            (ChangeSetKind.REVIEW, "industry", True),
            (ChangeSetKind.UNDO, "industry", False),
            (ChangeSetKind.EDIT, "review", False),
        ],
    )
    def test_what_is_ones_own_work(self, carer: Brand, kind: ChangeSetKind, column: str, own: bool) -> None:
        user, value = member("reviewer"), "confirmed" if column == "review" else "catering"
        with within(open_change_set(kind, author=user)):
            Brand.objects.filter(pk=carer.pk).update(**{column: value})
        assert may_review(user, carer) is not own
        assert may_review(member("reviewer", "another"), carer)

    def test_what_a_review_takes_over_and_confirms_is_not_ones_own(self, carer: Brand) -> None:
        user = member("reviewer")
        with within(open_change_set(ChangeSetKind.REVIEW, author=user)):
            Brand.objects.filter(pk=carer.pk).update(industry="catering", review="confirmed")
        assert may_review(user, carer)

    def test_a_confirmed_fact_whose_words_change_waits_again(self, carer: Brand) -> None:
        carer.review = ReviewState.CONFIRMED
        carer.set_by_hand(["level"], confirms=False)
        assert carer.review == ReviewState.PROPOSED
        carer.review = ReviewState.REJECTED
        carer.set_by_hand(["level"], confirms=True)
        assert carer.review == ReviewState.REJECTED

    def test_the_last_to_change_it_counts(self, carer: Brand, django_assert_num_queries: Any) -> None:
        first, last, other = member("reviewer"), member("reviewer", "another"), brand("天镇保姆")
        for user, industry in ((first, "catering"), (last, "care")):
            with within(open_change_set(ChangeSetKind.EDIT, author=user)):
                Brand.objects.filter(pk=carer.pk).update(industry=industry)
        with within(open_change_set(ChangeSetKind.REVIEW, author=first)):
            Brand.objects.filter(pk=carer.pk).update(review="confirmed")
        assert may_review(first, carer)
        with django_assert_num_queries(2):
            assert own_among(last, Brand, [carer.pk, other.pk]) == {carer.pk}

    def test_what_is_taken_back_is_of_who_said_it(self, carer: Brand) -> None:
        first, other = member("reviewer"), member("reviewer", "another")
        edit = open_change_set(ChangeSetKind.EDIT, author=first)
        with within(edit):
            Brand.objects.filter(pk=carer.pk).update(industry="catering")
        back = undo(edit, author=first)
        assert may_review(first, carer)
        undo(back.change_set, author=first)
        assert (may_review(first, carer), may_review(other, carer)) == (False, True)
        with within(open_change_set(ChangeSetKind.EDIT, author=other)) as later:
            Brand.objects.filter(pk=carer.pk).update(industry="care")
        undo(later, author=other)
        assert (may_review(first, carer), may_review(other, carer)) == (False, True)

    def test_an_old_version_brings_no_verdict_on_ones_own_work(self, carer: Brand) -> None:
        first, other = member("reviewer"), member("reviewer", "another")
        with within(open_change_set(ChangeSetKind.EDIT, author=first)):
            Brand.objects.filter(pk=carer.pk).update(industry="catering")
        edited = history.of_row("brands_brand", str(carer.pk))[0]
        with within(open_change_set(ChangeSetKind.REVIEW, author=other)):
            Brand.objects.filter(pk=carer.pk).update(review="rejected")
        history.restore(edited, author=first)
        carer.refresh_from_db()
        assert carer.review == ReviewState.REJECTED
        history.restore(edited, author=other)
        carer.refresh_from_db()
        assert carer.review == ReviewState.PROPOSED

    def test_off_lets_everybody_review(self, carer: Brand, settings: Any, django_assert_num_queries: Any) -> None:
        settings.FOUR_EYES = False
        user = member("reviewer")
        with within(open_change_set(ChangeSetKind.EDIT, author=user)):
            Brand.objects.filter(pk=carer.pk).update(industry="catering")
        with django_assert_num_queries(0):
            assert may_review(user, carer)
            assert may_review(user, Proposal(brand=carer, author=user))

    def test_a_change_does_not_confirm_and_its_author_cannot(self, carer: Brand) -> None:
        user = member("reviewer")
        client = client_of(user)
        sent(client, carer, industry="catering")
        carer.refresh_from_db()
        assert (carer.review, carer.hand_set) == (ReviewState.PROPOSED, ["industry"])
        page = client.get(reverse("admin:brands_brand_change", args=[carer.pk]))
        assert "review" not in page.context["adminform"].form.fields
        assert told(page) == ["最后的改动是你做的，要由别人来审核。"]
        done = in_bulk(client, "brand", [carer.pk, brand("天镇保姆").pk], "confirm")
        assert [said.partition("，")[0] for said in told(done)] == ["有 1 条没有改。", "已改动 1 条"]
        carer.refresh_from_db()
        assert carer.review == ReviewState.PROPOSED
        in_bulk(client_of(member("reviewer", "another")), "brand", [carer.pk], "confirm")
        carer.refresh_from_db()
        assert carer.review == ReviewState.CONFIRMED

    def test_a_change_and_its_verdict_are_not_sent_together(self, carer: Brand) -> None:
        done = sent(client_of(member("reviewer")), carer, industry="catering", review="confirmed")
        assert "改动了内容就不能同时审核，要由别人来审核。" in done.content.decode()
        assert not ChangeSet.objects.exists()
        sent(client_of(member("reviewer", "another")), carer, review="confirmed")
        carer.refresh_from_db()
        assert carer.review == ReviewState.CONFIRMED


def test_what_a_role_may_is_said_in_words() -> None:
    for language, words in (("zh-hans", "什么也不改"), ("en", "change")):
        client = client_as("admin", f"boss-{language}")
        client.cookies["django_language"] = language
        shown = client.get(reverse("admin:auth_group_change", args=[Group.objects.get(name="viewer").pk]))
        page = shown.content.decode()
        assert words in page
        assert "Can view" not in page
