"""Calls and tokens of a language model are counted whoever makes them."""

from llama_index.core.llms import MockLLM

from eval.cost import Meter
from rag.llm import stream_text


def test_every_call_is_counted_with_what_went_in_and_out() -> None:
    llm = MockLLM(max_tokens=4)
    meter = Meter(llm)
    assert meter.read() == {"model_calls": 0, "tokens_in": 0, "tokens_out": 0}
    "".join(stream_text(llm, "be short", "what is on record"))
    "".join(stream_text(llm, "be short", "what is on record"))
    counted = meter.read()
    assert counted["model_calls"] == 2
    assert counted["tokens_in"] > 0
    assert counted["tokens_out"] > 0
