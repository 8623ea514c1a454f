"""What is known of an article as such: who wrote it, when, where it ran, and what it says of itself."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from conftest import HashEncoder

from index import Article, Filters, Index
from index.snapshot import Snapshot
from index.types import Nature
from rag.about import answer_about
from rag.scope import find_references
from rag.types import Answer, Verdict

STRIKE = Article(
    id="strike",
    title="Ferry strike enters second week",
    text="Ferry strike enters second week\n\nBy Ana Reyes\nMarch 3, 2025\n\nFerries stayed in port on Monday.",
    author="Ana Reyes",
    publisher="Coast Gazette",
    published="2025-03-03T07:45",
)
TRAVEL = Article(
    id="travel",
    title="Ten ways to travel light",
    text="Ten ways to travel light\n\nRoll your shirts.\n\nThis content is AI-generated based on source articles.",
    nature=Nature.AI,
)
QUAY = Article(id="quay", title="Harbour quay rebuilt", text="The quay was rebuilt in May.", published="2019-06")


Ask = Callable[[str], Answer]


def about(question: str, snapshot: Snapshot) -> Answer | None:
    return answer_about(question, find_references(question, snapshot.entries()), snapshot, Filters())


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Answer | None]]:
    """Asks about the three articles."""
    with Index.open(tmp_path_factory.mktemp("index"), encoder=HashEncoder()) as index:
        index.add((STRIKE, TRAVEL, QUAY))
        yield partial(about, snapshot=index.snapshot())


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who wrote the article about the ferry strike?", "Ana Reyes"),
        ("Who wrote about the ferry strike?", "Ana Reyes"),
        ("Who is the author of the article on the ferry strike?", "Ana Reyes"),
        ("When was the article about the ferry strike published?", "3 March 2025"),
        ("What is the publication date of the article on the harbour quay?", "June 2019"),
        ("In which year was the article about the harbour quay published?", "2019"),
        ("At what time was the article on the ferry strike published?", "07:45"),
        ("Who published the article about the ferry strike?", "Coast Gazette"),
        ("Which outlet ran the ferry strike story?", "Coast Gazette"),
        ("What is the title of the article by Ana Reyes?", "Ferry strike enters second week"),
        ("How many articles are in the index?", "3"),
        ("When was the oldest article published?", "June 2019"),
        ("Which article is AI-generated?", "Ten ways to travel light"),
    ],
)
def test_what_is_known_of_an_article_can_be_asked(ask: Ask, question: str, short: str) -> None:
    answer = ask(question)
    assert answer is not None
    assert answer.verdict is Verdict.ANSWERED
    assert answer.short == short


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Who wrote the article about the ferry strike?", "By Ana Reyes"),
        ("When was the article about the ferry strike published?", "March 3, 2025"),
        ("Which article is AI-generated?", "This content is AI-generated based on source articles."),
    ],
)
def test_it_is_cited_from_where_it_stands_in_the_text(ask: Ask, question: str, quote: str) -> None:
    answer = ask(question)
    assert [citation.quote for citation in answer.citations] == [quote]
    citation = answer.citations[0]
    text = {"strike": STRIKE, "travel": TRAVEL}[citation.article.id].text
    assert text[citation.start : citation.end] == quote
    assert "[1]" in answer.text


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Who wrote the article on how to travel light?", "names no author"),
        ("When was the article on how to travel light published?", "no date"),
        ("At what time was the article on the harbour quay published?", "no time"),
        ("Who published the article on the harbour quay?", "publisher"),
    ],
)
def test_what_an_article_does_not_show_is_unknown(ask: Ask, question: str, missing: str) -> None:
    answer = ask(question)
    assert answer.verdict is Verdict.UNKNOWN
    assert answer.citations == ()
    assert missing in answer.text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is any of the articles AI-generated?", Verdict.YES),
        ("Are any articles sponsored?", Verdict.NO),
        ("Is the article on how to travel light AI-generated?", Verdict.YES),
        ("Is the article on the ferry strike AI-generated?", Verdict.NO),
    ],
)
def test_whether_an_article_is_marked_is_a_yes_or_no_with_a_lean(ask: Ask, question: str, verdict: Verdict) -> None:
    answer = ask(question)
    assert answer.verdict is verdict
    assert answer.lean is not None
    assert (answer.lean > 0.5) is (verdict is Verdict.YES)


def test_an_answer_that_cites_a_marked_article_warns(ask: Ask) -> None:
    assert any("AI-generated" in warning for warning in ask("Which article is AI-generated?").warnings)


def test_who_wrote_the_article_needs_to_know_which(ask: Ask) -> None:
    assert ask("Who wrote the article?").verdict is Verdict.UNKNOWN


def test_of_one_article_alone_it_is_clear_which_is_meant(index_path: Path) -> None:
    with Index.open(index_path, encoder=HashEncoder()) as index:
        index.add([STRIKE])
        answer = about("Who wrote the article?", index.snapshot())
    assert answer is not None
    assert answer.short == "Ana Reyes"


@pytest.mark.parametrize(
    "question",
    [
        "Who stopped the ferries?",
        "When was the quay rebuilt?",
        "What does the AI-generated article say about shirts?",
        "Did the ferries stay in port?",
        "Did the crew deny being asleep when the story first ran?",
        "Who wrote the novel about the ferry?",
        "How many articles of the treaty were broken?",
    ],
)
def test_what_articles_tell_of_the_world_is_left_to_reading(ask: Ask, question: str) -> None:
    assert ask(question) is None
