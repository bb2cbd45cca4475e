"""An example of each operation for the description: an address and its true answer, as examples.json holds them.

`LAOBRAND_EXAMPLES=write pytest tests/brands/api/test_schema.py` asks the addresses anew; the test holds the answers
against the interface.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

FILE = Path(__file__).parent / "examples.json"


class Example(TypedDict):
    address: str
    answer: Any


@cache
def examples() -> dict[str, Example]:
    """By the name of the operation."""
    found: dict[str, Example] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def with_examples(result: dict[str, Any], **_said: Any) -> dict[str, Any]:
    """A hook of drf-spectacular: the description with the examples that there are."""
    for operations in result["paths"].values():
        for operation in operations.values():
            example = examples().get(operation["operationId"])
            if example:
                told = {"summary": f"GET {example['address']}", "value": example["answer"]}
                operation["responses"]["200"]["content"]["application/json"]["examples"] = {"example": told}
    return result
