"""Whether two verbs of speech do the same thing, and whether somebody asked about is the one who speaks."""

import re

from rag.statements import Vocabulary
from rag.words import split_words

_ACT_CLASSES = (
    frozenset(["deny", "reject", "dismiss", "refute", "rebut", "dispute"]),
    frozenset(["confirm", "acknowledge", "admit"]),
    frozenset(
        """say state tell add note call describe emphasize emphasise stress insist explain claim announce declare
        respond reply comment argue label maintain reiterate write remark dub quip lament proclaim concede
        """.split()
    ),
    frozenset(["report", "claim", "suggest", "say", "reveal", "announce", "allege", "write"]),
    frozenset(["announce", "reveal", "declare", "say", "pledge", "promise", "vow"]),
    frozenset(["predict", "estimate", "suggest", "believe", "say", "argue"]),
    frozenset(["warn", "urge", "voice", "criticise", "criticize", "condemn"]),
)


def same_act(a: str, b: str) -> bool:
    """Whether two speech verbs do the same kind of thing: report, deny, confirm, announce, warn."""
    return a == b or any(a in verbs and b in verbs for verbs in _ACT_CLASSES)


_ANYBODY = frozenset("anyone anybody somebody someone both companies they he she it either side sides".split())


def is_anybody(agent: str) -> bool:
    """Whether an agent is named by no more than "both companies" or "anyone": "anyone at Ford" names Ford."""
    words = split_words(agent)
    return any(w.lower in _ANYBODY for w in words) and not any(w.capitalised for w in words[1:])


def speaks(agent: str, speaker: str | None, vocabulary: Vocabulary, subject: str = "") -> bool:
    """Whether `agent` of a question is the `speaker` of a statement, named in the phrase `subject`.

    A body speaks through whoever is introduced as its own ("the chair of Brightwater, Marta Dunmore"), and a person
    may be asked for by office; but the firm's word is not that of an officer nobody quotes.
    """
    if not agent or speaker is None:
        return not agent
    asked = {w.stem for w in split_words(agent) if w.is_content}
    said = {w.stem for w in split_words(f"{speaker} {subject}") if w.is_content}
    if not asked or is_anybody(agent):
        return True
    named = [w.stem for w in split_words(agent) if w.is_content]
    if len(named) == 2 and {w.stem for w in split_words(speaker)} == {named[-1]}:
        return True  # who is named in full once is called by the surname after that
    left = {s for s in asked - said if not vocabulary.initials.get(s, frozenset()) & said}
    if _OWNED.search(subject) and asked & said:
        left -= vocabulary.names  # "his agent, Paolo Renzi" is the agent of somebody named before
    return not left or (left < asked and left <= _BODY_STEMS)


_OWNED = re.compile(r"\b(?:his|her|its|their)\b", re.IGNORECASE)
_BODY_STEMS = frozenset(
    w.stem
    for w in split_words("company inc corp motor motors group co ltd firm corporation government the ministry bank")
)
