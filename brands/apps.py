"""The catalogue as a Django application."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from brands.audit.triggers import follow, refuse_loss
from brands.data_version import watch


class BrandsConfig(AppConfig):
    name = "brands"
    verbose_name = _("劳务品牌")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        pre_migrate.connect(refuse_loss, sender=self)
        post_migrate.connect(watch, sender=self)
        post_migrate.connect(follow, sender=self)
        post_migrate.connect(import_module("brands.search.synonyms").load_after_migrate, sender=self)
        post_migrate.connect(import_module("brands.models.program").fill_after_migrate, sender=self)
        post_migrate.connect(import_module("brands.listing.read_model").fill_after_migrate, sender=self)
        post_migrate.connect(import_module("brands.listing.own_sources").fill_after_migrate, sender=self)
        import_module("brands.listing.sync").connect()  # the models are there from here on
