"""A question that leans on the one before it, made whole: "and Northwind?", "when was that?", "what does it cost?"."""

import re
from collections.abc import Sequence

from rag.names import Name, NameKind, find_names
from rag.words import Word, split_words

_ELLIPTIC = re.compile(r"^(?:and|but|so|also|what about|how about|and what about|and how about)\b[\s,]*", re.IGNORECASE)
_BARE = re.compile(
    r"^(?:(?:on|in|at|by|for|from|to|since)?\s*(?:what|which|how)\s+\w+|why(?: not)?|when(?: was that)?|where|who"
    r"|how(?: much| many| so)?|by whom|since when|really|says who)\s*\??$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:it|he|she|they|them|him|its|his|their|that|this|those|these|there|the (?:company|firm|deal|report|plan"
    r"|plant|car|talks))\b",
    re.IGNORECASE,
)
_SUBJECT_PRONOUN = re.compile(
    r"^((?:\w+\s+){0,4}?(?:did|does|do|has|have|had|is|are|was|were|will|would|can|could|must|should|may"
    r"|might)\s+)(?P<who>he|she|it|they)\b",
    re.IGNORECASE,
)


def complete(question: str, history: Sequence[str], said: str | None = None) -> str:
    """The question made whole with the names and subject of the last one before it; unchanged when it stands alone.

    `said` is the short answer to that one: "who won?" having been answered, "she" is who won.
    """
    if not history:
        return question
    last = standing(history)
    elliptic = _ELLIPTIC.match(question)
    rest = question[elliptic.end() :].strip(" ?.") if elliptic else ""
    if rest:
        swapped = _swap(last, rest)
        if swapped is not None:
            return swapped
    if not leans(question):
        return question
    asked = question.strip(" ?.")
    if rest and _ASKS.match(rest):
        asked = rest
        if find_names(rest) and not leans(rest):
            return f"{rest[0].upper()}{rest[1:]}?"  # "and what did B offer?" says all
    whole = _filled(asked, last, said)
    if whole is not None:
        return f"{whole}?"
    whole = _joined(asked, last, said) if _BARE.match(asked) else _reported(asked, last)
    if whole is not None:
        return f"{whole}?"
    names = find_names(last)
    whole = asked
    subject = _SUBJECT_PRONOUN.match(asked)
    if subject and names:
        named = _antecedent(last, [n for n in names if n.text not in asked], subject["who"].lower())
        if subject["who"].lower() == "it" and not _DOES.search(subject[1]):
            named = _last_thing(last) or named  # what something is or costs is asked of what was spoken of last
        whole = f"{subject[1]}{named}{asked[subject.end() :]}" if named else asked
    topic = _topic(last, whole)
    return f"{whole.rstrip(' ?.')} ({topic})?" if topic else whole


def standing(history: Sequence[str]) -> str:
    """The last question of a conversation, made whole by those before it."""
    last = history[-1]
    return last if len(history) == 1 or not leans(last) else complete(last, history[:-1])


_ASKS = re.compile(
    r"(?:(?:on|in|at|by|for|from|to|since|with)\s+)?(?:who|whom|whose|what|which|when|where|why|how|did|does|do|is|are|was"
    r"|were|has|have|had|will|would|can|could|should)\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|may|might|must)\b", re.IGNORECASE
)
_ASKED_FOR = re.compile(r"(?:who|what|which)\b", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:(?P<whose>his|its|their)|(?P<who>he|she|him|it|they|them)|(?P<her>her))\b", re.IGNORECASE
)
_PERSONAL = frozenset("he she him his her".split())


