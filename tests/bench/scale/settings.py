"""The site's own settings with the floors beside its addresses; BENCH_CACHE=off serves every page anew."""

from laobrand import env
from laobrand.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.scale.floors"
if not env.text("STATIC_ROOT"):  # nothing was collected: files by their plain names
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
if env.text("BENCH_CACHE") == "off":
    MIDDLEWARE.remove("laobrand.page_cache.PageCacheMiddleware")  # noqa: F405
