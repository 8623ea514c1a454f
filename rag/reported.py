"""The clauses of a question about what outlets report: "does the P article say A, while the Q article says B?"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.types import Entry
from rag.asking import AUXILIARIES
from rag.clauses import Clause, Clauses, Relation, absent_of
from rag.lexicon import SPEECH_FORMS
from rag.outlets import ARTICLE_WORD, CREDITED, SHOWING, Outlet, outlets_in
from rag.words import content_words

_OPENS = re.compile(rf"^(?:{'|'.join(AUXILIARIES)}|between|after|before|following)\b", re.IGNORECASE)


def reported_in(question: str, entries: Sequence[Entry]) -> Clauses | None:
    """The clauses of "does the P article say A, while the Q article says B?"; None for other questions."""
    body = asked_whole = " ".join(question.split()).rstrip("?. ")
    outlets = outlets_in(body, entries) if _OPENS.match(body) else ()
    named = _with_repeats(body, outlets)
    if len(named) < 2:
        return None
    relation = relation_of(body, named[0], named[-1])
    aspect = ""
    asked = _TWO_REPORTS.match(body)
    if asked and relation is not Relation.ALL and named[1].span[1] <= asked.end("reports"):
        body, aspect = asked["reports"], _aspect_in(asked["rest"])
        named = [outlet for outlet in named if outlet.span[1] <= len(body)]
    groups = _grouped(body, named)
    clauses: list[Clause] = []
    for at, group in enumerate(groups):
        stop = groups[at + 1][0].span[0] if at + 1 < len(groups) else len(body)
        before = body[groups[at - 1][-1].span[1] if at else 0 : group[0].span[0]]
        clauses += _clauses_of(group, body[group[-1].span[1] : stop], before, relation)
    clauses = _set_apart(clauses)
    longest = max((clause.text for clause in clauses), key=len) or aspect
    if not longest:
        return None
    whole = tuple(clause if clause.text else replace(clause, text=longest) for clause in clauses)
    choice = _CHOICE.search(asked_whole)
    options = (choice["word"], choice["other"]) if choice else ()
    return Clauses(relation, whole, aspect=aspect, options=options, absent=absent_of(outlets))


def _set_apart(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses, with "A compared to B", that two of them share, told apart: A for the one and B for the other."""
    apart = list(clauses)
    for at, (left, right) in enumerate(pairwise(clauses)):
        sides = _AGAINST.split(left.text, maxsplit=1)
        if left.text == right.text and len(sides) == 2:
            apart[at], apart[at + 1] = replace(left, text=sides[0]), replace(right, text=sides[1])
    return apart


_RELATIONS: tuple[tuple[Relation, str], ...] = (
    (Relation.CLASH, r"inconsisten\w+|contradict\w*|disagree\w*|conflict(?:s|ed)? with|discrepanc\w+"),
    (Relation.SAME, r"no change|remain(?:s|ed)? the same|identical(?:ly)?|unchanged"),
    (Relation.AGREE, r"consisten\w+|agree(?:s|d|ment)?|align(?:s|ed)?|in line with|similar(?:ly)?"),
    (
        Relation.CHANGE,
        r"(?:a|any) (?:change|shift|difference) in|chang(?:e|ed) (?:its|their|his|her)"
        r"|differ(?:s|ed|ent|ently)?\b.{0,90}\b(?:compared|than|from)|articles differ",
    ),
)
_CHOICE = re.compile(r"\b(?P<word>consistent|agree) or (?P<other>(?:in|dis)(?P=word))\b", re.IGNORECASE)
_RELATING = re.compile(
    r"\b(?:(?:in|with) an? )?"
    r"(?:(?:a )?(?:(?:in)?consisten\w+|discrepanc\w+|differen(?:t|tly|ce)|changed?|similar(?:ly)?)|contradicts?"
    r"|disagrees?|agrees?|aligne?d?|differs?|identical(?:ly)?|unchanged|remain(?:s|ed)? the same"
    r"|compared (?=to|with))\b(?: (?:capacity|way|manner|light)\b)?",
    re.IGNORECASE,
)
"""The words that relate, which are no part of what is related."""
_AGAINST = re.compile(r",? \b(?:compared (?:to|with)|(?:different(?:ly)? )?(?:than|from)|to how)\b ")
_MORE = r"higher|larger|more|greater|bigger|longer"
_LESS = r"lower|smaller|fewer|less|shorter"


