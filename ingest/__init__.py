"""From a newspaper page to rows. The map, one line a stage, in the order of ``pipeline.py``:

read      bytes -> RawPage: encoding, front matter; what is no page is turned away with a reason
clean     RawPage -> MappedText: widths, blanks and broken lines mended, every offset kept
segment   MappedText -> Articles in reading order, each with title, paper and date
classify  Article -> about labour brands or not, and why
locate    Article -> the division it is set in
extract   Article -> mentions of brands (names) and programs (programs), each at its place
resolve   mentions of a page -> Brands and Programs with region, trade, level and their quotes
extract   Articles with those -> StatisticFacts (statistics): value, unit, hedge, subject, date
ground    what the page does not say where the evidence points is dropped -> PageFacts

export    PageFacts -> a JSON line        load      PageFacts -> rows, one transaction a page

Below the stages: text (spans, mapped text), records (what is handed on), lexicon (loads the words of ``lexicon/``),
numerals, numeral_values, gazetteer, sentences, confidence, place_reading (what the names of divisions mean by the words
around them), place_mentions, name_shapes, levels. docs/extraction.md follows one sentence through all.
"""
