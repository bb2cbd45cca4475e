"""Which sources of people's own readers see: those on which something public rests. The others are kept in a table,
which is short, so that no list has to look for what rests on its rows."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from brands.models import Article, DocumentKind, Evidence, HiddenSource, SearchDocument
from brands.models.source import BY_HAND
from brands.search import store
from brands.sql import prepared


def refresh(keys: Mapping[DocumentKind, Collection[Any]]) -> set[int]:
    """Hide and show those among these articles, and those that bear out these facts, as they should be; gives back
    those of which that changed."""
    found = {pk for kind, ask in _OF.items() if keys.get(kind) for (pk,) in ask(keys[kind])}
    return _put_right(found) if found else set()


def rebuild() -> set[int]:
    """The same for all sources of people's own."""
    return _put_right(_all())


def differences() -> Iterator[str]:
    """What is hidden or shown and should not be, a line each."""
    wanted, stored = _to_hide(_all()), set(HiddenSource.objects.values_list("pk", flat=True))
    yield from (f"own source {pk}: shown, but nothing rests on it" for pk in sorted(wanted - stored))
    yield from (f"own source {pk}: hidden" for pk in sorted(stored - wanted))


def fill_after_migrate(*, using: str = DEFAULT_DB_ALIAS, **_signal: object) -> None:
    """Hide what was shown before there was this rule. Called after every `migrate`; does nothing while the tables are
    not there."""
    tables = {HiddenSource._meta.db_table, SearchDocument._meta.db_table}
    if using == DEFAULT_DB_ALIAS and tables <= set(connections[using].introspection.table_names()):
        with transaction.atomic():
            if changed := rebuild():
                store.refresh({DocumentKind.ARTICLE: changed})


def _sources() -> Any:
    """Those of people's own, which have words from the first on. What a dump brought in without any is another's
    article, of which nothing was quoted: it is shown where the dump was written, and here."""
    return Article.objects.filter(page__extractor=BY_HAND).exclude(page__text="")


def _all() -> set[int]:
    return set(_sources().values_list("pk", flat=True))


def _put_right(articles: Collection[int]) -> set[int]:
    wanted = _to_hide(articles)
    stored = {pk for (pk,) in _hidden(articles)}
    if gone := stored - wanted:
        HiddenSource.objects.filter(pk__in=gone).delete()
    HiddenSource.objects.bulk_create([HiddenSource(article_id=pk) for pk in sorted(wanted - stored)])
    return stored ^ wanted


def _to_hide(articles: Collection[int]) -> set[int]:
    return set(articles) - {pk for (pk,) in _borne_on(articles)}


@prepared
def _borne_on(articles: Any) -> Any:
    return Evidence.objects.public().filter(article__in=articles).order_by().values_list("article_id").distinct()


@prepared
def _hidden(articles: Any) -> Any:
    return HiddenSource.objects.filter(pk__in=articles).values_list("pk")


@prepared
def _own(articles: Any) -> Any:
    return _sources().filter(pk__in=articles).order_by().values_list("pk")


@prepared
def _of_brands(brands: Any) -> Any:
    return _bearing_out(brand__in=brands)


@prepared
def _of_programs(programs: Any) -> Any:
    return _bearing_out(program__in=programs)


@prepared
def _of_statistics(statistics: Any) -> Any:
    return _bearing_out(statistic__in=statistics)


def _bearing_out(**facts: Any) -> Any:
    rows = Evidence.objects.filter(article__page__extractor=BY_HAND, **facts).order_by()
    return rows.values_list("article_id").distinct()


_OF: Mapping[DocumentKind, Callable[[Collection[Any]], list[Any]]] = {
    DocumentKind.ARTICLE: _own,
    DocumentKind.BRAND: _of_brands,
    DocumentKind.PROGRAM: _of_programs,
    DocumentKind.STATISTIC: _of_statistics,
}
