"""The words of a statement that answer a question: candidates for the short answer, best first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.types import Span
from rag.asking import Kind, Wanted
from rag.attribution import attributions, inner_quotes
from rag.lexicon import DENIAL_VERBS, FUNCTION_WORDS, SPEECH_FORMS
from rag.matching import RELATED, SYNONYM, Match, Term, similarity
from rag.names import Name, NameKind, modifies
from rag.quantities import ANY_UNIT, Measure, Quantity, same_value
from rag.statements import Statement, Vocabulary
from rag.understand import Question
from rag.words import Word, split_words


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words at `span` of a statement that could be the short answer; `fit` (0..1) says how well they suit."""

    text: str
    span: Span
    fit: float


_REASON = re.compile(
    r"\b(?:because of|blam(?:ed|es|ing)(?: it)?(?: on)?|because|due to|owing to|thanks to|stems? from"
    r"|stemming from|driven by|prompted by|sparked by|caused by|as a result of|in order to|so that"
    r"|the reason(?: is)?|amid|over (?:concerns?|fears?|worries)|after|since|inspired by|citing|by|to (?=(?:help"
    r"|avoid|reduce|save|boost|cut|compete|gain|protect|prevent|accelerate|speed|enter|expand|raise|lower|meet"
    r"|improve|increase|diversify|capitalize|thread)\b)|as)\s+",
    re.IGNORECASE,
)
_STRONG_REASON = re.compile(
    r"\b(?:blam\w+|because|due to|owing to|thanks to|stems? from|stemming from|driven by|prompted by|caused by"
    r"|as a result|in order to|reason|inspired by|citing|so that)\b",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|from|near|across|outside|inside|to|of)\s+(?:the\s+)?(?:\w+\s+)?$", re.IGNORECASE
)
_CLAUSE_END = re.compile(
    r"[;:—–()]|, (?:and|but|while|which|who|although|though|as|where|with|including|citing|despite|after|before)\b"
    r"|\.(?=\s|$)| (?:while|but|although|whereas) "
)
_LIST_JOIN = re.compile(r"^(?:,\s*(?:and\s+)?|\s+and\s+|\s+or\s+|,\s*or\s+)$")


def candidates(
    statement: Statement, match: Match, question: Question, terms: Sequence[Term], vocabulary: Vocabulary
) -> list[Candidate]:
    """What in `statement` could answer `question`, best first; empty when nothing of the kind wanted stands in it."""
    met = [(p, term) for p, term in zip(match.places, terms, strict=True) if p is not None]
    places = (
        [p for p, term in met if not term.is_name and term.weight >= 0.38]
        or [p for p, term in met if not term.is_name]
        or [p for p, _ in met]
    )
    if (
        question.act is not None
        and question.act.agent
        and question.wanted is Wanted.TEXT
        and question.kind is Kind.WHAT
    ):
        found = list(_spoken(statement, question, terms, vocabulary))
        if found:
            return _best_first(found)
    if question.act is not None and question.wanted in (Wanted.NAME, Wanted.WORDS):
        found = list(_spoken(statement, question, terms, vocabulary))
        if (
            found
            or question.wanted is Wanted.WORDS
            or question.act.denies
            or _said_by_the_named(statement, question, terms, vocabulary)
        ):
            return _best_first(found)
    if question.wanted is Wanted.EXPANSION:
        return _best_first(list(_expansions(statement, terms)))
    if question.wanted is Wanted.DESCRIPTION:
        return _best_first(list(_descriptions(statement, terms, vocabulary)))
    if question.wanted is Wanted.QUANTITY:
        found = list(_quantities(statement, question, terms, places))
    elif question.wanted is Wanted.DATE:
        found = list(_dates(statement, terms, places))
    elif question.wanted in (Wanted.NAME, Wanted.PLACE):
        found = list(_names(statement, question, terms, places, vocabulary))
    elif question.wanted is Wanted.REASON:
        found = list(_reasons(statement, places))
    else:
        found = list(_stretches(statement, places, question))
    return _best_first(found)