def _filled(asked: str, last: str, said: str | None) -> str | None:
    """The question with its first pronoun replaced by what the last answer was; None where that was no thing."""
    pronoun = _REFERENCE.search(asked)
    if pronoun is None or not said or not _ASKED_FOR.match(last.strip()) or not _is_thing(said):
        return None
    word = pronoun.group().lower()
    person = bool(re.match(r"who\b", last.strip(), re.IGNORECASE)) or _ASKED_PERSON.match(last.strip()) is not None
    if (word in _PERSONAL) != person and word not in {"they", "them", "their"}:
        return None
    if word == "it" and re.search(r"\bit (?:that|true)\b", asked, re.IGNORECASE):
        return None
    owns = pronoun["whose"] or (pronoun["her"] and re.match(r"\s+\w", asked[pronoun.end() :]))
    said = said if find_names(f"a {said}") or said.lower().startswith(("the ", "a ", "an ")) else f"the {said}"
    return f"{asked[: pronoun.start()]}{said}{'’s' if owns else ''}{asked[pronoun.end() :]}"


_ASKED_PERSON = re.compile(
    r"which (?:\w+ )?(?:player|striker|minister|mayor|captain|judge|lawyer|author|executive|official|scientist"
    r"|professor|politician|actor|actress|singer|man|woman|person)\b",
    re.IGNORECASE,
)


def _is_thing(said: str) -> bool:
    """Whether a short answer names something, and is no number, day or sentence."""
    words = split_words(said)
    return 0 < len(words) <= 6 and not any(word.text[0].isdigit() for word in words)


def _joined(asked: str, last: str, said: str | None) -> str | None:
    """A bare word with the last question behind it: "Why not?" after "Was A approved?" is "Why was A not approved?".

    None where the last question has no form that it can stand before.
    """
    bare = re.sub(r"\s+(?:was that|is that|not|so)$", "", asked, flags=re.IGNORECASE)
    whole = last.strip(" ?.")
    if _YES_NO.match(whole):
        if asked.lower().endswith(" not"):
            name = next(iter(find_names(whole)), None)
            end = name.span[1] if name else len(whole)
            whole = f"{whole[:end]} not{whole[end:]}"
        return f"{bare} {whole[0].lower()}{whole[1:]}"
    if not said or not _is_thing(said):
        return None
    of_what = _OBJECT_ASKED.fullmatch(whole)
    if of_what:
        return f"{bare} {of_what['verb']} {of_what['rest']} {said}"
    asks = _ASKED_BY.match(whole)
    return f"{bare} {said} {asks['rest']}" if asks else None


_OBJECT_ASKED = re.compile(
    r"(?:what|which|whom)\s+(?P<noun>\w+\s+)?(?P<verb>did|does|do|is|are|was|were|has|have|will)\s+(?P<rest>.+\s.+)",
    re.IGNORECASE,
)


def _reported(asked: str, last: str) -> str | None:
    """The question "Who reported that?" with what was asked in the place of "that"; None for one of another form."""
    if not re.fullmatch(r"(?:who|which \w+)\s+\w+\s+(?:that|this|it|so)", asked, re.IGNORECASE):
        return None
    whole = last.strip(" ?.")
    which = re.match(r"which\s+(?P<noun>\w+)\s+(?:did|does|do)\s+(?P<rest>.+)", whole, re.IGNORECASE)
    whether = re.match(r"(?:did|does|do)\s+(?P<rest>.+)", whole, re.IGNORECASE)
    told = f"{which['rest']} {which['noun']}" if which else whether["rest"] if whether else None
    return told and f"{asked.rsplit(maxsplit=1)[0]} that {told}"


_ASKED_BY = re.compile(
    r"(?:who|(?:which|what)\s+\w+)\s+(?!(?:did|does|do|is|are|was|were|has|have|will)\b)(?P<rest>\w+\s.*)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?P<noun>[a-z]{3,})\s+(?P<number>\d+|one|two|three|four|five|six)\b", re.IGNORECASE)
