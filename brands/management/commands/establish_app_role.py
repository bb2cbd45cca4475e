"""Makes the role of PostgreSQL that serves the site."""

import dj_database_url
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from brands.audit.app_role import RoleError, establish


class Command(BaseCommand):
    help = (
        "Make the role that APP_DATABASE_URL names, with its password, and give it the rights to serve the site and no"
        " more. To be run by the owner of the tables after each `migrate`; does nothing without APP_DATABASE_URL."
    )

    def handle(self, *args: object, **options: object) -> None:
        address = settings.APP_DATABASE_URL
        if not address:
            self.stdout.write("APP_DATABASE_URL is not set: the site is served by the role that owns the tables")
            return
        if connection.vendor != "postgresql":
            raise CommandError("APP_DATABASE_URL: SQLite has no roles")
        role = dj_database_url.parse(address)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                establish(cursor, str(role["USER"]), str(role["PASSWORD"]))
        except RoleError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Role {role['USER']} may serve the site")
