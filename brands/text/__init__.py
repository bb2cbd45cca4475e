"""Text of pages and articles, set out for reading; the characters remember where they stand on the page.

page_text       a page's text in lines and paragraphs
article_text    an article with every fact marked at its place
selection       words that a person selected, and where they stand on the page
highlight       the one escaping highlighter: the only place where text from outside becomes safe HTML
"""
