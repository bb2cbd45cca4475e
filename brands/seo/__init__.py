"""What pages say of themselves to other programs and to those who cite them.

head            title, description, address and picture of a page; how it is cited
citation        references by GB/T 7714, BibTeX, RIS and CSL-JSON
linked_data     what a page is about, in the words of schema.org (JSON-LD 1.1)
descriptions    places and brands in a sentence, made of their facts
summary         a brand in one line, and what employers and workers ask first
sitemap         sitemap, robots.txt and the description of the search box
feeds           Atom feeds (RFC 4287) of the lists
"""
