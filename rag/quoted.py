"""Who said the words that a question quotes: "who called the plan 'a heavy blow'?"."""

import re

from rag.asking import Wanted
from rag.attribution import Attribution
from rag.decision import Decision
from rag.pool import Found, Pool, evidence_of
from rag.types import Stance, Verdict
from rag.understand import Question
from rag.words import split_words

_QUOTED = re.compile(r"[“\"‘']([^“”\"‘’']{3,120})[”\"’'](?!\w)")


def quoted_phrases(text: str) -> tuple[str, ...]:
    """The words that a question holds between quotation marks, in order."""
    return tuple(match[1].strip(" ,.?!") for match in _QUOTED.finditer(text))


def asks_who_said(question: Question) -> bool:
    """Whether a question wants to know whose words it quotes."""
    return question.act is not None and question.wanted is Wanted.NAME and bool(quoted_phrases(question.text))


def decide_quoted(pool: Pool) -> Decision | None:
    """The speaker of the words that the question quotes; None when no statement found has them in a speaker's mouth."""
    phrases = [_plain(phrase) for phrase in quoted_phrases(pool.question.text)]
    for found in pool.found:
        text = found.statement.text
        if not all(phrase in _plain(text) for phrase in phrases):
            continue
        said = _who_said(pool, found, phrases[0])
        if said is not None:
            evidence = evidence_of(found, Stance.NEUTRAL, speaker=said.speaker, weight=1.0)
            return Decision(Verdict.ANSWERED, said.speaker, None, 0.85, (evidence,))
    return None


def _who_said(pool: Pool, found: Found, phrase: str) -> Attribution | None:
    """The act of speech in whose words the phrase stands, else the only one of the statement."""
    acts = pool.said_in(found)
    text = found.statement.text
    inside = [act for act in acts if phrase in _plain(text[slice(*act.complement)])]
    return inside[-1] if inside else acts[0] if len(acts) == 1 else None


def _plain(text: str) -> str:
    return " ".join(word.lower for word in split_words(text))
