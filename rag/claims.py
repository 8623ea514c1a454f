"""Turns a yes/no question into the statement it puts, and finds the act of speech it asks about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.asking import AUXILIARIES
from rag.attribution import OFFERED
from rag.lexicon import CONFIRMING_VERBS, DENIAL_VERBS, SPEECH_FORMS
from rag.subjects import subject_end
from rag.words import Word, content_words

_REPORT_NOUNS = frozenset(
    """report reports claim claims allegation allegations rumour rumours rumor rumors story stories accusation
    accusations charge charges idea ideas suggestion suggestions speculation it this that them assertion
    assertions news""".split()
)
_FULL = {"won't": "will not", "can't": "cannot"}


@dataclass(frozen=True, slots=True)
class Act:
    """Something said: `verb` is its base form, `agent` who is asked about ("" for "who …?"), `content` about what."""

    verb: str
    agent: str
    content: str

    @property
    def denies(self) -> bool:
        """Whether it is a denial."""
        return self.verb in DENIAL_VERBS

    @property
    def confirms(self) -> bool:
        """Whether it is a confirmation."""
        return self.verb in CONFIRMING_VERBS


_NOT_SPOKEN = frozenset(
    "agree voice expect think believe pledge promise vow demand urge apologise apologize complain recall label".split()
)
"""Verbs of speech that in a yes/no question ask whether something happened, not what was said."""


_HEARER = re.compile(r"^to\s+(?:(?:the|its|his|her|their)\s+)?[\w’'-]+\s+(?=that\b|\w+ing\b)")
"""In "denied to reporters that …", whom it was said to."""
_ADMITTED = re.compile(r"^to\s+(?!be\b|have\b)")
_NOT_AGENTS = frozenset(
    """who whom what how when why ever publicly really actually has not officially which where also been
    and so but""".split()
)
_NOUN_STARTS = frozenset("the a an this that any of to its their".split())


def speech_act(words: Sequence[Word], body: str, *, yes_no: bool) -> Act | None:
    """The act of speech that a question is about, None when it is about the world."""
    for i, word in enumerate(words[:14]):
        form = SPEECH_FORMS.get(word.lower)
        if form is None or i == 0 or (yes_no and form[0] in _NOT_SPOKEN) or words[i - 1].lower in _NOUN_STARTS:
            continue
        if _is_noun_here(words, i) or (yes_no and not _fits(words[0].lower, word.lower, form)):
            continue
        before = [w for w in words[:i] if w.lower not in _NOT_AGENTS.union(AUXILIARIES)]
        content = _HEARER.sub("", body[word.end :].strip(" ?.!"))
        if form[0] in CONFIRMING_VERBS:  # "admitted to earlier talks"
            content = _ADMITTED.sub("", content)
        if form[0] == "reject" and (OFFERED.match(content) or OFFERED.search(body, 0, word.start)):
            continue
        by = re.search(r"\bby\s+(.+)$", content)
        passive = yes_no and words[0].lower in {"is", "are", "was", "were", "has", "have"} and word.lower.endswith("ed")
        if (passive and words[0].lower not in {"has", "have"}) or (passive and "been" in {w.lower for w in words[:i]}):
            agent, _, that = by[1].strip().partition(" that ") if by else ("", "", "")
            denied = body[words[0].end : word.start].replace(" been", "").strip()
            return Act(form[0], agent, f"that {that}" if that and denied == "it" else denied)
        if not before and words[0].lower not in {"who", "which", "what"}:
            continue
        agent = body[before[0].start : before[-1].end] if before else ""
        agent = re.sub(
            r"\s+(?:at first|initially|first|later|personally|again|then|flatly|directly|specifically|openly)$",
            "",
            agent,
            flags=re.IGNORECASE,
        )
        if not yes_no and words[0].lower in {"who", "which"}:
            agent = ""
        if len(content_words(agent)) > 6:
            continue
        return _about_truth(Act(form[0], agent, content)) if yes_no else Act(form[0], agent, content)
    return None if yes_no else _nominal_act(words, body)


_BE, _HAVE = frozenset("is are was were".split()), frozenset("has have had".split())


def _fits(auxiliary: str, verb: str, form: tuple[str, str]) -> bool:
    """Whether a form of a verb of speech can go with the auxiliary that a question opens with: no "is … report"."""
    base, past = form
    if auxiliary in _BE:
        return verb == past or verb not in {base, f"{base}s"}
    return auxiliary not in _HAVE or verb == past or verb != base


_ALSO_NOUNS = frozenset(
    "report reports claim claims call calls comment comments note state label review estimate".split()
)
_FALSE = re.compile(
    r"(?:\b(?:was|is|are|were|to be)\s+)?\b(?:completely\s+)?"
    r"(?:false|untrue|not true|baseless|wrong|incorrect|a lie|fabricated|made up)\b|\bno truth (?:to|in)\b",
    re.IGNORECASE,
)
_TRUE = re.compile(r"\b(?:was|is|are|were|to be)\s+(?:true|correct|accurate|right)\b", re.IGNORECASE)


def _is_noun_here(words: Sequence[Word], i: int) -> bool:
    """Whether a form that is a noun too stands as one, with a verb of speech behind it ("was the report denied")."""
    return words[i].lower in _ALSO_NOUNS and any(
        w.lower in SPEECH_FORMS and w.lower.endswith(("ed", "ing")) for w in words[i + 1 : i + 4]
    )


def _about_truth(act: Act) -> Act:
    """To say that something is false is to deny it, and to say that it is true to confirm it."""
    if act.denies or act.confirms:
        return act
    for pattern, verb in ((_FALSE, "deny"), (_TRUE, "confirm")):
        if pattern.search(act.content):
            content = re.sub(
                r"^(?:that|there (?:was|is))\s+", "", pattern.sub("", act.content).strip(), flags=re.IGNORECASE
            )
            return Act(verb, act.agent, " ".join(content.split()))
    return act


_NOUN_ACTS = {"denial": "deny", "denials": "deny", "confirmation": "confirm", "announcement": "announce"}


def _nominal_act(words: Sequence[Word], body: str) -> Act | None:
    """An act of speech that stands as a noun: "how did A word its denial of B?"."""
    for i, word in enumerate(words):
        verb = _NOUN_ACTS.get(word.lower)
        names = [
            w
            for w in words[:i]
            if w.capitalised and w.lower not in {"how", "what", "when", "where", "why", "who", "which"}
        ]
        if verb and names:
            return Act(verb, body[names[0].start : names[-1].end], body[word.end :].strip(" ?."))
    return None


def claim_of(body: str, words: Sequence[Word], act: Act | None) -> str:
    """The statement that a yes/no question puts; for a denial or a confirmation, the statement denied or confirmed."""
    if act is not None and (act.denies or act.confirms) and act.content:
        return _content_claim(act)
    question = body.strip(" ?.!")
    if len(words) < 2 or words[0].lower not in AUXILIARIES:
        return question[:1].upper() + question[1:]
    auxiliary, rest = _in_full(words[0]), question[words[0].end :].strip()
    if auxiliary == "do":
        return _capital(rest)
    if rest.lower().startswith("there "):
        return _capital(f"there {auxiliary} {rest[6:]}")
    subject = words[subject_end(words[1:], words[0].lower)].end
    beside = re.match(r",[^,]+,", question[subject:])  # "the two firms, A and B, …"
    subject += beside.end() if beside else 0
    return _capital(f"{question[words[1].start : subject]} {auxiliary} {question[subject:].strip()}".strip())


def _in_full(auxiliary: Word) -> str:
    """The auxiliary, with its "not" as a word of its own."""
    word = auxiliary.text.lower().replace("’", "'")
    return _FULL.get(word) or (word.removesuffix("n't") + " not" if word.endswith("n't") else word)


def _content_claim(act: Act) -> str:
    content = act.content
    lower = content.lower()
    if lower.startswith("that "):
        return _capital(content[5:])
    first = content.split()[0].lower()
    nouns = {word.lower for word in content_words(content)} | {first}
    if first.endswith("ing") and act.agent and first not in {"nothing", "anything", "everything"}:
        verb = "were" if " and " in act.agent else "was"
        return _capital(f"{act.agent} had{content[6:]}" if first == "having" else f"{act.agent} {verb} {content}")
    if nouns & _REPORT_NOUNS:
        many = first == "them" or any(noun.endswith("s") for noun in nouns & _REPORT_NOUNS - {"news", "this"})
        return _capital(f"{content} {'are' if many else 'is'} true")
    return claim_of_matter(content)


def claim_of_matter(content: str) -> str:
    """The statement that there was what some words name: "There were talks between A and B"."""
    bare = re.sub(r"^(?:the|a|an|any|having|that)\s+", "", content, flags=re.IGNORECASE)
    if re.search(r"^(?:he|she|it|they|we)\b|\b(?:is|are|was|were|will|would|has|have|had)\b", bare, re.IGNORECASE):
        return _capital(bare)
    named = re.split(r" (?:about|between|by|for|from|in|of|on|over|to|with) ", bare)[0]
    plural = named.endswith("s") and not named.endswith("ss")
    article = (
        ""
        if plural or re.match(r"(?:any|no|its|their|his|her)\b", content)
        else "an "
        if bare[:1].lower() in "aeiou"
        else "a "
    )
    return f"There {'were' if plural else 'was'} {article}{bare}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