def relation_of(body: str, first: Outlet, last: Outlet) -> Relation:
    """How a question of yes and no relates what its outlets say."""
    between = body[first.span[1] : last.span[0]]
    told = next((r for r, words in _RELATIONS if re.search(rf"\b(?:{words})\b", body, re.IGNORECASE)), Relation.ALL)
    if told is not Relation.ALL:
        return told
    order = re.search(r"\b(before|after)\b", between)
    if order and not re.match(r"between|after|before|following", body, re.IGNORECASE):
        return Relation.BEFORE if order[1] == "before" else Relation.AFTER
    amounts = re.search(rf"\b(?:(?P<more>{_MORE})|(?:{_LESS}))\b.*\bthan\b", between)
    return (Relation.MORE if amounts["more"] else Relation.LESS) if amounts else Relation.ALL


_TWO_REPORTS = re.compile(
    r"^(?P<reports>(?:between|after|before|following)\b.*), (?:was|is|were|are|did|does|do|has|have)\b(?P<rest>.+)$",
    re.IGNORECASE,
)
"""Two reports named first, and what is asked of them behind."""
_ASPECT = re.compile(r"\b(?:in|regarding|concerning|about|on) (?:the )?(?P<what>[^,]+?)(?:,| as reported|$)")


def _aspect_in(rest: str) -> str:
    match = _ASPECT.search(rest)
    return match["what"] if match else ""


_REPEATS = re.compile(
    r"\b(?:the )?same (?:source|outlet|publication|paper|site)(?:[’']s)?\b"
    r"|\b(?:the )?(?:one|other|former|latter)\b(?= (?:on|from|published|about|\w+ing)\b)"
    rf"|\b(?:its (?:earlier|previous|later)|the (?:subsequent|second|later|other)) {ARTICLE_WORD}\b",
    re.IGNORECASE,
)


def _with_repeats(body: str, outlets: Sequence[Outlet]) -> list[Outlet]:
    """The outlets, with those that "the same source" and "the one on 3 May" stand for."""
    found = list(outlets)
    for match in _REPEATS.finditer(body):
        earlier = [outlet for outlet in outlets if outlet.span[1] <= match.start()]
        names_it = any(match.end() <= outlet.span[0] <= match.end() + 12 for outlet in outlets)
        if earlier and not names_it:
            found.append(replace(earlier[-1], span=match.span()))
    return sorted(found, key=lambda outlet: outlet.span)


_JOINED = re.compile(
    r"^[’'”\"]?(?:,| and|, and| or)? ?(?:the |in |both )?(?:second |another )?[‘'\"“]?$", re.IGNORECASE
)


def _grouped(body: str, outlets: Sequence[Outlet]) -> list[list[Outlet]]:
    """Outlets named in one breath ("the P and Q articles") together."""
    groups = [[outlets[0]]]
    for left, right in pairwise(outlets):
        if _JOINED.match(body[left.span[1] : right.span[0]]):
            groups[-1].append(right)
        else:
            groups.append([right])
    return groups


_DAY = (
    r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2},? \d{4}|\d{4}-\d\d-\d\d"
    r"|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{4})"
)
_DATED = re.compile(
    rf",? ?(?:\b(?:that was )?(?:published|dated|posted)\b )?\b(?P<when>on|after|before|since|from) (?P<day>{_DAY}),?"
)
_TAIL = re.compile(
    r"(?:[,;]? ?\b(?:while|and|than|as|or|but|whereas|compared|contrast|from|with|in|between|the|an?|another|both|did"
    r"|does|do|has|have|reported|noted|presented|discussed|suggested|described|mentioned|according|to|by|after|before"
    rf"|how|subsequent|is|was|on|also|second|other|{ARTICLE_WORD})\b|[,;‘'\"“’”\s])+$",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"^(?:(?:{'|'.join(AUXILIARIES)}|between|after|before|there|while|and)\b ?|, )+", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:(?:that|which) )?(?:on|about|of|regarding|concerning|covering|discussing|detailing|describing|mentioning"
    r"|linking|discusses|covers|describes|reported(?: on)?|highlighted|(?:dis)?agrees?(?: on)?"
    r"|differ on|contradict)\b(?: the)? ",
    re.IGNORECASE,
)
_STATED = re.compile(r"^(?:on |about )?(?:that|whether|if) ", re.IGNORECASE)
"""What opens a statement, not only a subject, behind "agree" and the like."""
_BESIDES = re.compile(r",? without (?:mention|discuss|describ|cit|refer|specify)\w*\b.*$", re.IGNORECASE)


