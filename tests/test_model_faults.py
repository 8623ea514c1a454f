"""A real HTTP server on loopback that misbehaves, asked through the real OpenAI-compatible client."""

import gzip
import itertools
import json
import socket
import socketserver
import struct
import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from rag.check import Judge
from rag.llm import open_model
from rag.model_reader import ModelReader
from rag.reply import ModelFault, read_reply
from rag.types import Answer, Evidence

pytest.importorskip("llama_index.llms.openai_like")

DENIED = 'Northwind said there is "no substance" to reports of talks with Contoso [1].'
IN_TALKS = "Northwind is in talks to buy Contoso for $2 billion, people familiar with the matter said [2]."
SECRET = "sk-very-secret"


@dataclass
class Exchange:
    """One request as the server got it, and the ways it can reply."""

    connection: socket.socket
    closing: threading.Event
    number: int
    head: str = ""
    body: dict[str, Any] = field(default_factory=dict)

    def send(self, *parts: str | bytes) -> None:
        for part in parts:
            self.connection.sendall(part.encode() if isinstance(part, str) else part)

    def status(self, line: str, *headers: str, body: str = "{}") -> None:
        length = f"Content-Length: {len(body.encode())}"
        self.send("\r\n".join([f"HTTP/1.1 {line}", "Content-Type: application/json", length, *headers, "", body]))

    def open_stream(self, *headers: str) -> None:
        self.send(
            "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/event-stream", *headers, "Connection: close", "", ""])
        )

    def event(self, data: object) -> None:
        self.send(f"data: {data if isinstance(data, str) else json.dumps(data)}\n\n")

    def token(self, content: object, **more: object) -> None:
        delta = {"role": "assistant", "content": content, **more}
        self.event({"id": "1", "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta}]})

    def say(self, text: str) -> None:
        self.open_stream()
        for start in range(0, len(text), 9):
            self.token(text[start : start + 9])
        self.event("[DONE]")

    def pace(self) -> Iterator[int]:
        """Counts, a twentieth of a second apart, until the test is over."""
        for count in itertools.count():
            if self.closing.wait(0.05):
                return
            yield count


Reply = Callable[[Exchange], None]


class Server(socketserver.ThreadingTCPServer):
    """Replies to each request with what `reply` does to its connection."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.closing = threading.Event()
        self.exchanges: list[Exchange] = []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(socketserver.BaseRequestHandler):
    server: Server

    def handle(self) -> None:
        exchange = Exchange(self.request, self.server.closing, len(self.server.exchanges))
        self.server.exchanges.append(exchange)
        try:
            read_request(exchange)
            self.server.reply(exchange)
        except OSError:
            pass  # the client has turned away, as it should


def read_request(exchange: Exchange) -> None:
    data = b""
    while b"\r\n\r\n" not in data:
        data += exchange.connection.recv(65_536)
    head, _, body = data.partition(b"\r\n\r\n")
    exchange.head = head.decode()
    length = next(
        int(line.split(":")[1]) for line in exchange.head.splitlines() if line.lower().startswith("content-length")
    )
    while len(body) < length:
        body += exchange.connection.recv(65_536)
    exchange.body = json.loads(body)


@pytest.fixture
def serve() -> Iterator[Callable[[Reply], Server]]:
    servers: list[Server] = []

    def start(reply: Reply) -> Server:
        servers.append(Server(reply))
        threading.Thread(target=servers[-1].serve_forever, args=(0.01,), daemon=True).start()
        return servers[-1]

    yield start
    for server in servers:
        server.closing.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def stream(talks: list[Evidence], denial_found: Answer, judge_by_words: Judge) -> Callable[..., Iterator[str | Answer]]:
    def stream(url: str, deadline_seconds: float = 20.0, timeout_seconds: float = 0) -> Iterator[str | Answer]:
        environ = {"ONRECORD_API_BASE": url, "ONRECORD_API_KEY": SECRET}
        model = open_model("openai-like:tiny", timeout_seconds=timeout_seconds or deadline_seconds, environ=environ)
        reader = ModelReader(model, judge_by_words, deadline_seconds)
        return reader.stream(denial_found.question, denial_found, talks, as_of="2025-03-06")

    return stream


# What can go wrong


def close_at_once(exchange: Exchange) -> None:
    exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hang_before_headers(exchange: Exchange) -> None:
    exchange.closing.wait(30)


def drip_headers(exchange: Exchange) -> None:
    exchange.send("HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in exchange.pace():
        exchange.send("x")


def hang_after_headers(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.closing.wait(30)


def only_comments(exchange: Exchange) -> None:
    exchange.open_stream()
    for _ in exchange.pace():
        exchange.send(": still here\n\n")


def slow_tokens(exchange: Exchange) -> None:
    exchange.open_stream()
    for _ in exchange.pace():
        exchange.token("slow ")


def empty_tokens(exchange: Exchange) -> None:
    exchange.open_stream()
    for _ in exchange.pace():
        exchange.token("")


def endless_tokens(exchange: Exchange) -> None:
    exchange.open_stream()
    while not exchange.closing.is_set():
        exchange.token("The port is open and " * 20)


def endless_line(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.send("data: ")
    while not exchange.closing.is_set():
        exchange.send("x" * 65_536)


def huge_token(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.token("word " * 1_000_000)
    exchange.event("[DONE]")


def packed_bomb(exchange: Exchange) -> None:
    exchange.open_stream("Content-Encoding: gzip")
    exchange.send(gzip.compress(b"data: " + b"x" * 50_000_000 + b"\n\n"))


def too_many_later(exchange: Exchange) -> None:
    exchange.status("429 Too Many Requests", "Retry-After: 3600", body=json.dumps({"error": {"message": SECRET}}))


def too_many(exchange: Exchange) -> None:
    exchange.status("429 Too Many Requests")


def too_many_soon_for_ever(exchange: Exchange) -> None:
    exchange.status("429 Too Many Requests", "Retry-After: 0")


def too_many_nonsense(exchange: Exchange) -> None:
    exchange.status("429 Too Many Requests", "Retry-After: nan")


def failed(exchange: Exchange) -> None:
    exchange.status("500 Internal Server Error", body="<script>alert(1)</script>")


def overloaded(exchange: Exchange) -> None:
    exchange.status("503 Service Unavailable", body="x" * 1_000_000)


def wrong_key(exchange: Exchange) -> None:
    exchange.status(
        "401 Unauthorized", body=json.dumps({"error": {"message": f"Incorrect API key provided: {SECRET}"}})
    )


def unknown_model(exchange: Exchange) -> None:
    exchange.status("404 Not Found", body='{"error": {"message": "no such model"}}')


def cut_in_a_sentence(exchange: Exchange) -> None:
    exchange.open_stream("Transfer-Encoding: chunked")
    exchange.send("400\r\n")
    exchange.token("Northwind said there is")


def cut_in_an_event(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.send('data: {"choices": [{"index": 0, "delta": {"cont')


def bad_json(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.event("{not json")


def an_event_that_is_a_list(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.event([1, 2])


def no_choices(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.event({"id": "1"})
    exchange.event({"choices": None})


def empty_choices(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.event({"choices": []})
    exchange.event("[DONE]")


def content_that_is_a_number(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.token(7)
    exchange.event("[DONE]")


def content_that_is_null(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.token(None)
    exchange.event("[DONE]")


def an_error_event(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.event({"error": {"message": f"out of memory {SECRET}"}})


def a_tool_call(exchange: Exchange) -> None:
    exchange.open_stream()
    call = {"index": 0, "id": "1", "type": "function", "function": {"name": "rm", "arguments": "{}"}}
    exchange.token(None, tool_calls=[call])
    exchange.event("[DONE]")


def nothing_at_all(exchange: Exchange) -> None:
    exchange.open_stream()


def done_at_once(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.event("[DONE]")


def one_json_document(exchange: Exchange) -> None:
    exchange.status("200 OK", body=json.dumps({"choices": [{"message": {"content": DENIED}}]}))


def a_web_page(exchange: Exchange) -> None:
    exchange.status("200 OK", body="<html><body>Sign in to the network</body></html>")


def no_http(exchange: Exchange) -> None:
    exchange.send(b"\x00\xff\x16\x03\x01 hello\r\n\r\n")


def a_false_length(exchange: Exchange) -> None:
    exchange.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 99999\r\n\r\n")
    exchange.token("Northwind said")


def broken_characters(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.send(b'data: {"choices": [{"index": 0, "delta": {"content": "\xff\xfe\xc3"}}]}\n\n')
    exchange.event("[DONE]")


def redirect_to_itself(exchange: Exchange) -> None:
    exchange.status("307 Temporary Redirect", "Location: /v1/chat/completions")


def nonsense(exchange: Exchange) -> None:
    exchange.say("colourless green ideas [1] sleep furiously. " * 5)


def invented_citations(exchange: Exchange) -> None:
    exchange.say(DENIED.replace("[1]", "[7]") + " " + IN_TALKS.replace("[2]", "[2][99]"))


def invented_quotes(exchange: Exchange) -> None:
    exchange.say('Northwind said the talks with Contoso are "a complete fabrication" [1].')


def no_citations(exchange: Exchange) -> None:
    exchange.say("Yes. Northwind denied talks with Contoso. It said there is no substance to the reports.")


def an_injected_page(exchange: Exchange) -> None:
    exchange.say(
        '<img src="https://evil.example/x.png"> Northwind denied talks with Contoso [1]. [link](javascript:x) [1].'
    )


FAULTS: dict[Reply, str] = {
    close_at_once: "language model",
    endless_tokens: "language model",
    endless_line: "language model",
    huge_token: "did not come to an end",
    packed_bomb: "language model",
    too_many_later: "is asked too often (HTTP 429)",
    too_many: "is asked too often (HTTP 429)",
    too_many_soon_for_ever: "is asked too often (HTTP 429)",
    too_many_nonsense: "is asked too often (HTTP 429)",
    failed: "failed (HTTP 500)",
    overloaded: "is overloaded (HTTP 503)",
    wrong_key: "did not accept the key (HTTP 401)",
    unknown_model: "is not known there (HTTP 404)",
    cut_in_a_sentence: "broke off",
    cut_in_an_event: "language model",
    bad_json: "sent no usable reply",
    an_event_that_is_a_list: "language model",
    no_choices: "language model",
    empty_choices: "Nothing that the language model wrote",
    content_that_is_a_number: "language model",
    content_that_is_null: "Nothing that the language model wrote",
    an_error_event: "sent no usable reply",
    a_tool_call: "Nothing that the language model wrote",
    nothing_at_all: "Nothing that the language model wrote",
    done_at_once: "Nothing that the language model wrote",
    one_json_document: "language model",
    a_web_page: "language model",
    no_http: "language model",
    a_false_length: "language model",
    broken_characters: "language model",
    redirect_to_itself: "refused the request (HTTP 307)",
    nonsense: "Nothing that the language model wrote",
    invented_citations: "citation of evidence that does not exist",
    invented_quotes: "quoted words that the evidence does not have",
    no_citations: "no citation",
    an_injected_page: "markup or a link",
}


HANGS: tuple[Reply, ...] = (
    hang_before_headers,
    drip_headers,
    hang_after_headers,
    only_comments,
    slow_tokens,
    empty_tokens,
)


def assert_embedded(items: list[str | Answer], embedded: Answer, fragment: str) -> None:
    *shown, answer = items
    assert isinstance(answer, Answer)
    assert (answer.text, answer.verdict, answer.citations) == (embedded.text, embedded.verdict, embedded.citations)
    assert " ".join(str(sentence) for sentence in shown) == embedded.text
    assert answer.model is None
    assert any(fragment in warning for warning in answer.warnings), answer.warnings
    assert all("\n" not in warning and len(warning) < 400 for warning in answer.warnings)
    assert SECRET not in json.dumps(answer.to_dict())


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_every_fault_ends_in_the_embedded_answer_with_a_warning(
    serve: Callable[[Reply], Server],
    stream: Callable[..., Iterator[str | Answer]],
    denial_found: Answer,
    monkeypatch: pytest.MonkeyPatch,
    fault: Reply,
) -> None:
    monkeypatch.setattr("rag.reply.FIRST_PAUSE_SECONDS", 0.0)
    assert_embedded(list(stream(serve(fault).url)), denial_found, FAULTS[fault])


@pytest.mark.parametrize("fault", HANGS, ids=lambda fault: fault.__name__)
def test_a_server_that_hangs_is_left_at_the_deadline(
    serve: Callable[[Reply], Server], stream: Callable[..., Iterator[str | Answer]], denial_found: Answer, fault: Reply
) -> None:
    started = time.monotonic()
    assert_embedded(list(stream(serve(fault).url, 0.4)), denial_found, "in time")
    assert time.monotonic() - started < 3


def test_a_server_that_is_not_there_cannot_be_reached(
    stream: Callable[..., Iterator[str | Answer]], denial_found: Answer
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody else can take the port meanwhile
        items = list(stream(f"http://127.0.0.1:{taken.getsockname()[1]}/v1"))
    assert_embedded(items, denial_found, "cannot be reached")


def test_a_redirect_takes_neither_evidence_nor_key_elsewhere(
    serve: Callable[[Reply], Server], stream: Callable[..., Iterator[str | Answer]], denial_found: Answer
) -> None:
    elsewhere = serve(lambda exchange: exchange.say(DENIED))
    server = serve(
        lambda exchange: exchange.status("307 Temporary Redirect", f"Location: {elsewhere.url}/chat/completions")
    )
    assert_embedded(list(stream(server.url)), denial_found, "HTTP 307")
    assert elsewhere.exchanges == []


# What goes right


def test_a_real_stream_is_shown_sentence_by_sentence(
    serve: Callable[[Reply], Server], stream: Callable[..., Iterator[str | Answer]]
) -> None:
    first_seen = threading.Event()

    def reply(exchange: Exchange) -> None:
        exchange.open_stream()
        exchange.token(f"{DENIED} Northwind")
        assert first_seen.wait(10), "the first sentence was not shown while the reply went on"
        exchange.token(f"{IN_TALKS.removeprefix('Northwind')}")
        exchange.event("[DONE]")

    items = stream(serve(reply).url)
    assert next(items) == f"Yes. {DENIED}"
    first_seen.set()
    assert next(items) == IN_TALKS
    answer = next(items)
    assert isinstance(answer, Answer)
    assert answer.model == "openai-like:tiny, prompt 1"
    assert answer.warnings == ("an earlier warning",)
    assert [citation.n for citation in answer.citations] == [1, 2]


def test_the_server_gets_numbered_evidence_and_the_key(
    serve: Callable[[Reply], Server], stream: Callable[..., Iterator[str | Answer]]
) -> None:
    server = serve(lambda exchange: exchange.say(DENIED))
    list(stream(server.url))
    (exchange,) = server.exchanges
    assert exchange.head.startswith("POST /v1/chat/completions ")
    assert f"Bearer {SECRET}" in exchange.head
    assert (exchange.body["model"], exchange.body["stream"], exchange.body["temperature"]) == ("tiny", True, 0.0)
    system, user = exchange.body["messages"]
    assert "cite" in system["content"]
    assert "[1] Morning Wire, 2025-03-04" in user["content"]


@pytest.mark.parametrize("refusal", ["429 Too Many Requests", "500 Internal Server Error", "503 Service Unavailable"])
def test_a_busy_server_is_asked_again_when_it_says(
    serve: Callable[[Reply], Server], stream: Callable[..., Iterator[str | Answer]], refusal: str
) -> None:
    def reply(exchange: Exchange) -> None:
        if exchange.number == 0:
            exchange.status(refusal, "Retry-After: 0")
        else:
            exchange.say(DENIED)

    server = serve(reply)
    *shown, answer = stream(server.url)
    assert shown == [f"Yes. {DENIED}"]
    assert isinstance(answer, Answer)
    assert answer.warnings == ("an earlier warning",)
    assert len(server.exchanges) == 2


def cut_after_a_sentence(exchange: Exchange) -> None:
    exchange.open_stream("Transfer-Encoding: chunked")
    exchange.send("4000\r\n")
    exchange.token(f"{DENIED} Northwind is in")


def stall_after_a_sentence(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.token(f"{DENIED} Northwind is in")
    exchange.closing.wait(30)


def error_after_a_sentence(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.token(f"{DENIED} Northwind is in")
    exchange.event({"error": {"message": "out of memory"}})


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (cut_after_a_sentence, "broke off"),
        (stall_after_a_sentence, "did not finish in time"),
        (error_after_a_sentence, "broke off"),
    ],
)
def test_what_passed_before_the_fault_stays(
    serve: Callable[[Reply], Server], stream: Callable[..., Iterator[str | Answer]], fault: Reply, reason: str
) -> None:
    *shown, answer = stream(serve(fault).url, 2)
    assert isinstance(answer, Answer)
    assert shown == [answer.text] == [f"Yes. {DENIED}"]
    assert any(reason in warning and "until then was checked" in warning for warning in answer.warnings)


def test_many_hanging_replies_do_not_pile_up(
    serve: Callable[[Reply], Server],
    stream: Callable[..., Iterator[str | Answer]],
    denial_found: Answer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rag.reply._reading", threading.BoundedSemaphore(1))
    server = serve(hang_before_headers)
    assert_embedded(list(stream(server.url, 0.2, 20)), denial_found, "did not answer in time")
    assert_embedded(list(stream(server.url, 0.2, 20)), denial_found, "has too many questions at once")


def test_a_place_comes_back_to_where_it_was_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    taken, other, go_on = threading.BoundedSemaphore(1), threading.BoundedSemaphore(1), threading.Event()

    def waits() -> Generator[str, None, None]:
        assert go_on.wait(10)
        yield "a piece"

    monkeypatch.setattr("rag.reply._reading", taken)
    with pytest.raises(ModelFault, match="did not answer in time"):
        list(read_reply(waits, time.monotonic()))
    assert not taken.acquire(blocking=False)
    monkeypatch.setattr("rag.reply._reading", other)
    go_on.set()
    assert taken.acquire(timeout=10)


def test_a_thread_that_does_not_start_keeps_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def speaks() -> Generator[str, None, None]:
        yield "a piece"

    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("rag.reply._reading", threading.BoundedSemaphore(1))
    for _ in range(2):
        with monkeypatch.context() as no_threads:
            no_threads.setattr(threading.Thread, "start", refuse)
            with pytest.raises(ModelFault, match="no more threads"):
                list(read_reply(speaks, time.monotonic() + 1))
