"""Language models by name, through LlamaIndex's `LLM` class: this project's only door to them.

A name is ``provider:model``. Each provider's LlamaIndex integration comes with an extra, is imported when a model of
it is opened, and reaches the network through a client that follows no redirect (evidence and key would go along),
retries nothing by itself (`rag.reply` does, within the deadline) and reads neither for ever nor without end.
"""

import importlib
import os
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

from index.errors import ModelUnavailable

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

TIMEOUT_SECONDS = 60.0
MAX_REPLY_BYTES = 8_000_000
MAX_TOKENS = 4_000
"""Room for models that think aloud before they answer."""

_CONTEXT_TOKENS = 8_192
_in_thread = threading.local()
"""The responses that this thread's reply has opened: the clients keep an abandoned one open until it is collected."""
_OPENAI = "https://api.openai.com/v1"
_OLLAMA = "http://localhost:11434"

Opener = Callable[[str, Mapping[str, str], float], "LLM"]


def open_model(
    model: "str | LLM", *, timeout_seconds: float = TIMEOUT_SECONDS, environ: Mapping[str, str] | None = None
) -> "LLM":
    """The model that ``provider:name`` stands for, not yet called; an `LLM` is given back as it is.

    Keys and addresses are read from `environ` (default: the process's): OPENAI_API_KEY, ANTHROPIC_API_KEY, OLLAMA_HOST,
    and for ``openai-like`` ONRECORD_API_BASE with an optional ONRECORD_API_KEY.

    Raises ModelUnavailable for an unknown provider, an extra that is not installed, or a missing key or address.
    """
    if not isinstance(model, str):
        return model
    provider, _, name = model.strip().partition(":")
    opener = _OPENERS.get(provider.lower())
    if opener is None:
        known = ", ".join(sorted(_OPENERS))
        raise ModelUnavailable(
            f"unknown model provider {provider!r} in {model!r}: use one of {known}, as in ollama:llama3.1"
        )
    if not name.strip():
        raise ModelUnavailable(f"{model!r} names no model: write {provider}:NAME, as in ollama:llama3.1")
    return opener(name.strip(), os.environ if environ is None else environ, timeout_seconds)


def model_name(llm: "LLM") -> str:
    """How an answer names the model: ``provider:name``, the class standing in for a provider that is not ours."""
    provider = _PROVIDERS.get(llm.class_name(), llm.class_name())
    if provider == "openai-like" and str(getattr(llm, "api_base", "")).startswith(_OPENAI):
        provider = "openai"
    # `metadata` can be a call to the server (Ollama's is), so a plain attribute goes first.
    name = getattr(llm, "model", None) or getattr(llm, "model_name", None) or llm.metadata.model_name
    return f"{provider}:{name}"


def stream_text(llm: "LLM", system: str, user: str) -> Generator[str, None, None]:
    """What the model replies, piece by piece; one reply a thread. Raises whatever the integration raises."""
    from llama_index.core.base.llms.types import ChatMessage, MessageRole

    messages = [ChatMessage(role=MessageRole.SYSTEM, content=system), ChatMessage(role=MessageRole.USER, content=user)]
    opened = _in_thread.responses = []
    try:
        for piece in llm.stream_chat(messages):
            yield piece.delta or ""
    finally:
        for response in opened:
            response.close()


def _open_openai_like(name: str, environ: Mapping[str, str], timeout_seconds: float) -> "LLM":
    base = environ.get("ONRECORD_API_BASE", "").strip()
    if not base:
        raise ModelUnavailable(
            f"openai-like:{name} needs the server's address: set ONRECORD_API_BASE, as in http://localhost:8080/v1"
        )
    return _openai_compatible(f"openai-like:{name}", base, environ.get("ONRECORD_API_KEY") or "none", timeout_seconds)


def _open_openai(name: str, environ: Mapping[str, str], timeout_seconds: float) -> "LLM":
    key = _key(f"openai:{name}", "OPENAI_API_KEY", environ)
    # Not LlamaIndex's `OpenAI` class: that one refuses every model newer than its own list of names.
    return _openai_compatible(f"openai:{name}", _OPENAI, key, timeout_seconds)


