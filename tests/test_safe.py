"""Who may come in, under which name, and how much of them at once."""

import asyncio
import io
import stat
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from conftest import ScriptedEngine, make_disputed, open_desk
from serving import serving

from index.errors import BadInput
from rag.types import Answer
from ui.cli import run
from ui.desk import Desk
from ui.hosts import Hosts, hosts_of
from ui.keys import Keys, hash_password, is_password, make_keys, read_users, write_user
from ui.listening import listen
from ui.rates import Rate
from ui.turnstile import Limits

TOKEN = "correct-horse-battery"
PASSWORD = "a long password of Ann"


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "users.txt"
    write_user(path, "ann", PASSWORD)
    return path


@pytest.fixture(scope="module")
def desk_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk") / "index") as desk:
        yield desk


@pytest.fixture(scope="module")
def keyed(desk_of_module: Desk, users: Path) -> Iterator[str]:
    with serving(desk_of_module, keys=make_keys(TOKEN, users), limits=Limits(per_minute=1_000)) as address:
        yield address


def test_without_a_key_nothing_is_served(keyed: str) -> None:
    for path in ("/", "/api/health", "/v1/models", "/mcp", "/desk.css", "/openapi.json", "/config"):
        refused = httpx.get(f"{keyed}{path}")
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Basic ")
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["x-request-id"]


def test_the_token_and_a_users_password_open_it(keyed: str) -> None:
    health = f"{keyed}/api/health"
    assert httpx.get(health, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert httpx.get(health, auth=("anyone", TOKEN)).status_code == 200
    assert httpx.get(health, auth=("ann", PASSWORD)).status_code == 200


def test_wrong_keys_are_turned_away_and_after_some_not_even_looked_at(desk_of_module: Desk, users: Path) -> None:
    wrong = ["Bearer wrong-token-of-someone", "Basic", "Basic !!!", "Basic YTpi", "Digest x", "Bearer", "x" * 2_000]
    with serving(desk_of_module, keys=make_keys(TOKEN, users)) as address, httpx.Client(base_url=address) as client:
        seen = [client.get("/api/health", headers={"Authorization": sent}).status_code for sent in wrong * 2]
        assert seen[: len(wrong)] == [401] * len(wrong)
        assert seen[-1] == 429
        assert 1 <= int(client.get("/api/health").headers["retry-after"]) <= 60


def test_nobody_gives_himself_a_name(desk_of_module: Desk) -> None:
    limits = Limits(per_minute=20)
    with serving(desk_of_module, limits=limits) as address, httpx.Client(base_url=address) as client:
        seen = [
            client.post("/api/search", json={"query": "q"}, headers={"X-Onrecord-User": str(n)}).status_code
            for n in range(12)
        ]
    assert seen[-1] == 429


def test_a_password_is_kept_as_a_salted_hash_that_its_owner_alone_can_read(users: Path) -> None:
    assert PASSWORD not in users.read_text("utf-8")
    assert stat.S_IMODE(users.stat().st_mode) == 0o600
    (stored,) = read_users(users).values()
    assert is_password(PASSWORD, stored)
    assert not is_password(PASSWORD + " ", stored)
    assert hash_password(PASSWORD) != stored


@pytest.mark.parametrize(
    "line", ["ann:password", "ann:", "ann", ":scrypt$1$1$1$$", "a:scrypt$1073741824$8$1$c2FsdA==$" + "A" * 44, "#"]
)
def test_a_file_that_holds_anything_but_users_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "users").write_text(f"{line}\n", "utf-8")
    with pytest.raises(BadInput, match="onrecord user NAME --users FILE"):
        read_users(tmp_path / "users")


def test_a_user_is_written_by_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert run(["user", "bob", "--users", str(tmp_path / "users")]) == 0
    assert is_password(PASSWORD, read_users(tmp_path / "users")["bob"])
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert run(["user", "bob", "--users", str(tmp_path / "users")]) == 2


def test_no_keys_were_named() -> None:
    assert make_keys(None, None) is None
    assert Keys().who("Bearer anything-at-all") is None


def test_an_address_that_others_reach_needs_keys() -> None:
    with pytest.raises(BadInput, match="--token or --users"):
        listen("0.0.0.0", 0)
    with listen("0.0.0.0", 0, keyed=True) as listener:
        assert listener.getsockname()[1] > 0


