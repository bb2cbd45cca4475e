"""What hangs on a brand that is to be split, with the side that each piece seems to belong to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.audit.split import Dealt
from brands.models import Article, Brand, Evidence, Region
from brands.models.audit import MAX_NOTE
from brands.vocabulary.adcodes import adcode_range
from curation.review.forms import BrandForm

# Rows that are dealt out on one page; a brand with more is one that many papers tell of.
MOST_ROWS = 600

STAYS, GOES = "stays", "goes"
# Of each kind of row: what people call it.
KINDS = {"evidence": _("出处"), "statistics": _("数据"), "details": _("品牌详情"), "aliases": _("别名")}


@dataclass(frozen=True, slots=True)
class DealtRow:
    """One row that hangs on the brand: its kind and key, what it says, and where that stands; `goes` is whether it
    seems to belong to the new brand."""

    kind: str
    pk: int
    words: str
    article: Article | None = None
    evidence: Evidence | None = None
    goes: bool = False

    @property
    def name(self) -> str:
        return f"{self.kind}_{self.pk}"


def rows_of(brand: Brand, place: Region | None) -> list[DealtRow]:
    """What hangs on the brand. A piece seems to belong to the new brand where its article is set in the `place` of that
    one and not in that of the other; numbers and details follow the articles that tell them."""
    evidence = list(Evidence.objects.with_words().filter(brand=brand, field="").order_by("article", "start", "pk"))
    found = [
        DealtRow("evidence", one.pk, one.quote, one.article, one, _seems(one.article, brand, place)) for one in evidence
    ]
    there = {row.article.pk for row in found if row.goes and row.article}
    found += _told("statistics", brand, there, "statistic__brand", "statistic_id")
    found += _told("details", brand, there, "detail__brand", "detail_id")
    found += [DealtRow("aliases", alias.pk, alias.name) for alias in brand.aliases.order_by("pk")]
    return found


def _told(kind: str, brand: Brand, there: set[int], column: str, key: str) -> Iterator[DealtRow]:
    pieces: dict[int, Evidence] = {}
    for piece in Evidence.objects.with_words().filter(**{column: brand}).order_by("article", "pk"):
        pieces.setdefault(getattr(piece, key), piece)
    for row in getattr(brand, kind).order_by("pk"):
        said = pieces.get(row.pk)
        article = said.article if said is not None else None
        yield DealtRow(kind, row.pk, _words(row), article, said, article is not None and article.pk in there)


def _words(row: Any) -> str:
    if hasattr(row, "metric"):
        return f"{row.get_metric_display()} {row.stated or row.value}"
    return f"{row.get_kind_display()} {row.words}"


def _seems(article: Article, brand: Brand, place: Region | None) -> bool:
    """Whether the article is set in the new brand's place, or at least not in the province of the other."""
    if not article.place_id:
        return False
    if place is not None:
        return _is_in(article.place_id, place.adcode) and not _is_in(article.place_id, brand.region_id or "")
    return bool(brand.region_id) and article.place_id[:2] not in {str(brand.region_id)[:2], "10"}


def _is_in(code: str, holder: str) -> bool:
    if not holder:
        return False
    first, after = adcode_range(holder)
    return first <= code < after


class SplitForm(BrandForm):
    """The new brand, and which side each row goes to. `seal` stands for the rows that were shown."""

    why = forms.CharField(label=_("原因"), required=False, max_length=MAX_NOTE)
    seal = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, brand: Brand, rows: Sequence[DealtRow], data: Any = None, *, place: Region | None = None
    ) -> None:
        said = {name: getattr(brand, name) for name in BrandForm.Meta.fields if name != "region"}
        initial = {**said, "region": place.pk if place else None, "seal": seal(brand, rows)}
        super().__init__(data, initial=initial, instance=Brand(), auto_id="id_split_%s")
        self.rows = rows
        for name in ("keeps_name", "opened"):  # of a brand that is there
            self.fields.pop(name, None)
        for row in rows:
            self.fields[row.name] = forms.ChoiceField(
                label=row.words,
                choices=[(STAYS, gettext("留下")), (GOES, gettext("分出"))],
                initial=GOES if row.goes else STAYS,
                widget=forms.RadioSelect,
            )

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields of the new brand."""
        dealt = {row.name for row in self.rows}
        return [self[name] for name in self.fields if name not in dealt]

    @property
    def groups(self) -> list[tuple[str, list[tuple[DealtRow, str]]]]:
        """The rows of each kind, each with the side that is chosen."""
        found = []
        for kind, label in KINDS.items():
            mine = [(row, str(self[row.name].value())) for row in self.rows if row.kind == kind]
            found += [(str(label), mine)] if mine else []
        return found

    @property
    def values(self) -> dict[str, Any]:
        """What the new brand is."""
        return {name: self.cleaned_data[name] for name in BrandForm.Meta.fields if name in self.cleaned_data}

    @property
    def dealt(self) -> Dealt:
        gone = {kind: [row.pk for row in self.rows if row.kind == kind and self._goes(row)] for kind in KINDS}
        return Dealt(**gone)

    def _goes(self, row: DealtRow) -> bool:
        return bool(self.cleaned_data[row.name] == GOES)


def seal(brand: Brand, rows: Sequence[DealtRow]) -> str:
    """Another one once the brand, or what hangs on it, is not what it was."""
    said = [brand.updated_at.isoformat(), *(row.name for row in rows)]
    return sha256("\n".join(said).encode()).hexdigest()
