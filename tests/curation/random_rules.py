"""Rules that staff propose, look at, let count and withdraw, and corrections of all that is alike, among what else
happens in a random sequence."""

from typing import Any

from django.core.exceptions import ValidationError
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, precondition, rule

from brands.audit.change_sets import open_change_set, within
from brands.audit.merge import MergeError
from brands.models import Article, Brand, ChangeSet, StandingRule
from brands.vocabulary.choices import ChangeSetKind, RuleKind, RuleState
from curation.bulk_edit import ChangedSinceError
from curation.jobs import rule_comparison
from curation.jobs.rule_comparison import NotAppliedError
from curation.models import Job, JobState
from curation.standing_rules import alike, table
from curation.standing_rules.lessons import Lesson
from curation.standing_rules.meaning import settled
from tests.brands.whole import state

SAID: tuple[tuple[RuleKind, str, str], ...] = (
    (RuleKind.NEVER, "永川电子装调工", ""),
    (RuleKind.NEVER, "吕梁护工", ""),
    (RuleKind.ALIAS, "吕梁护工", "吕梁山护工"),
    (RuleKind.ALIAS, "吕梁山护工", "吕梁护工"),
    (RuleKind.ALIAS, "离石绣娘", "天镇保姆"),
    (RuleKind.ALIAS, "天镇保姆", "没有的品牌"),
    (RuleKind.METRIC, "带动", "培训人数"),
    (RuleKind.PLACE, "永川", "500118"),
)


class StaffRules:
    """Rules of a machine that has the bundle of change sets, `person`, `before` and `newest`."""

    change_sets: Bundle[ChangeSet] = Bundle("change_sets")
    compared: Job | None = None
    person: Any
    written: Any
    before: Any
    newest: ChangeSet | None

    @rule(target=change_sets, said=st.sampled_from(SAID))
    def propose(self, said: tuple[RuleKind, str, str]) -> ChangeSet:
        """Somebody writes a rule down; one that goes against the catalogue is refused, one that is there is kept."""
        kind, words, means = said
        before = state()
        try:
            words, means = settled(kind, words, means)
        except ValidationError:
            assert state() == before
            return multiple()  # type: ignore[return-value]
        row = StandingRule(kind=kind, words=words, means=means, author=self.person)
        row.full_clean(exclude=["author"])
        if table.alike(row):
            return multiple()  # type: ignore[return-value]
        with within(open_change_set(ChangeSetKind.EDIT, author=self.person)) as change_set:
            row.save()
        self.before, self.newest = before, change_set
        return change_set

    @precondition(lambda self: StandingRule.objects.exclude(state=RuleState.WITHDRAWN).exists())
    @rule(data=st.data())
    def compare(self, data: st.DataObject) -> None:
        """What comes of some rules is shown; nothing is written. One that counts is shown as if it no longer did."""
        there = list(StandingRule.objects.exclude(state=RuleState.WITHDRAWN).order_by("pk"))
        picked = data.draw(st.lists(st.sampled_from(there), min_size=1, max_size=2, unique=True))
        before = state()
        self.compared = rule_comparison.compare(picked, self.person)
        assert state() == before
        assert Job.objects.get(pk=self.compared.pk).state == JobState.DONE

    @precondition(lambda self: self.compared is not None)
    @rule(target=change_sets)
    def apply_rules(self) -> ChangeSet:
        """The rules of the last comparison count, or no longer, and their pages are read so."""
        assert self.compared is not None
        before, job = state(), Job.objects.get(pk=self.compared.pk)
        turned = {one.pk: one.turned for one in job.standing_rules.all()}
        self.compared = None
        try:
            rule_comparison.apply(job, self.person)
        except NotAppliedError:
            assert state() == before
            return multiple()  # type: ignore[return-value]
        job.refresh_from_db()
        assert job.state == JobState.DONE, job.failure
        assert {one.pk: one.state for one in job.standing_rules.all()} == turned
        self.newest = None  # the mark of the version on pages that were read is no part of a change set
        assert job.change_set is not None
        return job.change_set

    @precondition(lambda self: StandingRule.objects.filter(state=RuleState.PROPOSED).exists())
    @rule(target=change_sets, data=st.data())
    def drop_rule(self, data: st.DataObject) -> ChangeSet:
        row = data.draw(st.sampled_from(list(StandingRule.objects.filter(state=RuleState.PROPOSED).order_by("pk"))))
        self.before = state()
        with within(open_change_set(ChangeSetKind.EDIT, author=self.person)) as change_set:
            row.state = RuleState.WITHDRAWN
            row.save(update_fields=["state"])
        self.newest = change_set
        return change_set

    @rule(target=change_sets, said=st.sampled_from([one for one in SAID if one[0] in {RuleKind.NEVER, RuleKind.ALIAS}]))
    def change_alike(self, said: tuple[RuleKind, str, str]) -> ChangeSet:
        """All that a machine alone made and that a lesson fits is corrected; what people decided stays."""
        lesson = Lesson(*said)
        found = alike.alike(lesson)
        decided = {row.pk: row.review for row in Brand.objects.all() if not row.machine_may_write}
        before = state()
        try:
            picked = {one.pk for one in found.rows}
            done = alike.change(lesson, picked, by=self.person, why="同样的", seal=found.seal)
        except (MergeError, ChangedSinceError):
            done = None
        if done is None:
            assert state() == before
            return multiple()  # type: ignore[return-value]
        now = Brand.objects.in_bulk(list(decided))
        assert {pk for pk, review in decided.items() if pk not in now or now[pk].review != review} == set()
        self.before, self.newest = before, done
        return done

    @precondition(lambda self: Article.objects.exists())
    @rule(target=change_sets, data=st.data(), is_relevant=st.booleans())
    def set_aside(self, data: st.DataObject, is_relevant: bool) -> ChangeSet:
        """Somebody says of an article that it is about labour brands, or that it is not."""
        source = data.draw(st.sampled_from(list(Article.objects.order_by("pk"))))
        if source.relevant == is_relevant:
            return multiple()  # type: ignore[return-value]
        self.before = state()
        with within(open_change_set(ChangeSetKind.EDIT, author=self.person)) as change_set:
            source.correct(relevant=is_relevant)
        self.newest = change_set
        return change_set
