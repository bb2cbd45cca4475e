"""Names in somebody's table matched to our records: a service of the Reconciliation API 0.2, as OpenRefine asks it.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/

requests    what a client sends: batches of queries and of records to extend, read and refused by name
candidates  the records that a name may mean, each with a score
names       what a name says, of a division too, and how much a brand is called so
likeness    which brands are called much like a name, and how much
properties  what can be asked to agree, and what a record can be extended by
views       the manifest, the two batches, suggestions and the preview

An identifier is the path of the record's page without its slashes at the ends: ``brands/12``, ``regions/141100``.
"""