def own_words(text: str) -> str:
    """A stretch behind or before an outlet without what binds it to the rest of the question."""
    bare = re.sub(rf"^(?:[’']s\b)?[’'”\" ]*(?:(?:\w+ )?{ARTICLE_WORD}\b)?(?:[’']s\b)?", "", text.strip())
    return _TAIL.sub("", _LEADING.sub("", bare.strip())).strip(" ,;'’")


_CREDITS = re.compile(rf"\b{CREDITED} (?:by|in|on) [‘'\"“]?(?:the )?[‘'\"“]?$", re.IGNORECASE)
_GOES_ON = re.compile(r"^(?:regarding|about|on|of|that|concerning|for|to)\b", re.IGNORECASE)


def _clauses_of(group: Sequence[Outlet], behind: str, before: str, relation: Relation) -> list[Clause]:
    dated = _DATED.search(behind)
    since = dated["day"] if dated and dated["when"] != "before" else None
    until = dated["day"] if dated and dated["when"] in {"on", "before", "from"} else None
    told, ahead = (_told(own_words(_DATED.sub(" ", words)), relation) for words in (behind, before))
    credited = _CREDITS.search(before) and not _GOES_ON.match(behind.strip("’'”\" "))
    text, is_subject = ahead if content_words(ahead[0]) and (credited or not content_words(told[0])) else told
    texts = _shared_out(text, len(group))
    return [
        Clause(text if content_words(text) else "", tuple(dict.fromkeys(outlet.publishers)), since, until, is_subject)
        for outlet, text in zip(group, texts, strict=True)
    ]


def _told(words: str, relation: Relation) -> tuple[str, bool]:
    """What is told of the articles, without how it is related, and whether that is only a subject."""
    if relation is Relation.ALL:
        text, is_subject = _said(words)
    else:
        text = words if _AGAINST.search(words) else own_words(_RELATING.sub("", words))
        is_subject = not _STATED.match(text)
    return _STATED.sub("", _BESIDES.sub("", _ABOUT.sub("", text))), is_subject


def _shared_out(text: str, outlets: int) -> list[str]:
    """The words of each of several outlets, of "A and B, respectively"; all of them for each where nothing says so."""
    bare = re.sub(r",? respectively\b.*$", "", text)
    parts = re.split(r",? and ", bare)
    if bare == text or len(parts) != outlets:
        return [bare] * outlets
    return parts


_SAYING = "|".join(sorted(form for form in {*SPEECH_FORMS, *SHOWING} if not form.endswith("ing")))
_VERB = re.compile(rf"\b(?P<verb>{_SAYING})\b(?:\s+(?:on|that|the idea that|whether|if)\b)?\s*", re.IGNORECASE)
_OF_A_SUBJECT = re.compile(
    r"^(?:focus|discuss|cover|mention|highlight|describ|depict|portray|attribut|identif|recogni|rais|present|voic|prais)",
    re.IGNORECASE,
)


def _said(text: str) -> tuple[str, bool]:
    """What an article is asked to say, of "on A suggest that B"; whether that is only a subject ("discuss A")."""
    for verb in _VERB.finditer(text):
        relative = re.search(r"\b(?:that|which|who)\s+$", text[: verb.start()])
        if not relative and content_words(text[verb.end() :]):
            return text[verb.end() :], bool(_OF_A_SUBJECT.match(verb["verb"]))
    return text, False
