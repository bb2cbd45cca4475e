"""What a person's correction teaches: each change that one made of what the machine had read, as a rule that it may
become and by which others like it are found."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlencode, urlsplit

from django.db.models import Q

from brands.audit.change_sets import taken_back
from brands.audit.net_changes import Net, net
from brands.audit.snapshots import Columns
from brands.models import Article, Brand, BrandAlias, Change, ChangeSet, Evidence, Region, Statistic
from brands.models.standing_rule import MAX_SENTENCE
from brands.vocabulary.choices import ChangeSetKind, ReviewState, RuleKind
from brands.vocabulary.names import MAX_NAME, name_key

# Change sets in which people say what is so.
KINDS = (
    ChangeSetKind.EDIT,
    ChangeSetKind.BULK,
    ChangeSetKind.IMPORT,
    ChangeSetKind.MERGE,
    ChangeSetKind.REVIEW,
)

# The newest changes of a row, and changes of a change set, that are looked at.
MOST = 500

# Lessons that are shown of one change set.
SHOWN = 50

# Characters before a number from which the word is taken that says what it counts.
BEFORE = 6

_APART = re.compile(r"[，。；：、！？\s“”‘’（）()《》]|[0-9０-９.]+|[约近超逾达共已有余多万亿千百个名家户人元]+")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A rule that a correction may become: `was` is what the machine had made of it (a value as the database has it),
    `label` what was corrected and `sentence` where it stood; `change_set` is the correction."""

    kind: RuleKind
    words: str
    means: str = ""
    paper: str = ""
    was: str = ""
    label: str = ""
    sentence: str = ""
    change_set: int | None = None

    @property
    def query(self) -> str:
        """The lesson as part of an address."""
        said = {
            "kind": self.kind.value,
            "words": self.words,
            "means": self.means,
            "paper": self.paper,
            "was": self.was,
            "sentence": self.sentence,
            "from": self.change_set or "",
        }
        return urlencode({name: value for name, value in said.items() if value})


def of_change_set(change_set: ChangeSet) -> list[Lesson]:
    """What a change set of a person teaches; nothing where a machine made it or it was taken back."""
    if change_set.kind not in KINDS or change_set.author_id is None or taken_back([change_set.pk]):
        return []
    return _lessons(net(change_set.changes.order_by("pk")[:MOST]), change_set.pk)


