"""What the servers say beside their pages: headers, error pages, who is believed, and how much one visitor may ask."""

import re
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from ipaddress import ip_address

import pytest
import yaml

from brands.visitors import network
from laobrand.security_headers import HEADERS
from tests.deploy.observatory import Scanned, score
from tests.deploy.release import HOST
from tests.deploy.serving import GATEWAY, PATIENCE, ask
from tests.variables import ROOT

NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")

# Those that every answer has.
EVERYWHERE = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
}

FORM = "application/x-www-form-urlencoded"


def scanned(port: int, path: str) -> Scanned:
    response, body = ask(port, path)
    cookies = SimpleCookie()
    for told in response.headers.get_all("Set-Cookie") or []:
        cookies.load(told)
    plain, _ = ask(port, path, scheme="http")
    return Scanned(dict(response.headers), cookies, body.decode(), HOST, plain.headers["Location"] or "")


@pytest.mark.parametrize(("path", "least"), [("/", 130), ("/admin/login/", 135), ("/corrections/new/", 135)])
def test_the_observatory_gives_at_least_130(port: int, path: str, least: int) -> None:
    points, found = score(scanned(port, path))
    assert points >= least, found


def test_the_observatory_would_tell() -> None:
    bare = Scanned({}, SimpleCookie(), "<script src=http://cdn.example/x.js></script>", HOST, "")
    points, found = score(bare)
    assert points == 0
    assert {name for name, value in found.items() if value < 0} >= {
        "redirection",
        "frame options",
        "content security policy",
    }
    weak = SimpleCookie()
    weak.load("sessionid=x; Secure")
    assert score(Scanned({}, weak, "", HOST, ""))[1]["cookies"] == -30


def test_cookies_are_of_this_host_alone(port: int) -> None:
    response, _ = ask(port, "/admin/login/")
    assert response.headers["Set-Cookie"].startswith("__Host-csrftoken=")
    assert "Path=/;" in response.headers["Set-Cookie"]
    assert "Domain" not in response.headers["Set-Cookie"]


def test_nginx_says_by_itself_what_django_says(nginx: int) -> None:
    page, _ = ask(nginx, "/about/")
    _, html = ask(nginx, "/about/")
    static = re.search(rb'href="(/static/[^"]+\.css)"', html)
    assert static
    answers = {
        "static file": ask(nginx, static[1].decode())[0],
        "no such file": ask(nginx, "/static/none.css")[0],
        "too large": ask(nginx, "/", method="POST", body=b"", Content_Length="99999999")[0],
        "too long": ask(nginx, "/" + "a" * 40_000)[0],
        "header too long": ask(nginx, "/", X_Long="a" * 40_000)[0],
    }
    assert {name: answer.status for name, answer in answers.items()} == {
        "static file": 200,
        "no such file": 404,
        "too large": 413,
        "too long": 414,
        "header too long": 494 if answers["header too long"].status == 494 else 400,
    }
    for name, answer in answers.items():
        for header in EVERYWHERE:
            if name in {"too long", "header too long"} and header == "Strict-Transport-Security":
                continue  # refused before anybody read that the visitor came by TLS
            told = answer.headers.get_all(header)
            if header == "Content-Security-Policy":
                assert told is not None
                assert parted(told[0]) == parted(page.headers[header]), name
            else:
                assert told == [page.headers[header]], (name, header)


def parted(policy: str) -> set[str]:
    return {part.strip() for part in policy.split(";")}


def test_what_nginx_says_is_a_page_or_a_problem_document(nginx: int) -> None:
    response, body = ask(nginx, "/brands/", method="POST", body=b"", Content_Length="99999999")
    assert (response.headers["Content-Type"], "内容太大" in body.decode()) == ("text/html; charset=utf-8", True)
    response, body = ask(nginx, "/api/brands/", method="POST", body=b"", Content_Length="99999999")
    assert (response.headers["Content-Type"], b'"status": 413' in body) == ("application/problem+json", True)


def test_the_headers_of_the_two_files_are_the_same() -> None:
    text = (ROOT / "deploy" / "nginx-headers.conf").read_text(encoding="utf-8")
    told = dict(re.findall(r'add_header (\S+) "([^"]*)" always;', text))
    assert HEADERS.items() <= told.items()
    assert {*told, "Strict-Transport-Security"} == EVERYWHERE


def test_the_compose_file_and_nginx_agree_about_the_gateway() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    (config,) = compose["networks"]["default"]["ipam"]["config"]
    assert config["gateway"] == GATEWAY
    assert NGINX.count(GATEWAY) == 2
    assert compose["services"]["nginx"]["ports"] == ["127.0.0.1:${PORT:-8080}:8080"]


