"""Pages and feeds of the web are read within bounds, as robots.txt allows, and never from a private network."""

import contextlib
import gzip
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from index.readers import Reading
from index.readers.addresses import Forbidden, connect, is_public
from index.readers.fetching import Fetcher, FetchError, FetchLimits
from index.readers.robots import read_rules

NO_PAUSE = FetchLimits(pause_seconds=0, seconds=10, megabytes=1)
PAGE = (
    b"<html><head><title>Mayor quits</title></head><body><article><h1>Mayor quits</h1>"
    b"<p>The mayor of Leeds resigned on Monday after a long debate in the council, her office said.</p></article></body></html>"
)


@dataclass
class Site:
    """A server on this machine: paths to (status, headers, body), and the paths that were asked for."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def put(
        self,
        path: str,
        body: bytes = PAGE,
        kind: str = "text/html",
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> str:
        self.pages[path] = (status, {"Content-Type": kind, **(headers or {})}, body)
        return self.url(path)


@contextmanager
def site_here() -> Iterator[Site]:
    """A site on this machine, for as long as it is needed."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            status, headers, body = site.pages.get(self.path, (404, {"Content-Type": "text/plain"}, b"not here"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    with site_here() as made:
        yield made


def fetcher(site: Site, limits: FetchLimits = NO_PAUSE) -> Fetcher:
    return Fetcher({site.host}, limits)


def reading(site: Site, url: str) -> Reading:
    return Reading(url, allowed_hosts={site.host}, fetch_limits=NO_PAUSE)


# What is fetched


def test_a_page_is_read_with_its_address(site: Site) -> None:
    read = reading(site, site.put("/mayor"))
    [article] = read
    assert (article.title, article.url) == ("Mayor quits", site.url("/mayor"))
    assert "resigned on Monday" in article.text
    assert not read.failures


def test_a_page_that_moved_is_read_where_it_is(site: Site) -> None:
    site.put("/new")
    [article] = reading(site, site.put("/old", b"", status=301, headers={"Location": "/new"}))
    assert article.url == site.url("/new")


def test_a_page_may_not_pass_for_an_article_of_another_site(site: Site) -> None:
    body = PAGE.replace(b"<head>", b'<head><link rel="canonical" href="https://wire.example/mayor">')
    [article] = reading(site, site.put("/mayor", body))
    assert article.url == site.url("/mayor")


def test_a_packed_page_is_unpacked(site: Site) -> None:
    url = site.put("/mayor", gzip.compress(PAGE), headers={"Content-Encoding": "gzip"})
    assert fetcher(site).get(url).data == PAGE


@pytest.mark.parametrize(
    ("status", "reason"), [(404, "is not there"), (403, "is not open to us"), (500, "could not be fetched (HTTP 500)")]
)
def test_a_page_that_is_not_given_is_told_of_with_its_address(site: Site, status: int, reason: str) -> None:
    read = reading(site, site.put("/mayor", status=status))
    assert list(read) == []
    assert read.failures[0].source == site.url("/mayor")
    assert reason in read.failures[0].reason


def test_jsonl_and_plain_text_are_read_from_the_web(site: Site) -> None:
    lines = site.put("/news.jsonl", b'{"text": "One is here."}\n{"text": "Two is there."}\n', "application/jsonl")
    assert [article.text for article in reading(site, lines)] == ["One is here.", "Two is there."]
    text = site.put("/mayor.txt", b"The mayor resigned.", "text/plain; charset=utf-8")
    assert [article.text for article in reading(site, text)] == ["The mayor resigned."]


def test_gzipped_lines_are_read_from_the_web(site: Site) -> None:
    packed = gzip.compress(b'{"text": "One is here."}\n{"text": "Two is there."}\n')
    for kind in ("application/gzip", "application/octet-stream", "application/jsonl"):
        url = site.put("/news.jsonl.gz", packed, kind)
        assert [article.text for article in reading(site, url)] == ["One is here.", "Two is there."]
    broken = reading(site, site.put("/cut.jsonl.gz", packed[:-20], "application/gzip"))
    assert list(broken) == []
    assert "cut short" in broken.failures[0].reason


