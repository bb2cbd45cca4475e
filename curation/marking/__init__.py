"""Marking: a person selects words of an article and says what they are, and they bear out a fact like any other.

article_reading   what ingest reads around the words: the values that a form begins with
suggestions       what of the article the words may be about: subjects, brands of that name, facts at the same place
words_form        which words are marked, and as what
mark_form         what all kinds of marks are asked
brand_mark        what brands are asked, one or a list
fact_marks        what numbers, programs, other names and nothing are asked
forms             the form of each kind
facts             writing the facts with their evidence, as one change set
subjects          the form that says whom a number speaks of
whole_article     rejecting all of an article
"""
