"""What each recipe of CONTRIBUTING.md writes: lines behind a line that is there, and where nobody writes, a command."""

from dataclasses import dataclass

CATALOGUE = "locale/en/LC_MESSAGES/django.po"


@dataclass(frozen=True, slots=True)
class Addition:
    """Lines that go into a file right behind the one line that is `behind`; at its end where that is empty."""

    file: str
    behind: str
    lines: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """`migrates` says that a migration has to be made, by the command. `test` is the file of `added/` that tests what
    is new, `others` are files of tests near it that must still pass."""

    additions: tuple[Addition, ...]
    migrates: bool
    test: str
    others: tuple[str, ...]

    @property
    def files(self) -> list[str]:
        """What a person writes: the files of the additions, the translations apart."""
        return sorted({addition.file for addition in self.additions} - {CATALOGUE})


RECIPES = {
    "metric": Recipe(
        additions=(
            Addition(
                "brands/vocabulary/choices.py",
                '    CREDENTIALS = "credentials", _("持证人数")\n',
                '    RETURNEES = "returnees", _("返乡人数")\n',
            ),
            Addition("ingest/lexicon/metrics.toml", "[people.before]\n", 'returnees = ["返乡", "回乡"]\n'),
            Addition(CATALOGUE, "", '\nmsgid "返乡人数"\nmsgstr "People who came home"\n'),
        ),
        migrates=True,
        test="metric.py",
        others=(
            "tests/ingest/extract/test_metrics.py",
            "tests/brands/test_sums.py",
            "tests/brands/test_filters.py",
            "tests/curation/test_doubts.py",
        ),
    ),
    "field": Recipe(
        additions=(
            Addition(
                "brands/models/brand.py",
                '    organisation = models.CharField(_("建设单位"), max_length=200, blank=True)\n',
                '    training_base = models.CharField(_("实训基地"), max_length=200, blank=True)\n',
            ),
            Addition(
                "brands/vocabulary/fields.py",
                '        FactField("organisation", on_page=_("建设单位")),\n',
                '        FactField("training_base", on_page=_("实训基地")),\n',
            ),
            Addition(CATALOGUE, "", '\nmsgid "实训基地"\nmsgstr "Training base"\n'),
        ),
        migrates=True,
        test="field.py",
        others=(
            "tests/brands/test_fields.py",
            "tests/brands/test_proposals.py",
            "tests/brands/test_brand_page.py",
            "tests/curation/test_exchange.py",
            "tests/curation/test_history.py",
        ),
    ),
    "facet": Recipe(
        additions=(
            Addition(
                "brands/models/card.py",
                '    level = models.CharField(_("级别"), max_length=12)\n',
                '    organisation = models.CharField(_("建设单位"), max_length=200, default="")\n',
            ),
            Addition(
                "brands/listing/brands.py",
                '    owner_kind = ValuesFilter("owner_kind", OwnerKind.choices, label=_("归属"))\n',
                '    organisation = PrintedFilter("organisation", most=MOST, label=_("建设单位"))\n',
            ),
            Addition(
                "docs/api.md",
                "| `owner_kind` | yes | whose brand it is: `regional`, `enterprise`, `unknown` |\n",
                "| `organisation` | yes | who builds the brand, as printed |\n",
            ),
        ),
        migrates=True,
        test="facet.py",
        others=(
            "tests/brands/test_facets.py",
            "tests/brands/test_filters.py",
            "tests/brands/test_brand_list.py",
            "tests/brands/api/test_lists.py",
        ),
    ),
}
