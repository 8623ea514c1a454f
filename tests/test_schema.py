"""The HTTP API asked by Schemathesis, which draws requests from the OpenAPI document: what it promises, it keeps."""

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ui.desk import Desk

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)
PER_OPERATION = 6
"""Drawn requests for each operation, besides those at the edges of its schema; by hand, ask for thousands."""


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
    served: tuple[str, Desk], tmp_path: Path
) -> None:
    """In a process of its own: as a plugin of pytest it would be loaded with every test."""
    (tmp_path / "schemathesis.toml").write_text("")  # nothing that the person who runs this has set
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{served[0]}/openapi.json"),
            *("--checks", ",".join(CHECKS), "--phases", "examples,coverage,fuzzing"),
            *("--max-examples", str(PER_OPERATION), "--generation-deterministic", "--no-shrink"),
            *("--workers", "1", "--no-color", "--warnings", "off"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "Tested: 15" in done.stdout, done.stdout
