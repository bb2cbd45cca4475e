"""Old dumps taken away, once a newer one is whole."""

import os
from collections.abc import Iterator
from pathlib import Path

from brands.dumps.files import Dump, dumps_in


def prune(directory: Path, keep: int) -> Iterator[tuple[str, str]]:
    """Take away the dumps in the directory but the newest `keep`, at least one: each by its name, with what is in its
    folder and belongs to no dump. Such a folder is left as it is, as is all that is no whole dump."""
    for dump in list(dumps_in(directory))[max(keep, 1) :]:
        foreign = _foreign(dump)
        if not foreign:
            _remove(dump)
        yield dump.name, foreign


def _foreign(dump: Dump) -> str:
    """The first thing in the folder that is no file of the dump; empty for none."""
    own = {file.name for file in dump.files}
    with os.scandir(dump.folder) as there:
        others = (one.name for one in there if one.name not in own or not one.is_file(follow_symlinks=False))
        return min(others, default="")


def _remove(dump: Dump) -> None:
    """At once for who reads the directory: under a name that is no dump's, and then file by file."""
    going = dump.folder.with_name(f".{dump.name}.going")
    dump.folder.rename(going)
    for file in dump.files:
        (going / file.name).unlink()
    going.rmdir()
