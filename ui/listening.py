"""The socket that the chat listens on: taken before anything is loaded, so that a port in use is said at once."""

import errno
import ipaddress
import socket

from index.errors import BadInput, OnrecordError


def listen(host: str, port: int) -> socket.socket:
    """A bound socket on an address of this machine alone; port 0 takes a free one.

    Raises BadInput for an address that others can reach or that is none, OnrecordError for a port in use.
    """
    family, address = _own_address(host)
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


def _own_address(host: str) -> tuple[socket.AddressFamily, str]:
    name = host.strip("[]")
    try:
        address = ipaddress.ip_address("127.0.0.1" if name == "localhost" else name)
    except ValueError:
        raise BadInput(f"{host!r} is no address; give 127.0.0.1, ::1 or localhost") from None
    if not address.is_loopback:
        raise BadInput(
            f"the chat has no sign-in, so it does not serve on {host!r}, where others could reach it; "
            "leave --host out, and reach it from elsewhere through an SSH tunnel"
        )
    return (socket.AF_INET6 if address.version == 6 else socket.AF_INET), str(address)


def _refusal(error: OSError, host: str, port: int) -> OnrecordError:
    if error.errno == errno.EADDRINUSE:
        return OnrecordError(f"port {port} on {host} is in use; choose another with --port, or 0 for a free one")
    if error.errno == errno.EACCES:
        return OnrecordError(f"port {port} may not be taken by this user; choose one above 1023 with --port")
    return OnrecordError(f"cannot listen on {host} port {port}: {error.strerror}")
