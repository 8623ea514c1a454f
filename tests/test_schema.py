"""The HTTP API asked by Schemathesis, which draws requests from the OpenAPI document: what it promises, it keeps.

A few requests by default. `ONRECORD_CASES=5000 .venv/bin/python -m pytest tests/test_schema.py` draws at least so many,
over the seeds and with the real engine.
"""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import serving

from index import Index
from index.seeding import read_seeds
from rag import Engine
from ui.desk import Desk

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)
CASES = int(os.environ.get("ONRECORD_CASES", "0"))
PER_OPERATION = max(6, CASES // 10)
"""Drawn requests for each operation, besides those at the edges of its schema; 12 of the 15 operations take some."""


@pytest.fixture
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A server over three articles and an engine that answers by script, or over the seeds as they are answered."""
    if not CASES:
        yield request.getfixturevalue("served")[0]
        return
    with Index.open(tmp_path / "index") as index:
        index.add(read_seeds())
        with serving(Desk(index, Engine(index))) as at:
            yield at


@pytest.fixture
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server, which runs in this process, finds no other machine when it is sent an address to fetch."""
    known = socket.getaddrinfo

    def look_up(host: Any, *rest: Any, **more: Any) -> Any:
        if host in {"127.0.0.1", "localhost"}:
            return known(host, *rest, **more)
        raise socket.gaierror(socket.EAI_NONAME, "not in a test")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


@pytest.mark.usefixtures("no_names")
def test_no_request_breaks_the_api_or_gets_an_answer_that_its_schema_does_not_know(
    address: str, tmp_path: Path
) -> None:
    """In a process of its own: as a plugin of pytest it would be loaded with every test."""
    (tmp_path / "schemathesis.toml").write_text("")  # nothing that the person who runs this has set
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json"),
            *("--checks", ",".join(CHECKS), "--phases", "examples,coverage,fuzzing"),
            *("--max-examples", str(PER_OPERATION), "--generation-deterministic", "--no-shrink"),
            *("--workers", "1", "--no-color", "--warnings", "off"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300 + CASES,  # seconds
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "Tested: 15" in done.stdout, done.stdout
    generated = re.search(r"(\d+) generated", done.stdout)
    assert generated, done.stdout
    assert int(generated[1]) >= CASES
