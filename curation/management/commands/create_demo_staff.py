"""Makes one account of each role, to try the staff's tools out."""

import secrets
from argparse import ArgumentParser

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from curation.roles import ROLES, assign

PREFIX = "demo-"


class Command(BaseCommand):
    help = (
        "Make an account of each role with a random password, printed once: for trying out only. Running it again gives"
        " the same accounts new passwords."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="make them on a site in production, too")

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEBUG and not options["force"]:
            raise CommandError("DEBUG is off: accounts for trying out are not for a public site (--force makes them)")
        self.stdout.write("For trying out only. Switch these accounts off before the site is public.")
        for role in ROLES:
            self.stdout.write(f"{PREFIX + role:<16}{_renewed(PREFIX + role, role)}")


def _renewed(name: str, role: str) -> str:
    """The new password of the account of this name, which is made where it isn't there, and has this role alone."""
    user, _created = User.objects.get_or_create(username=name)
    if user.is_superuser:
        raise CommandError(f"{name} is a superuser, not an account for trying out: rename it first")
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.is_active = True
    user.save()
    assign(user, role)
    return password
