"""How a button says which passage it opens."""

from rag.types import Citation, Evidence
from ui.markup import Attribute


def opening(said: Citation | Evidence, turn: int) -> dict[str, Attribute]:
    """Attributes of a button that opens the passage `said` is quoted from; Back leads to the sources of `turn`."""
    start, end = (said.start, said.end) if isinstance(said, Citation) else said.span
    return {
        "data_act": "open",
        "data_article": said.article.id,
        "data_start": start,
        "data_end": end,
        "data_quote": said.quote,
        "data_turn": turn,
    }
