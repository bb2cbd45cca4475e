"""gunicorn and nginx with the files that the containers use, and how they are asked."""

import gzip
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tests.deploy.release import HOST
from tests.deploy.test_files import instructions
from tests.variables import ROOT

START = json.loads(instructions("CMD")[0])
HEALTH = json.loads(instructions("HEALTHCHECK")[0].partition(" CMD ")[2])
# The address of the proxy that ends TLS, as nginx in the compose file sees it.
GATEWAY = "172.30.83.1"
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
    port: int,
    path: str,
    *,
    scheme: str = "https",
    host: str = HOST,
    patience: float = PATIENCE,
    method: str = "GET",
    body: bytes | None = None,
    source: str = "127.0.0.1",
    **headers: str,
) -> tuple[HTTPResponse, bytes]:
    """The answer to a request of `path` as the proxy that ends TLS would pass it on; `headers` are named with _ for -,
    and `source` is the address that asks."""
    connection = HTTPConnection("127.0.0.1", port, timeout=patience, source_address=(source, 0))
    sent = {"Host": host, "X-Forwarded-Proto": scheme, "Accept-Encoding": "gzip"}
    connection.request(method, path, body, sent | {name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    said = response.read()
    connection.close()
    return response, gzip.decompress(said) if response.headers["Content-Encoding"] == "gzip" else said


@contextmanager
def serving(
    release: dict[str, str], *, log: Path | None = None, **more: str
) -> "Iterator[tuple[int, subprocess.Popen[bytes]]]":
    """The port of a gunicorn, and its process, which must end by itself when it is told to."""
    port = free_port()
    environment = release | {"BIND": f"127.0.0.1:{port}"} | more
    with open(log or os.devnull, "wb") as said:
        process = subprocess.Popen(START, cwd=ROOT, env=environment, stderr=said, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + PATIENCE
    while subprocess.run(HEALTH, cwd=ROOT, env=environment, capture_output=True, check=False).returncode:
        assert process.poll() is None, "gunicorn ended by itself"
        assert time.monotonic() < deadline, "gunicorn did not become healthy"
    yield port, process
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=PATIENCE) == 0, "gunicorn was not told to end, or ended with an error"


def write_config(folder: Path, *, port: int, gunicorn: int, static: str, dumps: Path | None = None) -> Path:
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for old, new in {
        "server web:8000;": f"server 127.0.0.1:{gunicorn};",
        "listen 8080;": f"listen 127.0.0.1:{port};",
        "alias /srv/static/;": f"alias {static}/;",
        "alias /srv/dumps/": f"alias {dumps or folder / 'dumps'}/",
        "include /etc/nginx/site-headers;": f"include {ROOT / 'deploy' / 'nginx-headers.conf'};",
        GATEWAY: "127.0.0.1",
    }.items():
        assert old in site
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