@pytest.mark.parametrize(
    ("host", "served"),
    [
        ("127.0.0.1:7860", True),
        ("localhost", True),
        ("news.example:7860", True),
        ("NEWS.example", True),
        ("192.0.2.7:7860", True),
        ("[2001:db8::1]:7860", True),
        ("evil.example", False),
        ("192.0.2.7.evil.example", False),
        ("", False),
        ("news.example@evil.example", False),
    ],
)
def test_a_server_for_others_answers_to_addresses_and_to_its_names(host: str, served: bool) -> None:
    assert hosts_of("0.0.0.0", ["news.example"]).serve(host) is served


def test_a_page_is_ones_own_by_https_too_behind_a_proxy() -> None:
    hosts = hosts_of("0.0.0.0", ["news.example"])
    assert hosts.own_page("https://news.example", "news.example", "http")
    assert not hosts.own_page("https://evil.example", "news.example", "http")
    assert not hosts.own_page("null", "news.example", "http")
    assert not Hosts().own_page("https://127.0.0.1:1", "127.0.0.1:1", "http")


def test_turns_come_back_with_time() -> None:
    now = [0.0]
    rate = Rate(per_minute=60, burst=2, clock=lambda: now[0])
    assert [rate.take("a"), rate.take("a"), rate.take("a"), rate.take("b")] == [0, 0, 1, 0]
    now[0] = 1.0
    assert [rate.take("a"), rate.take("a")] == [0, 1]


class Waiting(ScriptedEngine):
    """Answers when it is let."""

    def __init__(self) -> None:
        super().__init__(make_disputed())
        self.let, self.asking = threading.Event(), threading.Semaphore(0)

    def stream(self, question: str, **limits: object) -> Iterator[str | Answer]:
        self.asking.release()
        assert self.let.wait(60)
        return super().stream(question, **limits)


def test_what_is_too_much_at_once_is_refused_at_once_and_the_rest_is_answered(desk_of_module: Desk) -> None:
    engine = Waiting()
    with (
        serving(replace(desk_of_module, engine=engine), limits=Limits(working=2, waiting=1)) as address,
        ThreadPoolExecutor(10) as pool,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        asked = [pool.submit(client.post, "/api/ask", json={"question": f"Is it {n}?"}) for n in range(10)]
        done = as_completed(asked)
        refused = [next(done).result() for _ in range(7)]
        assert [each.status_code for each in refused] == [503] * 7
        assert {each.headers["retry-after"] for each in refused} == {"2"}
        assert client.get("/api/health").status_code == 200
        engine.let.set()
        assert [each.result().status_code for each in done] == [200] * 3
        assert client.post("/api/ask", json={"question": "And now?"}).status_code == 200


def test_who_waits_too_long_for_a_place_is_told_so(desk_of_module: Desk) -> None:
    engine = Waiting()
    limits = Limits(working=1, waiting=1, wait_seconds=0.05)
    with serving(replace(desk_of_module, engine=engine), limits=limits) as address, ThreadPoolExecutor(1) as pool:
        first = pool.submit(httpx.post, f"{address}/api/ask", json={"question": "Is it so?"}, timeout=60)
        assert engine.asking.acquire(timeout=60)
        assert httpx.post(f"{address}/api/ask", json={"question": "Is it?"}).status_code == 503
        engine.let.set()
        assert first.result().status_code == 200


def test_the_page_asks_for_the_key_before_it_shows_itself(keyed: str) -> None:
    page = httpx.get(keyed, auth=("ann", PASSWORD))
    assert page.status_code == 200
    assert "onrecord" in page.text


def test_checking_keys_leaves_the_server_free() -> None:
    """A password takes a fifth of a second to check; that happens beside the loop, once for each password."""
    keys = Keys(users={"ann": hash_password(PASSWORD)})
    header = httpx.BasicAuth("ann", PASSWORD)._auth_header

    async def twice() -> list[str | None]:
        return [await asyncio.to_thread(keys.who, header) for _ in range(2)]

    assert asyncio.run(twice()) == ["ann", "ann"]
    assert len(keys._known) == 1
