"""Settings of the site: one file that works with an empty environment and reads the rest from it.

One rule tells a workbench from production: DEBUG is on by default until ALLOWED_HOSTS names a host. With DEBUG on and
no host named, Django answers to localhost alone, so nobody publishes a debugging site by forgetting a variable; with
DEBUG off, the site refuses to start without ALLOWED_HOSTS and a SECRET_KEY of at least `SECRET_KEY_LEAST` characters.

The variables stand in a table in README.md, which tests/test_docs.py compares with the calls in this file.
"""

from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from laobrand import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "data")))

# Characters: what Django's own `check --deploy` asks for (security.W009).
SECRET_KEY_LEAST = 50

# Seconds that a SQLite connection waits for another one's write, such as an ingest of many pages, to end.
BUSY_TIMEOUT = 20


# What the site is: a workbench or production

ALLOWED_HOSTS = env.items("ALLOWED_HOSTS")
DEBUG = env.flag("DEBUG", default=not ALLOWED_HOSTS)
SECRET_KEY = env.text("SECRET_KEY", "django-insecure-key-of-a-workbench-that-only-localhost-sees" if DEBUG else "")
HTTPS = env.flag("HTTPS", default=not DEBUG)
SITE_URL = env.origin("SITE_URL")  # in full addresses; empty for the host of the request
PROXIES = env.number("PROXIES", 0 if DEBUG else 1)  # that add the address of their visitor to X-Forwarded-For

if not DEBUG and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS: with DEBUG off, name the site's hosts, such as brands.example.org")
if not DEBUG and len(SECRET_KEY) < SECRET_KEY_LEAST:
    raise ImproperlyConfigured(
        f"SECRET_KEY: with DEBUG off, {SECRET_KEY_LEAST} or more random characters are needed, got {len(SECRET_KEY)};"
        " `python3 -c 'import secrets; print(secrets.token_urlsafe(50))'` makes some"
    )


# Applications

INSTALLED_APPS = [
    "laobrand.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",  # its templates, for FORM_RENDERER
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "axes",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "brands",
    "ingest",
    "curation",
]

MIDDLEWARE = [
    "laobrand.page_cache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "laobrand.security_headers.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "laobrand.request_gate.RequestGateMiddleware",
    "laobrand.database_failures.DatabaseFailureMiddleware",
    "laobrand.rate_limit.RateLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "curation.login.StayingMiddleware",
    "laobrand.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
if DEBUG:  # runserver serves the static files from where they are written; there is no collected folder to serve
    MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")

ROOT_URLCONF = "laobrand.urls"
WSGI_APPLICATION = "laobrand.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # so that templates/ may have a widget's template


# Database

# Seconds that a connection stays open between requests, unless told. runserver answers each request in a thread of its
# own, whose connection nobody would use again.
KEPT_OPEN = 0 if DEBUG else 600


def _database(url: str) -> dj_database_url.DBConfig:
    """The database at `url`, or for an empty one SQLite in the data folder, with what each kind needs to serve well."""
    if not url:
        try:
            DATA_DIR.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ImproperlyConfigured(f"DATA_DIR: the folder can't be made: {error}") from error
        url = f"sqlite:///{DATA_DIR / 'laobrand.sqlite3'}"
    try:
        config = dj_database_url.parse(url)
    except ValueError:  # the address may hold a password, so it is not repeated
        config = {}
    if config.get("ENGINE") == "django.db.backends.sqlite3":
        return config | _sqlite()
    if config.get("ENGINE") == "django.db.backends.postgresql":
        return config | _postgresql(config)
    raise ImproperlyConfigured(
        "DATABASE_URL: expected postgres://USER:PASSWORD@HOST:PORT/NAME (special characters as %XX) or sqlite:///PATH"
    )


def _sqlite() -> dj_database_url.DBConfig:
    """Readers go on while one connection writes (WAL), and a writer waits for its turn when it begins: a transaction
    that reads first and asks for the lock later fails at once, however long the timeout. A connection that stays open
    keeps the schema and the pages that it has read. With `recursive_triggers`, the audit log sees rows that
    `INSERT OR REPLACE` takes away."""
    return {
        "CONN_MAX_AGE": env.number("CONN_MAX_AGE", KEPT_OPEN),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_TIMEOUT,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;",
        },
    }


# Seconds in which a server has to take a connection, and milliseconds after which one that no longer answers is given
# up: without them a machine that has vanished holds a request for minutes.
PATIENCE = {"connect_timeout": 3, "tcp_user_timeout": 10_000}


