"""The staff's tools as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "curation"
    verbose_name = _("编审")
    default_auto_field = "django.db.models.BigAutoField"
