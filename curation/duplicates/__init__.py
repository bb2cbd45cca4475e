"""Duplicates: pairs of records that may be the same, surest first, each with the reasons in words.

records         what is known of a brand or program: its names, place, trade, date, and where papers name it
blocking        which pairs are looked at: those that share a name, a sound, a part or nearly all of a name in one place
scoring         how likely a pair is the same, and why
search          all of it over the catalogue, into the table that the page reads; task: as work for the background
store           the pairs that wait, and those that somebody said are two
comparison      two records beside each other; forms: what the pages are asked
merge_preview   what a merge would move, told before it is done
"""
