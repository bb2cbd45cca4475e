"""From a newspaper page to rows. The map, one line a stage, in the order of ``pipeline.py``:

read      bytes -> RawPage: encoding, front matter; what is no page is turned away with a reason
clean     RawPage -> MappedText: widths, blanks and broken lines mended, every offset kept
segment   MappedText -> Articles in reading order, each with title, paper and date
classify  Article -> about labour brands or not, and why
locate    Article -> the division it is set in
extract   Article -> mentions of brands (names) and programs (programs), each at its place
resolve   mentions of a page -> Brands and Programs with region, trade, level and their quotes
extract   Articles with those -> StatisticFacts (statistics): value, unit, hedge, subject, date
grounding what the page does not say where the evidence points is dropped -> PageFacts

export    PageFacts -> a JSON line        load      PageFacts -> rows, one transaction a page

What staff told once and for all goes through the stages with its page: standing_rules (the rules), rules_applied (what
they make of articles, names and places), extract/metrics_told (and of numbers).

Files, before the stages: files (finds them), file_formats (what is no text of a paper), markup (HTML saved as text),
orthography (Traditional characters, pronunciations in brackets), imprints (what stands beside a headline: date, source,
path), printed_dates (dates of issue), publishers (who prints at an address), parallel (pages in several processes).

Below the stages: records (what is handed on; frozen makes such classes), text (spans, mapped text), sentences, lexicon
(loads the words of ``lexicon/``), learned (what is trained), confidence; gazetteer (names of divisions), place_reading
(what they mean by the words around them), place_mentions (the places of a text, by position); numerals (numbers in a
text), numeral_values (their values); table_cells (the cells of a line); name_shapes, levels; version (which extractor
it was). docs/extraction.md follows one sentence through all.
"""
