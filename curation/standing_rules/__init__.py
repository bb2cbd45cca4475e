"""Mistakes that stay corrected: what a correction teaches, what else is like it, and the rules that staff keep.

lessons         what people said of a row, or in a change set, as rules that it may teach
alike           facts and articles to which the same applies, and the same deed for all of them
worklist        the corrections by the rule of the extraction that they corrected
meaning         the words of a rule and what they mean, as people write them and as the table keeps them
table           the rules as a table that goes out and comes in
"""
