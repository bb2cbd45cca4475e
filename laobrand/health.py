"""What a load balancer or a container asks to learn whether this process can serve."""

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from laobrand.database_failures import RETRY_AFTER


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 `ok` after one answer from the database, 503 without it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        said, headers = f"database: {type(error).__name__}\n", {"Retry-After": str(RETRY_AFTER)}
        return HttpResponse(said, status=503, content_type="text/plain", headers=headers)
    return HttpResponse("ok\n", content_type="text/plain")
