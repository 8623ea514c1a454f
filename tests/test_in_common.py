"""The one name that the clauses of a question have in common."""

from conftest import HashEncoder
from on_record import found, said

from index import Article, Filters
from index.types import Entry, Hit
from rag.decision import Decision
from rag.descriptions import description_in
from rag.in_common import decide_who

STORM = said(
    "Captain Mina Voss lost the Albion in a winter storm off Corran. The owner, Harbour Freight, said little.",
    id="storm", publisher="Port Ledger", title="Storm sinks ferry",
)  # fmt: skip
MEDAL = said(
    "Voss won a medal for bravery in the storm. The mayor of Corran gave it to her.",
    id="medal", publisher="Marlow Gazette", title="Medal for a captain",
)  # fmt: skip
OTHER = said(
    "Harbour Freight bought two new ferries in May for 30 million crowns.",
    id="other", publisher="Coast Tribune", title="New ferries",
)  # fmt: skip


def who(question: str, *articles: Article) -> Decision | None:
    cut = description_in(question, [Entry.of(article) for article in (STORM, MEDAL, OTHER)])
    assert cut is not None

    def search(words: str, limits: Filters) -> list[Hit]:
        return [hit for hit in found(*(articles or (STORM, MEDAL, OTHER))) if limits.matches(hit.article)]

    return decide_who(cut, search, HashEncoder().encode, None)[0]


CAPTAIN = (
    "Who is the captain who lost the Albion in a winter storm, as reported by the Port Ledger, and won a medal for "
    "bravery according to the Marlow Gazette?"
)


def test_the_name_that_most_clauses_share_is_the_answer_in_full() -> None:
    decision = who(CAPTAIN)
    assert decision is not None
    assert decision.short == "Mina Voss"


def test_each_clause_that_the_name_is_found_for_is_cited_once() -> None:
    decision = who(CAPTAIN)
    assert decision is not None
    assert [evidence.article.id for evidence in decision.backing] == ["storm", "medal"]


def test_a_body_is_found_where_one_is_asked_for() -> None:
    decision = who(
        "Which company, covered by the Port Ledger as the owner of the Albion lost in a storm, bought two new ferries "
        "in May as noted by the Coast Tribune?"
    )
    assert decision is not None
    assert decision.short == "Harbour Freight"


def test_a_name_backed_by_one_clause_alone_is_no_answer() -> None:
    assert who(CAPTAIN, STORM, OTHER) is None


def test_what_the_question_names_itself_is_no_answer() -> None:
    decision = who(
        "Who is the captain who, besides Mina Voss, lost the Albion in a winter storm, as reported by the Port Ledger, "
        "and won a medal for bravery in the storm according to the Marlow Gazette?"
    )
    assert decision is None or decision.short != "Mina Voss"
