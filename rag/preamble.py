"""A question that tells something first: "The ferry Albion sank on Monday. How many people were on board?"."""

import re

from index.sentences import sentence_spans
from rag.asking import WH
from rag.words import split_words

_YES_NO = re.compile(r"^(?:is|was|are|were|do|does|did|has|have|had|can|could|will|would|should)\b", re.IGNORECASE)


def question_first(text: str) -> str:
    """The question with what is told before it in brackets behind: it helps to find, and is not asked.

    The same text where nothing is told first, or where what is told may be what is asked ("A left B. Is it true?").
    """
    spans = sentence_spans(text)
    if len(spans) < 2:
        return text
    told, asked = text[: spans[-1][0]].strip(), text[slice(*spans[-1])].strip()
    words = {word.lower for word in split_words(asked)}
    if "?" in told or "(" in text or not asked.endswith("?") or not words & WH or _YES_NO.match(asked):
        return text
    return f"{asked.rstrip('?').rstrip()} ({told.rstrip('.')})?"
