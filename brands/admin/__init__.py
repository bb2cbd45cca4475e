"""The admin, in which staff find, change, confirm and reject facts, each with its evidence in view.

brand, program, statistic       the facts
facts       what brands, programs and statistics have in common: verdicts, and the rule of people's changes
evidence    sentences with the phrase marked
correction  what readers report
sources     pages, articles and regions, which come from files and are only read here
page_numbers    whether the numbers of a page wait for review
synonym     words that search takes for one another
versions    forms that know which version of a row they were opened on; version_rows: those of rows among others
sourcing    where a person's fact comes from, asked in its form; choices: divisions to choose from
proposing   the form of a fact, where a person may only propose
filters     filters of the admin's lists; bases: Django's classes as the types see them
"""

from brands.admin import brand, correction, evidence, program, sources, statistic, synonym

__all__ = ["brand", "correction", "evidence", "program", "sources", "statistic", "synonym"]
