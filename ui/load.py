"""How the server holds under load: `python -m ui.load` starts one over the seeds, asks it from many sides, reports.

Three parts: sessions that ask now and then, more of them than it has room for, and a soak in which articles are added
while it is asked. Times are to the first words of an answer.
"""

import argparse
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

_TIMEOUT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of one question: the status (0 for a broken connection), seconds to the first words, the verdict."""

    question: str
    status: int
    seconds: float
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of many; seconds to the first words of those answered, and to the refusal of those refused."""

    answered: int
    refused: int
    failed: int
    median: float
    slowest_percent: float
    slowest_refusal: float
    unlike: int
    """Answers whose verdict is another than the first one to the same question."""

    def __str__(self) -> str:
        return (
            f"{self.answered} answered (first words: median {self.median:.2f} s, 99th percentile "
            f"{self.slowest_percent:.2f} s), {self.refused} refused with 503 (slowest {self.slowest_refusal:.2f} s), "
            f"{self.failed} failed, {self.unlike} unlike the first answer"
        )


def ask(address: str, question: str) -> Heard:
    """Asks once, streaming."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=_TIMEOUT_SECONDS)
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
    try:
        connection.request("POST", "/api/ask", json.dumps({"question": question}), headers)
        response = connection.getresponse()
        first = response.readline() + response.readline()
        seconds = time.perf_counter() - started
        found = re.search(rb'"verdict": "(\w+)"', first + response.read())
        return Heard(question, response.status, seconds, found[1].decode() if found else None)
    except (OSError, http.client.HTTPException):
        return Heard(question, 0, time.perf_counter() - started)
    finally:
        connection.close()


def ask_from(
    address: str, questions: Sequence[str], *, sessions: int, every_seconds: float, seconds: float
) -> list[Heard]:
    """What `sessions` askers heard who each ask every so often, on average, for so long."""
    heard: list[Heard] = []
    end = time.monotonic() + seconds

    def session(number: int) -> None:
        chance = random.Random(number)
        time.sleep(chance.random() * every_seconds)
        while time.monotonic() < end:
            heard.append(ask(address, chance.choice(questions)))
            time.sleep(chance.expovariate(1 / every_seconds))

    threads = [threading.Thread(target=session, args=(number,)) for number in range(sessions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return heard


def summarise(heard: Sequence[Heard]) -> Summary:
    """The figures of what was heard."""
    answered = sorted(one.seconds for one in heard if one.status == 200)
    refused = [one.seconds for one in heard if one.status == 503]
    verdicts: dict[str, str | None] = {}
    unlike = sum(one.verdict != verdicts.setdefault(one.question, one.verdict) for one in heard if one.status == 200)
    return Summary(
        answered=len(answered),
        refused=len(refused),
        failed=len(heard) - len(answered) - len(refused),
        median=_at(answered, 0.5),
        slowest_percent=_at(answered, 0.99),
        slowest_refusal=max(refused, default=0.0),
        unlike=unlike,
    )


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


@contextmanager
def adding(address: str, every_seconds: float) -> Iterator[None]:
    """Adds an article on nothing in particular every so often."""
    stop = threading.Event()

    def add() -> None:
        number = 0
        while not stop.wait(every_seconds):
            number += 1
            text = f"Meeting {number} of the parish council ended at noon. The next is on day {number % 28 + 1}."
            body = json.dumps({"articles": [{"title": f"Parish council, meeting {number}", "text": text}]})
            connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=_TIMEOUT_SECONDS)
            connection.request("POST", "/api/articles", body, {"Content-Type": "application/json"})
            connection.getresponse().read()
            connection.close()

    thread = threading.Thread(target=add)
    thread.start()
    yield
    stop.set()
    thread.join()


def seconds_to_normal(address: str, question: str, normal_seconds: float, clock: Callable[[], float]) -> float:
    """Seconds until an answer begins within `normal_seconds` again."""
    started = clock()
    while True:
        heard = ask(address, question)
        if heard.status == 200 and heard.seconds <= normal_seconds:
            return clock() - started


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """Address and process id of a server over the seeds, in folders of its own."""
    with tempfile.TemporaryDirectory(prefix="onrecord-load-") as home:
        environment = {**os.environ, "XDG_DATA_HOME": home}
        environment.pop("ONRECORD_INDEX", None)
        chat = [sys.executable, "-m", "ui", "chat", "--port", "0"]
        with subprocess.Popen(chat, env=environment, stderr=subprocess.PIPE, text=True) as server:
            assert server.stderr is not None
            found = re.search(r"http://\S+", server.stderr.readline())
            assert found, "the server did not start"
            yield found[0], server.pid
            server.terminate()


def resident_megabytes(pid: int) -> float:
    """Memory of a process that is in use now (Linux)."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Run all three parts and print what came of each."""
    options = argparse.ArgumentParser(prog="python -m ui.load", description="How the server holds under load.")
    options.add_argument("--sessions", type=int, default=32)
    options.add_argument("--every", type=float, default=5.0, help="seconds between the questions of a session")
    options.add_argument("--seconds", type=float, default=60.0, help="of the first two parts")
    options.add_argument("--soak", type=float, default=600.0, help="seconds of the last part")
    chosen = options.parse_args()
    questions = resources.files("seeds").joinpath("examples.txt").read_text("utf-8").splitlines()
    with serving() as (address, pid):
        for question in questions:
            ask(address, question)
        calm = ask_from(
            address, questions, sessions=chosen.sessions, every_seconds=chosen.every, seconds=chosen.seconds
        )
        print(f"{chosen.sessions} sessions: {summarise(calm)}")
        crowd = 150  # three times the places there are, working and waiting
        crowded = ask_from(address, questions, sessions=crowd, every_seconds=0.3, seconds=chosen.seconds)
        print(f"{crowd} sessions without rest: {summarise(crowded)}")
        normal = seconds_to_normal(address, questions[0], 1.5, time.monotonic)
        print(f"back to normal after {normal:.1f} s")
        warm_up = min(180.0, chosen.soak / 3)  # the first two hundred articles load what reads and seals them
        asking = {"sessions": chosen.sessions, "every_seconds": chosen.every}
        with adding(address, every_seconds=1.0):
            ask_from(address, questions, **asking, seconds=warm_up)
            before = resident_megabytes(pid)
            soaked = ask_from(address, questions, **asking, seconds=chosen.soak - warm_up)
        after = resident_megabytes(pid)
        print(f"soak: {summarise(soaked)}; memory {before:.0f} to {after:.0f} MB ({after / before - 1:+.1%})")


if __name__ == "__main__":
    main()
