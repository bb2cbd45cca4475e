"""The public data as JSON under ``/api/``, with Django REST framework; drf-spectacular describes it (OpenAPI 3.1).

Lists are those of the pages: the same `Listing`, so the same filters, counts and order. A list of records goes on from
behind the last one that was read (``after``), however far. What a request says that makes no sense is refused, with the
parameter's name, and never ignored: who asks for numbers must not get others.

urls         the addresses
views        lists and single records; history: what the audit log says of a record
listed       the lists of the pages: which columns each reads, and what makes records of them
changes      what changed, to be followed by a program or read as Atom
lists        a list's answer: its page, its facets, its refusals
other_lists  lists that no page has: divisions, evidence
corrections  readers' reports that were taken over
records      rows made into what serializers declare, a few statements a page
pieces       the same of evidence
serializers  the fields of each kind of record: the one declaration of them
parameters   the parameters of lists, for the description
description  what is said of each operation beside its fields; examples: an address and its answer for each;
             worked_examples: what the data can be used for, in curl, Python and R
reference    the description itself, and the page to try it on
problems     errors as problem documents (RFC 9457)
conventions  what all answers have in common: CORS, the limit of requests
"""
