"""Pages of Django's admin for what the staff's tools keep.

users       accounts and their roles; account_form: their form
logins      logins, and doors that were shut
"""

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

from curation.admin import logins, users
from curation.login import LoginForm

admin.site.login_form = LoginForm
admin.site.unregister(DBTaskResult)  # registered by its application, in English: jobs have pages of their own

__all__ = ["logins", "users"]
