"""Pages from the web, fetched with bounds on size, time and redirects, and only where robots.txt lets us."""

import contextlib
import http.client
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from email.message import Message
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from index.readers.addresses import Forbidden, connect
from index.readers.robots import Rules, read_rules

AGENT = "onrecord"
_HEADERS = {
    "User-Agent": f"{AGENT}/1 (reads news articles for its user)",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_TEXT = re.compile(r"text/(?:html|plain|markdown|csv)$|application/xhtml\+xml$")
"""What is text throughout; XML names its encoding itself."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class FetchError(OSError):
    """The page was not got; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What fetching one page may cost. `pause_seconds` lie between two pages of one host, more if it asks for more."""

    seconds: float = 30.0
    megabytes: int = 20
    redirects: int = 5
    pause_seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: the address it came from at last, its bytes, and the type that the server gave it."""

    url: str
    data: bytes
    content_type: str


class Fetcher:
    """Fetches pages; keeps each host's robots.txt and leaves it a pause between two pages."""

    def __init__(self, allowed_hosts: Collection[str] = (), limits: FetchLimits | None = None) -> None:
        self._allowed = frozenset(allowed_hosts)
        self._limits = limits or FetchLimits()
        self._rules: dict[str, Rules] = {}
        self._visited: dict[str, float] = {}

    def get(self, url: str) -> Page:
        """The page at `url`. FetchError when it is forbidden, missing, too long, too slow, or led round in a ring."""
        deadline = time.monotonic() + self._limits.seconds
        for _ in range(self._limits.redirects + 1):
            parts = _checked(url)
            rules = self._rules_of(parts, deadline)
            if not rules.allows(AGENT, url):
                raise FetchError(f"{parts.netloc} asks programs not to read this page (robots.txt)")
            self._wait(parts.netloc, rules)
            answer = self._request(parts, deadline)
            if answer.location is None:
                return _page(url, answer)
            url = urljoin(url, answer.location)
        raise FetchError(f"was led on more than {self._limits.redirects} times")

    def _rules_of(self, parts: SplitResult, deadline: float) -> Rules:
        """The robots.txt of a host, after RFC 9309: none means all is allowed, a server's fault that nothing is."""
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = self._read_rules(origin, deadline)
        return self._rules[origin]

    def _read_rules(self, origin: str, deadline: float) -> Rules:
        url = f"{origin}/robots.txt"
        for _ in range(self._limits.redirects + 1):
            answer = self._request(_checked(url), deadline)
            if answer.location is None:
                return read_rules(answer.status, answer.data)
            url = urljoin(url, answer.location)
        return read_rules(404, b"")

    def _wait(self, host: str, rules: Rules) -> None:
        pause = max(self._limits.pause_seconds, rules.pause_seconds(AGENT)) if self._limits.pause_seconds else 0.0
        ready = self._visited.get(host, 0.0) + pause
        if (left := ready - time.monotonic()) > 0:
            time.sleep(left)
        self._visited[host] = time.monotonic()

    def _request(self, parts: SplitResult, deadline: float) -> "_Answer":
        left = deadline - time.monotonic()
        if left <= 0:
            raise FetchError(f"took longer than {self._limits.seconds:g} seconds")
        connection = _Connection(parts, left, self._allowed)
        # A server may send a byte now and then for ever, which no time limit of a socket ends.
        clock = threading.Timer(left, connection.break_off)
        clock.start()
        try:
            target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            connection.request("GET", target, headers=_HEADERS)
            response = connection.getresponse()
            location = response.headers.get("Location") if response.status in _REDIRECTS else None
            data = b"" if location else self._body(response, deadline)
            return _Answer(response.status, location, data, response.headers)
        except Forbidden as error:
            raise FetchError(str(error)) from error
        except TimeoutError as error:
            raise FetchError(f"took longer than {self._limits.seconds:g} seconds") from error
        except FetchError:
            raise
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            if time.monotonic() >= deadline:
                raise FetchError(f"took longer than {self._limits.seconds:g} seconds") from error
            raise FetchError(f"could not be fetched ({str(error) or type(error).__name__})") from error
        finally:
            clock.cancel()
            connection.close()

    def _body(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        """The body, unpacked, read piece by piece so that neither a long nor a slow one holds us."""
        most = self._limits.megabytes * 2**20
        packed = response.headers.get("Content-Encoding", "").strip().lower()
        if packed not in {"", "identity", "gzip", "x-gzip"}:
            raise FetchError(f"came packed as {packed!r}, which was not asked for")
        unpack = zlib.decompressobj(wbits=31) if "gzip" in packed else None
        data = bytearray()
        while piece := response.read1(2**16):
            data += unpack.decompress(piece, most + 1 - len(data)) if unpack else piece
            if len(data) > most:
                raise FetchError(f"is longer than {self._limits.megabytes} MB")
            if time.monotonic() > deadline:
                raise FetchError(f"took longer than {self._limits.seconds:g} seconds")
        return bytes(data)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    location: str | None
    data: bytes
    headers: Message


class _Connection(http.client.HTTPConnection):
    """HTTP to an address that was checked before and after connecting."""

    def __init__(self, parts: SplitResult, timeout_seconds: float, allowed: Collection[str]) -> None:
        self._secure = parts.scheme == "https"
        port = parts.port or (443 if self._secure else 80)
        super().__init__(parts.hostname or "", port, timeout=timeout_seconds)
        self._allowed = allowed
        self._seconds = timeout_seconds

    def connect(self) -> None:
        self.sock = connect(self.host, self.port, self._seconds, self._allowed)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock.do_handshake()

    def break_off(self) -> None:
        """Ends what is being sent or waited for."""
        with contextlib.suppress(OSError, AttributeError):  # not connected yet, or over already
            self.sock.shutdown(socket.SHUT_RDWR)


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"is no web address ({error})") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise FetchError("is no web address: it must begin with http:// or https://")
    if parts.username or parts.password:
        raise FetchError("is an address with a name or password in it, which is not sent")
    if any(char <= " " or char == "\x7f" for char in url):
        raise FetchError("is no web address: it holds a space or a control character")
    try:
        path = parts.path.encode("ascii").decode()
    except UnicodeEncodeError:
        from urllib.parse import quote

        path = quote(parts.path, safe="/%:@!$&'()*+,;=~")
    query = parts.query if parts.query.isascii() else _quoted(parts.query)
    return parts._replace(path=path, query=query, fragment="")


def _quoted(query: str) -> str:
    from urllib.parse import quote

    return quote(query, safe="/%:@!$&'()*+,;=~?")


def _page(url: str, answer: _Answer) -> Page:
    if answer.status in {401, 402, 403, 407, 451}:
        raise FetchError(f"is not open to us (HTTP {answer.status})")
    if answer.status in {404, 410}:
        raise FetchError(f"is not there (HTTP {answer.status})")
    if answer.status != 200:
        raise FetchError(f"could not be fetched (HTTP {answer.status})")
    return Page(url, _as_sent(answer), answer.headers.get_content_type())


def _as_sent(answer: _Answer) -> bytes:
    """The body; text in the encoding that its server names as UTF-8 that says so, since its own marks count less."""
    charset = answer.headers.get_content_charset("utf-8")
    if charset == "utf-8" or not _TEXT.match(answer.headers.get_content_type()) or _is_utf(answer.data):
        return answer.data
    try:
        return answer.data.decode(charset).encode("utf-8-sig")
    except (LookupError, ValueError):  # a name that nobody knows, or not what it says
        return answer.data


def _is_utf(data: bytes) -> bool:
    """Whether bytes say that they are Unicode, or happen to be UTF-8 throughout, which no other encoding does."""
    try:
        return data.startswith((b"\xff\xfe", b"\xfe\xff")) or bool(data.decode())
    except UnicodeDecodeError:
        return False


__all__ = ["FetchError", "FetchLimits", "Fetcher", "Page"]