@pytest.mark.parametrize(
    ("charset", "sent"), [("windows-1251", "windows-1251"), ("shift_jis", "shift_jis"), ("latin-1", "utf-8")]
)
def test_the_encoding_that_a_server_names_counts_unless_the_page_is_plainly_utf_8(
    site: Site, charset: str, sent: str
) -> None:
    words = {"windows-1251": "Мэр Лидса ушёл", "shift_jis": "富士山で初冠雪", "utf-8": "Café fermé"}[sent]
    page = f"<title>x</title><p>{words}</p><p>{words}</p>".encode(sent)
    read = reading(site, site.put("/a", page, f"text/html; charset={charset}"))
    assert [words in article.text for article in read] == [True]
    assert not read.warnings


def test_what_holds_no_article_is_named_by_its_type(site: Site) -> None:
    read = reading(site, site.put("/a.png", b"\x89PNG\r\n", "image/png"))
    assert list(read) == []
    assert read.failures[0].reason == "is of the type 'image/png', which holds no articles"


# Bounds


def test_a_page_too_long_is_given_up_packed_or_not(site: Site) -> None:
    long = b"x" * (2 * 2**20)
    for body, headers in ((long, {}), (gzip.compress(long), {"Content-Encoding": "gzip"})):
        with pytest.raises(FetchError, match="is longer than 1 MB"):
            fetcher(site).get(site.put("/long", body, headers=headers))


def test_a_ring_of_redirects_is_left(site: Site) -> None:
    site.put("/a", b"", status=302, headers={"Location": "/b"})
    site.put("/b", b"", status=302, headers={"Location": "/a"})
    with pytest.raises(FetchError, match="was led on more than 5 times"):
        fetcher(site).get(site.url("/a"))


def test_a_server_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        limits = FetchLimits(seconds=0.3, pause_seconds=0)
        with pytest.raises(FetchError, match=r"took longer than 0\.3 seconds"):
            Fetcher({f"127.0.0.1:{port}"}, limits).get(f"http://127.0.0.1:{port}/")


def test_a_server_that_sends_a_little_now_and_then_for_ever_is_given_up() -> None:
    for start in (b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"):
        with socket.create_server(("127.0.0.1", 0)) as server:
            over = threading.Event()

            def drip(server: socket.socket, start: bytes, over: threading.Event) -> None:
                connection, _ = server.accept()
                with connection, contextlib.suppress(OSError):
                    connection.sendall(start)
                    while not over.wait(0.02):
                        connection.sendall(b"X: a\r\n")

            thread = threading.Thread(target=drip, args=(server, start, over))
            thread.start()
            host = f"127.0.0.1:{server.getsockname()[1]}"
            with pytest.raises(FetchError, match=r"took longer than 0\.2 seconds"):
                Fetcher({host}, FetchLimits(seconds=0.2, pause_seconds=0)).get(f"http://{host}/")
            over.set()
            thread.join()


def test_a_server_that_speaks_no_http_is_told_of() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"SSH-2.0-x\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        port = server.getsockname()[1]
        with pytest.raises(FetchError, match="could not be fetched"):
            Fetcher({f"127.0.0.1:{port}"}, NO_PAUSE).get(f"http://127.0.0.1:{port}/")
        thread.join()


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/x", "file:///etc/passwd", "http://", "http:///x", "http://a:b@c.example/", "http://a.example:99999/",
     "http://a.example/\r\nX: y", "gopher://a.example"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        Fetcher().get(url)


# Private networks


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "255.255.255.255", "224.0.0.1", "198.18.0.1", "192.0.2.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "nonsense",
    ],
)  # fmt: skip
def test_no_private_address_counts_as_public_in_any_form(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "2130706433", "0x7f.1", "127.1", "0177.0.0.1"]
)
def test_this_machine_is_never_asked_however_it_is_named(host: str, site: Site) -> None:
    with pytest.raises(FetchError, match=r"not a public address|is not known"):
        Fetcher(limits=NO_PAUSE).get(f"http://{host}:{site.port}/mayor")
    assert site.asked == []


