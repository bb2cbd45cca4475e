"""Random sequences of runs, edits, verdicts, merges and undos: whatever comes after what, nothing that a person wrote
is lost, the history says what there is, and what follows from the catalogue follows."""

from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Count
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, multiple, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_sequences

from brands.audit.change_sets import open_change_set, within
from brands.audit.merge import MergeChoice, MergeError, merge
from brands.audit.split import Dealt, SplitError, split
from brands.audit.undo import undo
from brands.listing import own_sources, read_model
from brands.models import Article, Brand, Card, ChangeSet, DocumentKind, Evidence, Page, Proposal, Region, Statistic
from brands.models.source import BY_HAND
from brands.proposals import accept, decline
from brands.search import store
from brands.sources import RULE
from brands.vocabulary.choices import BrandLevel, ChangeSetKind, ProposalState, ReviewState
from brands.vocabulary.names import name_key
from curation.bulk_edit import Edit, apply
from curation.lists.drafts import begin, keep, rows_of
from curation.lists.publishing import publish
from curation.marking.article_reading import ArticleReading
from curation.marking.facts import MarkedBrand, MarkedPlace, mark_brands
from curation.models import ListDraft
from ingest.load.articles import corrections
from ingest.load.page import load_page
from ingest.records import PageFacts
from tests.brands.whole import DIVISIONS, State, replayed, state, without_long_texts
from tests.curation.jobs import at_hand
from tests.curation.random_imports import TableRules
from tests.curation.random_rules import HOSTS, RememberedRules, marked_alike
from tests.ingest.building import PageBuilder
from tests.needs import thorough

__all__ = ["at_hand"]

pytestmark = [pytest.mark.usefixtures("divisions", "at_hand"), pytest.mark.django_db]

# The goals of a thorough run: PostgreSQL takes some three times as long for one.
SEQUENCES = (500 if connection.vendor == "sqlite" else 200) if thorough() else 4
STEPS = 14

NAMES = ("吕梁山护工", "吕梁护工", "天镇保姆", "永川电子装调工")
REGIONS = ("141100", "140000", "140222", "")
LEVELS = (BrandLevel.NATIONAL, BrandLevel.PROVINCIAL, BrandLevel.COUNTY, None)
EDITS: dict[str, tuple[object, ...]] = {
    "level": ("national", "prefectural", ""),
    "organisation": ("县人社局", "市人社局"),
    "region_id": ("141102", "500118", None),
    "description": ("走出大山的护工。", "北漂保姆。"),
}
# Those of them that many rows may be given at once.
IN_BULK = ("level", "region_id")
PAGES = 4
# Brands that the machine never sees.
MARKED = ("离石绣娘", "文水面塑匠")
# Titles of lists; lists of one title are one source.
LISTS = ("第一批劳务品牌名单", "第二批劳务品牌名单")


@dataclass
class Written:
    """What people wrote into one field, the latest last: change set and value."""

    values: list[tuple[int, Any]] = field(default_factory=list)


