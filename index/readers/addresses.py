"""Which addresses of the network may be asked for an article: public ones, and those that the operator allows."""

import ipaddress
import socket
import time
from collections.abc import Collection

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Forbidden(OSError):
    """The host is, or leads to, an address that is not public."""


def connect(host: str, port: int, timeout_seconds: float, allowed: Collection[str]) -> socket.socket:
    """A connection to the first address of `host` that answers. Forbidden if any of its addresses is not public.

    The address that was checked is the one connected to, so that a name cannot change its meaning in between. A host
    in `allowed`, as "name" or "name:port", may be anywhere.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise OSError(f"the host {host!r} is not known") from error
    trusted = host in allowed or f"{host}:{port}" in allowed
    addresses = list(dict.fromkeys((family, str(address[0])) for family, _, _, _, address in found))
    for _, address in addresses:
        if not trusted and not is_public(address):
            raise Forbidden(f"the host {host!r} leads to {address}, which is not a public address")
    last: OSError = OSError(f"the host {host!r} has no address")
    deadline = time.monotonic() + timeout_seconds
    for family, address in addresses:
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(max(0.01, deadline - time.monotonic()))
            connection.connect((address, port))
            connection.settimeout(timeout_seconds)
            if not trusted and not is_public(str(connection.getpeername()[0])):
                raise Forbidden(f"the host {host!r} answered from an address that is not public")
        except OSError as error:
            connection.close()
            last = error
            if isinstance(error, Forbidden):
                raise
            continue
        return connection
    raise last


def is_public(address: str) -> bool:
    """True for an address of the open internet; also of those hidden in IPv6 forms of IPv4 addresses."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if inner is None and parsed in _NAT64:
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if parsed.teredo is not None:
            return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


__all__ = ["Forbidden", "connect", "is_public"]
