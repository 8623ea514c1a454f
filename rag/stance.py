"""What a statement does to a claim: asserts it, denies it or neither; who says so; and with what reserve."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.types import Span
from rag.attribution import SAID_THINGS, Attribution, attributions
from rag.lexicon import CONFIRMING_VERBS, DENIAL_VERBS, HEDGES, MODALS, NEGATIONS, NEGATIVE_VERBS, SPEECH_FORMS
from rag.matching import Match, Term, opposite
from rag.quantities import alike
from rag.statements import Statement, Vocabulary
from rag.turned import is_turned
from rag.types import Stance
from rag.words import Word, split_words, stem

_DENIAL_PHRASE = re.compile(
    r"\b(?:(?:not?|n['’]t) (?:(?:a|an|one|any) )?(?:\w+ of )?truth|not true|isn['’]t true|wasn['’]t true|untrue"
    r"|(?:completely|totally|entirely|categorically|patently|simply|utterly) false|is false|are false|was false"
    r"|false (?:claim|report|rumou?r|story|news)s?|baseless|unfounded|groundless|without (?:foundation|merit|basis)"
    r"|fabricat(?:ed|ion)|made[- ]up|hoax|debunk(?:ed|s)?|fake news|nonsense|ruled? out|shut the door"
    r"|no (?:such )?(?:plans?|talks?|deal|agreement|discussions?|intention|substance|basis|foundation)"
    r"|nothing of the (?:sort|kind)|no evidence|inaccurate|incorrect|a lie|(?:all|are|were|of) lies"
    r"|(?:that|this|it) (?:is|was) (?:not so|not the case|wrong|not right)|not so"
    r"|pure invention|(?:was|were|been|is|are|entirely|wholly|completely) invented)\b",
    re.IGNORECASE,
)
_DENIAL_MENTION = re.compile(
    r"\b(?:denials?|denying|denied|denies|refut\w+"
    r"|reject(?:s|ed)?(?! (?:[\w’'-]+ ){0,4}?(?:offer|bid|proposal|appeal))"
    rf"|dismiss\w*\s+(?:[\w’'-]+\s+){{0,4}}?{SAID_THINGS})\b",
    re.IGNORECASE,
)
_NOT_DENIED = re.compile(
    r"\b(?:(?:not|n['’]t|never|neither) (?:\w+ ){0,3}(?:deny|denied|denying|ruled? out|reject|dismiss)\w*|cannot deny"
    r"|no denial|undeniabl)",
    re.IGNORECASE,
)
_POINTING = re.compile(rf"\b{SAID_THINGS}\b", re.IGNORECASE)
_MATTER = 2
"""How many words of its own a denial must have to say what it denies."""
_HEDGING_VERBS = frozenset(["claim", "allege", "suggest", "believe", "predict", "estimate", "contend", "argue"])
_CLAUSE_BREAK = re.compile(r"[,;:—–()]| (?:but|while|although|though|whereas|because|which|who) ")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A stance, how surely the statement has it (0..1), whether it is hedged, and who speaks (None: the article).

    `denied` is where the sentence itself says what is denied; None where it points back, as "rejected the claim" does.
    """

    stance: Stance
    weight: float
    hedged: bool
    speaker: str | None
    act: str = ""
    subject: str = ""
    denied: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """The statement put: its terms (positions among the question's), and those of them that are amounts.

    `negated` says that it is itself a negation, `modal` that it is itself of what could or will be. `words` is the
    statement as it is put, where it is known.
    """

    positions: frozenset[int]
    amounts: tuple[Term, ...]
    negated: bool
    modal: bool
    words: str = ""


