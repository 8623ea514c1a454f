"""The command line: what it prints, how it ends, and what it never does."""

import json
import resource
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import make_disputed, make_unknown, news, quoted

from index import Article
from rag.types import Answer, Citation, Verdict
from ui import render
from ui.cli import run

HEAVY = {"faiss", "fastapi", "gradio", "llama_index", "numpy", "openvino", "rich", "tantivy", "torch", "transformers"}
NOT_TO_ASK = {"torch", "transformers", "sentence_transformers", "llama_index", "gradio", "fastapi", "sklearn"}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of three articles, not to be changed."""
    folder = tmp_path_factory.mktemp("loaded")
    lines = [
        json.dumps({name: getattr(article, name) for name in ("id", "title", "text", "publisher", "published")})
        for article in news()
    ]
    (folder / "news.jsonl").write_text("\n".join(lines), "utf-8")
    assert run(["add", str(folder / "news.jsonl"), "--index", str(folder / "index")]) == 0
    return folder / "index"


@pytest.fixture
def own(loaded: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return shutil.copytree(loaded, tmp_path / "own")


@pytest.fixture
def says(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, list[str]]]:
    """Exit code, stdout and the lines of stderr of a command."""

    def say(*arguments: object) -> tuple[int, str, list[str]]:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err.splitlines()

    return say


Says = Callable[..., tuple[int, str, list[str]]]


def document(said: tuple[int, str, list[str]]) -> Any:
    """The one JSON document on stdout of a command that went well."""
    code, out, err = said
    assert (code, err) == (0, [])
    return json.loads(out)


def work_of(*arguments: str) -> float:
    """Seconds of work of the command, the least of three runs; what else this machine does is not counted."""
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "ui", *arguments], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def test_help_imports_nothing_heavy_and_comes_at_once() -> None:
    code = f"import sys; from ui.cli import run; run(['--help']); print(sorted({HEAVY!r} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
    assert work_of("--help") <= 0.5


def test_asking_a_loaded_index_imports_no_model_library(loaded: Path) -> None:
    code = (
        f"import sys; from ui.cli import run; code = run(['ask', 'Is it so?', '--index', {str(loaded)!r}]); "
        f"print(code, sorted({NOT_TO_ASK!r} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "0 []"


def test_asking_a_loaded_index_takes_at_most_two_seconds(loaded: Path) -> None:
    assert work_of("ask", "Did Northwind deny it?", "--index", str(loaded)) <= 2.0


def test_no_command_shows_the_help(says: Says) -> None:
    code, out, err = says()
    assert (code, err) == (0, [])
    assert all(
        name in out
        for name in ("ask", "search", "add", "remove", "list", "show", "chat", "mcp", "user", "eval", "doctor")
    )


def test_ask_prints_the_answer_of_the_contract(says: Says, loaded: Path) -> None:
    answer = document(says("ask", "Did Northwind deny talks with Contoso?", "--index", loaded, "--json"))
    assert set(answer) >= set(make_disputed().to_dict())
    assert answer["schema"] == 1
    assert answer["verdict"] == "yes"
    for citation in answer["citations"]:
        text = document(says("show", citation["article"]["id"], "--index", loaded, "--json"))["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_question_needs_no_quotes(says: Says, loaded: Path) -> None:
    answer = document(says("ask", "did", "Northwind", "deny", "it", "--index", loaded, "--json"))
    assert answer["question"] == "did Northwind deny it"


def test_filters_limit_what_is_read(says: Says, loaded: Path) -> None:
    def found(*filters: str) -> set[str]:
        hits = document(says("search", "Northwind talks", "--index", loaded, "--json", *filters))["hits"]
        return {hit["article"]["id"] for hit in hits}

    assert found() >= {"claim", "denial"}
    assert found("--publisher", "morning wire") == {"denial"}
    assert found("--publisher", "morning wire", "--publisher", "Daily Ledger") == {"claim", "denial"}
    assert found("--until", "2025-03-03") == {"claim"}
    assert found("--since", "2025-03-05") == {"weather"}
    assert found("--article", "claim") == {"claim"}


def test_search_gives_at_most_k_passages_with_their_place(says: Says, loaded: Path) -> None:
    found = document(says("search", "harbour storm", "--index", loaded, "--k", 1, "--json"))
    (hit,) = found["hits"]
    assert found["query"] == "harbour storm"
    text = document(says("show", hit["article"]["id"], "--index", loaded, "--json"))["text"]
    assert text[hit["start"] : hit["end"]] == hit["text"]


def test_a_search_that_names_a_day_finds_what_was_published_then(says: Says, loaded: Path) -> None:
    for query, first in (("Northwind Contoso 3 Mar 2025", "claim"), ("Northwind Contoso 4 Mar 2025", "denial")):
        assert document(says("search", query, "--index", loaded, "--json"))["hits"][0]["article"]["id"] == first


def test_add_counts_what_it_did_and_each_failure(says: Says, own: Path, tmp_path: Path) -> None:
    file = tmp_path / "more.jsonl"
    file.write_text(
        '{"id": "weather", "text": "The port is open again."}\n[1]\n{"id": "new", "text": "A new one."}\n', "utf-8"
    )
    code, out, err = says("add", file, tmp_path / "missing.txt", "--index", own, "--json")
    report = json.loads(out)
    assert code == 0
    assert (report["added"], report["replaced"], report["unchanged"]) == (1, 1, 0)
    assert [failure["source"] for failure in report["failed"]] == [f"{file}:2", str(tmp_path / "missing.txt")]
    assert all(failure["reason"] in line for failure, line in zip(report["failed"], err, strict=True))
    again = json.loads(says("add", file, "--index", own, "--json")[1])
    assert (again["added"], again["replaced"], again["unchanged"]) == (0, 0, 2)


def test_a_stopped_addition_says_what_is_in_and_the_same_command_goes_on(
    says: Says, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [Article(id=f"a{n}", text=f"Sentence number {n} is here.") for n in range(80)]

    def stopped(source: str, **_: object) -> Iterator[Article]:
        yield from articles[: int(source)]
        raise KeyboardInterrupt

    monkeypatch.setattr("index.read_articles", stopped)
    code, out, err = says("add", "70", "--index", tmp_path / "index", "--json")
    assert (code, json.loads(out)["added"]) == (130, 64)
    assert err == ["onrecord: stopped; what was added is in, and the same command goes on from there"]
    monkeypatch.setattr("index.read_articles", lambda source, **_: iter(articles))
    report = document(says("add", "70", "--index", tmp_path / "index", "--json"))
    assert (report["added"], report["unchanged"]) == (16, 64)


def test_a_host_of_a_private_network_is_asked_only_when_it_is_allowed(says: Says, tmp_path: Path) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/story" else 404)
            self.end_headers()
            self.wfile.write(b"<title>Storm closes the harbour</title><p>A storm closed the harbour on Wednesday.</p>")

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        url, own = f"http://127.0.0.1:{server.server_address[1]}/story", ("--index", tmp_path / "index")
        code, _, err = says("add", url, *own)
        assert code == 1
        assert "not a public address" in err[0]
        report = document(says("add", url, "--allow-host", "127.0.0.1", *own, "--json"))
        server.shutdown()
        thread.join()
    assert report["added"] == 1


def test_show_tells_of_the_versions_before(says: Says, own: Path, tmp_path: Path) -> None:
    (tmp_path / "fix.jsonl").write_text(
        '{"id": "weather", "text": "The port is open again.", "published": "2025-03-06"}'
    )
    assert says("add", tmp_path / "fix.jsonl", "--index", own)[0] == 0
    versions = document(says("show", "weather", "--index", own, "--json"))["versions"]
    assert [(one["published"], one["current"]) for one in versions] == [("2025-03-05", False), ("2025-03-06", True)]
    assert versions[0]["sha256"] in says("show", "weather", "--index", own)[1].replace("\n", "")


def test_add_of_nothing_readable_fails(says: Says, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    for source in ("missing.txt", "empty.txt"):
        code, _, err = says("add", tmp_path / source, "--index", tmp_path / "index")
        assert code == 1
        assert len(err) == 1
        assert source in err[0]


def test_remove_says_what_is_gone_and_what_was_not_there(says: Says, own: Path) -> None:
    code, out, err = says("remove", "claim", "nothing", "--index", own, "--json")
    assert code == 0
    assert json.loads(out) == {"removed": ["claim"], "missing": ["nothing"]}
    assert len(err) == 1
    assert "nothing" in err[0]
    assert says("remove", "nothing", "--index", own)[0] == 1
    assert [row["id"] for row in document(says("list", "--index", own, "--json"))["articles"]] == ["denial", "weather"]


def test_list_and_show_give_what_is_known(says: Says, loaded: Path) -> None:
    rows = document(says("list", "--index", loaded, "--json"))["articles"]
    assert {row["id"]: row["publisher"] for row in rows}["denial"] == "Morning Wire"
    assert all(row["passages"] >= 1 for row in rows)
    shown = document(says("show", "denial", "--index", loaded, "--json"))
    assert shown["published"] == "2025-03-04"
    assert '"no substance"' in shown["text"]


def test_doctor_finds_a_sound_index_and_a_damaged_one(says: Says, own: Path) -> None:
    assert document(says("doctor", "--index", own, "--json"))["ok"] is True
    damage(own)
    code, out, _ = says("doctor", "--index", own, "--json")
    assert code == 1
    assert json.loads(out)["ok"] is False


def test_doctor_rebuilds_what_is_derived(says: Says, own: Path) -> None:
    shutil.rmtree(own / "derived")
    assert document(says("doctor", "--index", own, "--rebuild", "--json"))["ok"] is True
    assert document(says("search", "harbour", "--index", own, "--json"))["hits"]


def damage(index: Path) -> None:
    """Overwrites the middle of the database."""
    with next(index.glob("*.db")).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)


def test_the_first_use_loads_the_seeds_and_what_is_removed_stays_removed(says: Says) -> None:
    first = document(says("list", "--json"))["articles"]
    assert len(first) == 5
    says("remove", first[0]["id"])
    assert len(document(says("list", "--json"))["articles"]) == 4


def test_a_named_index_starts_empty(says: Says, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert document(says("list", "--index", tmp_path / "a", "--json")) == {"articles": []}
    monkeypatch.setenv("ONRECORD_INDEX", str(tmp_path / "b"))
    assert document(says("list", "--json")) == {"articles": []}
    assert (tmp_path / "b").is_dir()


def test_an_empty_index_says_so(says: Says, tmp_path: Path) -> None:
    for command in ("ask", "search"):
        code, _, err = says(command, "Is it so?", "--index", tmp_path / "new")
        assert code == 1
        assert err == ["onrecord: the index holds no articles; add some with `onrecord add PATH`"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["ask", ""], 2, "empty"),
        (["ask", "x" * 100_000], 2, "2,000"),
        (["ask"], 2, "QUESTION"),
        (["ask", "q", "--since", "soon"], 2, "soon"),
        (["ask", "q", "--since", "2026-02-01", "--until", "2026-01-01"], 2, "2026"),
        (["ask", "q", "--as-of", "soon"], 2, "soon"),
        (["ask", "q", "--k", "0"], 2, "k"),
        (["ask", "q", "--k", "many"], 2, "--k"),
        (["ask", "q", "--colour"], 2, "--colour"),
        (["ask", "Who denied talks?", "--model", "nobody:x"], 1, "nobody"),
        (["ask", "Who denied talks?", "--model", "plain"], 1, "plain"),
        (["show", "nothing"], 1, "nothing"),
        (["answer", "q"], 2, "answer"),
        (["chat", "--host", "0.0.0.0"], 2, "others could reach the chat on '0.0.0.0', so it needs a key there"),
        (["chat", "--host", "0.0.0.0", "--token", "short"], 2, "the token has 5 characters"),
        (["chat", "--users", "missing.txt"], 2, "missing.txt"),
        (["user", "a b", "--users", "missing.txt"], 2, "a b"),
        (["chat", "--host", "example.org"], 2, "example.org"),
        (["chat", "--port", "0", "--model", "nobody:x"], 1, "nobody"),
        (["eval", "--set", "missing.jsonl"], 2, "missing.jsonl"),
    ],
)
def test_a_mistake_is_one_line(
    says: Says, loaded: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, said: str
) -> None:
    monkeypatch.setenv("ONRECORD_INDEX", str(loaded))
    for json_too in ([], ["--json"] if arguments[0] in ("ask", "show", "eval") else []):
        ended, out, err = says(*arguments, *json_too)
        assert ended == code
        assert len(err) == 1
        assert err[0].startswith("onrecord: ")
        assert said in err[0]
        assert json.loads(out).keys() == {"error"} if json_too else out == ""


def test_a_folder_that_cannot_be_used_is_one_line(says: Says, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    code, _, err = says("list", "--index", tmp_path / "file")
    assert code in (1, 2)
    assert len(err) == 1
    assert str(tmp_path / "file") in err[0]


def test_a_damaged_index_is_one_line_with_the_next_step(says: Says, own: Path) -> None:
    damage(own)
    code, _, err = says("ask", "Who denied talks?", "--index", own)
    assert code == 1
    assert len(err) == 1
    assert "damaged" in err[0]
    assert "add the articles to a new index" in err[0]


def test_a_port_in_use_is_one_line(says: Says, loaded: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, err = says("chat", "--index", loaded, "--port", port)
    assert code == 1
    assert err == [f"onrecord: port {port} on 127.0.0.1 is in use; choose another with --port, or 0 for a free one"]


def test_a_reader_who_leaves_early_causes_no_noise(loaded: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "ui", "show", "claim", "--index", str(loaded)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr as err:
        assert err.read() == ""
    assert process.wait(60) != 0


def test_ctrl_c_leaves_no_traceback(loaded: Path) -> None:
    code = (
        "import os, signal, index.index, ui.cli\n"
        # whoever runs the tests in the background has the signal ignored, which children inherit
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def stop(*_, **__): os.kill(os.getpid(), signal.SIGINT); [None for _ in iter(int, 1)]\n"
        "index.index.Index.open = stop\n"
        "raise SystemExit(ui.cli.run(['list']))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 130
    assert ran.stderr == ""


def shown(view: object) -> str:
    """What a person sees, 80 columns wide."""
    console = render.console()
    console.width = 80
    with console.capture() as captured:
        console.print(view)
    return captured.get()


def test_the_verdict_comes_first_then_the_answer_then_what_backs_it() -> None:
    lines = shown(render.answer_view(make_disputed())).splitlines()
    assert lines[0].startswith("Disputed")
    text = "\n".join(lines)
    assert (
        text.index("Talks are reported [1]") < text.index("[1] “Northwind is in talks") < text.index("Claim: Northwind")
    )
    assert "Northwind denies · Morning Wire · 4 March 2025" in text
    assert "!   One source is undated." in text
    assert max(map(len, lines)) <= 80


def test_who_says_a_fact_stands_below_its_quote() -> None:
    found = quoted(news()[0], "The deal could be worth $2 billion.", speaker="two bankers")
    citations = (Citation(1, found),)
    answer = Answer("How much?", "$2 billion [1].", Verdict.ANSWERED, "$2 billion", None, 0.8, citations=citations)
    assert "said by two bankers · Daily Ledger · " in shown(render.answer_view(answer))


def test_unknown_shows_the_closest_passages_as_such() -> None:
    text = shown(render.answer_view(make_unknown()))
    assert text.startswith("Not on record")
    assert "Closest passages (they do not answer the question)" in text


def test_text_of_others_is_neither_markup_nor_a_command_to_the_terminal(says: Says, tmp_path: Path) -> None:
    hostile = "A [bold red]bank[/] failed \x1b]0;owned\x07\x1b[2J\x9b31m on Monday, [/nothing] the court said."
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"id": "a", "title": hostile, "text": hostile, "publisher": hostile}), "utf-8"
    )
    says("add", tmp_path / "a.jsonl", "--index", tmp_path / "index")
    for command in (["ask", "Did a bank fail?"], ["search", "bank"], ["list"], ["show", "a"], ["show", "a", "--json"]):
        code, out, _ = says(*command, "--index", tmp_path / "index")
        assert code == 0
        assert "[bold red]bank[/]" in out
        assert not {"\x1b", "\x07", "\x9b"} & set(out)
