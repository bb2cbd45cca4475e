"""Records cannot be built wrong."""

from decimal import Decimal

import pytest

from brands.vocabulary.choices import Metric, ProgramKind, Qualifier
from ingest.records import (
    ExtractedBrand,
    ExtractedProgram,
    RejectedPageError,
    RejectionReason,
    StatisticFact,
    Subject,
    SubjectType,
)
from ingest.text import Span


def test_a_fact_without_evidence_cannot_be_built() -> None:
    subject = Subject(SubjectType.REGION, "100000")
    with pytest.raises(ValueError, match="no evidence"):
        ExtractedBrand("某县绣娘", (), ())
    with pytest.raises(ValueError, match="no evidence"):
        ExtractedProgram("某县绣娘大赛", ProgramKind.CONTEST, (), ())
    with pytest.raises(ValueError, match="no evidence"):
        StatisticFact(subject, Metric.BRANDS, Decimal(1), Qualifier.EXACT, "个", "1个", ())


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_runs_forward_from_the_start_of_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@pytest.mark.parametrize(
    ("other", "contains", "overlaps"),
    [(Span(2, 4), True, True), (Span(0, 3), False, True), (Span(5, 6), False, False), (Span(3, 3), True, True)],
)
def test_spans_contain_and_overlap(other: Span, contains: bool, overlaps: bool) -> None:
    assert Span(1, 5).contains(other) is contains
    assert Span(1, 5).overlaps(other) is overlaps
    assert Span(1, 3).of("天地玄黄") == "地玄"


def test_a_rejected_page_says_which_file_and_why() -> None:
    error = RejectedPageError("头版.txt", RejectionReason.TOO_LARGE, "3 MB")
    assert str(error) == "头版.txt: the file is larger than the limit (3 MB)"
    assert (error.name, error.reason) == ("头版.txt", RejectionReason.TOO_LARGE)
