"""What a person's correction teaches: each change that one made of what the machine had read, as a rule that it may
become and by which others like it are found."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode, urlsplit

from django.db.models import Q

from brands.audit.change_sets import taken_back
from brands.audit.net_changes import Net, net
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


def _lessons(nets: Iterable[Net], change_set: int | None) -> list[Lesson]:
    readers = {
        Brand._meta.db_table: _of_brand,
        BrandAlias._meta.db_table: _of_alias,
        Statistic._meta.db_table: _of_statistic,
        Article._meta.db_table: _of_article,
    }
    found: dict[tuple[str, ...], Lesson] = {}
    for one in nets:
        for lesson in readers.get(one.table, _of_nothing)(one, partial(Lesson, change_set=change_set)):
            if 0 < len(lesson.words) <= MAX_NAME and lesson.words != lesson.means:
                found.setdefault((lesson.kind, lesson.words, lesson.means, lesson.paper), lesson)
            if len(found) == SHOWN:
                return list(found.values())
    return list(found.values())


def _of_nothing(_one: Net, _make: "partial[Lesson]") -> Iterator[Lesson]:
    yield from ()


def _of_brand(one: Net, make: "partial[Lesson]") -> Iterator[Lesson]:
    """A brand that is none, one that is called otherwise, or is elsewhere."""
    old, new = one.old, one.new
    if old is None or new is None:
        return
    piece = _evidence("brand", one.row)
    told = partial(make, label=str(new["name"]), sentence=_sentence(piece))
    if new["review"] == ReviewState.REJECTED != old["review"]:
        yield told(RuleKind.NEVER, str(new["name"]))
        return
    if name_key(str(old["name"])) != name_key(str(new["name"])):
        yield told(RuleKind.ALIAS, str(old["name"]), str(new["name"]), was=str(old["name"]))
    before, after = str(old["region_id"] or ""), str(new["region_id"] or "")
    if before != after and after and piece is not None:
        words = _place_name(before or after, f"{new['name']} {_sentence(piece)}")
        yield told(RuleKind.PLACE, words, after, piece.article.publisher, was=before)


def _of_alias(one: Net, make: "partial[Lesson]") -> Iterator[Lesson]:
    """Another name that a person gave a brand."""
    if one.old is not None or one.new is None or not one.new.get("by_hand"):
        return
    brand = Brand.objects.filter(pk=int(str(one.new["brand_id"]))).first()
    if brand is not None and name_key(str(one.new["name"])) != brand.name_key:
        yield make(
            RuleKind.ALIAS,
            str(one.new["name"]),
            brand.name,
            label=brand.name,
            sentence=_sentence(_evidence("brand", str(brand.pk))),
        )


def _of_statistic(one: Net, make: "partial[Lesson]") -> Iterator[Lesson]:
    """A number that counts something else."""
    if one.old is None or one.new is None or one.old["metric"] == one.new["metric"]:
        return
    piece = _evidence("statistic", one.row)
    if piece is None:
        return
    told = partial(make, label=str(one.new["stated"]), sentence=_sentence(piece))
    yield told(RuleKind.METRIC, _word(piece), str(one.new["metric"]), was=str(one.old["metric"]))


def _of_article(one: Net, make: "partial[Lesson]") -> Iterator[Lesson]:
    """An article that another paper printed, or that is set elsewhere."""
    old, new = one.old, one.new
    if old is None or new is None:
        return
    told = partial(make, label=str(new["title"]), sentence=str(new["title"])[:MAX_SENTENCE])
    host = host_of(str(new["url"] or ""))
    if old["publisher"] != new["publisher"] and new["publisher"] and host:
        yield told(RuleKind.PAPER, host, str(new["publisher"]), was=str(old["publisher"]))
    before, after = str(old["place_id"] or ""), str(new["place_id"] or "")
    if before and after and before != after:
        row = Article.objects.select_related("page").filter(pk=int(one.row)).first()
        text = "".join(row.page.text[start:end] for start, end in row.spans) if row else ""
        yield told(RuleKind.PLACE, _place_name(before, text), after, str(new["publisher"]), was=before)


def host_of(url: str) -> str:
    """The host that an address names, without www; empty where it names none."""
    try:
        return (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def _evidence(kind: str, row: str) -> Evidence | None:
    """What bears a fact out best."""
    found = Evidence.objects.with_words().filter(field="", **{kind: int(row)})
    return found.order_by("-confidence", "pk").first()


def _sentence(piece: Evidence | None) -> str:
    return " ".join(piece.sentence_words.split())[:MAX_SENTENCE] if piece is not None else ""  # type: ignore[attr-defined]  # annotated


def _place_name(adcode: str, text: str) -> str:
    """The name by which the text speaks of the division, empty where it does not."""
    region = Region.objects.filter(pk=adcode).first()
    names = (region.name, region.common_name) if region else ()
    return next((name for name in names if name and name in text), "")


def _word(piece: Evidence) -> str:
    """The word right before a number, else right behind it: what a person most likely means by it."""
    sentence, start = piece.sentence_words, piece.start - piece.context_start  # type: ignore[attr-defined]  # annotated
    before = [word for word in _APART.split(sentence[max(start - 2 * BEFORE, 0) : start]) if word]
    after = [word for word in _APART.split(sentence[start:]) if word]
    found = before[-1][-BEFORE:] if before and len(before[-1]) > 1 else next(iter(after), "")[:BEFORE]
    return found if len(found) > 1 else ""