class Curation(TableRules, RememberedRules, RuleBasedStateMachine):
    """The catalogue under all hands at once."""

    change_sets: Bundle[ChangeSet] = Bundle("change_sets")

    @initialize()
    def begin(self) -> None:
        self.held = ExitStack()
        self.held.enter_context(transaction.atomic())
        self.held.callback(transaction.set_rollback, True)
        self.person = User.objects.create_user("shenhe")
        self.versions = 0
        self.written: defaultdict[tuple[int, str], Written] = defaultdict(Written)
        self.marked: dict[int, tuple[int, int]] = {}  # change set and brand of evidence that somebody pointed at
        self.papers: defaultdict[int, Written] = defaultdict(Written)
        self.before: State = {}
        self.looked_at: State = {}
        self.newest: ChangeSet | None = None

    def teardown(self) -> None:
        if hasattr(self, "held"):
            try:
                self.check_all()
            finally:
                self.held.close()

    def open(self, kind: ChangeSetKind) -> ChangeSet:
        self.before = state(but=DIVISIONS)
        self.newest = open_change_set(kind, author=self.person)
        return self.newest

    # What happens

    @rule(
        target=change_sets,
        page=st.integers(0, PAGES - 1),
        name=st.sampled_from(NAMES),
        region=st.sampled_from(REGIONS),
        level=st.sampled_from(LEVELS),
        people=st.sampled_from((90000, 80000)),
    )
    def run(self, page: int, name: str, region: str, level: BrandLevel | None, people: int) -> ChangeSet:
        """A machine run reads one of a few pages, as an extractor of another version each time."""
        others = "、".join(MARKED)
        head = f"---\nurl: http://{HOSTS[page % len(HOSTS)]}/{page}.html\n---\n"
        text = f"{head}第{page}版\n山西省级劳务品牌“{name}”与“{NAMES[page]}”同场，带动就业9万人。{others}也来了。"
        made = PageBuilder(text, name=f"{page}.txt")
        made.brand(name, region, level=level)
        if NAMES[page] != name:
            made.brand(NAMES[page], "140000")
        made.statistic(name, "9万人", people, as_of="2025")
        self.versions += 1
        facts = made.facts()
        stored = Page.objects.filter(sha256=facts.page.sha256).first()
        facts = replace(facts, page=replace(facts.page, corrected=corrections(stored))) if stored else facts
        with within(self.open(ChangeSetKind.INGEST)) as change_set:
            load_page(facts, version=str(self.versions))
        return change_set

    @precondition(lambda self: Brand.objects.exists())
    @rule(target=change_sets, data=st.data(), name=st.sampled_from(sorted(EDITS)))
    def edit(self, data: st.DataObject, name: str) -> ChangeSet:
        row = data.draw(st.sampled_from(list(Brand.objects.order_by("pk"))))
        value = data.draw(st.sampled_from(EDITS[name]))
        if getattr(row, name) == value:
            return multiple()  # type: ignore[return-value] # a form that was sent as it was shown writes nothing
        setattr(row, name, value)
        row.prepare()
        if Brand.objects.filter(name_key=row.name_key, region=row.region_id).exclude(pk=row.pk).exists():
            return multiple()  # type: ignore[return-value] # a form would refuse it
        row.set_by_hand([name.removesuffix("_id")])
        with within(self.open(ChangeSetKind.EDIT)) as change_set:
            row.save()
        self.written[row.pk, name].values.append((change_set.pk, value))
        return change_set

    @precondition(lambda self: Brand.objects.exists())
    @rule(target=change_sets, data=st.data(), name=st.sampled_from(sorted(IN_BULK)))
    def edit_in_bulk(self, data: st.DataObject, name: str) -> ChangeSet:
        """All brands get one value of a field; the page counts those that would become doubles and leaves them."""
        value = data.draw(st.sampled_from(EDITS[name]))
        rows = list(Brand.objects.order_by("pk").values_list("pk", flat=True))
        before = state(but=DIVISIONS)
        edit = Edit(name.removesuffix("_id"), value)
        change_set, done = apply(Brand, rows, edit, by=self.person, why="统一设定")
        if change_set is None:
            return multiple()  # type: ignore[return-value]
        self.before, self.newest = before, change_set
        for one in done.changing:
            self.written[one.row.pk, name].values.append((change_set.pk, value))
        return change_set

    @precondition(lambda self: Statistic.objects.exists() or Brand.objects.exists())
    @rule(target=change_sets, data=st.data(), verdict=st.sampled_from((ReviewState.CONFIRMED, ReviewState.REJECTED)))
    def judge(self, data: st.DataObject, verdict: ReviewState) -> ChangeSet:
        rows = [*Brand.objects.order_by("pk"), *Statistic.objects.order_by("pk")]
        row = data.draw(st.sampled_from(rows))
        row.set_by_hand(["review"])
        row.review = verdict
        with within(self.open(ChangeSetKind.REVIEW)) as change_set:
            row.save()
        return change_set

    @precondition(lambda self: Proposal.objects.filter(state=ProposalState.OPEN, brand__isnull=False).exists())
    @rule(target=change_sets, data=st.data(), welcome=st.booleans())
    def answer(self, data: st.DataObject, welcome: bool) -> ChangeSet:
        waiting = list(Proposal.objects.filter(state=ProposalState.OPEN, brand__isnull=False).order_by("pk"))
        proposal = data.draw(st.sampled_from(waiting))
        taken = Brand.objects.filter(name_key=proposal.brand.name_key).count() > 1  # type: ignore[union-attr]
        with within(self.open(ChangeSetKind.REVIEW)) as change_set:
            if welcome and not (proposal.field in {"region", "name"} and taken):
                row = accept(proposal, by=self.person)
                name = "region_id" if proposal.field == "region" else proposal.field
                self.written[row.pk, name].values.append((change_set.pk, getattr(row, name)))
            else:
                decline(proposal, by=self.person)
        return change_set

    @precondition(lambda self: Brand.objects.count() > 1)
    @rule(target=change_sets, data=st.data())
    def join(self, data: st.DataObject) -> ChangeSet:
        pair = st.lists(st.sampled_from(list(Brand.objects.order_by("pk"))), min_size=2, max_size=2, unique=True)
        kept, gone = data.draw(pair)
        before = state(but=DIVISIONS)
        try:
            change_set = merge(Brand, kept.pk, gone.pk, MergeChoice(), author=self.person, why="同一品牌")
        except MergeError:
            assert state(but=DIVISIONS) == before
            return multiple()  # type: ignore[return-value]
        self.before, self.newest = before, change_set
        return change_set

    @precondition(lambda self: Article.objects.exists())
    @rule(target=change_sets, data=st.data(), name=st.sampled_from((*MARKED, *NAMES)), region=st.sampled_from(REGIONS))
    def mark(self, data: st.DataObject, name: str, region: str) -> ChangeSet:
        """Somebody says that words of an article are a brand: a new one, or one that is there under the name."""
        source = data.draw(st.sampled_from(list(Article.objects.order_by("pk").select_related("page"))))
        start = source.page.text.find(name)
        if start < 0 or not source.spans:
            return multiple()  # type: ignore[return-value]
        end = start + len(name)
        place = MarkedPlace(source, ArticleReading.of(source), start, end)
        known = Brand.objects.filter(name_key=name_key(name)).order_by("pk").first()
        found = MarkedBrand(start, end, name, known.pk if known else None)
        before, told = state(but=DIVISIONS), set(Evidence.objects.filter(rule=RULE).values_list("pk", flat=True))
        try:
            written = mark_brands(self.person, place, [(found, {"region": Region.objects.filter(pk=region).first()})])
        except ValidationError:  # another brand of the name is told there
            assert state(but=DIVISIONS) == before
            return multiple()  # type: ignore[return-value]
        self.before, self.newest = before, written.change_set
        made = Evidence.objects.get(article=source, start=start, end=end, field="", brand__name_key=name_key(name))
        if made.pk not in told:  # who points at what a person's list says already adds nothing to it
            self.marked[made.pk] = (written.change_set.pk, made.brand_id or 0)
        if known is None and region:
            self.written[made.brand_id or 0, "region_id"].values.append((written.change_set.pk, region))
        return written.change_set

    @precondition(lambda self: Brand.objects.exists())
    @rule(target=change_sets, data=st.data(), region=st.sampled_from(REGIONS))
    def split(self, data: st.DataObject, region: str) -> ChangeSet:
        """Somebody says that a brand is two, and deals out what bears it out."""
        row = data.draw(st.sampled_from(list(Brand.objects.order_by("pk"))))
        pieces = list(row.evidence.filter(field="").order_by("pk").values_list("pk", flat=True))
        if len(pieces) < 2:
            return multiple()  # type: ignore[return-value]
        dealt = Dealt(pieces[1:], list(row.statistics.values_list("pk", flat=True)[:1]))
        before = state(but=DIVISIONS)
        values = {"name": row.name, "region": Region.objects.filter(pk=region).first(), "industry": row.industry}
        try:
            change_set, made = split(row.pk, values, dealt, author=self.person, why="两个品牌")
        except SplitError:
            assert state(but=DIVISIONS) == before
            return multiple()  # type: ignore[return-value]
        self.before, self.newest = before, change_set
        self.written[made.pk, "region_id"].values.append((change_set.pk, region or None))
        return change_set

    @precondition(lambda self: Article.objects.exists())
    @rule(target=change_sets, data=st.data(), paper=st.sampled_from(("吕梁日报", "山西日报")))
    def correct(self, data: st.DataObject, paper: str) -> ChangeSet:
        """Somebody corrects the paper of an article, which no run changes then."""
        source = data.draw(st.sampled_from(list(Article.objects.order_by("pk"))))
        if source.publisher == paper:
            return multiple()  # type: ignore[return-value]
        with within(self.open(ChangeSetKind.EDIT)) as change_set:
            source.correct(publisher=paper)
        self.papers[source.pk].values.append((change_set.pk, paper))
        return change_set

    @rule(
        target=change_sets,
        title=st.sampled_from(LISTS),
        names=st.lists(st.sampled_from((*MARKED, *NAMES)), min_size=1, max_size=3, unique=True),
        region=st.sampled_from(REGIONS),
        level=st.sampled_from(EDITS["level"]),
        body=st.sampled_from(("", *EDITS["organisation"])),
    )
    def publish_list(self, title: str, names: list[str], region: str, level: str, body: str) -> ChangeSet:
        """Somebody publishes a list of brands, new ones and some that are there, with the list as their source."""
        draft = begin(ListDraft(title=title, text="\n".join(names), author=self.person))
        rows = rows_of(draft)
        said = {"region": region, "level": level, "organisation": body}
        for row in rows:
            row.cells, row.ticked = {"name": row.cells["name"], **said}, True
        keep(draft, rows)
        before, earlier = state(but=DIVISIONS), Brand.objects.in_bulk()
        done = publish(draft, by=self.person)
        if done.change_set is None:
            assert state(but=DIVISIONS) == before
            return multiple()  # type: ignore[return-value]
        self.before, self.newest = before, done.change_set
        listed = Evidence.objects.filter(article__title=title, field="").values("brand")
        for brand in Brand.objects.filter(pk__in=listed):
            for name in EDITS:
                value, was = getattr(brand, name), getattr(earlier.get(brand.pk, Brand()), name)
                if value != was:
                    assert value == said[name.removesuffix("_id")]
                    self.written[brand.pk, name].values.append((done.change_set.pk, value))
        return done.change_set

    @precondition(lambda self: self.newest is not None)
    @rule()
    def take_back_the_newest(self) -> None:
        """The catalogue is what it was, field by field."""
        assert self.newest is not None
        done = undo(self.newest, author=self.person)
        assert done.kept == []
        now = state(but=DIVISIONS)
        for (table, key), row in self.before.items():
            if table == Page._meta.db_table and row["extractor"] == BY_HAND:
                # A source of people only grows; its article ends where it did.
                told = str(now[table, key]["text"])
                assert told.startswith(str(row["text"]))
                row["text"] = told
        assert marked_alike(now) == marked_alike(self.before)
        self.forget(self.newest, {})
        self.newest = None

    @rule(change_set=change_sets)
    def undo_changes(self, change_set: ChangeSet) -> None:
        """Any change set, whatever came after; what was changed since is named and kept."""
        if ChangeSet.objects.filter(undoes=change_set).exists():
            return
        done = undo(change_set, author=self.person)
        kept: defaultdict[int, set[str]] = defaultdict(set)
        for one in done.kept:
            if one.table == "brands_brand":
                kept[int(one.row)].update(one.fields or EDITS)
        self.forget(change_set, kept)
        self.newest = None

    def forget(self, change_set: ChangeSet, kept: dict[int, set[str]]) -> None:
        """What the change set wrote no longer stands, but for what was kept."""
        for (pk, name), written in self.written.items():
            if name not in kept.get(pk, ()):
                written.values = [one for one in written.values if one[0] != change_set.pk]
        for written in self.papers.values():
            written.values = [one for one in written.values if one[0] != change_set.pk]

    # What holds

    def check_all(self) -> None:
        assert replayed(but=DIVISIONS) == without_long_texts(state(but=DIVISIONS))
        for kind in set(DocumentKind) - {DocumentKind.REGION}:  # which nothing here writes
            assert list(store.differences(kind)) == []
        assert list(read_model.differences()) == []
        assert list(own_sources.differences()) == []
        connection.check_constraints()
        self.nothing_public_lacks_evidence()
        self.what_was_pointed_at_stays()
        self.no_word_of_a_person_is_lost()
        self.rules_hold()

    def nothing_public_lacks_evidence(self) -> None:
        borne_out = set(Evidence.objects.filter(field="").values_list("brand", flat=True))
        assert set(Card.objects.values_list("pk", flat=True)) <= borne_out
        for evidence in Evidence.objects.select_related("article__page"):
            assert evidence.quote.strip()

        self.no_sentence_of_a_person_proves_two()

    def no_sentence_of_a_person_proves_two(self) -> None:
        told = Evidence.objects.filter(field="", rule=RULE, brand__isnull=False)
        told = told.exclude(brand__review=ReviewState.REJECTED)
        twice = told.values("article", "start", "end").annotate(brands=Count("brand", distinct=True))
        assert not list(twice.filter(brands__gt=1))

    def what_was_pointed_at_stays(self) -> None:
        undone = set(ChangeSet.objects.filter(undoes__isnull=False).values_list("undoes", flat=True))
        there = set(Evidence.objects.values_list("pk", flat=True))
        brands = set(Brand.objects.values_list("pk", flat=True))
        for pk, (change_set, brand) in self.marked.items():
            assert pk in there or change_set in undone or brand not in brands, f"evidence {pk} of {brand} is gone"
        rows = Article.objects.in_bulk(list(self.papers))
        for pk, written in self.papers.items():
            if pk in rows and written.values:
                assert rows[pk].publisher == written.values[-1][1]

    def no_word_of_a_person_is_lost(self) -> None:
        rows = Brand.objects.in_bulk([pk for pk, _name in self.written])
        for (pk, name), written in self.written.items():
            if pk in rows and written.values:
                assert getattr(rows[pk], name) == written.values[-1][1], f"{rows[pk]} {name}"
                assert name.removesuffix("_id") in rows[pk].hand_set, f"{rows[pk]} {name} is no more a person's"


