"""The registry of fields names what the models have."""

from typing import Any

import pytest
from django.db.models import ForeignKey

from brands.models import Brand, Program, Statistic
from brands.vocabulary import fields
from brands.vocabulary.fields import FieldKind

MODELS: dict[str, Any] = {"brand": Brand, "program": Program, "statistic": Statistic}


def test_it_has_the_kinds_of_facts() -> None:
    assert fields.FIELDS.keys() == fields.LEFT_OUT.keys() == MODELS.keys()


@pytest.mark.parametrize("kind", MODELS)
def test_every_field_that_people_edit_is_in_it_or_named_as_left_out(kind: str) -> None:
    meta = MODELS[kind]._meta
    editable = {field.name for field in (*meta.fields, *meta.many_to_many) if field.editable and not field.primary_key}
    stamps = {"created_at", "updated_at"}  # Django itself keeps people from these
    known = [field.name for field in fields.FIELDS[kind]]
    known += [field.precision for field in fields.FIELDS[kind] if field.precision]
    assert len(known) == len(set(known))
    assert set(known) | set(fields.LEFT_OUT[kind]) == editable | stamps
    assert not set(known) & set(fields.LEFT_OUT[kind])


@pytest.mark.parametrize("kind", MODELS)
def test_kinds_are_those_of_the_models(kind: str) -> None:
    for field in fields.FIELDS[kind]:
        column = MODELS[kind]._meta.get_field(field.name)
        assert isinstance(column, ForeignKey) == (field.kind in {FieldKind.REGION, FieldKind.BRAND}), field.name
        assert bool(column.choices) == (field.kind is FieldKind.CHOICE), field.name
        assert column.attname == field.column


def test_names_and_columns_of_a_use() -> None:
    assert fields.names("program", "in_bulk") == ("kind", "place")
    assert fields.columns("program", "in_bulk") == ("kind", "place_id")
    assert fields.columns("statistic", "in_review")[-3:-1] == ("as_of", "as_of_precision")