def judge(
    statement: Statement, match: Match, claim: Claim, terms: Sequence[Term], vocabulary: Vocabulary
) -> list[Judgement]:
    """The stances that a statement on the claim's subject takes, one a speaker; an empty list when it takes none."""
    said = attributions(statement.sentence, statement.before, vocabulary)
    hedged = is_hedged(statement, match)
    denials = _denials(statement, said, hedged)
    owned_up = [a for a in said if a.verb in CONFIRMING_VERBS and a.place < len(statement.text)]
    if denials and not (owned_up and owned_up[0] is said[0]):
        return [_flip(judgement) for judgement in denials] if claim.negated else denials
    undenied = _NOT_DENIED.search(statement.text)
    if undenied:
        return [_not_denied(undenied.group(), said, match)]
    if statement.text.rstrip(' ”"').endswith("?"):
        return [Judgement(Stance.NEUTRAL, 0.2, True, None)]
    places = [place for i in sorted(claim.positions) if (place := match.places[i]) is not None]
    predicate = [p for i in sorted(claim.positions) if (p := match.places[i]) is not None and not terms[i].is_name]
    denied = _negated(statement, predicate or places)
    denied ^= any(
        word not in predicate and word.stem not in _REFUSING and _opposes(word, claim, terms) for word in match.opposed
    )
    denied ^= is_turned(statement, claim.words, places)
    wrong_amount = _contradicts(statement, claim)
    asserts = not (denied or wrong_amount)
    speaker = _speaker_of(said, places)
    weight = min(1.0, match.coverage) * (0.8 if wrong_amount else 1.0)
    if not claim.modal and _possible(statement, predicate):
        return [Judgement(Stance.NEUTRAL, 0.3 * weight, True, speaker.speaker if speaker else None)]
    stance = Stance.ASSERTS if asserts is not claim.negated else Stance.DENIES
    hedged = hedged or (speaker is not None and speaker.verb in _HEDGING_VERBS)
    return [
        Judgement(
            stance,
            weight,
            hedged,
            speaker.speaker if speaker else None,
            speaker.verb if speaker else "",
            speaker.subject if speaker else "",
        )
    ]


def _not_denied(words: str, said: Sequence[Attribution], match: Match) -> Judgement:
    """Who does not deny half admits; who does not rule out says nothing."""
    who = next((act.speaker for act in said if act.verb in DENIAL_VERBS), None)
    stance = Stance.NEUTRAL if "rul" in words.lower() else Stance.ASSERTS
    return Judgement(stance, 0.5 * min(1.0, match.coverage), True, who)


def denies(text: str) -> bool:
    """Whether a text denies or negates something, by its words alone."""
    if _NOT_DENIED.search(text):
        return False
    words = {word.lower for word in split_words(text)}
    return bool(_DENIAL_PHRASE.search(text) or _DENIAL_MENTION.search(text) or words & NEGATIONS)


def is_denial(text: str) -> bool:
    """Whether a text speaks of a denial, in whatever words."""
    return bool(_DENIAL_PHRASE.search(text) or _DENIAL_MENTION.search(text))


def is_hedged(statement: Statement, match: Match) -> bool:
    """Whether the statement speaks with reserve: "reportedly", "could", "sources suggest"."""
    return any(word.lower in HEDGES for word in statement.words)


def _denials(statement: Statement, said: Sequence[Attribution], hedged: bool) -> list[Judgement]:
    text = statement.text
    if _NOT_DENIED.search(text):
        return []
    found: dict[str, Judgement] = {}
    for act in said:
        words = text[act.complement[0] : act.complement[1]]
        if act.verb in DENIAL_VERBS or (act.verb not in CONFIRMING_VERBS and _DENIAL_PHRASE.search(words)):
            denied = _matter_at(text, act.complement)
            found.setdefault(
                act.speaker, Judgement(Stance.DENIES, 1.0, False, act.speaker, "deny", act.subject, denied)
            )
    if found:
        return list(found.values())
    if _DENIAL_PHRASE.search(text):
        return [Judgement(Stance.DENIES, 0.8, False, None, "deny")]
    if _DENIAL_MENTION.search(text):
        return [Judgement(Stance.DENIES, 0.45, hedged, None, "deny")]
    return []


_CIRCUMSTANCE = re.compile(r",? (?:after|when|while|following|hours|days|weeks) (?!all\b)")


def _matter_at(text: str, denied: Span) -> Span | None:
    """Where the words denied say what of, its circumstances left out; None for "the claim", "it as false"."""
    around = _CIRCUMSTANCE.search(text, *denied)
    span = denied if around is None else (denied[0], around.start())
    words = split_words(_POINTING.sub(" ", _DENIAL_PHRASE.sub(" ", text[slice(*span)])))
    own = [word for word in words if word.is_content and word.lower not in SPEECH_FORMS]
    return span if len(own) >= _MATTER else None


