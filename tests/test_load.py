"""The program that puts the server under load, on a small scale."""

from collections.abc import Iterator

import pytest
from conftest import open_desk
from serving import serving

from ui.desk import Desk
from ui.load import Heard, adding, ask, ask_from, seconds_to_normal, summarise


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Desk]]:
    with open_desk(tmp_path_factory.mktemp("desk") / "index") as desk, serving(desk) as address:
        yield address, desk


def test_a_question_is_timed_and_its_verdict_heard(served: tuple[str, Desk]) -> None:
    heard = ask(served[0], "Is Northwind in talks with Contoso?")
    assert (heard.status, heard.verdict) == (200, "disputed")
    assert ask("http://127.0.0.1:9", "q").status == 0


def test_sessions_ask_while_articles_are_added(served: tuple[str, Desk]) -> None:
    address, desk = served
    with adding(address, every_seconds=0.02):
        heard = ask_from(address, ["Is it so?"], sessions=2, every_seconds=0.02, seconds=0.5)
    assert {one.status for one in heard} == {200}
    assert any(entry.title.startswith("Parish council") for entry in desk.index.entries())


def test_the_figures_are_of_what_was_heard() -> None:
    heard = [Heard("a", 200, 0.1 * n, "yes") for n in range(1, 11)]
    figures = summarise([*heard, Heard("a", 200, 2.0, "no"), Heard("a", 503, 0.3), Heard("a", 0, 9.0)])
    assert (figures.answered, figures.refused, figures.failed, figures.unlike) == (11, 1, 1, 1)
    assert figures.median == pytest.approx(0.6)
    assert figures.slowest_percent == 2.0
    assert figures.slowest_refusal == 0.3
    assert "1 refused with 503" in str(figures)
    assert summarise([]).answered == 0


def test_it_is_normal_again_once_an_answer_begins_in_time(served: tuple[str, Desk]) -> None:
    ticks = iter([10.0, 12.5])
    assert seconds_to_normal(served[0], "Is it so?", 60.0, lambda: next(ticks)) == 2.5
