"""What templates load.

laobrand        facts in a reader's words
tight           templates that are laid out in lines which readers don't get
"""
