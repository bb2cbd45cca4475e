"""The ledger as people read it.

telling     changes in words
rows        the changes of a row, of what refers to it and of rows that are gone; a row made again what it was
"""

from brands.history.rows import deleted, in_batch, nets_of, of_related, of_row, restore, table_of
from brands.history.telling import Compared, Difference, Told, column_name, compare, model_name, tell

__all__ = [
    "Compared",
    "Difference",
    "Told",
    "column_name",
    "compare",
    "deleted",
    "in_batch",
    "model_name",
    "nets_of",
    "of_related",
    "of_row",
    "restore",
    "table_of",
    "tell",
]