def of_row(table: str, row: str) -> list[Lesson]:
    """What people's corrections of one row teach, its other names included, those that were taken back not."""
    rows = Q(table=table, row=row)
    if table == Brand._meta.db_table:
        names = BrandAlias.objects.filter(brand=int(row)).values_list("pk", flat=True)
        rows |= Q(table=BrandAlias._meta.db_table, row__in=[str(pk) for pk in names])
    newest = Change.objects.filter(rows, change_set__kind__in=KINDS, change_set__author__isnull=False)
    found = list(newest.order_by("-pk")[:MOST])[::-1]
    gone = taken_back({change.change_set_id for change in found if change.change_set_id is not None})
    stand = [change for change in found if change.change_set_id not in gone]
    last = stand[-1].change_set_id if stand else None
    return _lessons(net(stand), last)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the changed rows are told by, looked up for all of them at once: the best evidence of brands and of numbers
    by their keys, the brands of other names, divisions, and articles with their pages."""

    pieces: Mapping[str, Mapping[str, Evidence]]
    brands: Mapping[str, Brand]
    regions: Mapping[str, Region]
    articles: Mapping[str, Article]

    @classmethod
    def of(cls, nets: Sequence[Net]) -> "_Known":
        rows: defaultdict[str, list[str]] = defaultdict(list)
        for one in nets:
            rows[one.table].append(one.row)
        aliases = [one.new or {} for one in nets if one.table == BrandAlias._meta.db_table]
        owners = {int(str(alias["brand_id"])) for alias in aliases if alias}
        pieces = {
            "brand": _evidence("brand", {*map(int, rows[Brand._meta.db_table]), *owners}),
            "statistic": _evidence("statistic", map(int, rows[Statistic._meta.db_table])),
        }
        codes = {str(code) for one in nets for side in (one.old, one.new) for code in _divisions(side) if code}
        articles = Article.objects.select_related("page").filter(pk__in=map(int, rows[Article._meta.db_table]))
        return cls(
            pieces,
            {str(row.pk): row for row in Brand.objects.filter(pk__in=owners)},
            {row.pk: row for row in Region.objects.filter(pk__in=codes)},
            {str(row.pk): row for row in articles},
        )

    def sentence(self, kind: str, row: str) -> str:
        piece = self.pieces[kind].get(row)
        return " ".join(_words(piece).split())[:MAX_SENTENCE] if piece is not None else ""

    def place_name(self, adcode: str, text: str) -> str:
        """The name by which the text speaks of the division, empty where it does not."""
        region = self.regions.get(adcode)
        names = (region.name, region.common_name) if region else ()
        return next((name for name in names if name and name in text), "")


def _divisions(columns: Columns | None) -> tuple[object, ...]:
    return ((columns or {}).get("region_id"), (columns or {}).get("place_id"))


def _evidence(kind: str, rows: Iterable[int]) -> dict[str, Evidence]:
    """What bears each of the facts out best."""
    found = Evidence.objects.with_words().filter(field="", **{f"{kind}__in": list(rows)})
    return {str(getattr(piece, f"{kind}_id")): piece for piece in found.order_by("confidence", "-pk")}


def _words(piece: Evidence) -> str:
    said: str = piece.sentence_words  # type: ignore[attr-defined]  # annotated
    return said


def _lessons(nets: Sequence[Net], change_set: int | None) -> list[Lesson]:
    readers = {
        Brand._meta.db_table: _of_brand,
        BrandAlias._meta.db_table: _of_alias,
        Statistic._meta.db_table: _of_statistic,
        Article._meta.db_table: _of_article,
    }
    telling = [one for one in nets if one.table in readers and one.new is not None]
    known = _Known.of(telling)
    found: dict[tuple[str, ...], Lesson] = {}
    for one in telling:
        for lesson in readers[one.table](one, known):
            if 0 < len(lesson.words) <= MAX_NAME and lesson.words != lesson.means:
                key = (lesson.kind, lesson.words, lesson.means, lesson.paper)
                found.setdefault(key, replace(lesson, change_set=change_set))
    return list(found.values())[:SHOWN]


def _of_brand(one: Net, known: _Known) -> Iterator[Lesson]:
    """A brand that is none, one that is called otherwise, or is elsewhere."""
    old, new = one.old, one.new
    if old is None or new is None:
        return
    piece, sentence = known.pieces["brand"].get(one.row), known.sentence("brand", one.row)
    told = partial(Lesson, label=str(new["name"]), sentence=sentence)
    if new["review"] == ReviewState.REJECTED != old["review"]:
        yield told(RuleKind.NEVER, str(new["name"]))
        return
    if name_key(str(old["name"])) != name_key(str(new["name"])):
        yield told(RuleKind.ALIAS, str(old["name"]), str(new["name"]), was=str(old["name"]))
    before, after = str(old["region_id"] or ""), str(new["region_id"] or "")
    if before != after and after and piece is not None:
        words = known.place_name(before or after, f"{new['name']} {sentence}")
        yield told(RuleKind.PLACE, words, after, piece.article.publisher, was=before)


def _of_alias(one: Net, known: _Known) -> Iterator[Lesson]:
    """Another name that a person gave a brand."""
    if one.old is not None or one.new is None or not one.new.get("by_hand"):
        return
    brand = known.brands.get(str(one.new["brand_id"]))
    if brand is not None and name_key(str(one.new["name"])) != brand.name_key:
        sentence = known.sentence("brand", str(brand.pk))
        yield Lesson(RuleKind.ALIAS, str(one.new["name"]), brand.name, label=brand.name, sentence=sentence)


def _of_statistic(one: Net, known: _Known) -> Iterator[Lesson]:
    """A number that counts something else."""
    old, new, piece = one.old, one.new, known.pieces["statistic"].get(one.row)
    if old is None or new is None or piece is None or old["metric"] == new["metric"]:
        return
    told = partial(Lesson, label=str(new["stated"]), sentence=known.sentence("statistic", one.row))
    yield told(RuleKind.METRIC, _word(piece), str(new["metric"]), was=str(old["metric"]))


def _of_article(one: Net, known: _Known) -> Iterator[Lesson]:
    """An article that another paper printed, or that is set elsewhere."""
    old, new = one.old, one.new
    if old is None or new is None:
        return
    told = partial(Lesson, label=str(new["title"]), sentence=str(new["title"])[:MAX_SENTENCE])
    host = host_of(str(new["url"] or ""))
    if old["publisher"] != new["publisher"] and new["publisher"] and host:
        yield told(RuleKind.PAPER, host, str(new["publisher"]), was=str(old["publisher"]))
    before, after = str(old["place_id"] or ""), str(new["place_id"] or "")
    row = known.articles.get(one.row)
    if before and after and before != after and row is not None:
        text = "".join(row.page.text[start:end] for start, end in row.spans)
        yield told(RuleKind.PLACE, known.place_name(before, text), after, str(new["publisher"]), was=before)


def host_of(url: str) -> str:
    """The host that an address names, without www; empty where it names none."""
    try:
        return (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def _word(piece: Evidence) -> str:
    """The word right before a number, else right behind it: what a person most likely means by it."""
    sentence, start = _words(piece), piece.start - piece.context_start
    before = [word for word in _APART.split(sentence[max(start - 2 * BEFORE, 0) : start]) if word]
    after = [word for word in _APART.split(sentence[start:]) if word]
    found = before[-1][-BEFORE:] if before and len(before[-1]) > 1 else next(iter(after), "")[:BEFORE]
    return found if len(found) > 1 else ""
