"""The recipes of CONTRIBUTING.md, done in a copy of the tree: `python -m tests.recipes [NAME...]`.

recipes         what each recipe writes, and the tests that must then pass
copy            a copy of the tree in which they are done
added/          tests of what a recipe adds; they run only where it has been done
"""
