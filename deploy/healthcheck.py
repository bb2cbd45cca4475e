"""Exit status 0 when the gunicorn of this container answers /healthz, as the compose file's health check asks.

The request names a host that the site answers to, as Django refuses others."""

from urllib.request import Request, urlopen

from laobrand import env

# Seconds.
PATIENCE = 4


def main() -> None:
    hosts = [host.removeprefix(".") for host in env.items("ALLOWED_HOSTS") if host != "*"]
    port = env.text("BIND", "127.0.0.1:8000").rpartition(":")[2]
    request = Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": (hosts or ["localhost"])[0]})
    with urlopen(request, timeout=PATIENCE) as response:  # noqa: S310 - the address is this container's own
        response.read()


if __name__ == "__main__":
    main()
