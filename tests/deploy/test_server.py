"""gunicorn and nginx with the files that the containers use, asked over real connections."""

import re
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

from tests.deploy.release import HOST
from tests.deploy.serving import PATIENCE, ask
from tests.variables import ROOT


def test_the_home_page(port: int) -> None:
    response, body = ask(port, "/")
    assert response.status == 200
    assert "<html" in body.decode()


def test_the_headers_of_a_page(port: int) -> None:
    response, _ = ask(port, "/admin/login/")
    assert response.status == 200
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["Strict-Transport-Security"].startswith("max-age=")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    cookie = response.headers["Set-Cookie"]
    assert "Secure" in cookie
    assert "SameSite=Lax" in cookie


def test_plain_http_is_sent_to_https(port: int) -> None:
    response, _ = ask(port, "/admin/", scheme="http")
    assert (response.status, response.headers["Location"]) == (301, f"https://{HOST}/admin/")


def test_the_health_of_the_site_is_told_over_plain_http(port: int) -> None:
    response, body = ask(port, "/healthz", scheme="http")
    assert (response.status, body) == (200, b"ok\n")


def test_a_foreign_host_is_refused(port: int) -> None:
    assert ask(port, "/admin/login/", host="elsewhere.example")[0].status == 400


def test_an_error_says_nothing_of_the_inside(port: int) -> None:
    response, body = ask(port, "/no/such/page")
    assert response.status == 404
    assert b"Traceback" not in body
    assert b"urlpatterns" not in body


def test_static_files_are_kept_for_good_and_compressed(port: int) -> None:
    _, page = ask(port, "/about/")
    found = re.search(rb'href="(/static/laobrand\.[0-9a-f]{12}\.css)"', page)
    assert found
    response, body = ask(port, found[1].decode())
    assert response.status == 200
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Content-Type"].startswith("text/css")
    assert "immutable" in response.headers["Cache-Control"]
    assert b"{" in body
    assert ask(port, "/static/../settings.py")[0].status in {400, 404}


def test_what_is_too_long_is_refused_by_nginx(nginx: int) -> None:
    connection = HTTPConnection("127.0.0.1", nginx, timeout=PATIENCE)
    connection.request("POST", "/admin/login/", headers={"Host": HOST, "Content-Length": str(11 * 2**20)})
    assert connection.getresponse().status == 413
    connection.close()


def test_a_slow_visitor_does_not_hold_a_worker(nginx: int) -> None:
    """More half-sent forms than there are worker threads: the next request is answered all the same."""
    headers = {
        "Host": HOST,
        "X-Forwarded-Proto": "https",
        "Referer": f"https://{HOST}/",  # with it and the cookie, the form must be read to find its token
        "Cookie": f"__Host-csrftoken={'a' * 32}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": "1000",
    }
    lines = ["POST /admin/login/ HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", "half"]
    slow = [socket.create_connection(("127.0.0.1", nginx)) for _ in range(20)]
    for connection in slow:
        connection.sendall("\r\n".join(lines).encode())
    time.sleep(0.5)
    assert ask(nginx, "/healthz", patience=5)[0].status == 200
    for connection in slow:
        connection.close()


def test_dumps_are_served(port: int, release: dict[str, str]) -> None:
    """Alike by both, and nothing that is no file of a whole dump."""
    directory = Path(release["DATA_DIR"]) / "dumps"
    subprocess.run([sys.executable, "manage.py", "dump"], cwd=ROOT, env=release, check=True, stdout=subprocess.DEVNULL)
    folder = max(directory.glob("2*Z"))
    for name, kind in (
        ("brands.csv", "text/csv"),
        ("datapackage.json", "application/json"),
        ("SHA256SUMS", "text/plain"),
    ):
        response, body = ask(port, f"/data/dumps/{folder.name}/{name}")
        assert (response.status, body) == (200, (folder / name).read_bytes())
        assert response.headers["Content-Type"].startswith(kind)
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    (directory / "secret.csv").write_text("secret")
    partial = directory / ".2026-03-01T120000Z.partial"
    partial.mkdir(exist_ok=True)
    (partial / "brands.csv").write_text("secret")
    for path in (f"{folder.name}/../secret.csv", f"{partial.name}/brands.csv", "secret.csv", f"{folder.name}/"):
        assert ask(port, f"/data/dumps/{path}")[0].status == 404, path
