"""The role of PostgreSQL that serves the site: it owns nothing, and of the audit log it may read entries and seals and
add change sets and seals. Entries are written by triggers with the owner's rights, at the database's time."""

from collections.abc import Iterable

import dj_database_url
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from brands.audit.followed_tables import GUARDED


class RoleError(Exception):
    """The role may more than one that serves the site should."""


def establish(cursor: CursorWrapper, role: str, password: str) -> None:
    """Make the role, if it is not there, with this password, and give it its rights on what is there now. RoleError if
    it is a superuser, or owns tables or the schema."""
    name = sql.Identifier(role)
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
    login = sql.SQL("{} ROLE {} LOGIN NOCREATEDB NOCREATEROLE PASSWORD {}")
    _refuse_powers(cursor, role)
    cursor.execute(login.format(verb, name, sql.Literal(password)))
    _grant(cursor, role)


def establish_named(using: str = "default") -> str:
    """Establish the role that APP_DATABASE_URL names; its name, empty where nothing is named. RoleError as above."""
    if not settings.APP_DATABASE_URL:
        return ""
    role = dj_database_url.parse(settings.APP_DATABASE_URL)
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        establish(cursor, str(role["USER"]), str(role["PASSWORD"]))
    return str(role["USER"])


def serving(using: str) -> list[str]:
    """The roles, besides the owner, that serve from this database: those that may read its audit log."""
    if connections[using].vendor != "postgresql":
        return []
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT r.rolname FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee"
            " WHERE c.oid = 'brands_change'::regclass AND a.grantee <> c.relowner AND a.privilege_type = 'SELECT'"
            " ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def readmit(roles: Iterable[str], using: str) -> list[str]:
    """Give each of these roles its rights on what is there now; those that this server does not have. RoleError as
    above."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles")
        present = {name for (name,) in cursor.fetchall()}
        for role in present.intersection(roles):
            _refuse_powers(cursor, role)
            _grant(cursor, role)
    return sorted(set(roles) - present)


def _refuse_powers(cursor: CursorWrapper, role: str) -> None:
    cursor.execute(
        "SELECT 'is a superuser' FROM pg_roles WHERE rolname = %s AND rolsuper"
        " UNION ALL SELECT 'owns ' || c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
        " WHERE r.rolname = %s AND c.relnamespace = current_schema()::regnamespace"
        " UNION ALL SELECT 'owns the schema' FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner"
        " WHERE r.rolname = %s AND n.nspname = current_schema() LIMIT 1",
        [role] * 3,
    )
    if found := cursor.fetchone():
        raise RoleError(f"{role} {found[0]}: the role that serves the site owns nothing")


def _grant(cursor: CursorWrapper, role: str) -> None:
    cursor.execute("SELECT current_schema()")
    place = {"role": sql.Identifier(role), "schema": sql.Identifier(cursor.fetchone()[0])}
    for statement in _RIGHTS:
        cursor.execute(sql.SQL(statement).format(**place))


_RIGHTS = (
    "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}",
    "REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {role}",
    "REVOKE ALL ON SCHEMA {schema} FROM {role}",
    "REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC",
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
    f"REVOKE UPDATE, DELETE ON {', '.join(GUARDED)} FROM {{role}}",
    "REVOKE INSERT ON brands_change FROM {role}",
    "REVOKE ALL ON SEQUENCE brands_change_id_seq FROM {role}",
    "GRANT UPDATE (id) ON brands_batch TO {role}",  # to lock a row; the triggers refuse the change itself
)
