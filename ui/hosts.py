"""Under which names the server answers.

A page on another site can make a reader's browser send requests here, also under a name of its own that points to
this machine (DNS rebinding). So the Host must be one of this server's, and an Origin, where there is one, the same.
"""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

_LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})
_PORT = re.compile(r":\d{1,5}$")


@dataclass(frozen=True, slots=True)
class Hosts:
    """Names that may stand in Host. `any_address` takes every address as such, which no rebound name is."""

    names: frozenset[str] = _LOCAL
    any_address: bool = False

    def serve(self, host: str) -> bool:
        """Whether a request with this Host is meant for the server."""
        name = _PORT.sub("", host.lower())
        return name in self.names or (self.any_address and _is_address(name.strip("[]")))

    def own_page(self, origin: str, host: str, scheme: str) -> bool:
        """Whether a page of `origin` is of this server: the same host and port, by https too behind a proxy."""
        schemes = {scheme} if _PORT.sub("", host.lower()) in _LOCAL else {scheme, "https"}
        return origin.lower() in {f"{each}://{host.lower()}" for each in schemes}


def hosts_of(bound: str, named: Iterable[str] = ()) -> Hosts:
    """For a server that is bound to the address `bound` (as a URL writes it), and for names that lead to it."""
    names = _LOCAL | {bound.lower()} | {name.lower() for name in named}
    return Hosts(frozenset(names), any_address=ipaddress.ip_address(bound.strip("[]")).is_unspecified)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
