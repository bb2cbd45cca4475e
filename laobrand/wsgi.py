"""The WSGI application that gunicorn and runserver serve: the processes whose statements have a time limit."""

import os

from django.core.wsgi import get_wsgi_application
from django.db.backends.signals import connection_created

from laobrand.request_gate import ReadableType
from laobrand.statement_limit import limit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laobrand.settings")

application = ReadableType(get_wsgi_application())
connection_created.connect(limit)
