"""The socket that the chat listens on: taken before anything is loaded, so that a port in use is said at once."""

import errno
import ipaddress
import socket

from index.errors import BadInput, OnrecordError


def listen(host: str, port: int, *, keyed: bool = False) -> socket.socket:
    """A bound socket; port 0 takes a free one. Only a server that is `keyed` may have one that others can reach.

    Raises BadInput for an address that may not be or that is none, OnrecordError for a port in use.
    """
    family, address = _address(host, keyed=keyed)
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise _refusal(error, host, port) from error
    return listener


def address_of(listener: socket.socket) -> tuple[str, int]:
    """Host as a URL writes it, and port."""
    host, port = listener.getsockname()[:2]
    return (f"[{host}]" if listener.family == socket.AF_INET6 else str(host)), int(port)


def _address(host: str, *, keyed: bool) -> tuple[socket.AddressFamily, str]:
    name = host.strip("[]")
    try:
        address = ipaddress.ip_address("127.0.0.1" if name == "localhost" else name)
    except ValueError:
        raise BadInput(f"{host!r} is no address; give one such as 127.0.0.1, ::1 or 0.0.0.0") from None
    if not address.is_loopback and not keyed:
        raise BadInput(
            f"others could reach the chat on {host!r}, so it needs a key there; "
            "give --token or --users FILE, or leave --host out and come through an SSH tunnel"
        )
    return (socket.AF_INET6 if address.version == 6 else socket.AF_INET), str(address)


def _refusal(error: OSError, host: str, port: int) -> OnrecordError:
    if error.errno == errno.EADDRINUSE:
        return OnrecordError(f"port {port} on {host} is in use; choose another with --port, or 0 for a free one")
    if error.errno == errno.EACCES:
        return OnrecordError(f"port {port} may not be taken by this user; choose one above 1023 with --port")
    return OnrecordError(f"cannot listen on {host} port {port}: {error.strerror}")
