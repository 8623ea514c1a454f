"""What a reader changes: which conversation is open, what limits it, what is kept, rated or removed.

Each function takes where the reader is and what was sent, does one thing, and says what is shown afterwards.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from index import Filters
from index.errors import OnrecordError
from index.types import Article, Entry
from ui.articles_view import articles_page
from ui.desk import Desk
from ui.history_view import history_page
from ui.limits_view import limits_page
from ui.markup import EMPTY, Html, tag
from ui.sheet_view import undoable
from ui.turns import Rating, Sitting, count
from ui.words import title_words

Sent = Mapping[str, Any]
"""What a browser sent; none of it is trusted."""

KEPT = 50
"""Turns of a conversation that stay on the page; older ones go."""
_UNDOABLE = 50
"""Removed articles that can be had back."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Where the reader is now, and what to show beside it; None leaves that as it is."""

    sitting: Sitting
    beside: Html | None = None
    record: bool = False
    """Whether the conversation is to be shown anew."""


class Changes:
    """The changes by name; `owner` is who signed in, "" where nobody does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._removed: dict[str, Article] = {}
        self._all: dict[str, Callable[[Sitting, Sent, str], Changed]] = {
            "new": self._new,
            "reopen": self._reopen,
            "rename": self._rename,
            "delete": self._delete,
            "undelete": self._undelete,
            "rate": self._rate,
            "limit": self._limit,
            "drop": self._drop,
            "remove": self._remove,
            "restore": self._restore,
        }

    def make(self, sitting: Sitting, sent: Sent, owner: str) -> Changed:
        """The change that was sent; what it does not know changes nothing. Raises what the desk raises."""
        change = self._all.get(str(sent.get("do", "")))
        return change(sitting, sent, owner) if change else Changed(sitting)

    def _new(self, sitting: Sitting, sent: Sent, owner: str) -> Changed:
        return Changed(Sitting(filters=sitting.filters), EMPTY, record=True)

    def _reopen(self, sitting: Sitting, sent: Sent, owner: str) -> Changed:
        kept, turns = self._desk.memory.conversation(owner, str(sent.get("conversation", "")))
        return Changed(Sitting(kept.id, turns[-KEPT:], sitting.filters), EMPTY, record=True)

    def _rename(self, sitting: Sitting, sent: Sent, owner: str) -> Changed:
        self._desk.memory.rename(owner, str(sent.get("conversation", "")), str(sent.get("name", "")))
        return Changed(sitting, self._history(sitting, owner, tag("p", "Renamed.")))

    def _delete(self, sitting: Sitting, sent: Sent, owner: str) -> Changed:
        id = str(sent.get("conversation", ""))
        kept, _ = self._desk.memory.conversation(owner, id)
        self._desk.memory.delete(owner, id)
        notice = undoable(f"Deleted “{kept.name}”.", data_do="undelete", data_conversation=id)
        here = sitting.conversation == id
        now = Sitting(filters=sitting.filters) if here else sitting
        return Changed(now, self._history(now, owner, notice), record=here)

    def _undelete(self, sitting: Sitting, sent: Sent, owner: str) -> Changed:
        self._desk.memory.restore(owner, str(sent.get("conversation", "")))
        return Changed(sitting, self._history(sitting, owner, tag("p", "It is back.")))

    def _rate(self, sitting: Sitting, sent: Sent, owner: str) -> Changed:
        number = count(sent.get("turn"))
        if sitting.conversation is None or not 0 < number <= len(sitting.turns):
            return Changed(sitting)
        rating = Rating(sent.get("good") == "1", str(sent.get("reason", "")).strip())
        kept, _ = self._desk.memory.conversation(owner, sitting.conversation)
        left_out = kept.questions - len(sitting.turns)  # a long conversation shows its end alone
        self._desk.memory.rate(owner, sitting.conversation, left_out + number, rating)
        turns = tuple(
            replace(turn, rating=rating) if at == number else turn for at, turn in enumerate(sitting.turns, start=1)
        )
        return Changed(replace(sitting, turns=turns), record=True)

    def _limit(self, sitting: Sitting, sent: Sent, owner: str) -> Changed:
        try:
            now = replace(sitting, filters=read_filters(sent))
        except OnrecordError as error:
            page = limits_page(
                sitting.filters, self._desk.index.entries(), len(sitting.turns), notice=tag("p", str(error))
            )
            return Changed(sitting, page)
        return Changed(now, EMPTY)

    def _drop(self, sitting: Sitting, sent: Sent, owner: str) -> Changed:
        return Changed(replace(sitting, filters=without(sitting.filters, sent)))

    def _remove(self, sitting: Sitting, sent: Sent, owner: str) -> Changed:
        article = self._desk.index.article(str(sent.get("article", "")))
        self._desk.index.remove(article.id)
        self._removed[article.id] = article
        while len(self._removed) > _UNDOABLE:
            del self._removed[next(iter(self._removed))]
        notice = undoable(f"Removed “{title_words(Entry.of(article))}”.", data_do="restore", data_article=article.id)
        return Changed(sitting, self._articles(sitting, notice))

    def _restore(self, sitting: Sitting, sent: Sent, owner: str) -> Changed:
        article = self._removed.pop(str(sent.get("article", "")), None)
        if article is None:
            return Changed(sitting, self._articles(sitting, tag("p", "It can no longer be had back; add it again.")))
        self._desk.index.add([article])
        return Changed(sitting, self._articles(sitting, tag("p", "It is back.")))

    def _articles(self, sitting: Sitting, notice: Html) -> Html:
        return articles_page(self._desk.index.entries(), "", len(sitting.turns), notice=notice)

    def _history(self, sitting: Sitting, owner: str, notice: Html) -> Html:
        return history_page(self._desk.memory.conversations(owner), "", len(sitting.turns), notice=notice)


def read_filters(sent: Sent) -> Filters:
    """The limits that a page or a link sent. Raises InvalidFilter."""
    names = [name for name in str(sent.get("publisher", "")).split("\n")[:100] if name.strip()]
    return Filters(since=str(sent.get("since", "")), until=str(sent.get("until", "")), publishers=names)


def without(filters: Filters, sent: Sent) -> Filters:
    """The filters without the limit that was sent as `drop`."""
    match sent.get("drop"):
        case "publisher":
            names = tuple(name for name in filters.publishers if name != sent.get("value"))
            return replace(filters, publishers=names)
        case "since":
            return replace(filters, since=None)
        case "until":
            return replace(filters, until=None)
    return filters
