"""Words that stand for others: which texts to look for besides the one that was typed."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connection, transaction

from brands.models import Synonym
from brands.models.synonym import split_words
from brands.vocabulary.folding import fold

TABLE = Path(__file__).parents[1] / "data" / "synonyms.csv"

# Texts that are looked for besides one that was typed; each is a condition of the statement.
MAX_VARIANTS = 24


@dataclass(frozen=True)
class SynonymTable:
    """Folded words, and for each the words that it stands for."""

    others: Mapping[str, tuple[str, ...]]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words, the longest first."""
        return re.compile("|".join(map(re.escape, sorted(self.others, key=lambda word: (-len(word), word)))) or "(?!)")

    def variants(self, folded: str) -> tuple[str, ...]:
        """The text with one word of a group in place of another, at most MAX_VARIANTS times; texts that hold the given
        one are left out, since it finds them itself.

        >>> Vocabulary({"护理员": ("护工",)}).variants("吕梁护理员")
        ('吕梁护工',)
        """
        made = (
            folded[: match.start()] + other + folded[match.end() :]
            for match in self.pattern.finditer(folded)
            for other in self.others[match.group()]
        )
        return tuple(dict.fromkeys(text for text in made if folded not in text))[:MAX_VARIANTS]


def vocabulary() -> SynonymTable:
    """The groups in use, in one statement."""
    with connection.cursor() as cursor:  # for each search: Django takes longer to write it than the database to answer
        cursor.execute("SELECT words, narrower FROM brands_synonym WHERE active ORDER BY id")
        return _vocabulary(tuple(cursor.fetchall()))


@lru_cache(maxsize=2)
def _vocabulary(rows: tuple[tuple[str, str], ...]) -> SynonymTable:
    """The vocabulary of these groups. They seldom change, and to read them takes longer than to fetch them."""
    others: dict[str, dict[str, None]] = {}
    for words, narrower in rows:
        for word, other in _pairs(split_words(fold(words)), split_words(fold(narrower))):
            others.setdefault(word, {})[other] = None
    return SynonymTable({word: tuple(found) for word, found in others.items()})


def load_after_migrate(*, using: str, **_signal: object) -> None:
    """Called after every `migrate`; the table isn't there yet where the catalogue was migrated to an older state."""
    if using == DEFAULT_DB_ALIAS and Synonym._meta.db_table in connection.introspection.table_names():
        load_defaults()


def load_defaults() -> int:
    """Bring the groups that no person has changed up to date with data/synonyms.csv; how many rows were written or
    deleted. Staff's own groups stay, as do those that they changed or switched off."""
    listed = dict(_listed())
    with transaction.atomic():
        stored = {row.key: row for row in Synonym.objects.exclude(key="")}
        gone = [row.pk for key, row in stored.items() if key not in listed and not row.by_hand]
        changed = [
            row for key, row in stored.items() if key in listed and not row.by_hand and _update(row, listed[key])
        ]
        Synonym.objects.filter(pk__in=gone).delete()
        Synonym.objects.bulk_update(changed, ("words", "narrower"))
        new = [Synonym(key=key, words=words, narrower=narrower) for key, (words, narrower) in listed.items()]
        new = [row for row in new if row.key not in stored]
        Synonym.objects.bulk_create(new)
    return len(gone) + len(changed) + len(new)


def _pairs(words: list[str], narrower: list[str]) -> Iterator[tuple[str, str]]:
    """Each word with every other of its group, then with each narrower one."""
    yield from ((word, other) for word in words for other in (*words, *narrower) if word != other)


def _listed() -> Iterator[tuple[str, tuple[str, str]]]:
    """The groups of the table by the first of their words, which names them."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield split_words(row["words"])[0], (row["words"], row["narrower"])


def _update(row: Synonym, listed: tuple[str, str]) -> bool:
    """Write the listed words into the row; whether that changed it."""
    before = row.words, row.narrower
    row.words, row.narrower = listed
    return before != listed
