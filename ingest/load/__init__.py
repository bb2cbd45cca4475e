"""From PageFacts to rows: one transaction a page, only what differs is written, and never over a person's work.

page            all that loading a page does, in order
articles        the page and its articles
reprints        articles that repeat an earlier one, told by their fingerprint
match           which row a fact of the page is; earlier: what was said of these rows before
brands          brands and their other names; programs; pairs: what loading these two has in common
details         what a brand may have several of: destinations, trades, honours
statistics      numbers; known_numbers: which row the same number is in other words
links           which brands and regions a program concerns
evidence        the places that bear facts out, confidence, and facts that nothing bears out any more
proposals       what the page says of facts that a person has made his own
changes         writes rows and remembers what was written
change_set      pages as parts of one change set
standing_rules  the rules that staff keep, and which pages they concern
regions         the table of divisions
"""
