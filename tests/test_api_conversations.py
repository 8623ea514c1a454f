"""Conversations over HTTP, and what is taken along of them."""

import re
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from conftest import make_disputed
from serving import serving

from rag.types import Answer
from ui.desk import Desk
from ui.export import answer_text, conversation_markdown, escaped
from ui.keys import make_keys
from ui.memory import Kept
from ui.turns import Rating, Turn

TOKEN = "correct-horse-battery"
KEPT = Kept("c1", "Is it so?", "2026-02-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00", 1)


@pytest.fixture
def kept(served: tuple[str, Desk]) -> str:
    """The id of a conversation with one rated answer."""
    memory = served[1].memory
    id = memory.keep("", None, (Turn("Is it so?", answer=make_disputed()),))
    memory.rate("", id, 1, Rating(good=False, reason="Not settled."))
    return id


@pytest.fixture
def api(served: tuple[str, Desk]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{served[0]}/api", timeout=60) as client:
        yield client


def test_a_conversation_is_listed_found_and_read_whole(api: httpx.Client, kept: str, disputed: Answer) -> None:
    listed = api.get("/conversations").json()["conversations"]
    assert listed[0]["id"] == kept
    assert listed[0]["questions"] == 1
    found = api.get("/conversations", params={"search": "disagree"}).json()["conversations"]
    assert kept in [each["id"] for each in found]
    assert api.get("/conversations", params={"search": "zebra"}).json() == {"conversations": []}
    whole = api.get(f"/conversations/{kept}").json()
    (turn,) = whole["turns"]
    assert turn["answer"] == disputed.to_dict()
    assert turn["rating"] == {"good": False, "reason": "Not settled."}


def test_it_can_be_renamed_and_deleted(api: httpx.Client, kept: str) -> None:
    assert api.patch(f"/conversations/{kept}", json={"name": "The harbour"}).json()["name"] == "The harbour"
    assert api.patch(f"/conversations/{kept}", json={"name": " "}).status_code == 422
    assert api.delete(f"/conversations/{kept}").status_code == 204
    for response in (api.get(f"/conversations/{kept}"), api.delete(f"/conversations/{kept}")):
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"


def test_it_can_be_taken_along_as_markdown(api: httpx.Client, kept: str) -> None:
    taken = api.get(f"/conversations/{kept}/markdown")
    assert taken.headers["content-type"].startswith("text/markdown")
    assert taken.text.startswith("# Is it so?")
    assert "**Disputed** Sources contradict each other. Fair confidence." in taken.text
    assert "Talks are reported [1]." in taken.text


def test_each_user_has_conversations_of_his_own(served: tuple[str, Desk], kept: str) -> None:
    desk = served[1]
    with serving(desk, keys=make_keys(TOKEN, None)) as address:
        headers = {"Authorization": f"Bearer {TOKEN}", "X-Onrecord-User": ""}
        assert httpx.get(f"{address}/api/conversations", headers=headers).json() == {"conversations": []}
        assert httpx.get(f"{address}/api/conversations/{kept}", headers=headers).status_code == 404


def test_text_of_others_is_no_markdown(disputed: Answer) -> None:
    hostile = "![x](http://evil.example/p.png) <img src=x> [a](javascript:1) `${b}` *c* # d | e\n\n> f"
    said = escaped(hostile)
    assert not re.search(r"(?<!\\)[!\[\]()<>`*#|]", said)
    assert "\n" not in said
    assert "http://" not in said
    bad = replace(disputed, text=f"{hostile} [1]", warnings=(hostile,), short=hostile)
    text = conversation_markdown(replace(KEPT, name=hostile), (Turn(hostile, answer=bad), Turn("q", problem=hostile)))
    assert "](" not in text
    assert "<img" not in text
    assert "[1]" in text


def test_an_answer_is_copied_with_the_words_and_places_of_its_citations(disputed: Answer) -> None:
    copied = answer_text(Turn("Is it so?", answer=disputed))
    assert copied.startswith("Is it so?\n\nDisputed. Sources disagree.")
    assert (
        '[2] “"no substance"” (Northwind; Northwind denies talks with Contoso; Morning Wire · 4 March 2025)' in copied
    )
