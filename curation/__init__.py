"""The tools of the staff: what brings articles in, puts facts before people, and takes back what went wrong.

It stands above the catalogue (`brands`) and the extraction (`ingest`) and uses both; neither knows of it. Its pages lie
under /admin/ beside those of Django's admin.
"""
