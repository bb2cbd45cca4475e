"""Search over the catalogue, from what was typed to the hits of a page. docs/search.md tells the way.

query               what was typed, as words that all must be found, and words that must not
phrasing            questions in plain words: what is left of them, and what they ask (bounds)
interpret           what these words may mean (conditions, places, synonyms, filter_terms, romanised, sounds)
candidates, find    the documents that answer, by the index of tokens (tokens, backends)
ranking             what counts for how much
hits                answers as pages show them (hit_rows, explain, snippets); did_you_mean where nothing answers
lead                what is answered before the hits; widening has the questions beside the one that was asked
suggest             names to choose from while somebody types
divisions           divisions by their chain and by pinyin, for who chooses one in a form
documents, store    what is indexed, and the writing of it (document_sources)
"""