def _flip(judgement: Judgement) -> Judgement:
    turned = {Stance.ASSERTS: Stance.DENIES, Stance.DENIES: Stance.ASSERTS, Stance.NEUTRAL: Stance.NEUTRAL}
    return replace(judgement, stance=turned[judgement.stance])


_NEGATIVE = frozenset(stem(verb) for verb in NEGATIVE_VERBS - {"refuse", "decline"})
_REFUSING = frozenset(stem(verb) for verb in ("refuse", "decline"))


def _opposes(word: Word, claim: Claim, terms: Sequence[Term]) -> bool:
    return any(opposite(terms[i].stem, word.stem) for i in claim.positions)


_IDLE_AFTER = {"not": frozenset(["only", "just", "merely"]), "no": frozenset("secret doubt wonder surprise".split())}
"""Words behind which a negation negates nothing: "not only", "no doubt"."""


def _negated(statement: Statement, predicate: Sequence[Word]) -> bool:
    """Whether a negation reaches a word of the predicate, within its clause and at most six words before it."""
    words = statement.words
    for word in predicate:
        at = next((i for i, w in enumerate(words) if w.start == word.start), None)
        if at is None:
            continue
        count = 0
        for i in range(at - 1, max(-1, at - 7), -1):
            between = statement.text[words[i].end : word.start]
            if _CLAUSE_BREAK.search(between):
                break
            following = words[i + 1].lower
            idle = following in _IDLE_AFTER.get(words[i].lower, _IDLE_AFTER["not"])
            refuses = words[i].stem in _REFUSING and following == "to"
            negative = words[i].stem in _NEGATIVE and words[i] not in predicate  # "did it fail?" asks of a failure
            if (words[i].lower in NEGATIONS and not idle) or negative or refuses:
                count += 1
        if count % 2:
            return True
    return False


_AHEAD = re.compile(
    r"\b(?:ha(?:ve|s|d)|needs?|yet|due|set|about|hop(?:es?|ing)|wants?|aims?) to (?:\w+ly )?$", re.IGNORECASE
)
"""What a verb follows when it names what is still to come: "members still have to vote"."""


def _possible(statement: Statement, predicate: Sequence[Word]) -> bool:
    words = statement.words
    for word in predicate:
        at = next((i for i, w in enumerate(words) if w.start == word.start), 0)
        if any(words[i].lower in MODALS for i in range(max(0, at - 6), at)):
            return True
        if _AHEAD.search(statement.text, 0, word.start) or _only_wanted(words, at, predicate):
            return True
    return bool(words) and words[0].lower == "if"


_WANTING = frozenset(
    stem(verb)
    for verb in """ask urge order tell want plan offer agree threaten try attempt seek propose promise pledge vow expect
    intend recommend request advise invite demand apply prepare consider call press""".split()
)
"""Stems of verbs behind which "to do it" says that it was wanted, not that it was done."""


def _only_wanted(words: Sequence[Word], at: int, predicate: Sequence[Word]) -> bool:
    """Whether the word at `at` is what somebody was asked, or means, "to" do; not where the claim itself is of that."""
    if at < 2 or words[at - 1].lower != "to":
        return False
    wanting = [word for word in words[max(0, at - 7) : at - 1] if word.stem in _WANTING]
    return bool(wanting) and not any(word in predicate for word in wanting)


def _contradicts(statement: Statement, claim: Claim) -> bool:
    """Whether the statement gives another amount of the same measure and unit where the claim gives one."""
    for asked in claim.amounts:
        given = [q for q in statement.sentence.quantities if asked.quantity is not None and alike(asked.quantity, q)]
        if given and not any(asked.satisfied_by(q) for q in given):
            return True
    return False


def _speaker_of(said: Sequence[Attribution], places: Sequence[Word]) -> Attribution | None:
    """The act of speech whose words hold most of the matched words; None when the article itself says them."""
    best, most = None, 0
    for act in said:
        inside = sum(1 for place in places if act.complement[0] <= place.start < act.complement[1])
        if inside > most:
            best, most = act, inside
    return best if most * 2 >= max(1, len(places)) else None
