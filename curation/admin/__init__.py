"""Pages of Django's admin for what the staff's tools keep.

users       accounts and their roles
"""

from curation.admin import users

__all__ = ["users"]
