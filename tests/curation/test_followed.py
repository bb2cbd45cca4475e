"""A program that begins with a dump and follows the feed of changes has what a later dump has, whatever staff and runs
do meanwhile, and in whatever steps it reads."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_sequences

from brands.audit.change_sets import within
from brands.audit.merge import MergeChoice, MergeError, merge
from brands.dumps.changes import changes_behind
from brands.dumps.position import read, snapshot
from brands.dumps.tables import TABLES
from brands.models import Article, Brand, Evidence, Program, Region, Statistic
from brands.vocabulary.choices import ChangeSetKind, ReviewState
from tests.brands.factories import bear_out, catalogue, program, statistic
from tests.curation.test_stateful import Curation
from tests.needs import thorough, tries

pytestmark = pytest.mark.django_db

SEQUENCES = tries(300, 4)
STEPS = 16

Tables = dict[str, dict[Any, dict[str, Any]]]


def dumped() -> Tables:
    """What a dump of now would have."""
    return {name: {row[table.key.name]: row for row in table.records()} for name, table in TABLES.items()}


class Follower:
    """The program that follows."""

    def __init__(self) -> None:
        with snapshot() as self.place:
            self.tables = dumped()

    def follow(self, limit: int, pages: int = 10**6) -> None:
        for _page in range(pages):
            page = changes_behind(read(self.place), limit)
            for change in page.changes:
                rows = self.tables[change.table.name]
                ACTIONS[change.action] += 1
                if change.row is None:
                    assert change.action in {"withdrawn", "merged"}
                    rows.pop(change.key, None)
                else:
                    assert change.action in {"added", "changed"}
                    rows[change.key] = change.row
            self.place = page.place
            if not page.more:
                return


# Ways of changing rows past all forms, as somebody may who is at the database: of a model, with these values.
STIRRED: tuple[tuple[Any, dict[str, Any]], ...] = (
    (Article, {"relevant": False}),
    (Article, {"relevant": True}),
    (Brand, {"confidence": 0.2}),
    (Brand, {"confidence": 0.9}),
    (Brand, {"review": ReviewState.PROPOSED}),
    (Statistic, {"confidence": 0.2}),
    (Program, {"review": ReviewState.REJECTED}),
    (Program, {"confidence": 0.3}),
    (Evidence, {"field": "level"}),
    (Evidence, {"field": ""}),
)


class Followed(Curation):
    """All that the catalogue goes through, and somebody who follows it."""

    @initialize()
    def begin(self) -> None:
        super().begin()
        catalogue()
        self.follower = Follower()

    @rule(limit=st.sampled_from((1, 2, 9)), pages=st.integers(1, 3))
    def read_on(self, limit: int, pages: int) -> None:
        self.follower.follow(limit, pages)

    @rule(data=st.data(), way=st.sampled_from(STIRRED))
    def stir(self, data: st.DataObject, way: tuple[Any, dict[str, Any]]) -> None:
        model, values = way
        self._change(data, model, lambda row: model.objects.filter(pk=row.pk).update(**values))

    @rule(data=st.data())
    def forget_a_sentence(self, data: st.DataObject) -> None:
        self._change(data, Evidence, lambda row: row.delete())

    @rule(data=st.data(), other=st.sampled_from(("series", "reprint_of", "whole")))
    def refer(self, data: st.DataObject, other: str) -> None:
        """A row refers to another one of its kind."""
        model: Any = {"series": Brand, "reprint_of": Article, "whole": Statistic}[other]
        rows = list(model.objects.order_by("pk"))
        if len(rows) > 1:
            row, to = data.draw(st.lists(st.sampled_from(rows), min_size=2, max_size=2, unique_by=lambda one: one.pk))
            besides = {"scope": "part"} if model is Statistic else {}
            model.objects.filter(pk=row.pk).update(**{other: to.pk}, **besides)
            self.newest = None

    @rule(name=st.sampled_from(("吕梁市", "吕梁区")))
    def rename_a_division(self, name: str) -> None:
        Region.objects.filter(pk="141100").update(name=name)
        self.newest = None

    @precondition(lambda self: Brand.objects.exists() and Article.objects.exists())
    @rule(data=st.data(), name=st.sampled_from(("春风行动", "护工技能大赛")))
    def tell_of_a_program(self, data: st.DataObject, name: str) -> None:
        if Program.objects.filter(name=name).exists():
            return
        brand = data.draw(st.sampled_from(list(Brand.objects.order_by("pk"))))
        with within(self.open(ChangeSetKind.EDIT)):
            made = program(name)
            made.brands.add(brand)
            made.regions.add(Region.objects.get(pk="140000"))
            number = statistic(made, 100)
            bear_out(number, number.evidence.get().article, "100人", field="scope")
        self.newest = None

    @precondition(lambda self: Program.objects.count() > 1)
    @rule()
    def join_programs(self) -> None:
        kept, gone = Program.objects.order_by("pk")[:2]
        try:
            merge(Program, kept.pk, gone.pk, MergeChoice(), author=self.person, why="")
        except MergeError:
            return
        self.newest = None

    def _change(self, data: st.DataObject, model: Any, work: Callable[[Any], object]) -> None:
        rows = list(model.objects.order_by("pk"))
        if rows:
            row = data.draw(st.sampled_from(rows))
            with suppress(IntegrityError), transaction.atomic():
                work(row)
            self.newest = None

    # What holds

    def check_all(self) -> None:
        connection.check_constraints()
        self.follower.follow(3)
        now = dumped()
        for name, rows in now.items():
            assert self.follower.tables[name] == rows, name
            CHECKED[name] += len(rows)

    def no_word_of_a_person_is_lost(self) -> None:
        """Not asked here: what is stirred is nobody's."""


# How many rows of each table were compared: that a table is always empty would prove nothing of it.
CHECKED: Counter[str] = Counter()
ACTIONS: Counter[str] = Counter()


def test_who_follows_has_what_a_dump_has() -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_sequences(
        Followed,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=not thorough(),
            phases=tuple(Phase) if thorough() else (Phase.generate,),
            suppress_health_check=checks,
        ),
    )
    assert {"brands", "brand_names", "brand_details", "programs", "statistics", "evidence"} <= set(+CHECKED)
    assert {"added", "changed", "withdrawn"} <= set(+ACTIONS)
