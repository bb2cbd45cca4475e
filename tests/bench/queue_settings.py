"""The site's own settings with an empty admin page beside its addresses, and without a cache of pages."""

from laobrand.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.queue_urls"
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
MIDDLEWARE.remove("laobrand.page_cache.PageCacheMiddleware")  # noqa: F405
