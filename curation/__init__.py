"""The tools of the staff: what brings articles in, puts facts before people, and takes back what went wrong.

It stands above the catalogue (`brands`) and the extraction (`ingest`) and uses both; neither knows of it. Its pages lie
under /admin/ beside those of Django's admin. Its folders stand in ARCHITECTURE.md; beside them are

dashboard       the first page of the staff
bulk_edit       one edit of many facts
splitting       what hangs on a brand that is to be split, and the form that deals it out
article_correction  the head of an article, and what follows from it
gold            what people decided, as gold to train and to score the extraction with
roles           who may do what
login           the way in: wrong passwords, and how long a session lasts
guide           docs/curation.md as pages of the staff show it
pages           what the staff's own pages have in common
"""
