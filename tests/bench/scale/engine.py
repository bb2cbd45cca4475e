"""The same documents in tantivy, the engine to go to where a database's index no longer does: `python -m …engine`
prints milliseconds as JSON. Indexed by the same tokens, single characters and pairs, so that both find the same.
"""

import json
import sys
import time
from statistics import median
from typing import Any

ROUNDS = 5


def main(typed: list[str]) -> int:
    try:
        import tantivy
    except ImportError:
        print("{}")
        return 0
    import django

    django.setup()
    start = time.perf_counter()
    index = _index(tantivy)
    made = time.perf_counter() - start
    searcher = index.searcher()
    times = []
    for query in typed:
        parsed = _query(tantivy, index.schema, query)
        taken = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            searcher.search(parsed, 24)
            taken.append(1000 * (time.perf_counter() - start))
        times.append(min(taken))
    print(json.dumps({"tantivy.median": median(times), "tantivy.worst": max(times), "tantivy.index_seconds": made}))
    return 0


def _index(tantivy: Any) -> Any:
    from brands.models import SearchDocument
    from brands.search import tokens

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True)
    builder.add_text_field("tokens", tokenizer_name="raw", index_option="basic")
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=100_000_000)
    for document in SearchDocument.objects.iterator(chunk_size=2000):
        one = tantivy.Document(id=document.pk)
        for token in tokens.of_document(document):
            one.add_text("tokens", token)
        writer.add_document(one)
    writer.commit()
    index.reload()
    return index


def _query(tantivy: Any, schema: Any, query: str) -> Any:
    """All pairs of the query's characters."""
    pairs = [query[at : at + 2] for at in range(len(query) - 1)]
    terms = [(tantivy.Occur.Must, tantivy.Query.term_query(schema, "tokens", pair)) for pair in pairs]
    return tantivy.Query.boolean_query(terms)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
