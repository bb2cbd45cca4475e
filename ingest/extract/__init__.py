"""From an article to what it says: names of brands, programs and numbers, each at its place.

names           the names of brands: all of the following in order
names_quoted    names in quotes, weighed by the words around them
names_listed    names in tables and lists
names_headed    names at the head of a paragraph
names_prose     names without quotes in lists and beside 劳务品牌; names_bare: a place and a trade that stand alone;
                names_framed: one name that a phrase holds up
name_lists      lists, their items, and what the frame around a list says of all of them
name_candidates all that rules, quotes, lists and the tagger propose
names_decided   which candidates are brands, by the learned decision; decision_features: what it weighs,
                name_surroundings: of that, what stands beside a name
context         what the rules for names share
programs        policies, conferences, contests, by their proper names: all of the following in order
programs_titled documents by their titles; programs_quoted: names in quotes
programs_plain  names in running text, by their frame; program_names: what the rules for programs share

statistics      the numbers that say something of a brand, a program or a division, each with all of the following
metrics         what a number counts; cues: the words around it that say so, people_words: by which people are told;
                metrics_told: what staff made a word mean
scopes          what kind of number it is: the whole, an addition, an exhibit, a part, a rate or a rise
scope_parts     which numbers are parts; scope_limits: to what a whole is limited; number_in_text: what the rules for
                scopes share
subjects        of whom a number speaks; anchors: the places of an article that can govern it, division_anchors: its
                divisions, anchor_kinds: what they share; article_subjects: whom the article as a whole speaks of;
                text_layout: sentence and paragraph around a number
dates           as of when a number holds
refusals        numbers that are no figures of ours; waiting: those whose meaning a person must see first
trade_limits    whose a number of a division is where its clause names one trade; population_limits: where it is of some
                brands alone, or of everybody who works there
tables          tables as they stand in a text
"""
