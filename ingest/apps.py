"""The way from newspaper pages into the catalogue as a Django application: commands, no models of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IngestConfig(AppConfig):
    name = "ingest"
    verbose_name = _("文章导入")
