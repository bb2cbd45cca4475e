"""Pictures: laid out here, drawn as SVG by templates.

charts      small charts; each has a table with the same numbers
dots        every value a dot on a scale
posters     the picture of a page for those who link to it
tiles       the map of provinces, a tile each
palette     the colours and rules of the style sheet, read from it
lettering   how wide a text is, and where its lines end
png         SVG as PNG, for programs that cannot show SVG
"""
