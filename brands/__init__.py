"""The catalogue and all that a reader sees. Its folders stand in ARCHITECTURE.md, highest layer first; beside them are

api             the list of brands as JSON
corrections     readers' reports
proposals       values proposed beside those that stand
sources         evidence by a person: words of an article, or of a source that no file holds
place_words     divisions in the active language, with those that hold them
accuracy        how much the extraction finds, and how much of that is right
data_version    the version of the public data, and what a process keeps for as long as it is the same
visitors        who asks, and the network by which visitors are counted
sql             statements that are written once and run often
"""
