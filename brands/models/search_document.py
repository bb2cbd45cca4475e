"""What search looks through: one row a thing that a reader may see, with its texts in the form that is compared.

Rows follow from the catalogue's (:mod:`brands.listing.sync` keeps them so) and are never edited. Beside the table
stands the index of their tokens, a table of the database's own kind that migration 0002 makes; rows of it go with their
documents.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models.collation import BytewiseCharField

# A document's number is that of its kind and, in so many bits, the key of its row. An adcode is a number, too.
KIND_BITS = 40


class DocumentKind(models.TextChoices):
    """What is found, in the order in which groups are shown."""

    BRAND = "brand", _("劳务品牌")
    REGION = "region", _("地区")
    PROGRAM = "program", _("政策与活动")
    STATISTIC = "statistic", _("数据")
    ARTICLE = "article", _("报道")

    @property
    def place(self) -> int:
        """Its own number."""
        return _PLACES[self]

    @property
    def numbers(self) -> tuple[int, int]:
        """The half-open range of the numbers of this kind's documents."""
        return self.place << KIND_BITS, (self.place + 1) << KIND_BITS

    def number(self, key: int | str) -> int:
        """The number of the document of the row with this primary key."""
        return self.numbers[0] + int(key)


_PLACES = {kind: place for place, kind in enumerate(DocumentKind, 1)}


class SearchDocument(models.Model):
    """A thing that is found. Texts are folded (:func:`brands.vocabulary.folding.fold`); items in them stand on lines of
    their own, and no word matches across a line end.

    `key` is the bare form of the name, `name` and `aliases` hold the bare forms beside the names where they differ.
    `place` names the own division and those that hold it. `original` is `evidence` and `body` (of which at most one is
    filled) before folding, character by character. `labels` are what filters ask for, as ``industry:care``.
    `story` is the number of the document that others reprint, else the own one. `sort` and `key` are compared as bytes
    on every database.
    """

    id = models.BigAutoField(primary_key=True)  # always given; as such SQLite finds rows by it without an index
    kind = models.CharField(max_length=10, choices=DocumentKind.choices)
    adcode = models.CharField(max_length=6, blank=True)
    curated = models.BooleanField(default=False)
    story = models.BigIntegerField()
    sort = BytewiseCharField(max_length=400, blank=True)
    key = BytewiseCharField(max_length=300)
    labels = models.TextField(blank=True)
    syllables = models.TextField(blank=True)
    name = models.TextField()
    aliases = models.TextField(blank=True)
    place = models.TextField(blank=True)
    description = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    body = models.TextField(blank=True)
    original = models.TextField(blank=True)

    class Meta:
        indexes = (
            # names that are the query, or begin with it
            models.Index(fields=("kind", "key", "id"), name="search_document_key"),
            # names that sound like the letters typed so far
            models.Index(fields=("kind", "sort", "id"), name="search_document_sort"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"

    @property
    def ref(self) -> str:
        """The primary key of the row, as text."""
        return str(self.id - DocumentKind(self.kind).numbers[0])
