"""Conversations to take along: plain text with citations, Markdown, and JSON.

Text of articles and models is escaped for Markdown here, so that no reader of it fetches an image or follows HTML.
"""

import re
from typing import Any

from rag.types import Answer, Citation
from ui import words
from ui.kept import asked_document
from ui.memory import Kept
from ui.plain import one_line
from ui.turns import Turn, Turns

_SIGNS = re.compile(r"([\\`*_{}\[\]()>#|~!&])")
_MARKER = re.compile(r"\\\[(\d{1,3})\\\]")
_WEB = re.compile(r"https?://[^\s<>\"'()\\]+")


def answer_text(turn: Turn) -> str:
    """A question and its answer as plain text, each citation with its quote and place."""
    answer = turn.answer
    if answer is None:
        return f"{turn.question}\n\n{turn.problem or ''}"
    return "\n".join(
        [turn.question, "", f"{words.headline(answer)}. {words.body(answer)}", "", *_notes(answer)]
    ).strip()


def _notes(answer: Answer) -> list[str]:
    return [f"[{citation.n}] “{one_line(citation.quote)}” {_place(citation)}" for citation in answer.citations]


def _place(citation: Citation) -> str:
    parts = (
        words.sentence_case(words.speaker_words(citation)),
        words.title_words(citation.article),
        words.place_words(citation.article),
    )
    address = citation.article.url if citation.article.url and _WEB.fullmatch(citation.article.url) else ""
    return f"({'; '.join(parts)}){f' {address}' if address else ''}"


def conversation_document(kept: Kept, turns: Turns) -> dict[str, Any]:
    """A conversation as JSON, each answer as the HTTP API gives it."""
    return {
        "schema": 1,
        "id": kept.id,
        "name": kept.name,
        "begun": kept.begun,
        "changed": kept.changed,
        "turns": [
            {
                "question": turn.question,
                "asked": asked_document(turn.asked),
                "answer": turn.answer.to_dict() if turn.answer else None,
                "problem": turn.problem,
                "rating": {"good": turn.rating.good, "reason": turn.rating.reason} if turn.rating else None,
            }
            for turn in turns
        ],
    }


def conversation_markdown(kept: Kept, turns: Turns) -> str:
    """A conversation as Markdown."""
    return "\n\n".join([f"# {escaped(kept.name)}", *(_turn(turn) for turn in turns)]) + "\n"


def _turn(turn: Turn) -> str:
    head = f"## {escaped(turn.question)}"
    answer = turn.answer
    if answer is None:
        return f"{head}\n\n{escaped(turn.problem or '')}"
    said = _MARKER.sub(r"[\1]", escaped(words.body(answer)))
    quotes = [
        f"{citation.n}. > {escaped(citation.quote)}\n\n   {escaped(_place(citation))}" for citation in answer.citations
    ]
    warnings = [f"Note: {escaped(warning)}" for warning in answer.warnings]
    return "\n\n".join(
        [
            head,
            f"**{escaped(words.headline(answer))}** {escaped(words.verdict_words(answer))}",
            said,
            *quotes,
            *warnings,
        ]
    )


def escaped(text: str) -> str:
    """Text on one line that Markdown shows as it stands."""
    return _SIGNS.sub(r"\\\1", one_line(text)).replace("<", "&lt;").replace("://", ":\\//")
