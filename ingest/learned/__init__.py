"""The parts of the extraction that are trained on the gold (`make train`). They know words and shapes, no stage.

logistic       a logistic model: named features with weights, in a TOML file
page_score     how far the words of an article say that it is about labour brands
name_features  what a character looks like to the tagger
tagger         a tagger that proposes where names of brands may stand; brand_tagger.crfsuite is its model
"""
