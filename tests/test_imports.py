"""Start-up is cheap because nothing heavy is imported before it is needed: looked at in fresh processes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Not pydantic: typer reads a command's options with it.
HEAVY = {
    "dateparser", "faiss", "fastapi", "gradio", "huggingface_hub", "llama_index", "lxml", "mcp", "nltk", "numpy",
    "openvino", "pandas", "scipy", "sentence_transformers", "sklearn", "starlette", "tantivy", "tokenizers",
    "torch", "trafilatura", "transformers", "uvicorn",
}  # fmt: skip
NOT_FOR_ASKING = HEAVY - {"dateparser", "faiss", "lxml", "numpy", "openvino", "tantivy", "tokenizers"}

# Runs the command line as `python -m ui` does, then says what was imported, on a descriptor of its own.
RUN = """
import atexit, json, os, runpy, sys
atexit.register(lambda: os.write(int(os.environ["REPORT"]), json.dumps(sorted(sys.modules)).encode()))
runpy.run_module("ui", run_name="__main__", alter_sys=True)
"""


def run_ui(*arguments: str) -> tuple[subprocess.CompletedProcess[str], set[str]]:
    """What `onrecord` with these arguments printed, and the top-level names of all it imported."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as report:
        done = subprocess.run(
            [sys.executable, "-c", RUN, *arguments],
            env=os.environ | {"REPORT": str(writing)},
            pass_fds=[writing],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        os.close(writing)
        modules = json.loads(report.read() or "[]")
    return done, {name.partition(".")[0] for name in modules}


@pytest.fixture
def loaded_index(index_path: Path) -> Path:
    """The five articles, in an index of one's own."""
    done, _ = run_ui("add", str(ROOT / "seeds" / "articles"), "--index", str(index_path), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["added"] == 5
    return index_path


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["chat", "--help"], ["eval", "--help"]])
def test_help_imports_no_heavy_library(arguments: list[str]) -> None:
    done, modules = run_ui(*arguments)
    assert done.returncode == 0
    assert "Usage" in done.stdout
    assert modules & HEAVY == set()


def test_a_wrong_flag_imports_no_heavy_library() -> None:
    done, modules = run_ui("ask", "--no-such-flag")
    assert done.returncode == 2
    assert modules & HEAVY == set()


def test_asking_imports_neither_torch_nor_llama_index_nor_gradio(loaded_index: Path) -> None:
    done, modules = run_ui("ask", "did Ford deny the Xiaomi deal?", "--index", str(loaded_index), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["citations"]
    assert "openvino" in modules
    assert modules & NOT_FOR_ASKING == set()


def test_searching_imports_neither_torch_nor_llama_index_nor_gradio(loaded_index: Path) -> None:
    done, modules = run_ui("search", "partnership talks", "--index", str(loaded_index), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["hits"]
    assert modules & NOT_FOR_ASKING == set()


def test_listing_does_not_load_the_encoder(loaded_index: Path) -> None:
    done, modules = run_ui("list", "--index", str(loaded_index), "--json")
    assert len(json.loads(done.stdout)["articles"]) == 5
    assert modules & {"openvino", "tokenizers", "torch"} == set()
