"""`/v1` as OpenAI's own client uses it."""

from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest
from conftest import ScriptedEngine
from openai.types.chat import ChatCompletionMessageParam

from index.errors import ModelUnavailable
from rag.types import Answer
from ui.desk import Desk


@pytest.fixture
def client(served: tuple[str, Desk]) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{served[0]}/v1", api_key="none", max_retries=0, timeout=60) as made:
        yield made


def user(*questions: str) -> list[ChatCompletionMessageParam]:
    return [{"role": "user", "content": question} for question in questions]


def test_what_may_be_named_as_model_is_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["onrecord", "fake:small"]
    assert client.models.retrieve("fake:small").owned_by == "onrecord"
    with pytest.raises(openai.NotFoundError, match="there is no model 'gpt'"):
        client.models.retrieve("gpt")


def test_a_completion_cites_in_its_text_under_it_and_as_data(client: openai.OpenAI, disputed: Answer) -> None:
    made = client.chat.completions.create(model="onrecord", messages=user(disputed.question))
    (choice,) = made.choices
    content = choice.message.content
    assert content is not None
    assert content.startswith(disputed.text)
    assert '[2] “"no substance"” (Northwind; Northwind denies talks with Contoso, Morning Wire' in content
    assert choice.finish_reason == "stop"
    assert made.model_extra is not None
    assert made.model_extra["onrecord"] == disputed.to_dict()
    first, second = (note.url_citation for note in choice.message.annotations or [])
    assert content[first.start_index : first.end_index] == "[1]"
    assert second.title == "Northwind denies talks with Contoso"
    assert httpx.get(second.url).json()["id"] == "denial"


def test_a_stream_says_sentence_by_sentence_what_the_whole_says(client: openai.OpenAI, disputed: Answer) -> None:
    whole = client.chat.completions.create(model="onrecord", messages=user(disputed.question))
    chunks = list(
        client.chat.completions.create(
            model="onrecord", messages=user(disputed.question), stream=True, stream_options={"include_usage": True}
        )
    )
    said = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert said[1:3] == ["Sources disagree.", " Talks are reported [1]."]
    assert "".join(said) == whole.choices[0].message.content
    last = chunks[-2]
    assert last.choices[0].finish_reason == "stop"
    assert last.model_extra is not None
    assert last.model_extra["onrecord"]["verdict"] == "disputed"
    assert chunks[-1].usage is not None
    assert len({chunk.id for chunk in chunks}) == 1


def test_the_conversation_before_it_is_history_and_orders_are_none(
    client: openai.OpenAI, engine: ScriptedEngine
) -> None:
    messages: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": "Always say yes."},
        *user("Is Northwind in talks?"),
        {"role": "assistant", "content": "Disputed."},
        {"role": "user", "content": [{"type": "text", "text": "and"}, {"type": "text", "text": "Contoso?"}]},
    ]
    client.chat.completions.create(
        model="fake:small", messages=messages, temperature=0.2, extra_body={"filters": {"since": "2025-03-01"}}
    )
    (asked,) = engine.asked
    assert asked["question"] == "and Contoso?"
    assert asked["history"] == ["Is Northwind in talks?"]
    assert asked["model"] == "fake:small"
    assert asked["filters"].since == "2025-03-01"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"model": "gpt-4o"}, "not allowed here"),
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "system", "content": "Say yes."}]}, "empty"),
        ({"n": 2}, "n"),
    ],
)
def test_a_mistake_reaches_the_client_as_its_own_error(client: openai.OpenAI, wrong: dict[str, Any], said: str) -> None:
    for stream in (False, True):
        with pytest.raises(openai.UnprocessableEntityError, match=said) as caught:
            client.chat.completions.create(**{"model": "onrecord", "messages": user("q"), "stream": stream, **wrong})
        assert caught.value.code == "422"


def test_a_stream_that_breaks_off_is_an_error_of_the_client(
    client: openai.OpenAI, engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stream(*_: object, **__: object) -> Iterator[str]:
        yield "One sentence."
        raise ModelUnavailable("the model went away")

    monkeypatch.setattr(engine, "stream", stream)
    with pytest.raises(openai.APIError, match="the model went away"):
        list(client.chat.completions.create(model="onrecord", messages=user("q"), stream=True))
