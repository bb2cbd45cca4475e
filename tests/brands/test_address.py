"""Addresses of lists: the same for the same choices."""

import pytest

from brands.listing.address import Address

EMPTY = Address("/brands/", ("region", "industry", "sort", "page"))
BOTH = EMPTY.plus("industry", "care").plus("region", "140000")


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (EMPTY, "/brands/"),
        (BOTH, "/brands/?region=140000&industry=care"),
        (EMPTY.plus("region", "140000").plus("industry", "care"), "/brands/?region=140000&industry=care"),
        (BOTH.plus("industry", "care"), "/brands/?region=140000&industry=care"),
        (BOTH.plus("industry", "beauty"), "/brands/?region=140000&industry=beauty&industry=care"),
        (BOTH.only("industry", ["craft"]), "/brands/?region=140000&industry=craft"),
        (BOTH.only("industry", []), "/brands/?region=140000"),
        (BOTH.minus("region", "140000"), "/brands/?industry=care"),
        (BOTH.minus("region", "500000"), "/brands/?region=140000&industry=care"),
        (BOTH.page(3), "/brands/?region=140000&industry=care&page=3"),
        (BOTH.page(3).page(1), "/brands/?region=140000&industry=care"),
        (BOTH.page(3).plus("region", "500000"), "/brands/?region=140000&region=500000&industry=care"),
        (EMPTY.plus("region", "a&b=ü"), "/brands/?region=a%26b%3D%C3%BC"),
    ],
)
def test_choices_have_one_address(address: Address, url: str) -> None:
    assert address.url == url


def test_values_are_those_of_the_key() -> None:
    assert BOTH.plus("industry", "craft").values("industry") == ("care", "craft")
