"""The list desk: a list of brands from paper, web, Word or Excel, or an article that names many, as a grid to be looked
through, completed and published as one change set.

rows         a row of the grid and its cells
tables       tables as they are pasted: cells, columns and heads
pieces       what one piece of a line is: a place, a level, a year, an organisation, a name
reading      a text -> the names in it, each with its own words and what its line, its column and its heading say
completing   what a name and its list say besides: place, trade, level, year, batch
matching     rows beside the catalogue: the same, perhaps the same, new, with reasons
doubts       what a person should look at first
drafts       lists that wait: begun, saved row by row, in order
publishing   ticked rows -> the catalogue, through the plan of an import, with the list as their source
"""
