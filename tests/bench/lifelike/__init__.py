"""A catalogue of invented brands that looks like a real one, of any size: `python -m tests.bench.lifelike --brands N`.

words.toml   the words and sentences        draw.py     what a brand is called, where it is, what it does
sheet.py     a page's text with places      articles.py  pages that name brands and give figures
rows.py      all of it as rows               bulk.py      rows into tables
__main__.py  the command line
"""
