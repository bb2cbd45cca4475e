"""gunicorn and nginx with the files that the containers use, asked over real connections."""

import gzip
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.deploy.release import HOST
from tests.deploy.test_files import instructions
from tests.needs import missing
from tests.variables import ROOT

START = json.loads(instructions("CMD")[0])
HEALTH = json.loads(instructions("HEALTHCHECK")[0].partition(" CMD ")[2])
# Seconds that a server has to answer for the first time.
PATIENCE = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(
    port: int, path: str, *, scheme: str = "https", host: str = HOST, patience: float = PATIENCE
) -> tuple[HTTPResponse, bytes]:
    """The answer to GET `path` as the proxy that ends TLS would pass the request on."""
    connection = HTTPConnection("127.0.0.1", port, timeout=patience)
    headers = {"Host": host, "X-Forwarded-Proto": scheme, "Accept-Encoding": "gzip"}
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, gzip.decompress(body) if response.headers["Content-Encoding"] == "gzip" else body


@pytest.fixture(scope="module")
def gunicorn(release: dict[str, str]) -> Iterator[int]:
    """The port of a gunicorn that the container's health check finds healthy."""
    port = free_port()
    environment = release | {"BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "2"}
    process = subprocess.Popen(START, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + PATIENCE
    while subprocess.run(HEALTH, cwd=ROOT, env=environment, capture_output=True, check=False).returncode:
        assert process.poll() is None, "gunicorn ended by itself"
        assert time.monotonic() < deadline, "gunicorn did not become healthy"
    yield port
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=PATIENCE) == 0


@pytest.fixture(scope="module")
def nginx(gunicorn: int, release: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an nginx with the site's configuration, changed only where it names the containers' addresses."""
    program = shutil.which("nginx", path=f"{release['PATH']}:/usr/sbin")
    if program is None:
        missing("nginx", "no nginx: install Debian's nginx-light")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    dumps = Path(release["DATA_DIR"]) / "dumps"
    config = write_config(folder, port=port, gunicorn=gunicorn, static=release["STATIC_ROOT"], dumps=dumps)
    command = [program, "-p", str(folder), "-c", str(config)]
    subprocess.run([*command, "-t"], check=True)
    process = subprocess.Popen(command)
    deadline = time.monotonic() + PATIENCE
    while not listening(port):
        assert process.poll() is None, "nginx ended by itself"
        assert time.monotonic() < deadline, "nginx did not start"
        time.sleep(0.05)
    yield port
    process.send_signal(signal.SIGQUIT)
    assert process.wait(timeout=PATIENCE) == 0


def write_config(folder: Path, *, port: int, gunicorn: int, static: str, dumps: Path) -> Path:
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for old, new in {
        "server web:8000;": f"server 127.0.0.1:{gunicorn};",
        "listen 8080;": f"listen 127.0.0.1:{port};",
        "alias /srv/static/;": f"alias {static}/;",
        "alias /srv/dumps/": f"alias {dumps}/",
    }.items():
        assert site.count(old) == 1
        site = site.replace(old, new)
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # The main file of the image: it includes what stands in conf.d inside http.
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; user root; pid {folder}/pid; error_log stderr; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; {temporary}\n{site}\n}}\n",
        encoding="utf-8",
    )
    return config


@pytest.fixture(params=["gunicorn", "nginx"])
def port(request: pytest.FixtureRequest) -> int:
    """Both servers answer alike."""
    return int(request.getfixturevalue(request.param))


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
    (directory / "secret.csv").write_text("secret")
    partial = directory / ".2026-03-01T120000Z.partial"
    partial.mkdir(exist_ok=True)
    (partial / "brands.csv").write_text("secret")
    for path in (f"{folder.name}/../secret.csv", f"{partial.name}/brands.csv", "secret.csv", f"{folder.name}/"):
        assert ask(port, f"/data/dumps/{path}")[0].status == 404, path


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
        "Cookie": f"csrftoken={'a' * 32}",
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
