"""The fields of a fact as people read them: what each is called, and what stands in it."""

from django.utils.functional import Promise

from brands.figures.figures import figure_words
from brands.models import Statistic
from brands.proposals import Fact, shown, value_of
from brands.seo.descriptions import full_place

PLACES = {"region", "place"}


def label(fact: Fact, name: str) -> str:
    """What people call the field."""
    words: str | Promise = getattr(fact._meta.get_field(name), "verbose_name", name)
    return str(words)


def present(fact: Fact, name: str) -> str:
    """What stands in the field, as people read it; empty for unknown."""
    if value_of(fact, name) in {None, ""}:
        return ""
    if name in PLACES:
        return full_place(getattr(fact, name))
    if name == "value" and isinstance(fact, Statistic):
        return figure_words(fact)
    return str(getattr(fact, name)) if name == "series" else shown(fact, name, value_of(fact, name))
