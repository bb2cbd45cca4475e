"""Makes the role of PostgreSQL that serves the site."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from brands.audit.app_role import RoleError, establish_named


class Command(BaseCommand):
    help = (
        "Make the role that APP_DATABASE_URL names, with its password, and give it the rights to serve the site and no"
        " more. To be run by the owner of the tables after each `migrate`; does nothing without APP_DATABASE_URL."
    )

    def handle(self, *args: object, **options: object) -> None:
        if settings.APP_DATABASE_URL and connection.vendor != "postgresql":
            raise CommandError("APP_DATABASE_URL: SQLite has no roles")
        try:
            role = establish_named()
        except RoleError as error:
            raise CommandError(str(error)) from error
        if role:
            self.stdout.write(f"Role {role} may serve the site")
        else:
            self.stdout.write("APP_DATABASE_URL is not set: the site is served by the role that owns the tables")
