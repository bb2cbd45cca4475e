"""How the site holds up with 2,500, 100,000 and 1,000,000 brands: `python -m tests.bench.scale`, part of `make bench`.

databases.py   invented catalogues on SQLite and PostgreSQL   servers.py    gunicorn and Datasette on loopback
client.py      one client that times both                      floors.py     what no page can be faster than
settings.py    the site's, with the floors                     pages.py      pages, against the floors and Datasette
statements.py  the SQL of lists and searches, against a scan   fresh.py      the first answer of a new process
upkeep.py      what the index costs an ingest                  engine.py     the same documents in tantivy
goals.py       what is compared with what, and the table       __main__.py   all of it
"""
