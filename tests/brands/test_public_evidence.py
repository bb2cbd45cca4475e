"""Nothing is public without public evidence, whatever was set aside, withdrawn or taken back, in whatever order."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from brands.audit.change_sets import open_change_set, within
from brands.audit.undo import undo
from brands.dumps.changes import changes_behind
from brands.listing import sync
from brands.models import (
    Article,
    Brand,
    Card,
    Change,
    ChangeSet,
    DocumentKind,
    Evidence,
    Program,
    SearchDocument,
    Statistic,
)
from brands.models.source import BY_HAND
from brands.sources import OwnSource, article_of, bear_out
from brands.vocabulary.choices import ChangeSetKind, Industry, ReviewState
from tests.brands.factories import article, brand, program, regions, statistic
from tests.brands.factories import bear_out as bear_out_in
from tests.needs import tries

LIST = OwnSource("第三批省级劳务品牌名单", "省人社厅")
FACTS = (Brand, Program, Statistic)


def by_hand(name: str, person: User) -> tuple[ChangeSet, Brand]:
    """A brand that somebody enters with the list as its source, as one change set."""
    with within(open_change_set(ChangeSetKind.EDIT, author=person)) as change_set, sync.gathered():
        made = Brand.objects.create(name=name, industry=Industry.CRAFT, review=ReviewState.CONFIRMED)
        bear_out(made, article_of(LIST, [name]), name)
    return change_set, made


def faults() -> Iterator[str]:
    """What is public and should not be, or is not kept as it follows."""
    yield from sync.differences()
    shown = set(Article.objects.published().values_list("pk", flat=True))
    for model in FACTS:
        kind = model.__name__.lower()
        for fact in model.objects.published():
            told = set(fact.evidence.filter(field="").values_list("article", flat=True))
            if not told & shown:
                yield f"{kind} {fact.pk} has no public evidence"
    seen: dict[Any, set[int]] = {model: set(model.objects.published().values_list("pk", flat=True)) for model in FACTS}
    for number in Statistic.objects.published():
        if (number.brand_id or 0) not in {*seen[Brand], 0} or (number.program_id or 0) not in {*seen[Program], 0}:
            yield f"statistic {number.pk} is of what nobody sees"
    for source in Article.objects.filter(pk__in=shown, page__extractor=BY_HAND):
        borne = source.evidence.values_list("brand", "program", "statistic")
        if not any(key in seen[model] for keys in borne for model, key in zip(FACTS, keys, strict=True)):
            yield f"nothing public rests on source {source.pk}"


def addresses() -> set[str]:
    """Of all facts and articles, public or not."""
    return {row.get_absolute_url() for model in (*FACTS, Article) for row in model._base_manager.all()}


def public_addresses() -> set[str]:
    shown = [*(row for model in FACTS for row in model.objects.published()), *Article.objects.published()]
    return {row.get_absolute_url() for row in shown}


@pytest.fixture
def person(db: None) -> User:
    regions()
    return User.objects.create_user("shenhe")


def test_facts_go_with_the_only_article_that_tells_them(person: User, client: Client) -> None:
    """Set aside by a person, who confirmed the facts before: they wait, and come back with the article."""
    source = article("“吕梁山护工”带动就业9万人。护工大会开幕。")
    facts: list[Any] = [brand("吕梁山护工", source=source, review=ReviewState.CONFIRMED)]
    facts.append(program("护工大会", source=source, review=ReviewState.CONFIRMED))
    facts.append(statistic(facts[0], 90000, phrase="9万人", source=source, review=ReviewState.CONFIRMED))
    for is_relevant in (False, True):
        source.correct(relevant=is_relevant)
        assert list(faults()) == []
        for fact in facts:
            assert type(fact).objects.published().filter(pk=fact.pk).exists() == is_relevant
            assert (client.get(fact.get_absolute_url()).status_code == 200) == is_relevant, fact
        assert Card.objects.exists() == is_relevant


def test_a_fact_with_another_article_stays_and_shows_that_alone(person: User, client: Client) -> None:
    first, second = article("“吕梁山护工”进京。", title="甲报"), article("吕梁的“吕梁山护工”月入八千。", title="乙报")
    made = brand("吕梁山护工", source=first, review=ReviewState.CONFIRMED)
    bear_out_in(made, second, "吕梁山护工")
    first.correct(relevant=False)
    assert list(faults()) == []
    page = client.get(made.get_absolute_url()).content.decode()
    assert "月入八千" in page
    assert "进京" not in page
    assert first.get_absolute_url() not in page
    assert Card.objects.get().articles == 1


def test_what_follows_the_public_data_is_told_of_it(person: User) -> None:
    source = article("“吕梁山护工”带动就业9万人。")
    made = brand("吕梁山护工", source=source, review=ReviewState.CONFIRMED)
    before = Change.objects.latest("pk").pk
    source.correct(relevant=False)
    told = {(one.table.name, one.key, one.action) for one in changes_behind(before).changes}
    assert ("articles", source.pk, "withdrawn") in told
    assert ("brands", made.pk, "withdrawn") in told


def test_a_source_of_ones_own_is_seen_as_long_as_something_public_rests_on_it(person: User, client: Client) -> None:
    made, rows = zip(*(by_hand(name, person) for name in ("离石绣娘", "文水面工")), strict=True)
    source = Article.objects.get(page__extractor=BY_HAND)
    places = (
        "/articles/",
        "/articles/feed/",
        "/sitemap-articles-1.xml",
        "/api/articles/",
        "/search/?q=第三批省级劳务品牌名单",
    )

    def is_seen() -> bool:
        here = client.get(source.get_absolute_url()).status_code == 200
        told = [f"/articles/{source.pk}" in client.get(place).content.decode() for place in places]
        assert told == [here] * len(places)
        assert list(faults()) == []
        return here

    assert is_seen()
    rows[0].review = ReviewState.REJECTED
    rows[0].save()
    assert is_seen()
    undo(made[1], author=person)
    assert not is_seen()
    rows[0].review = ReviewState.CONFIRMED
    rows[0].save(update_fields=["review"])
    assert is_seen()
    before = Change.objects.latest("pk").pk
    Evidence.objects.get(brand=rows[0]).delete()
    assert not is_seen()
    told = {(one.table.name, one.key, one.action) for one in changes_behind(before).changes}
    assert ("articles", source.pk, "withdrawn") in told


def test_a_number_goes_with_the_last_evidence_of_its_brand(person: User, client: Client) -> None:
    """It may have evidence of its own, but it tells of a brand that no source proves."""
    first, second = article("“吕梁山护工”进京。", title="甲报"), article("带动就业9万人。", title="乙报")
    made = brand("吕梁山护工", source=first, review=ReviewState.CONFIRMED)
    number = statistic(made, 90000, phrase="9万人", source=second, review=ReviewState.CONFIRMED)
    for is_told in (False, True):
        first.correct(relevant=is_told)
        assert list(faults()) == []
        assert (client.get(number.get_absolute_url()).status_code == 200) == is_told
        assert SearchDocument.objects.filter(pk=DocumentKind.STATISTIC.number(number.pk)).exists() == is_told
    made.evidence.all().delete()
    assert list(faults()) == []
    assert client.get(number.get_absolute_url()).status_code == 404


class TestAnySequence(TestCase):
    """What people and runs do to a small catalogue, in any order."""

    @settings(deadline=None, max_examples=tries(25, 6), suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(st.sampled_from(("aside", "back", "reject", "restore", "lose", "undo")), st.integers(0, 9)),
            max_size=12,
        )
    )
    def test_nothing_is_public_without_what_bears_it_out(self, deeds: list[tuple[str, int]]) -> None:
        regions()
        person = User.objects.create_user("shenhe")
        done = [by_hand(name, person)[0] for name in ("离石绣娘", "文水面工")]
        first, second = (
            article("“吕梁山护工”带动就业9万人，护工大会开幕。", title="甲报"),
            article("“吕梁山护工”。", title="乙报"),
        )
        made = brand("吕梁山护工", source=first)
        bear_out_in(made, second, "吕梁山护工")
        program("护工大会", source=first)
        statistic(made, 90000, phrase="9万人", source=first)
        for deed, at in deeds:
            with within(open_change_set(ChangeSetKind.EDIT, author=person)) as change_set:
                if self.do(deed, at, done, person):
                    done.append(change_set)
        assert list(faults()) == []
        public = public_addresses()
        for address in addresses():
            assert (self.client.get(address).status_code == 200) == (address in public), address

    def do(self, deed: str, at: int, done: list[ChangeSet], person: User) -> bool:
        """Whether it was done, in the change set that is open."""
        if deed == "undo":
            if not (one := done[at % len(done)]).undone_by.exists():
                undo(one, author=person)
            return False
        if deed in ("aside", "back"):
            source = pick(list(Article.objects.order_by("pk")), at)
            if source is not None:
                source.correct(relevant=deed == "back")
            return source is not None
        if deed == "lose":
            piece = pick(list(Evidence.objects.order_by("pk")), at)
            if piece is not None:
                piece.delete()
            return piece is not None
        row = pick([row for model in FACTS for row in model.objects.order_by("pk")], at)
        if row is not None:
            row.review = ReviewState.REJECTED if deed == "reject" else ReviewState.CONFIRMED
            row.save()
        return row is not None


def pick(rows: list[Any], at: int) -> Any:
    return rows[at % len(rows)] if rows else None
