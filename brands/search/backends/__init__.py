"""The index on each database: `base` is what both can say, `sqlite` (FTS5) and `postgres` (GIN) say it."""
