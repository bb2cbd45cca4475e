"""Rules that staff write at one time of a random sequence, look at and apply at others, and withdraw or take back."""

from typing import Any

from django.contrib.auth.models import User
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, precondition, rule

from brands.audit.change_sets import within
from brands.models import Article, ChangeSet, Evidence, Page, StandingRule
from brands.sources import RULE
from brands.vocabulary.choices import ChangeSetKind, ReviewState, RuleKind, RuleState
from brands.vocabulary.names import name_key
from curation.jobs import rule_comparison
from curation.jobs.rule_comparison import NotAppliedError
from curation.models import Job, JobState
from curation.standing_rules.table import alike
from curation.views.rules import RuleForm
from ingest.load.standing_rules import present
from ingest.version import extractor_version
from tests.brands.whole import DIVISIONS, State, state

# Hosts of the pages, and papers that they may be said to be.
HOSTS = ("news0.example.cn", "news1.example.cn")

RULES = (
    *((RuleKind.NEVER, name, "", "") for name in ("吕梁护工", "天镇保姆", "离石绣娘")),
    (RuleKind.ALIAS, "吕梁护工", "吕梁山护工", ""),
    (RuleKind.ALIAS, "天镇保姆", "吕梁山护工", ""),
    (RuleKind.METRIC, "带动", "training", ""),
    (RuleKind.METRIC, "带动就业", "employment", ""),
    *((RuleKind.PAPER, host, paper, "") for host, paper in zip(HOSTS, ("吕梁网", "山西网"), strict=True)),
    (RuleKind.PAPER, HOSTS[0], "离石网", ""),
    (RuleKind.PLACE, "吕梁", "141102", ""),
    (RuleKind.PLACE, "吕梁", "140222", "吕梁日报"),
)


class RememberedRules:
    """Rules of a machine that has the bundle of change sets, `person`, `before` and `newest`."""

    change_sets: Bundle[ChangeSet] = Bundle("change_sets")
    person: User
    before: State
    newest: ChangeSet | None
    looked_at: State
    open: Any

    @rule(target=change_sets, said=st.sampled_from(RULES), far=st.integers(0, 2))
    def remember(self, said: tuple[RuleKind, str, str, str], far: int) -> ChangeSet:
        """Somebody writes a rule, which waits to be looked at, and may look at it and apply it then and there."""
        kind, words, means, paper = said
        form = RuleForm({"kind": kind.value, "words": words, "means": means, "paper": paper})
        if not form.is_valid() or alike(form.instance):
            return multiple()  # type: ignore[return-value] # against the catalogue, or there already
        row = form.save(commit=False)
        row.author = self.person
        with within(self.open(ChangeSetKind.EDIT)) as change_set:
            row.save()
        if far:
            self.look([row])
        return (self.apply() if far > 1 else None) or change_set

    @precondition(lambda self: StandingRule.objects.exists())
    @rule(data=st.data())
    def look_at_rules(self, data: st.DataObject) -> None:
        rows = st.sampled_from(list(StandingRule.objects.order_by("pk")))
        self.look(data.draw(st.lists(rows, min_size=1, max_size=2, unique_by=lambda row: row.pk)))

    def look(self, rows: list[StandingRule]) -> None:
        """What the rules change is shown, and nothing is written."""
        before = state(but=DIVISIONS)
        job = Job.objects.get(pk=rule_comparison.compare(rows, self.person).pk)
        assert job.is_checked, job.failure
        assert not job.files.exclude(failure="").exists()
        assert state(but=DIVISIONS) == before
        self.looked_at = before

    @precondition(lambda self: any(job.is_checked for job in Job.objects.order_by("-pk")[:1]))
    @rule(target=change_sets)
    def apply_rules(self) -> ChangeSet:
        return self.apply() or multiple()  # type: ignore[return-value]

    def apply(self) -> ChangeSet | None:
        """The rules that were looked at last count from now on, or no longer; what was shown comes of it, unless
        something else came between."""
        before, job = state(but=DIVISIONS), Job.objects.latest("pk")
        shown = _told(job)
        try:
            rule_comparison.apply(job, self.person)
        except NotAppliedError:
            assert state(but=DIVISIONS) == before
            return None
        job = Job.objects.get(pk=job.pk)
        assert job.state == JobState.DONE, job.failure
        assert not job.files.exclude(failure="").exists()
        assert job.change_set is not None
        if marked_alike(before) == marked_alike(self.looked_at):
            assert _told(job) == shown
        self.before, self.newest = before, job.change_set
        return job.change_set

    def rules_hold(self) -> None:
        """What a rule says is so on all pages that were read by the present rules, but for what people decided."""
        mark = present(extractor_version()).removeprefix(extractor_version())
        for row in StandingRule.objects.filter(state=RuleState.IN_FORCE):
            read = Evidence.objects.filter(article__page__extractor__endswith=mark, field="").exclude(rule=RULE)
            if row.kind == RuleKind.NEVER:
                left = read.filter(brand__name_key=name_key(row.words), brand__review=ReviewState.PROPOSED)
                assert not [one for one in left.select_related("brand") if one.brand and one.brand.machine_may_write]
            elif row.kind == RuleKind.PAPER:
                of_host = Article.objects.filter(url__contains=row.words, page__extractor__endswith=mark)
                told = {one.publisher for one in of_host if "publisher" not in one.hand_set}
                assert told <= {row.means}


def _told(job: Job) -> dict[str, tuple[str, object]]:
    """What a job says that it does to each page."""
    return {file.sha256: (file.outcome, file.counts) for file in job.files.all()}


def marked_alike(whole: State) -> State:
    """The catalogue without the digests of rules in the marks of pages: such as no rule touches are marked anew."""
    version, found = extractor_version(), dict(whole)
    for (table, key), row in whole.items():
        if table == Page._meta.db_table and str(row["extractor"]).startswith(version):
            found[table, key] = {**row, "extractor": version}
    return found
