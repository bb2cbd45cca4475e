"""Records that nobody may change, and that cost little to make: a page is read into some thousands of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(*, order: bool = False) -> Callable[[type[T]], type[T]]:
    """A decorator: the class as a dataclass with slots, equal and hashed by its fields.

    The type checker turns every change away. Python itself would, too, but takes four times as long to make each record
    then, and records are a twentieth of the time of the extraction.
    """
    return dataclass(slots=True, unsafe_hash=True, order=order)
