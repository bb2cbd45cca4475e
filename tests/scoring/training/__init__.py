"""Trains what the extraction learns from the gold: `make train` (`python -m tests.scoring.training`).

samples      the articles that are trained on, each with its gold and its fold
logistic     fitting a logistic model and writing it to the lexicon
page_score   the score of a page
tagger       the tagger of names
decision     the decision on candidates, from what the other two say of articles that they have not seen
card         what was made, with its hash and what it finds
"""
