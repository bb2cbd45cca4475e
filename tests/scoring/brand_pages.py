"""How much the pages of brands have to say: `python -m tests.scoring.brand_pages`, of the database of DATABASE_URL.

A field is what a page shows beyond name and place: trade, category, level, year, batch, issuer, document number,
organisation, series, and each kind of detail. A field that a rule concluded is inferred; the trade "other" is none.
"""

import os
from collections import defaultdict

import django

FIELDS = ("industry", "category", "level", "recognised_year", "batch", "issuer", "document_number", "organisation",
          "series_id")  # fmt: skip


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laobrand.settings")
    django.setup()
    from brands.models import Brand, BrandDetail, Statistic
    from brands.vocabulary.choices import Industry

    kinds: defaultdict[int, set[str]] = defaultdict(set)
    for brand, kind in BrandDetail.objects.values_list("brand_id", "kind"):
        kinds[brand].add(kind)
    counted = set(Statistic.objects.published().filter(brand__isnull=False).values_list("brand_id", flat=True))
    brands = list(Brand.objects.published())
    fields = {
        row.pk: {name for name in FIELDS if getattr(row, name) not in (None, "", Industry.OTHER)} | kinds[row.pk]
        for row in brands
    }
    said = {row.pk: fields[row.pk] - {name.removesuffix("_id") for name in row.inferred} for row in brands}
    alone = set(Brand.objects.only_listed().values_list("pk", flat=True))
    shares = {
        "a public number": [pk in counted for pk in fields],
        "a number, or two fields": [pk in counted or len(fields[pk]) > 1 for pk in fields],
        "a number, or two fields that papers say": [pk in counted or len(said[pk]) > 1 for pk in fields],
        "a number, or a field besides the trade that papers say": [
            pk in counted or bool(said[pk] - {"industry"}) for pk in fields
        ],
        "named by one list alone": [pk in alone for pk in fields],
    }
    print(f"{len(brands)} public brands")
    for name, found in shares.items():
        print(f"{sum(found):5} {sum(found) / max(len(brands), 1):6.1%}  {name}")


if __name__ == "__main__":
    main()
