"""What a language model cost: calls and tokens, heard through LlamaIndex's callbacks."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


class Meter:
    """Counts the chats with one language model from now on, from whatever thread.

    Tokens are those that the provider reports; where it reports none, words stand in for them.
    """

    def __init__(self, llm: "LLM") -> None:
        from llama_index.core.callbacks import CallbackManager, CBEventType, EventPayload
        from llama_index.core.callbacks.base_handler import BaseCallbackHandler
        from llama_index.core.callbacks.token_counting import get_llm_token_counts
        from llama_index.core.utilities.token_counting import TokenCounter

        counter = TokenCounter(tokenizer=str.split)
        counted: list[tuple[int, int]] = []

        class Chats(BaseCallbackHandler):
            """Hears of every finished chat; a completion inside one has no messages, and is not counted twice."""

            def on_event_start(self, event_type: CBEventType, *_: object, event_id: str = "", **__: object) -> str:
                return event_id

            def on_event_end(
                self, event_type: CBEventType, payload: dict[str, object] | None = None, event_id: str = "", **_: object
            ) -> None:
                if event_type == CBEventType.LLM and payload and EventPayload.MESSAGES in payload:
                    counts = get_llm_token_counts(counter, payload, event_id)
                    counted.append((counts.prompt_token_count, counts.completion_token_count))

            def start_trace(self, trace_id: str | None = None) -> None:
                pass

            def end_trace(self, trace_id: str | None = None, trace_map: dict[str, list[str]] | None = None) -> None:
                pass

        self._counted = counted
        llm.callback_manager = CallbackManager([Chats([], [])])

    def read(self) -> dict[str, int]:
        """Calls, and tokens in and out, so far."""
        counted = list(self._counted)
        return {
            "model_calls": len(counted),
            "tokens_in": sum(one for one, _ in counted),
            "tokens_out": sum(two for _, two in counted),
        }


__all__ = ["Meter"]
