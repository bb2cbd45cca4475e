"""Pages of Django's admin for what the staff's tools keep.

users       accounts and their roles
logins      logins, and doors that were shut
"""

from curation.admin import logins, users

__all__ = ["logins", "users"]
