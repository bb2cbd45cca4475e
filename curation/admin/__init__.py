"""Pages of Django's admin for what the staff's tools keep.

users       accounts and their roles
logins      logins, and doors that were shut
"""

from django.contrib import admin

from curation.admin import logins, users
from curation.login import LoginForm

admin.site.login_form = LoginForm

__all__ = ["logins", "users"]
