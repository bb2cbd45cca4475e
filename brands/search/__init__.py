"""Search over the catalogue: `query` reads what was typed, `index` answers."""