def _openai_compatible(model: str, base: str, key: str, timeout_seconds: float) -> "LLM":
    openai_like, httpx = _load(model, model.partition(":")[0], "llama_index.llms.openai_like", "httpx")
    llm: LLM = openai_like.OpenAILike(
        model=model.partition(":")[2],
        api_base=base,
        api_key=key,
        is_chat_model=True,
        temperature=0.0,
        max_tokens=MAX_TOKENS,
        max_retries=0,
        timeout=timeout_seconds,
        http_client=_limited_client(httpx, timeout_seconds),
    )
    return llm


def _open_ollama(name: str, environ: Mapping[str, str], timeout_seconds: float) -> "LLM":
    integration, ollama = _load(f"ollama:{name}", "ollama", "llama_index.llms.ollama", "ollama")
    base = environ.get("OLLAMA_HOST") or _OLLAMA
    client = ollama.Client(host=base, **_limits(importlib.import_module("httpx"), timeout_seconds))
    llm: LLM = integration.Ollama(
        model=name,
        base_url=base,
        client=client,
        temperature=0.0,
        context_window=_CONTEXT_TOKENS,  # left out, every question would first ask the server for it
        additional_kwargs={"num_predict": MAX_TOKENS},
        request_timeout=timeout_seconds,
        is_function_calling_model=False,
    )
    return llm


def _open_anthropic(name: str, environ: Mapping[str, str], timeout_seconds: float) -> "LLM":
    key = _key(f"anthropic:{name}", "ANTHROPIC_API_KEY", environ)
    integration, anthropic, http = _load(
        f"anthropic:{name}", "anthropic", "llama_index.llms.anthropic", "anthropic", "httpx2"
    )
    llm: LLM = integration.Anthropic(
        model=name, api_key=key, temperature=0.0, max_tokens=MAX_TOKENS, max_retries=0, timeout=timeout_seconds
    )
    client = _limited_client(http, timeout_seconds)
    # The integration takes no HTTP client of ours, so its own is replaced.
    llm._client = anthropic.Anthropic(api_key=key, http_client=client, max_retries=0, timeout=timeout_seconds)  # type: ignore[attr-defined]
    return llm


_OPENERS: Mapping[str, Opener] = {
    "anthropic": _open_anthropic,
    "ollama": _open_ollama,
    "openai": _open_openai,
    "openai-like": _open_openai_like,
}
_PROVIDERS = {"OpenAILike": "openai-like", "openai_llm": "openai", "Ollama_llm": "ollama", "Anthropic_LLM": "anthropic"}


def _key(model: str, variable: str, environ: Mapping[str, str]) -> str:
    key = environ.get(variable, "").strip()
    if not key:
        raise ModelUnavailable(f"{model} needs a key: set {variable}")
    return key


def _load(model: str, extra: str, *modules: str) -> list[ModuleType]:
    try:
        return [importlib.import_module(module) for module in modules]
    except ImportError as error:
        raise ModelUnavailable(
            f'{model} needs an extra that is not installed: pip install "onrecord[{extra}]"'
        ) from error


def _limited_client(http: ModuleType, timeout_seconds: float) -> Any:
    return http.Client(**_limits(http, timeout_seconds))


def _limits(http: ModuleType, timeout_seconds: float) -> dict[str, Any]:
    """Settings for a client of httpx or of httpx2, which have the same shape: one deadline and one size for a reply.

    A read timeout alone would wait for ever on a server that sends a byte now and then.
    """

    class LimitedStream(http.SyncByteStream):  # type: ignore[name-defined,misc]
        def __init__(self, inner: Any) -> None:
            self._inner = inner
            self._ends = time.monotonic() + timeout_seconds

        def __iter__(self) -> Iterator[bytes]:
            size = 0
            for piece in self._inner:
                size += len(piece)
                if size > MAX_REPLY_BYTES:
                    raise http.ReadError(f"the reply is larger than {MAX_REPLY_BYTES} bytes")
                if time.monotonic() > self._ends:
                    raise http.ReadTimeout(f"the reply took longer than {timeout_seconds:g} s")
                yield piece

        def close(self) -> None:
            self._inner.close()

    def limit(response: Any) -> None:
        response.stream = LimitedStream(response.stream)
        if (opened := getattr(_in_thread, "responses", None)) is not None:
            opened.append(response)

    return {
        "timeout": timeout_seconds,
        "follow_redirects": False,
        "event_hooks": {"response": [limit]},
        # One question is one request: nothing is kept open between them.
        "limits": http.Limits(max_keepalive_connections=0),
        # A compressed reply could unfold past every limit.
        "headers": {"Accept-Encoding": "identity"},
    }


__all__ = ["model_name", "open_model", "stream_text"]
