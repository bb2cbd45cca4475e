"""Facts that people decided on and that an undo would leave without evidence are named, and kept, taken back or
withdrawn as somebody chooses."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.audit.bare import BareChoice
from brands.audit.change_sets import open_change_set, within
from brands.audit.undo import undo
from brands.listing import sync
from brands.models import Article, Brand, ChangeSet, Evidence, Page
from brands.vocabulary.choices import ChangeSetKind, ReviewState
from tests.brands.factories import article, bear_out, brand, statistic
from tests.brands.test_versions import text_of
from tests.brands.whole import State, replayed, state, without_long_texts
from tests.staff import client_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(catalogued: None) -> State:
    return state()


@pytest.fixture
def ingest(before: State) -> ChangeSet:
    """Three brands came; afterwards one was confirmed, one was changed, and one nobody looked at."""
    with within(open_change_set(ChangeSetKind.INGEST)) as change_set:
        source = article("名单：潜江虾工、天门绣娘、洪湖渔娘，虾工2万人。")
        made = [brand(name, source=source) for name in ("潜江虾工", "天门绣娘", "洪湖渔娘")]
        statistic(made[0], 20000, source=source, phrase="2万人")
    made[0].review = ReviewState.CONFIRMED
    made[0].save()
    made[1].level = "county"
    made[1].set_by_hand(["level"])
    made[1].save()
    return change_set


def names() -> set[str]:
    return set(Brand.objects.filter(name__in=("潜江虾工", "天门绣娘", "洪湖渔娘")).values_list("name", flat=True))


class TestTheChoice:
    def test_to_keep_leaves_them_public(self, ingest: ChangeSet, client: Client) -> None:
        done = undo(ingest, author=None, bare=BareChoice.KEEP)
        assert (names(), done.bare) == ({"潜江虾工", "天门绣娘"}, [])
        for row in Brand.objects.filter(name__in=names()):
            assert row.review == ReviewState.CONFIRMED
            assert row.evidence.get().quote == row.name
            assert client.get(row.get_absolute_url()).status_code == 200
        assert not Evidence.objects.filter(statistic__value=20000).exists()
        assert list(sync.differences()) == []
        assert replayed() == without_long_texts(state())

    def test_to_take_the_review_back_lets_go_of_what_was_only_confirmed(self, ingest: ChangeSet) -> None:
        done = undo(ingest, author=None, bare=BareChoice.REVIEW)
        assert (names(), done.bare) == ({"天门绣娘"}, [])
        assert Brand.objects.get(name="天门绣娘").evidence.exists()
        assert list(sync.differences()) == []

    def test_to_withdraw_says_so_to_readers(self, ingest: ChangeSet, client: Client) -> None:
        done = undo(ingest, author=None, bare=BareChoice.WITHDRAW)
        assert (names(), done.bare) == ({"潜江虾工", "天门绣娘"}, [])
        assert not Page.objects.filter(text__contains="洪湖渔娘").exists()
        for row in Brand.objects.filter(name__in=names()):
            assert row.review == ReviewState.REJECTED
            gone = client.get(row.get_absolute_url())
            assert (gone.status_code, "编辑对照报道核对后" in text_of(gone)) == (410, True)

    @pytest.mark.parametrize("choice", [*BareChoice])
    def test_is_taken_back_with_the_undo(self, ingest: ChangeSet, choice: BareChoice) -> None:
        after = state()
        done = undo(ingest, author=None, bare=choice)
        undo(done.change_set, author=None)
        assert state() == after

    def test_concerns_nothing_that_another_paper_bears_out(self, ingest: ChangeSet) -> None:
        other = article("又见潜江虾工、天门绣娘。")
        for row in Brand.objects.filter(name__in=("潜江虾工", "天门绣娘")):
            bear_out(row, other, row.name)
        done = undo(ingest, author=None)
        assert done.bare == []
        assert not Article.objects.filter(page__text__contains="名单").exists()


class TestThePage:
    def asked(self, client: Client, change_set: ChangeSet, **sent: str) -> Any:
        address = reverse("curation:undo", args=[change_set.pk])
        return client.post(address, sent, follow=True) if sent else client.get(address)

    def test_names_them_and_asks(self, ingest: ChangeSet) -> None:
        client = client_as("admin", "guan")
        shown = self.asked(client, ingest)
        assert [told.name for told in shown.context["bare"]] == ["潜江虾工", "天门绣娘"]
        assert "有 2 条人工审核过的内容会失去最后一处出处" in text_of(shown)
        assert shown.context["form"]["bare"].value() == BareChoice.KEEP
        refused = self.asked(client, ingest, why="重复")
        assert "请选一项" in text_of(refused)
        assert names() == {"潜江虾工", "天门绣娘", "洪湖渔娘"}
        self.asked(client, ingest, why="重复", bare="review")
        assert names() == {"天门绣娘"}

    def test_asks_the_database_no_more_for_many(self, ingest: ChangeSet, django_assert_max_num_queries: Any) -> None:
        client = client_as("admin", "guan")
        with CaptureQueriesContext(connection) as few:
            self.asked(client, ingest)
        with within(open_change_set(ChangeSetKind.INGEST)) as change_set, sync.gathered():
            source = article("、".join(f"{n}号绣娘" for n in range(30)))
            for n in range(30):
                brand(f"{n}号绣娘", source=source)
        Brand.objects.filter(name__contains="号绣娘").update(review=ReviewState.CONFIRMED)
        with django_assert_max_num_queries(len(few) + 5):
            assert len(self.asked(client, change_set).context["bare"]) == 30

    def test_asks_nothing_where_there_are_none(self, before: State) -> None:
        with within(open_change_set(ChangeSetKind.INGEST)) as change_set:
            brand("潜江虾工", source=article("潜江虾工。"))
        client = client_as("admin", "guan")
        assert "bare" not in self.asked(client, change_set).context["form"].fields
        self.asked(client, change_set, why="重复")
        assert state() == before
