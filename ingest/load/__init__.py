"""From PageFacts to rows: one transaction a page, only what differs is written, and never over a person's work.

journal      what was written
articles     the page and its articles
matching     which row a fact of the page is
entities     brands and programs      statistics   numbers
evidence     the places that bear facts out, confidence, and facts that nothing bears out any more
links        which brands and regions a program concerns
reprints     articles that repeat an earlier one
page         all of these in order
"""