_DAY = re.compile(
    r"\b(?:\d{1,2}\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"(?:\s+\d{1,2}\b(?:,\s*\d{4})?)?(?:\s+\d{4})?\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_PLACED = re.compile(r"(?P<where>in|at|on|for|from|to|by|with)\s+(?P<what>.+)", re.IGNORECASE)


def _swap(last: str, rest: str) -> str | None:
    """The last question with `rest` in the place of what is of its kind there: a phase, a day, a place, a name."""
    numbered = _NUMBERED.fullmatch(rest)
    if numbered is not None:
        same = next((m for m in _NUMBERED.finditer(last) if m["noun"].lower() == numbered["noun"].lower()), None)
        if same is not None:
            return last[: same.start()] + rest + last[same.end() :]
    placed = _PLACED.fullmatch(rest)
    what = placed["what"] if placed else rest
    if _DAY.fullmatch(what):
        days = list(_DAY.finditer(last))
        if days:
            return last[: days[-1].start()] + what + last[days[-1].end() :]
        return f"{last.rstrip(' ?.')} {rest if placed else f'in {what}'}?"
    words = split_words(what)
    if len(words) > 3 or not words or not words[0].is_content or _ASKS.match(rest):  # "and when?" names nobody else
        return None
    if placed is None:
        return _swap_name(last, rest)
    old = re.search(rf"\b{placed['where']}\s+(?:the\s+)?(?:[A-Z][\w-]*\s?)+", last)
    if old is None:
        return f"{last.rstrip(' ?.')} {rest}?"
    return f"{last[: old.start()]}{rest} {last[old.end() :]}".replace(" ?", "?")


def _antecedent(last: str, names: Sequence[Name], pronoun: str) -> str | None:
    """The name that a pronoun stands for: a person for "he", else who does the thing in the last question."""
    if pronoun in {"he", "she"}:
        people = [n for n in names if n.kind is NameKind.PERSON or (n.kind is not NameKind.PLACE and len(n.stems) > 1)]
        return people[-1].text if people else None
    things = [n for n in names if n.kind is not NameKind.PERSON and not _WROTE.match(last[n.span[1] :])]
    doers = [n for n in things if _AFTER_AUXILIARY.search(last[: n.span[0]])]
    told = [n for n in things if _TOLD.search(last[: n.span[0]])]  # "does the article say that A …"
    return next((n.text for n in [*doers, *told]), None)


def _last_thing(last: str) -> str | None:
    """What the last question ends on: "the hangar" of "buy a hangar?", or a name that is no place's or person's."""
    thing = re.search(r"\b(?:an?|the)\s+((?:\w+\s+)?\w+)\s*\??$", last)
    if thing:
        return f"the {thing[1]}"
    names = [n for n in find_names(last) if n.kind not in {NameKind.PERSON, NameKind.PLACE}]
    return names[-1].text if names and last.rstrip(" ?.").endswith(names[-1].text) else None


_DOES = re.compile(r"\b(?:did|does|do|has|have|had)\s+$", re.IGNORECASE)
_WROTE = re.compile(r"['’]s (?:article|report|piece|story|blog|column|post|account)\b", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:that|whether|if)\s+(?:the\s+)?$", re.IGNORECASE)
_EXPLETIVE = re.compile(
    r"\bit (?:true|that|possible|likely|certain|clear|known|correct|right|wrong|fair|legal|safe|the case|a fact|to)\b",
    re.IGNORECASE,
)
_AFTER_AUXILIARY = re.compile(
    r"\b(?:did|does|do|has|have|had|is|are|was|were|will|would|can|could)\s+(?:the\s+)?$", re.IGNORECASE
)


def leans(question: str) -> bool:
    """Whether a question cannot be understood without the one before it."""
    words = split_words(question)
    if _BARE.match(question.strip()) or _ELLIPTIC.match(question):
        return True
    subject = _SUBJECT_PRONOUN.match(question)
    if subject is not None and not _EXPLETIVE.search(question):
        return True  # "which firms does it work with?", whoever else is named
    return bool(_PRONOUN.search(question)) and not find_names(_without_opening(question, words))


def _without_opening(question: str, words: Sequence[Word]) -> str:
    return question[words[1].start :] if len(words) > 1 else ""


def _swap_name(last: str, name: str) -> str | None:
    names = find_names(last)
    if not names or not name:
        return None
    start, end = names[0].span
    return f"{last[:start]}{name}{last[end:]}"


def _topic(last: str, whole: str) -> str:
    """The telling words of the last question that the new one lacks."""
    have = {word.stem for word in split_words(whole)}
    return " ".join(word.text for word in split_words(last) if word.is_content and word.stem not in have)
