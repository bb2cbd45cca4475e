"""Members of the staff, and their browsers."""

from django.contrib.auth.models import User
from django.test import Client

from curation.roles import assign


def member(role: str = "reviewer", name: str = "") -> User:
    """Somebody of this role, called by the name or else by the role."""
    user = User.objects.create_user(name or role)
    assign(user, role)
    return user


def client_of(user: User) -> Client:
    """The browser of somebody who has logged in."""
    client = Client()
    client.force_login(user)
    return client


def client_as(role: str, name: str = "") -> Client:
    """The browser of somebody new of this role."""
    return client_of(member(role, name))
