"""What is asked of each kind of mark, by its kind."""

from curation.marking.brand_mark import BrandMark
from curation.marking.fact_marks import AliasMark, NothingMark, ProgramMark, StatisticMark
from curation.marking.mark_form import MarkForm
from curation.marking.words_form import MarkKind

FORMS: dict[str, type[MarkForm]] = {
    MarkKind.BRAND: BrandMark,
    MarkKind.STATISTIC: StatisticMark,
    MarkKind.PROGRAM: ProgramMark,
    MarkKind.ALIAS: AliasMark,
    MarkKind.NOTHING: NothingMark,
}
