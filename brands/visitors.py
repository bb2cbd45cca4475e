"""Who asks: the visitor's address, and the network by which visitors are counted.

Whatever counts visitors (readers' reports, wrong passwords, requests a minute) counts these networks, so that a
customer with a whole IPv6 network is one visitor everywhere.
"""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# Bits of an IPv6 address that tell customers apart: the network that one of them has (RFC 6177).
CUSTOMER = 64

# Bits that tell those apart who share a provider's block: many customers, of whom one may pretend to be all.
BLOCK_4, BLOCK_6 = 24, 48

# An address as some proxies write it: 192.0.2.1:4711, [2001:db8::1]:4711 or [2001:db8::1].
_WITH_PORT = re.compile(r"\[([0-9A-Fa-f:.]{2,45})\](?::[0-9]{1,5})?|([0-9.]{7,15}):[0-9]{1,5}")


def visitor(request: HttpRequest) -> str:
    """The address of who asks, as the outermost of our own PROXIES saw it. What stands before that in the header is
    what anybody may have written."""
    told = request.headers.get("X-Forwarded-For", "").split(",") if settings.PROXIES else []
    chain = [part.strip() for part in told if part.strip()] + [request.META.get("REMOTE_ADDR", "")]
    seen = chain[max(len(chain) - 1 - settings.PROXIES, 0)]
    match = _WITH_PORT.fullmatch(seen)
    return (match[1] or match[2]) if match else str(seen)


def visitor_network(request: HttpRequest) -> str | None:
    """:func:`network` of who asks; None where that is no address. What django-axes stores and counts."""
    found = network(visitor(request))
    return found if _address(found) else None


def network(address: str) -> str:
    """The address by which one customer counts: an IPv4 address itself, of an IPv6 address the first of its network.
    What is no address, such as the name of a socket, stays as it is."""
    return _folded(address, 32, CUSTOMER)


def block(address: str) -> str:
    """The same for the provider's block around it."""
    return _folded(address, BLOCK_4, BLOCK_6)


def _folded(text: str, bits_4: int, bits_6: int) -> str:
    address = _address(text)
    if address is None:
        return text
    return str(ip_network((address, bits_4 if address.version == 4 else bits_6), strict=False).network_address)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address, an IPv4 one that is written as IPv6 (::ffff:192.0.2.1) as IPv4. A zone (fe80::1%eth0) is no part of
    who it is."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped if address.version == 6 else None) or address
