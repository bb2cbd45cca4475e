"""A reader of files that does what no file should make it do, by the file's name."""

import os
import time
from multiprocessing.connection import Connection

import django

from curation.jobs import reader_process
from curation.transfer import table_process
from ingest.pipeline import extract_bytes
from ingest.records import PageFacts

serve = reader_process.serve
serve_table = table_process.serve


def serve_oddly(pipe: Connection) -> None:
    reader_process.extract_bytes = extract_oddly  # type: ignore[attr-defined]
    serve(pipe)


def serve_in_little_room(pipe: Connection, language: str) -> None:
    """Reads workbooks, and has no memory left for one."""
    django.setup()
    table_process.MAX_MEMORY = 2**20
    serve_table(pipe, language)


def extract_oddly(name: str, data: bytes) -> PageFacts:
    if name == "hangs":
        time.sleep(1000)
    if name == "spins":
        while True:
            pass
    if name == "eats":
        eaten = []
        while True:
            eaten.append(bytearray(2**25))
    if name == "dies":
        os._exit(1)
    if name == "errs":
        raise RuntimeError("no such rule")
    return extract_bytes(name, data)
