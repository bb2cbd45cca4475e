"""The review: what waits is put before people, article by article, and what they say is written down.

waiting         what waits where, kept as counts of each article
queue           the order of the articles, by whatever is chosen
locks           an article belongs to one reviewer for a while
sessions        what a person decides at one go is one change set
rules           what makes a fact hard, and what makes it obvious
other_reports   what other papers say of the same
values          the fields of a fact as people read them
items           the facts of an article as they are put before people
article_text    the text of an article with the places of these facts
forms           changing a fact
decisions       yes, no, another value, and back again
answers         the same sent by a script, several at a time
reports         what readers report, taken over or not
edits           what people corrected elsewhere, from the audit log
doubts          the work list of doubtful things
contradicted    articles whose address contradicts their date or paper
"""