class TestWhoIsBelieved:
    def test_the_proxy_alone_says_how_the_visitor_came(self, nginx: int) -> None:
        assert ask(nginx, "/about/")[0].status == 200
        stranger, _ = ask(nginx, "/about/", source="127.0.0.2")
        assert (stranger.status, stranger.headers["Location"]) == (301, f"https://{HOST}/about/")

    def test_nobody_chooses_an_address(self, nginx: int) -> None:
        """One visitor who writes another address each time is one visitor."""
        wrong = b"username=nobody&password=x&next=/admin/"
        page, _ = ask(nginx, "/admin/login/")
        token = re.search(r"__Host-csrftoken=(\w+)", page.headers["Set-Cookie"])
        assert token
        body = wrong + b"&csrfmiddlewaretoken=" + token[1].encode()
        told = [
            ask(
                nginx,
                "/admin/login/",
                method="POST",
                body=body,
                Cookie=f"__Host-csrftoken={token[1]}",
                Referer=f"https://{HOST}/admin/login/",
                Content_Type=FORM,
                X_Forwarded_For=f"198.51.100.{number}, 203.0.113.7",
            )[0].status
            for number in range(6)
        ]
        assert told == [200, 200, 200, 200, 429, 429]


class TestHowMuchOneVisitorMayAsk:
    def test_forms(self, nginx: int) -> None:
        told = [
            ask(nginx, "/text-size/", method="POST", body=b"size=large", Content_Type=FORM, X_Forwarded_For="192.0.2.1")
            for _ in range(40)
        ]
        statuses = [response.status for response, _body in told]
        assert statuses[0] == 302
        assert statuses[-1] == 429
        assert int(told[-1][0].headers["Retry-After"]) > 0
        other, _ = ask(nginx, "/text-size/", method="POST", body=b"", Content_Type=FORM, X_Forwarded_For="192.0.2.2")
        assert other.status == 302

    @pytest.mark.parametrize(
        "text",
        ["192.0.2.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::1", "2001:db8::1", "2001:db8::1:2:3:4", "::1", "fe80::1",
         "2001:0:0:5:1:2:3:4", "2001:db8:1::", "2001:db8:0:7::9", "1::2:3:4:5:6:7", "2001:db8:1:0:8::1"],
    )  # fmt: skip
    def test_nginx_counts_visitors_as_the_site_does(self, text: str) -> None:
        """Two addresses have one key there if they have one here."""
        first = ip_address(text)
        others = [first + 1, first + 2**20, first + 2**63, first + 2**64] if first.version == 6 else [first + 1]
        for other in others:
            same = network(str(first)) == network(str(other))
            assert (key(str(first)) == key(str(other))) is same, (first, other)


def key(address: str) -> str:
    """What nginx's map makes of the address."""
    block = re.search(r"map \$remote_addr \$visitor_network \{(.*?)\n\}", NGINX, re.DOTALL)
    assert block
    for pattern, said in re.findall(r'^    "~(.+)" (\S+);$', block[1], re.MULTILINE):
        match = re.search(pattern.replace("(?<", "(?P<"), address)
        if match:
            name = said.strip('":')
            return f"{match[name.lstrip('$')]}{said.strip(chr(34)).removeprefix(name)}"
    return address


def test_raw_characters_in_an_address_are_answered(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    raw = "/search/?q=护工".encode()
    connection.connect()
    connection.sock.sendall(
        b"GET " + raw + f" HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n".encode()
    )
    told = b""
    while chunk := connection.sock.recv(65536):
        told += chunk
    assert told.startswith(b"HTTP/1.1 301 "), told[:300]
    assert b"\r\nLocation: /search/?q=%E6%8A%A4%E5%B7%A5\r\n" in told
    assert ask(port, "/search/?q=%E6%8A%A4%E5%B7%A5")[0].status == 200


@pytest.mark.parametrize("path", ["/text-size/", "/admin/login/", "/nonexist", "/corrections/new/", "/api/brands/"])
def test_a_large_form_is_refused_and_never_by_502(nginx: int, path: str) -> None:
    told = set()
    for number in range(3):
        address = f"198.51.100.{number}"
        response, _ = ask(
            nginx, path, method="POST", body=b"a=" + b"x" * 5_000_000, Content_Type=FORM, X_Forwarded_For=address
        )
        told.add(response.status)
    assert told <= {302, 400, 403, 404, 405, 413}, told