def test_a_redirect_into_a_private_network_is_refused(site: Site) -> None:
    for target in ("http://169.254.169.254/latest/meta-data/", "http://localhost:1/", "http://[::ffff:10.0.0.1]/"):
        site.put("/out", b"", status=302, headers={"Location": target})
        with pytest.raises(FetchError, match="not a public address"):
            fetcher(site).get(site.url("/out"))


def test_a_redirect_to_another_kind_of_address_is_refused(site: Site) -> None:
    site.put("/out", b"", status=302, headers={"Location": "file:///etc/passwd"})
    with pytest.raises(FetchError, match="is no web address"):
        fetcher(site).get(site.url("/out"))


def answer_names(monkeypatch: pytest.MonkeyPatch, *rounds: list[str]) -> list[str]:
    """Lets names lead to the given addresses, another list at each question; returns where connections went."""
    answers = list(rounds)
    reached: list[str] = []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, port)) for address in addresses]

    def reach(self: socket.socket, address: tuple[str, int]) -> None:
        reached.append(address[0])
        raise ConnectionRefusedError("not in a test")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket.socket, "connect", reach)
    return reached


def test_a_name_that_leads_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    reached = answer_names(monkeypatch, ["93.184.216.34", "10.0.0.7"])
    with pytest.raises(Forbidden, match=r"10\.0\.0\.7"):
        connect("rebind.example", 80, 1.0, ())
    assert reached == []


