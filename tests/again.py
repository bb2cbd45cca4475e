"""Which tests run a second time, on PostgreSQL: those of files whose outcome hangs on what the database makes of SQL.

A file belongs here if it is about statements of our own, constraints, triggers, transactions, locks, sums, orders, or
values that a database may refuse. One that only reads rows through the ORM and looks at the page made of them, at a
form or at who may do what does not: that is seen once, on SQLite. A thorough run takes all that talk to a database.
"""

from fnmatch import fnmatch

# Patterns of paths under tests/, each with what of a database its files are about.
AGAIN = {
    "brands/api/test_lists.py": "rows from behind one of them, in every order",
    "brands/api/test_problems.py": "values that a database refuses",
    "brands/search/test_*.py": "indexes, ranks and the search's own statements",
    "brands/test_audit_attacks.py": "triggers, rights and locks that keep the audit log",
    "brands/test_backups.py": "the databases' own tools, and rows that go from one kind to the other",
    "brands/test_cards.py": "cards that are kept up",
    "brands/test_contradictions.py": "numbers that contradict each other, found in SQL",
    "brands/test_facets.py": "counts and the rows behind them",
    "brands/test_figures.py": "sums and series of numbers",
    "brands/test_filters.py": "conditions and orders of lists",
    "brands/test_audit_log.py": "triggers that write the audit log",
    "brands/test_models.py": "constraints",
    "brands/test_moves.py": "constraints and triggers of addresses that moved",
    "brands/test_odd_requests.py": "values that a database refuses: NUL, numbers without bound",
    "brands/test_prepared.py": "what is read at once for many rows",
    "brands/test_proposals.py": "proposals beside what a person set",
    "brands/test_provinces.py": "sums by province",
    "brands/test_related.py": "brands near another, found in SQL",
    "brands/test_sums.py": "sums",
    "brands/test_trades.py": "one pay a brand, orders with dates that are unknown",
    "brands/test_undo.py": "rows put back as the audit log has them",
    "brands/test_version.py": "triggers of the data version, commits of several at once",
    "brands/test_worth.py": "orders by worth",
    "bench/test_*.py": "rows that are written in bulk",
    "curation/test_answers.py": "answers that are sent twice or too late",
    "curation/test_batches.py": "batches, read from the audit log",
    "curation/test_bulk.py": "many rows changed at once",
    "curation/test_correction.py": "articles corrected, with what follows, and back",
    "curation/test_doubles.py": "pairs, found in SQL",
    "curation/test_doubts.py": "numbers compared with those like them",
    "brands/dumps/test_*.py": "rows of one moment, loaded again; entries of the log that appear late",
    "curation/test_followed.py": "rows that are shown or hidden, followed through the audit log",
    "curation/test_exchange_samples.py": "all samples out and in again",
    "curation/test_export_gold.py": "pages whose facts are all decided, found in SQL",
    "curation/test_history.py": "versions of a row, read from the audit log",
    "curation/test_import_chinese.py": "tables of other people's making, written as rows",
    "curation/test_jobs*.py": "the queue, its leases and locks, workers that are killed",
    "curation/test_lists.py": "lists published at once, rows that two windows write",
    "curation/test_marking*.py": "facts that a person marks, constraints that refuse one",
    "curation/test_merge.py": "two rows become one and two again",
    "curation/test_odd_requests.py": "values that a database refuses, from staff",
    "curation/test_queue.py": "facts decided by two at once, rows that wait",
    "curation/test_reextract.py": "pages that are read again",
    "curation/test_split*.py": "one row becomes two and one again",
    "curation/test_standing_rules.py": "rules of the staff, in force and back, and rows like a corrected one",
    "curation/test_stateful.py": "runs, edits, merges and undos in any order",
    "ingest/test_commands.py": "regions and pages as the commands load them",
    "ingest/test_kill.py": "an ingest that is killed",
    "ingest/test_load.py": "pages, as they are loaded",
    "ingest/test_load_rules.py": "expressions that both databases are to read alike",
    "ingest/test_proposals.py": "what a run proposes",
    "ingest/test_same_fact.py": "rows that are the same fact",
    "laobrand/test_*.py": "connections, time limits of statements, versions of cached pages",
}


def again(path: str) -> bool:
    """Whether the tests of this file, a path under tests/, run on PostgreSQL as well."""
    return any(fnmatch(path, pattern) for pattern in AGAIN)
