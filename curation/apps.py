"""The staff's tools as a Django application."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "curation"
    verbose_name = _("编审")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(import_module("curation.roles").establish, sender=self)
        waiting = import_module("curation.review.waiting")
        post_migrate.connect(waiting.fill_after_migrate, sender=self)
        waiting.connect()
        import_module("curation.review.sessions").connect()