def test_a_name_is_asked_once_so_that_it_cannot_change_its_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    reached = answer_names(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    with pytest.raises(OSError, match="not in a test"):
        connect("rebind.example", 80, 1.0, ())
    assert reached == ["93.184.216.34"]


def test_a_host_that_the_operator_allows_may_be_private_and_no_other_port_of_it(site: Site) -> None:
    url = site.put("/mayor")
    assert fetcher(site).get(url).data == PAGE
    with pytest.raises(FetchError, match="not a public address"):
        Fetcher({"127.0.0.1:1"}, NO_PAUSE).get(url)


# robots.txt


def test_robots_txt_is_respected_also_behind_a_redirect(site: Site) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private/\nDisallow: /*.pdf$\n", "text/plain")
    for path in ("/private/a", "/x/a.pdf"):
        with pytest.raises(FetchError, match=r"robots\.txt"):
            fetcher(site).get(site.put(path))
        site.put("/open", b"", status=302, headers={"Location": path})
        with pytest.raises(FetchError, match=r"robots\.txt"):
            fetcher(site).get(site.url("/open"))
        assert path not in site.asked
    assert fetcher(site).get(site.put("/public")).data == PAGE


def test_robots_txt_is_asked_for_once_a_host(site: Site) -> None:
    fetch = fetcher(site)
    for path in ("/a", "/b"):
        fetch.get(site.put(path))
    assert site.asked.count("/robots.txt") == 1


def test_without_robots_txt_all_is_open_and_with_a_broken_server_nothing_is(site: Site) -> None:
    assert read_rules(404, b"").allows("onrecord", "http://a.example/x")
    site.put("/robots.txt", status=503)
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetcher(site).get(site.put("/a"))


def test_a_host_is_left_the_pause_it_asks_for() -> None:
    rules = read_rules(200, b"User-agent: *\nCrawl-delay: 3\n")
    assert rules.pause_seconds("onrecord") == 3.0
    assert read_rules(200, b"User-agent: *\nCrawl-delay: 3600\n").pause_seconds("onrecord") == 10.0


# Feeds


def rss(site: Site, *items: str) -> bytes:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Daily Post</title><link>{site.url('/')}</link>{''.join(items)}</channel></rss>"
    ).encode()


def item(link: str, title: str = "Mayor quits", more: str = "") -> str:
    return (
        f"<item><title>{title}</title><link>{link}</link><pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate>{more}</item>"
    )


def test_a_feed_gives_the_articles_behind_it_with_what_it_says_of_them(site: Site) -> None:
    feed = rss(site, item(site.put("/mayor")), item(site.url("/gone"), "Gone"))
    read = reading(site, site.put("/feed", feed, "application/rss+xml"))
    [article] = read
    assert (article.title, article.publisher, article.published) == (
        "Mayor quits",
        "Daily Post",
        "2024-05-03T10:00:00Z",
    )
    assert (article.published_from, article.url) == ("feed", site.url("/mayor"))
    assert "resigned on Monday" in article.text
    assert [(failure.source, failure.reason) for failure in read.failures] == [
        (site.url("/gone"), "is not there (HTTP 404)")
    ]


def test_an_entry_may_lead_to_a_text_or_be_told_from_the_feeds_own_address(site: Site) -> None:
    site.put("/mayor.txt", b"The mayor resigned on Monday.", "text/plain")
    [article] = reading(site, site.put("/feed", rss(site, item("mayor.txt")), "text/xml"))
    assert (article.text, article.published) == ("The mayor resigned on Monday.", "2024-05-03T10:00:00Z")


def test_no_entry_of_a_feed_is_lost_without_a_word(site: Site) -> None:
    picture, broken = (
        site.put("/a.png", b"\x89PNG\r\n", "image/png"),
        site.put("/a.pdf", b"%PDF-1.4", "application/pdf"),
    )
    feed = rss(site, item(picture), item(broken), item(site.put("/empty", b"<p></p>")), item("", "No link"))
    read = reading(site, site.put("/feed", feed, "application/rss+xml"))
    assert list(read) == []
    assert [failure.source for failure in read.failures] == [picture, broken, site.url("/empty"), site.url("/feed")]
    assert "'No link'" in read.failures[-1].reason
    nothing = reading(site, site.put("/feed", rss(site), "application/rss+xml"))
    assert list(nothing) == []
    assert nothing.failures[0].reason == "is a feed without entries"


def test_the_day_that_old_feeds_give_is_read(site: Site) -> None:
    entry = (
        item(site.put("/mayor")).replace("pubDate", "dc:date").replace("Fri, 03 May 2024 10:00:00 GMT", "2024-05-03")
    )
    feed = rss(site, entry).replace(b"<rss ", b'<rss xmlns:dc="http://purl.org/dc/elements/1.1/" ')
    [article] = reading(site, site.put("/feed", feed, "application/rss+xml"))
    assert (article.published, article.published_from) == ("2024-05-03", "feed")


def test_a_page_knows_its_day_better_than_the_feed(site: Site) -> None:
    body = PAGE.replace(b"<head>", b'<head><meta property="article:published_time" content="2024-05-02">')
    [article] = reading(site, site.put("/feed", rss(site, item(site.put("/mayor", body))), "text/xml"))
    assert (article.published, article.published_from) == ("2024-05-02", "OpenGraph")


def test_a_feed_with_whole_articles_gives_them_where_the_pages_are_closed(site: Site) -> None:
    whole = "<p>" + "The council met again and again. " * 30 + "</p><script>alert(1)</script>"
    feed = rss(site, item(site.url("/closed"), more=f"<content:encoded><![CDATA[{whole}]]></content:encoded>"))
    [article] = reading(site, site.put("/feed", feed, "application/rss+xml"))
    assert article.text.startswith("The council met again")
    assert "alert" not in article.text


def test_atom_is_read_and_the_day_of_an_update_is_not_the_day_of_publication(site: Site) -> None:
    feed = (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Daily Post</title>'
        f'<entry><title>Mayor quits</title><link href="{site.put("/mayor")}"/><updated>2024-05-09T00:00:00Z</updated>'
        "<author><name>Jane Roe</name></author></entry></feed>"
    ).encode()
    [article] = reading(site, site.put("/feed", feed, "application/atom+xml"))
    assert (article.author, article.published) == ("Jane Roe", None)


def test_a_feed_cannot_make_us_ask_a_private_network(site: Site) -> None:
    feed = rss(site, item("http://169.254.169.254/latest/meta-data/"), item("file:///etc/passwd"))
    read = reading(site, site.put("/feed", feed, "application/rss+xml"))
    assert list(read) == []
    assert "not a public address" in read.failures[0].reason


def test_a_feed_that_expands_without_end_is_no_danger(site: Site) -> None:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "x">{lines}]><rss version="2.0"><channel><title>&a9;</title></channel></rss>'
    read = reading(site, site.put("/feed", bomb.encode(), "application/rss+xml"))
    assert list(read) == []
