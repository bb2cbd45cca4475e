"""The closed lists, names and words that the catalogue and the extraction share; it knows no model.

choices     every closed list of values: trades, levels, metrics, qualifiers, states of review
fields      the one registry of the fields of facts, and where each is used
names       the one normalisation of a name: two names with the same key are the same name
titles      the names of programs taken apart: series, edition, year
script      Simplified forms of Traditional characters
folding     the form in which texts are compared: one width, one case, one script
pinyin      the pinyin of Chinese text, right for the names of places
english_places  divisions as English text calls them, by official romanisation
english_papers  papers as English text calls them
adcodes     codes of divisions: what one holds is a range of codes
numbers     numbers and dates in a reader's words
typed_numbers  numbers as people type them
dates       dates that may stop at the month or the year
"""
