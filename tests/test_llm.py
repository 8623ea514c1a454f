import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest

from index.errors import ModelUnavailable
from rag.llm import model_name, open_model, stream_text

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

KEYS = {
    "OPENAI_API_KEY": "sk-1",
    "ANTHROPIC_API_KEY": "sk-2",
    "ONRECORD_API_BASE": "http://127.0.0.1:9/v1",
}


def refusal(name: str, environ: Mapping[str, str] = KEYS) -> str:
    with pytest.raises(ModelUnavailable) as refused:
        open_model(name, environ=environ)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_an_unknown_provider_is_refused_with_those_that_are_known() -> None:
    message = refusal("clippy:97")
    assert "unknown model provider 'clippy'" in message
    assert "anthropic, ollama, openai, openai-like" in message


@pytest.mark.parametrize("name", ["", "llama3.1", ":", " :x"])
def test_a_name_without_provider_is_refused(name: str) -> None:
    assert "unknown model provider" in refusal(name)


def test_a_provider_without_model_is_refused() -> None:
    assert refusal("ollama:") == "'ollama:' names no model: write ollama:NAME, as in ollama:llama3.1"


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("openai:gpt-4o-mini", "OPENAI_API_KEY"),
        ("anthropic:claude-x", "ANTHROPIC_API_KEY"),
        ("openai-like:tiny", "ONRECORD_API_BASE"),
    ],
)
def test_a_missing_key_or_address_is_named(name: str, variable: str) -> None:
    assert f"set {variable}" in refusal(name, {})


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        ("openai:gpt-4o-mini", "llama_index.llms.openai_like", "openai"),
        ("openai-like:tiny", "llama_index.llms.openai_like", "openai-like"),
        ("ollama:llama3.1", "llama_index.llms.ollama", "ollama"),
        ("anthropic:claude-x", "llama_index.llms.anthropic", "anthropic"),
    ],
)
def test_a_missing_extra_is_named_with_its_install_line(
    monkeypatch: pytest.MonkeyPatch, name: str, module: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert refusal(name) == f'{name} needs an extra that is not installed: pip install "onrecord[{extra}]"'


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("openai:gpt-4o-mini", "llama_index.llms.openai_like"),
        ("openai:a-model-newer-than-the-list", "llama_index.llms.openai_like"),
        ("openai-like:org/Tiny:Q4", "llama_index.llms.openai_like"),
        ("ollama:llama3.1:8b", "llama_index.llms.ollama"),
        ("anthropic:claude-x", "llama_index.llms.anthropic"),
    ],
)
def test_a_model_is_opened_by_name_without_being_called(name: str, module: str) -> None:
    pytest.importorskip(module)
    assert model_name(open_model(name, environ=KEYS)) == name


def test_a_model_of_the_callers_own_passes_through(says: "Callable[..., LLM]") -> None:
    mine = says("Yes.")
    assert open_model(mine) is mine
    assert model_name(mine) == "fake:scripted"
    assert "".join(stream_text(mine, "system", "user")) == "Yes."


def test_importing_the_readers_loads_no_language_model_library() -> None:
    program = (
        "import sys, rag.model_reader, rag.llm, rag.check, rag.prompts\n"
        "print([name for name in ('llama_index', 'torch', 'transformers', 'httpx', 'openai') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