def _best_first(found: Sequence[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda candidate: (-candidate.fit, candidate.span))


def _nearness(span: Span, places: Sequence[Word], text: str) -> float:
    """1 beside a matched word, falling with the words between; a clause break counts as six words."""
    if not places:
        return 0.3
    best = 0.0
    for place in places:
        left, right = (span[1], place.start) if span[1] <= place.start else (place.end, span[0])
        between = text[left:right]
        words = between.count(" ") + 6 * len(re.findall(r"[;—–]| (?:while|but|whereas) ", between))
        best = max(best, 1 / (1 + words / 6))
    return best


def _quantities(
    statement: Statement, question: Question, terms: Sequence[Term], places: Sequence[Word]
) -> Iterator[Candidate]:
    asked = [term.quantity for term in terms if term.quantity is not None]
    for quantity in statement.sentence.quantities:
        bare = _bare_millions(quantity) and Measure.MONEY in question.measures
        if (quantity.measure not in question.measures and not bare) or any(same_value(q, quantity) for q in asked):
            continue
        fit = 0.45 + 0.55 * _nearness(quantity.span, places, statement.text)
        if bare or (quantity.measure is Measure.DURATION and Measure.AGE in question.measures):
            fit *= 0.8
        if quantity.measure is Measure.AGE and Measure.AGE in question.measures:
            fit = max(fit, 0.85)
        if question.unit:
            unit = _unit_fit(question.unit, quantity, statement)
            if unit == 0.0 and quantity.measure is not Measure.COUNT:
                continue
            fit *= 0.35 + 0.65 * unit
        span = quantity.span
        counted = (
            re.match(r"\s?[\s-]" + re.escape(quantity.unit), statement.text[span[1] :], re.IGNORECASE)
            if quantity.unit
            else None
        )
        if quantity.measure is Measure.COUNT and not question.unit and counted:
            span = (span[0], span[1] + counted.end())  # "how much land": the number alone says nothing
        yield Candidate(statement.text[span[0] : span[1]], span, fit)


def _bare_millions(quantity: Quantity) -> bool:
    """Whether it is a sum whose currency goes without saying ("at a cost of 640 million")."""
    return (
        quantity.measure is Measure.COUNT
        and quantity.value >= 1e6
        and (not quantity.unit or quantity.unit in FUNCTION_WORDS)
    )


def _unit_fit(unit: str, quantity: Quantity, statement: Statement) -> float:
    after = [w for w in statement.words if w.start >= quantity.span[0]][:5]
    if quantity.unit in ANY_UNIT:
        return SYNONYM
    return max((similarity(unit, w.stem) for w in after if w.is_content), default=0.0)


def _dates(statement: Statement, terms: Sequence[Term], places: Sequence[Word]) -> Iterator[Candidate]:
    asked = [term.quantity for term in terms if term.quantity is not None]
    for quantity in statement.sentence.quantities:
        if quantity.measure is not Measure.DATE or any(same_value(q, quantity) for q in asked):
            continue
        known = 1.0 if quantity.value else 0.85
        yield Candidate(
            quantity.text, quantity.span, known * (0.4 + 0.6 * _nearness(quantity.span, places, statement.text))
        )


def _names(
    statement: Statement, question: Question, terms: Sequence[Term], places: Sequence[Word], vocabulary: Vocabulary
) -> Iterator[Candidate]:
    asked = {term.stem for term in terms}
    names = [
        name
        for name in vocabulary.names_in(statement.text)
        if not modifies(name, statement.text)
        and not set(name.stems) <= asked
        and not (len(name.stems) == 1 and statement.words and name.stems[0] in asked)
    ]
    # "Abt said that an employee sold it" does not make Abt the seller
    speakers = (
        {said.speaker for said in attributions(statement.sentence, statement.before, vocabulary)}
        if question.act is None
        else set()
    )
    scored = [
        (name, _name_fit(name, statement, question, places) * (0.4 if name.text in speakers else 1.0)) for name in names
    ]
    if question.plural:
        yield from _joined(scored, statement)
        yield from _strewn(scored, statement, question)
    for name, fit in scored:
        yield Candidate(name.text, name.span, fit)


def _name_fit(name: Name, statement: Statement, question: Question, places: Sequence[Word]) -> float:
    near = _nearness(name.span, places, statement.text)
    if question.wanted is Wanted.PLACE:
        kind = 1.0 if name.kind is NameKind.PLACE or _PLACE_BEFORE.search(statement.text[: name.span[0]]) else 0.3
        return kind * (0.4 + 0.6 * near)
    kind = 1.0 if name.kind in question.name_kinds else 0.35
    if name.text.isupper() and len(name.text) <= 3 and question.kind is not Kind.WHO:
        kind *= 0.5  # EV, US, AI: seldom the one asked for
    if name.kind is NameKind.PERSON and question.kind is Kind.WHO:
        kind = 1.0
    elif question.kind is Kind.WHO and name.kind in (NameKind.BODY, NameKind.OTHER):
        kind = 0.85
    subject = 1.0
    if places and question.kind in (Kind.WHO, Kind.WHICH) and not question.act:
        # "who bought X" wants what stands before the verb; "whom did X buy" what stands after
        before = name.span[1] <= min(place.start for place in places)
        inverted = any(word in question.text.lower().split()[:4] for word in ("did", "does", "do", "has", "have"))
        subject = 0.75 if before is inverted else 1.0
    return kind * subject * (0.4 + 0.6 * near)


def _expansions(statement: Statement, terms: Sequence[Term]) -> Iterator[Candidate]:
    """What an abbreviation stands for: the words before its brackets, or in the brackets after it."""
    for term in terms:
        short = re.escape(term.lower)
        before = re.search(
            rf"((?:[A-Z][\w.&’'-]*\s+(?:(?:of|and|for|the)\s+)*)+)\(\s*{short}\s*\)", statement.text, re.IGNORECASE
        )
        if before and term.lower.isalnum():
            words = before[1].split()
            initials = term.lower
            start = next(
                (
                    i
                    for i in range(len(words) - 1, -1, -1)
                    if words[i][0].lower() == initials[0] and len(words) - i >= len(initials) - 1
                ),
                0,
            )
            text = " ".join(words[start:])
            at = statement.text.find(text)
            yield Candidate(text, (at, at + len(text)), 1.0)
        after = re.search(rf"\b{short}\s*\(([^)]{{4,80}})\)", statement.text, re.IGNORECASE)
        if after:
            yield Candidate(after[1], after.span(1), 0.9)


_ROLE_BEFORE = re.compile(r"((?:[\w-]+(?:[’']s)?\s+){1,5})$")


def _descriptions(statement: Statement, terms: Sequence[Term], vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Who somebody is: the office before or after the name, or what follows "is"."""
    asked = {term.stem for term in terms}
    for name in vocabulary.names_in(statement.text):
        if not set(name.stems) & asked:
            continue
        start, end = name.span
        text = statement.text
        after = re.match(r",\s+((?:the|a|an|its|his|her|who (?:is|was)|\w+[’']s)\s+[^,.;]{3,80})[,.;]", text[end:])
        if after:
            yield Candidate(after[1], (end + after.start(1), end + after.end(1)), 1.0)
        verb = re.match(r"\s+(?:is|was|remains|became)\s+((?:the|a|an|one of)\s+[^,.;—]{3,90})", text[end:])
        if verb:
            yield Candidate(verb[1], (end + verb.start(1), end + verb.end(1)), 0.9)
        lead = text[:start]
        if text[end : end + 1] == ",":
            lead = re.sub(r",\s+$", " ", lead)  # "the museum's director, Hubert Stoll, left"
        before = _ROLE_BEFORE.search(lead)
        if before:
            role = _office(before[1])
            if role:
                at = len(lead) - len(before[1]) + before[1].rfind(role)
                yield Candidate(role, (at, at + len(role)), 0.95)


def _office(words: str) -> str:
    """The office at the end of the words before a name, with whose it is ("Northwind's co-founder")."""
    match = re.search(
        r"((?:\w[\w.-]*[’']s\s+|\b(?:the|former|current|(?-i:[A-Z])[\w.]+)\s+)*(?:[a-z]+\s+)?(?:co-founder|founder"
        r"|president|minister|chief executive|chief|ceo|chairman|chairwoman|director|secretary|"
        r"leader|spokesman|spokeswoman|spokesperson|analyst|professor|judge|mayor|governor|senator"
        r"|coach|captain|singer|actor|actress|author|lawyer|owner|manager|officer|executive))\s*$",
        words,
        re.IGNORECASE,
    )
    return match[1].strip() if match else ""


def _joined(scored: Sequence[tuple[Name, float]], statement: Statement) -> Iterator[Candidate]:
    """Names that stand in one list, as one candidate."""
    run: list[tuple[Name, float]] = []
    for item in [*scored, None]:
        if (
            item is not None
            and run
            and _LIST_JOIN.match(statement.text[run[-1][0].span[1] : item[0].span[0]].replace(".", "", 1))
        ):
            run.append(item)
            continue
        if len(run) > 1:
            span = (run[0][0].span[0], run[-1][0].span[1])
            yield Candidate(statement.text[span[0] : span[1]], span, min(1.0, max(fit for _, fit in run) + 0.2))
        run = [item] if item is not None else []


def _strewn(scored: Sequence[tuple[Name, float]], statement: Statement, question: Question) -> Iterator[Candidate]:
    """Names of the kind asked for that stand apart in one sentence ("gives A 38 per cent, B 31 and C 12"), as one."""
    names = list(dict.fromkeys(name for name, _ in scored if name.kind in question.name_kinds))
    if len(names) > 1:
        texts = [name.text for name in names]
        span = (names[0].span[0], names[-1].span[1])
        fit = 0.8 * max(fit for _, fit in scored)
        yield Candidate(f"{', '.join(texts[:-1])} and {texts[-1]}", span, fit)


def _said_by_the_named(statement: Statement, question: Question, terms: Sequence[Term], vocabulary: Vocabulary) -> bool:
    """Whether somebody the question names already does the asked act here, so that no other name is its answer."""
    act = question.act
    asked = {t.stem for t in terms}
    return act is not None and any(
        same_act(said.verb, act.verb) and {w.stem for w in split_words(said.speaker) if w.is_content} <= asked
        for said in attributions(statement.sentence, statement.before, vocabulary)
    )


def _spoken(
    statement: Statement, question: Question, terms: Sequence[Term], vocabulary: Vocabulary
) -> Iterator[Candidate]:
    act = question.act
    if act is None:
        return
    for said in attributions(statement.sentence, statement.before, vocabulary):
        alike = 1.0 if same_act(said.verb, act.verb) else 0.6
        text = statement.text
        if question.wanted is Wanted.NAME and said.verb in DENIAL_VERBS and not act.denies:
            continue  # who rejected the claim did not make it
        if question.wanted is Wanted.NAME:
            if {w.stem for w in split_words(said.speaker) if w.is_content} <= {t.stem for t in terms}:
                continue  # the question names this speaker and asks for another
            inside = [w for w in statement.words if said.complement[0] <= w.start < said.complement[1]]
            hits = sum(
                1 for t in terms if t.weight > 0.4 and any(similarity(t.stem, w.stem) >= RELATED for w in inside)
            )
            if hits or same_act(said.verb, act.verb):
                at = text.find(said.speaker)
                span = (at, at + len(said.speaker)) if at >= 0 else (0, 0)
                yield Candidate(said.speaker, span, min(1.0, alike * (0.6 + 0.2 * hits)))
        elif speaks(act.agent, said.speaker, vocabulary, said.subject):
            words = text[said.complement[0] : said.complement[1]]
            quoted = inner_quotes(words)
            # a denial is worded in what is quoted of it, whatever verb brings the quotation in
            alike = 1.0 if quoted and act.verb in _WORDED else alike
            short = quoted[0] if quoted and (act.verb in _WORDED or question.wanted is Wanted.WORDS) else words
            at = text.find(short)
            if len(short) > 2:
                yield Candidate(short, (at, at + len(short)), alike * (1.0 if quoted else 0.8))


_WORDED = frozenset(["deny", "reject", "dismiss", "call", "describe", "label", "respond", "reply", "react", "use"])

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
    """Whether an agent is named by no more than "both companies" or "anyone"."""
    return bool({w.lower for w in split_words(agent)} & _ANYBODY)


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
    return not left or (left < asked and left <= _BODY_STEMS)


_BODY_STEMS = frozenset(
    w.stem
    for w in split_words("company inc corp motor motors group co ltd firm corporation government the ministry bank")
)


def _reasons(statement: Statement, places: Sequence[Word]) -> Iterator[Candidate]:
    text = statement.text
    if (
        statement.before
        and re.match(r"(?:the )?(?:reasons?\b|why\b)", statement.before[-1].text, re.IGNORECASE)
        and len(statement.before[-1].words) <= 14
    ):
        yield Candidate(text.strip(), (0, len(text)), 0.95)  # what stands below the heading "Why …"
    for match in _REASON.finditer(text):
        end = _CLAUSE_END.search(text, match.end())
        span = (
            match.end() if not match.group().lower().startswith("to ") else match.start(),
            end.start() if end else len(text.rstrip('.”"')),
        )
        strong = _STRONG_REASON.match(match.group()) is not None
        if span[1] - span[0] < (3 if strong else 6):  # "because of fog", but not "by it"
            continue
        fit = (1.0 if strong else 0.7) * (0.6 + 0.4 * _nearness(span, places, text))
        yield Candidate(text[span[0] : span[1]].strip(" ,."), span, fit)
    if len(statement.words) >= 5:
        yield Candidate(text.strip(), (0, len(text)), 0.3)


def _stretches(statement: Statement, places: Sequence[Word], question: Question) -> Iterator[Candidate]:
    """The stretch after the last matched word up to the clause's end, else the one before the first."""
    text = statement.text
    if not places:
        return
    asked = question.stems
    last = max(places, key=lambda place: place.end)
    # places stand in the order of the question: its verb is what the answer is the object of
    alike = [(similarity(question.verb, w.stem), -w.start, w) for w in statement.words] if question.verb else []
    strength, _, verb = max(alike, key=lambda item: item[:2], default=(0.0, 0, None))
    verb = verb if strength >= SYNONYM else None
    verb = verb or next((p for p in places if p.lower in SPEECH_FORMS or p.lower.endswith(("ed", "ing"))), places[0])
    for anchor, fit in ((verb, 0.8), (last, 0.7)):
        end = _CLAUSE_END.search(text, anchor.end)
        span = (anchor.end, end.start() if end else len(text.rstrip('.”" ')))
        words = [w for w in statement.words if span[0] <= w.start < span[1] and w.is_content and w.stem not in asked]
        if words:
            short = _untail(statement, _trim(text, span), asked)
            yield Candidate(text[short[0] : short[1]], short, fit)
    first = min(places, key=lambda place: place.start)
    if question.subject_asked:
        yield from _subjects(statement, verb, asked)
    if question.identity:
        copula = next((w for w in statement.words if w.lower in _COPULAS and w.start < first.start), None)
        if copula is not None:
            yield from _subjects(statement, copula, asked)
    start = max((m.end() for m in _CLAUSE_END.finditer(text, 0, first.start)), default=0)
    words = [w for w in statement.words if start <= w.start < first.start and w.is_content and w.stem not in asked]
    if words:
        short = _trim(text, (start, first.start))
        yield Candidate(text[short[0] : short[1]], short, 0.55)
    yield Candidate(text.strip(), (0, len(text)), 0.4)


def _subjects(statement: Statement, verb: Word, asked: frozenset[str]) -> Iterator[Candidate]:
    """What stands before the verb in its clause: who or what does the thing asked about."""
    text = statement.text
    breaks = re.finditer(
        r"[;:—–()]|\.\s| (?:while|but|although|whereas) |, (?:including|especially|particularly|with) ",
        text[: verb.start],
    )
    start = max((m.end() for m in breaks), default=0)
    words = [w for w in statement.words if start <= w.start < verb.start and w.is_content and w.stem not in asked]
    if words:
        short = _trim(text, (start, verb.start))
        such = re.match(r"(?:\w+\s+){1,3}such as\s+", text[short[0] : short[1]])
        short = (short[0] + such.end(), short[1]) if such else short
        modal = re.search(
            r"\s+(?:could|would|will|may|might|can|should|has|have|had|is|are|was|were)$", text[short[0] : short[1]]
        )
        short = (short[0], short[0] + modal.start()) if modal else short
        yield Candidate(text[short[0] : short[1]], short, 0.9)


_COPULAS = frozenset(["is", "are", "was", "were", "remains", "remained", "became", "becomes"])
_LEADING = re.compile(
    r"^(?:\s|,|that\b|is\b|are\b|was\b|were\b|to be\b|be\b|been\b|by\b|as\b|of\b|in\b|on\b|from\b|with\b|about\b)+",
    re.IGNORECASE,
)


def _untail(statement: Statement, span: Span, asked: frozenset[str]) -> Span:
    """Without a closing phrase that only repeats the question ("… without triggering concerns")."""
    words = [w for w in statement.words if span[0] <= w.start < span[1]]
    kept = len(words)
    while kept > 1 and (words[kept - 1].stem in asked or not words[kept - 1].is_content):
        kept -= 1
    repeats = any(w.is_content for w in words[kept:])
    return (span[0], words[kept - 1].end) if repeats and any(w.is_content for w in words[:kept]) else span


_TRAILING = re.compile(
    r"(?:\s|,|\.|\band\b|\bthat\b|\bis\b|\bare\b|\bwas\b|\bwere\b|\bhas\b|\bhave\b|\bwill\b|\bthe\b|\ba\b|\bto\b"
    r"|\bof\b)+$",
    re.IGNORECASE,
)


def _trim(text: str, span: Span) -> Span:
    stretch = text[span[0] : span[1]]
    lead = _LEADING.match(stretch)
    start = span[0] + (lead.end() if lead else 0)
    tail = _TRAILING.search(text[start : span[1]])
    return start, start + tail.start() if tail else span[1]
