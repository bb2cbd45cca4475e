"""Numbers of a subject as a reader meets them.

details         what papers say of a brand besides: where its people work, what they do
figures         the numbers of a subject by metric, each with what the papers say
measures        what a number measures, in a reader's words: the whole, a part, a rise
provinces       what is reported of provinces themselves, by kind of number
sums            what is reported of several brands, added up: what may be added, and how a sum is hedged
pay             what brands' people earn, told by the month
recognition_lists   the brands, issuer and sources of one list
recognitions    which brands were recognised when, by year and batch
maps            the tile map of the home page in its three states
editions        the editions of a series of programs, each with some figures
featured        which brands the home page offers to read
related         brands that a reader of one brand may want to see next
print_layout    what of a brand's figures fits a printed page
"""