def _postgresql(config: dj_database_url.DBConfig) -> dj_database_url.DBConfig:
    """Connections that stay open between requests and are tried before they are used again."""
    return {
        "CONN_MAX_AGE": env.number("CONN_MAX_AGE", KEPT_OPEN),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": PATIENCE | config.get("OPTIONS", {}),
    }


DATABASES = {"default": _database(env.text("DATABASE_URL"))}
APP_DATABASE_URL = env.text("APP_DATABASE_URL")  # what the site is served with; while its owner prepares the database
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATEMENT_SECONDS = env.number("STATEMENT_SECONDS", 3, least=1)  # while serving, see laobrand.statement_limit


# Work in the background: `manage.py worker` does what is put into this queue

DATA_UPLOAD_MAX_NUMBER_FILES = 500  # more than a job takes, so that its page can say which it didn't
WORKER_HEARTBEAT = env.text("WORKER_HEARTBEAT")  # a file that the worker touches, see curation.jobs.heartbeat
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


# Languages and time

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]  # each in its own words, for those who read no other
LOCALE_PATHS = [BASE_DIR / "wording", BASE_DIR / "locale"]  # the libraries' texts in our words, and our own texts
USE_I18N = True

TIME_ZONE = env.time_zone("TIME_ZONE", "Asia/Shanghai")
USE_TZ = True


# Static files

STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
FONTS_DIR = Path(env.text("FONTS_DIR", "/usr/share/fonts"))  # for pictures; brands/graphics/png.py names the files
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}


# Staff: curation/roles.py says who may do what, curation/login.py how many wrong passwords are taken

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
FOUR_EYES = env.flag("FOUR_EYES", default=not DEBUG)
SESSION_COOKIE_AGE = 60 * env.number("SESSION_MINUTES", 120, least=1)  # without a request; it ends on logout, too

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_HANDLER = "curation.login.Throttle"
AXES_LOCKOUT_CALLABLE = "curation.login.locked_out"
AXES_USERNAME_CALLABLE = "curation.login.name_of"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who waits is let in, whoever goes on knocking
AXES_ENABLE_ADMIN = False  # curation/admin/logins.py speaks the site's languages
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "brands.visitors.visitor_network"


# Security

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the admin's style sheets hold small pictures as data:
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# A minute and visitor, in each process: searches, and forms that need no account; see laobrand.rate_limit.
SEARCH_REQUESTS = env.number("SEARCH_REQUESTS", 0 if DEBUG else 300)
FORM_REQUESTS = env.number("FORM_REQUESTS", 0 if DEBUG else 30)

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS")

# HTTPS is one switch: the proxy in front ends TLS and says so in X-Forwarded-Proto, which it must set itself.
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
if HTTPS:  # browsers then take these cookies from this very host alone, by TLS
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 365 * 24 * 3600) if HTTPS else 0
# The site speaks for its own host; whether its neighbours are reached by TLS alone is not for it to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]


# What is handed out: files of lists, and the interface for programs under /api/

DATA_LICENCE = env.text("DATA_LICENCE", "CC BY 4.0")  # of the compilation; the sentences are their papers'
DATA_LICENCE_URL = env.text("DATA_LICENCE_URL", "https://creativecommons.org/licenses/by/4.0/deed.zh-hans")
DUMPS_DIRECTORY = Path(env.text("DUMPS_DIRECTORY", str(DATA_DIR / "dumps")))  # where `dump` writes, and /data/ looks
API_REQUESTS = env.number("API_REQUESTS", 300, least=1)  # a minute and address, in each process

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_THROTTLE_RATES": {"anon": f"{API_REQUESTS}/minute"},
    "EXCEPTION_HANDLER": "brands.api.problems.handler",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "laobrand",
    "DESCRIPTION": "China's labour brands (劳务品牌), each fact with the sentence that says it.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "brands.api.description.with_fields_to_choose",
        "brands.api.examples.with_examples",
    ],
    "ENUM_NAME_OVERRIDES": {
        "BrandLevelEnum": "brands.vocabulary.choices.BrandLevel",
        "RegionLevelEnum": "brands.vocabulary.choices.RegionLevel",
        "DetailKindEnum": "brands.vocabulary.choices.DetailKind",
        "ProgramKindEnum": "brands.vocabulary.choices.ProgramKind",
    },
}


# Logging: one line an event to standard error, where the process manager collects it

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_trace": {"()": "laobrand.database_failures.WithoutTrace"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_trace"]}},
    "root": {
        "handlers": ["stderr"],
        "level": env.text("LOG_LEVEL", "INFO", choices=("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")),
    },
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "axes": {"level": "WARNING"},  # wrong passwords; of each right one it would say four lines
    },
}