def test_a_bulk_edit_is_taken_back_after_a_person_set_the_same_field() -> None:
    """What the person wrote is still a person's: the next run leaves it and proposes what the paper says."""
    person = User.objects.create_user("shenhe")
    load_page(read("省级", BrandLevel.PROVINCIAL), version="1")
    row = Brand.objects.get()
    change_set, _done = apply(Brand, [row.pk], Edit("level", "national"), by=person, why="")
    row.refresh_from_db()
    row.level = "county"
    row.set_by_hand(["level"])
    row.save()
    assert change_set is not None
    undo(change_set, author=person)
    load_page(read("市级", BrandLevel.PREFECTURAL), version="2")
    row.refresh_from_db()
    assert (row.level, row.review, row.hand_set) == ("county", ReviewState.CONFIRMED, ["level"])
    assert list(Proposal.objects.values_list("field", "value")) == [("level", "prefectural")]


def read(level: str, found: BrandLevel) -> PageFacts:
    made = PageBuilder(f"{level}劳务品牌“耀瓷工匠”带动就业。", name="1.txt")
    made.brand("耀瓷工匠", "141100", level=found)
    return made.facts()


def test_whatever_comes_after_what() -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_sequences(
        Curation,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=not thorough(),
            suppress_health_check=checks,
        ),
    )
