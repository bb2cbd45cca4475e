"""From PageFacts to rows: one transaction a page, only what differs is written, and never over a person's work.

journal      what was written
articles     the page and its articles
matching     which row a fact of the page is
entities     brands and programs      statistics   numbers
evidence     the places that bear facts out, confidence, and facts that nothing bears out any more
links        which brands and regions a program concerns
proposals    what the page says of facts that a person has made his own
reprints     articles that repeat an earlier one
page         all of these in order
batched      a page as part of a numbered batch of changes
regions      the table of divisions
"""
