"""A database of PostgreSQL into a file and back, by pg_dump and pg_restore."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from psycopg import sql

# Where another database is made and renamed from: nobody can rename the one that they are connected to.
MAINTENANCE = "postgres"


class ToolError(Exception):
    """pg_dump or pg_restore is not there, or failed."""


def dump(target: Path, snapshot: str) -> None:
    """Write the database that serves as it is in this exported snapshot."""
    _run("pg_dump", "--format=custom", f"--file={target}", f"--snapshot={snapshot}", name=_name())


def export_snapshot() -> str:
    """The name of the snapshot of the transaction that runs."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def make(name: str, file: Path) -> None:
    """Make a database from a dump. Who may do what in it is not taken over: roles belong to the server."""
    with _maintenance() as server:
        options = _like_present(server)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ").format(sql.Identifier(name)) + options)
    _run("pg_restore", "--no-owner", "--no-acl", "--exit-on-error", f"--dbname={name}", str(file), name=name)


def drop(name: str) -> None:
    with _maintenance() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def put_in_place(new: str, kept: str) -> bool:
    """Let the database that serves become this one; what it was is kept under another name, False where there was none.
    Who is connected is cut off and finds the new one."""
    present = _name()
    connections["default"].close()
    with _maintenance() as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [present]).fetchone():
            server.execute(_renamed(new, present))
            return False
        server.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(present)))
        try:
            _cut_off(server, present)
            _cut_off(server, new)
            with server.transaction():
                server.execute(_renamed(present, kept))
                server.execute(_renamed(new, present))
        finally:
            for name in (present, kept):
                if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                    server.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(sql.Identifier(name)))
    return True


def _cut_off(server: "psycopg.Connection[Any]", name: str) -> None:
    server.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name])


def _renamed(old: str, new: str) -> sql.Composed:
    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))


def _like_present(server: "psycopg.Connection[Any]") -> sql.Composable:
    """How texts are ordered in the database that serves, if it is there."""
    row = server.execute(
        "SELECT datcollate, datctype FROM pg_database WHERE datname = %s AND datlocprovider = 'c'", [_name()]
    ).fetchone()
    if row is None:
        return sql.SQL("ENCODING 'UTF8'")
    return sql.SQL("ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}").format(*map(sql.Literal, row))


def _maintenance() -> "psycopg.Connection[Any]":
    return psycopg.connect(**_parameters(), dbname=MAINTENANCE, autocommit=True)


def _name() -> str:
    return str(connections["default"].settings_dict["NAME"])


def _parameters() -> dict[str, Any]:
    to = connections["default"].settings_dict
    given = {"host": to["HOST"], "port": to["PORT"], "user": to["USER"], "password": to["PASSWORD"]}
    return {key: value for key, value in given.items() if value}


def _run(tool: str, *arguments: str, name: str) -> None:
    """The password goes by the environment, where other users do not see it."""
    variables = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    environment: Mapping[str, str] = {
        **os.environ,
        **{variables[key]: str(value) for key, value in _parameters().items()},
        "PGDATABASE": name,
    }
    try:
        done = subprocess.run([tool, *arguments], env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise ToolError(f"{tool} is not there: install the client of PostgreSQL") from error
    if done.returncode:
        raise ToolError(f"{tool}: {done.stderr.strip()[-500:]}")
