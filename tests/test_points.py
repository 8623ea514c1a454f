"""Points that an article sets out one by one: named, counted, picked by number, and left alone where not asked for."""

from pathlib import Path

import pytest
from conftest import HashEncoder

from index import Article, Index
from rag import Answer, Engine, Verdict
from rag.reader import EmbeddedReader

TEXT = """The port of Arlo will be rebuilt, the council of Brasov decided.

The plan in short.

  1. Phase 1: New quays
    The old quays go first, said the harbour master.

  2. Phase 2: A deeper basin
    Ships of any size could then call.

  3. Phase 3: Homes on the pier
    Two hundred flats are to be let.

Any harbour rests on three pillars:
• Depth: how much water there is at low tide.
• Cranes: what can be lifted.
• Roads: where it goes from there.

Nobody was against it."""


@pytest.fixture
def engine(index_path: Path) -> Engine:
    """Over the plan and an article on another matter, by rules alone."""
    index = Index.open(index_path, encoder=HashEncoder())
    index.add(
        [
            Article(text=TEXT, id="port", title="Arlo is to get a new port"),
            Article(text="Rain fell on Leeds all day. The trams stood still.", id="rain", title="Rain in Leeds"),
        ]
    )
    return Engine(index, reader=EmbeddedReader())


def short(answer: Answer) -> str | None:
    return answer.short if answer.verdict is Verdict.ANSWERED else None


@pytest.mark.parametrize(
    "asked",
    [
        "What are the three phases of the port's plan?",
        "What are the phases of the plan for Arlo?",
        "Name the phases of the port's plan.",
    ],
)
def test_the_phases_of_a_plan_are_given_in_order_each_with_its_place(engine: Engine, asked: str) -> None:
    answer = engine.ask(asked)
    assert short(answer) == "New quays; A deeper basin; Homes on the pier"
    assert [c.quote for c in answer.citations] == [
        "Phase 1: New quays",
        "Phase 2: A deeper basin",
        "Phase 3: Homes on the pier",
    ]
    for citation in answer.citations:
        assert TEXT[slice(*citation.evidence.span)] == citation.quote
        assert f"[{citation.n}]" in answer.text


def test_points_are_counted(engine: Engine) -> None:
    assert short(engine.ask("How many phases does the port's plan have?")) == "3"
    assert short(engine.ask("How many pillars does a harbour rest on?")) == "3"


def test_one_point_is_picked_by_its_number(engine: Engine) -> None:
    assert short(engine.ask("What is the second phase of the plan?")) == "A deeper basin"
    assert short(engine.ask("What would phase 3 of the plan be?")) == "Homes on the pier"


def test_a_list_behind_a_colon_is_named_by_the_heads_of_its_lines(engine: Engine) -> None:
    answer = engine.ask("What are the three pillars of a harbour?")
    assert short(answer) == "Depth; Cranes; Roads"
    assert all(TEXT[slice(*citation.evidence.span)] == citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "asked",
    [
        "What are the four phases of the plan?",
        "What is the fourth phase of the plan?",
        "What are the phases of the moon?",
        "How many phases does the plan for Leeds and Norden have?",
        "Which phases of the plan need approval?",
        "Is there a second phase of the plan?",
        "What are the five pillars of Islam?",
    ],
)
def test_what_the_points_do_not_tell_is_not_answered_with_them(engine: Engine, asked: str) -> None:
    answer = engine.ask(asked)
    assert not any(point in (answer.short or "") for point in ("quays", "basin", "pier", "Cranes", "3"))


@pytest.mark.parametrize(
    "asked",
    [
        "How many phases have been finished?",
        "How many phases need approval?",
        "Name the phases that the council pays for.",
        "What are the costs of the phases?",
        "What are the remaining phases?",
        "What are the two remaining phases?",
        "What will phase 2 cost?",
        "What is the first phase's cost?",
        "How many councils decided it?",
    ],
)
def test_what_is_asked_of_the_points_is_left_to_be_read(engine: Engine, asked: str) -> None:
    answer = engine.ask(asked)
    assert answer.short not in ("3", "A deeper basin", "New quays")
    assert "; " not in (answer.short or "")


def test_a_list_that_breaks_off_is_not_given_as_whole(index_path: Path) -> None:
    index = Index.open(index_path, encoder=HashEncoder())
    text = "The code has three rules:\n• Be early.\n• Be brief.\n\nThe third was lost."
    index.add([Article(text=text, id="code", title="A code for clerks")])
    answer = Engine(index, reader=EmbeddedReader()).ask("What are the rules of the code?")
    assert "; " not in (answer.short or "")
