"""Writes any list as a file, as its page offers it for download."""

import os
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import mkstemp
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, DatabaseError, reset_queries
from django.http import HttpRequest, QueryDict
from django.utils import translation
from tqdm import tqdm

from brands.audit.check import snapshot
from brands.downloads.asked import AskedFile, NoFileError, asked_file
from brands.downloads.files import KINDS, Batches, pieces, workbook_file
from brands.downloads.tables import TABLES
from brands.spreadsheets.workbook import CellTooLongError

STDOUT = "-"

# Exit status when the reader of the output went away: 128 + SIGPIPE, as a shell reports it.
CLOSED_PIPE = 141

# Where `make run` serves the site: how addresses in files begin if no setting says it.
WORKBENCH = "127.0.0.1:8000"


def _query(text: str) -> QueryDict:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ArgumentTypeError("it is not UTF-8") from None
    return QueryDict(text.removeprefix("?"), mutable=True)


class Command(BaseCommand):
    help = (
        "Write a list of the public data as a file: what its page offers for download, with the parameters of the page"
        " and of /api/. The data is that of one moment, whatever others write meanwhile; FILE is whole or not there."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("list", choices=[*TABLES], metavar="LIST", help=", ".join(TABLES))
        told = "where to write, - for standard output (default); its ending says the form"
        parser.add_argument("-o", "--output", default=STDOUT, metavar="FILE", help=told)
        told = "what to choose, as behind the ? of an address: 'region=140000&industry=care&sort=newest'"
        parser.add_argument("--filter", type=_query, default=QueryDict(mutable=True), metavar="QUERY", help=told)
        parser.add_argument("--form", choices=[*KINDS], help="the form, if FILE does not say it; csv if nothing does")
        parser.add_argument("--sentences", action="store_true", help="CSV with a line a sentence")
        parser.add_argument("--no-bom", action="store_true", help="CSV without the mark by which Excel knows UTF-8")
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE, help="of heads and labels")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with translation.override(options["language"]), snapshot(DEFAULT_DB_ALIAS):
                self._export(_asked(options), options["output"])
        except (NoFileError, CellTooLongError) as error:
            raise CommandError(str(error)) from error
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(CLOSED_PIPE) from None
        except DatabaseError as error:
            raise CommandError(f"The database failed: {' '.join(str(error).split())}") from error
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror}") from error

    def _export(self, asked: AskedFile, file: str) -> None:
        request = _request()
        bar = _bar(asked)
        with self._opened(file) as written, bar:
            if asked.ending == "xlsx":
                with workbook_file(request, asked, _passing(bar)) as book:
                    copyfileobj(book, written)
            else:
                for piece in pieces(request, asked, _passing(bar)):
                    written.write(piece.encode())

    @contextmanager
    def _opened(self, file: str) -> Iterator[IO[bytes]]:
        if file == STDOUT:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        with _whole(Path(file)) as written:
            yield written


@contextmanager
def _whole(file: Path) -> Iterator[IO[bytes]]:
    """A file that stands under its name once it is whole, and never otherwise."""
    number, name = mkstemp(prefix=f".{file.name}.", dir=file.parent)
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as written:
            yield written
            written.flush()
            os.fsync(number)
        part.chmod(0o666 & ~_mask())
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _mask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _asked(options: dict[str, Any]) -> AskedFile:
    """NoFileError, or CommandError for what contradicts itself."""
    said = Path(options["output"]).suffix.lstrip(".").lower() if options["output"] != STDOUT else ""
    if said and said not in KINDS:
        raise CommandError(f"{options['output']}: the form .{said} is not known; there are {', '.join(KINDS)}")
    if said and options["form"] and said != options["form"]:
        raise CommandError(f"--form {options['form']}: {options['output']} says {said}")
    given = options["filter"].copy()
    if options["sentences"]:
        given["rows"] = "sentences"
    if options["no_bom"]:
        given["bom"] = "0"
    return asked_file(options["list"], options["form"] or said or "csv", given)


def _request() -> HttpRequest:
    """What full addresses are made from where SITE_URL does not say it: the site's first host."""
    request = HttpRequest()
    hosts = [host.removeprefix(".") for host in settings.ALLOWED_HOSTS if host != "*"]
    request.META = {"HTTP_HOST": hosts[0] if hosts else WORKBENCH}
    if settings.HTTPS:
        request.META["HTTP_X_FORWARDED_PROTO"] = "https"
    return request


def _bar(asked: AskedFile) -> "tqdm[Any]":
    """On a terminal, how many records are written of how many."""
    shown = sys.stderr.isatty()
    tqdm.monitor_interval = 0
    total = asked.chosen.total() if shown else None
    return tqdm(total=total, desc=str(asked.table.title), unit="row", file=sys.stderr, disable=not shown, leave=False)


def _passing(bar: "tqdm[Any]") -> Callable[[Batches], Batches]:
    def passed(batches: Batches) -> Batches:
        for batch in batches:
            yield batch
            bar.update(len(batch))
            reset_queries()  # which Django keeps with DEBUG, as on a workbench

    return passed
