"""From what was found to a decision: a verdict with its evidence, or a fact with its evidence, or "not on record"."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from index.types import Span
from rag.acts import is_anybody, same_act, speaks
from rag.asking import Wanted
from rag.decision import Decision, unknown
from rag.facts import decide_fact
from rag.lexicon import MODAL_VERBS
from rag.matching import Term, opposite
from rag.pool import TELLING, Found, Pool, evidence_of
from rag.quoted import asks_who_said, decide_quoted
from rag.stance import Claim, Judgement, is_denial, judge
from rag.types import Evidence, Stance, Verdict
from rag.understand import Question
from rag.words import split_words

COVERED = 0.62
"""Share of a claim's terms that a statement must speak of, context included, to bear on it."""

SUMMED = 5
"""How many statements a summary holds at most."""
ON_SUBJECT = 0.5
"""Least score of a statement that a summary takes for one on its subject."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement judged: what it does to the claim, by whom."""

    found: Found
    judgement: Judgement
    weight: float

    @property
    def evidence(self) -> Evidence:
        """As evidence."""
        j = self.judgement
        return evidence_of(self.found, j.stance, speaker=j.speaker, hedged=j.hedged, weight=self.weight)


def decide(pool: Pool) -> Decision:
    """The decision on the question of `pool`."""
    question = pool.question
    if question.mention:
        return decide_mention(pool)
    if question.is_yes_no:
        return _decide_yes_no(pool)
    if question.wanted is Wanted.SUMMARY:
        return decide_summary(pool)
    said = decide_quoted(pool) if asks_who_said(question) else None
    if said is not None:
        return said
    if question.act is not None and question.act.denies:
        if not question.act.agent and question.wanted is Wanted.NAME:
            return decide_deniers(pool)
        if question.act.agent and not _on_record(pool):
            return unknown(pool)
    return decide_fact(pool)


def _decide_yes_no(pool: Pool) -> Decision:
    question = pool.question
    if _EITHER.search(question.text):
        return decide_either(pool)
    said = judge_all(pool)
    if question.disagreement:
        return _disagreement(decide_claim(pool, said))
    if question.act is not None and (question.act.agent or question.act.denies or question.act.confirms):
        return decide_act(pool, said)
    return decide_claim(pool, said)


_EITHER = re.compile(r"\bconfirm(?:ed)? or den(?:y|ied)\b|\bden(?:y|ied) or confirm(?:ed)?\b", re.IGNORECASE)


def decide_either(pool: Pool) -> Decision:
    """Which of the two A did, for "did A confirm or deny B?"."""
    act = pool.question.act
    said = [s for s in judge_all(pool) if act is not None and _speaks(pool, act.agent, s) and s.judgement.speaker]
    if not said or said[0].judgement.stance is Stance.NEUTRAL:
        return unknown(pool)
    stance = said[0].judgement.stance
    same = [s.evidence for s in said if s.judgement.stance is stance][:2]
    return Decision(
        Verdict.ANSWERED, "denied" if stance is Stance.DENIES else "confirmed", None, _sure(said), tuple(same)
    )


def decide_deniers(pool: Pool) -> Decision:
    """Everybody on record doing so, for "who denied B?"."""
    by: dict[str, Said] = {}
    for item in judge_all(pool):
        if item.judgement.stance is Stance.DENIES and item.judgement.speaker and item.weight >= 0.5:
            by.setdefault(item.judgement.speaker, item)
    if not by:
        return unknown(pool)
    names = list(by)[:4]
    short = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return Decision(Verdict.ANSWERED, short, None, _sure(list(by.values())), tuple(by[n].evidence for n in names))


def _on_record(pool: Pool) -> bool:
    """Whether the denial that a question presumes ("why did A deny B?") is on record."""
    act = pool.question.act
    assert act is not None
    return any(
        said.judgement.stance is Stance.DENIES and said.judgement.speaker and _speaks(pool, act.agent, said)
        for said in judge_all(pool)
    )


def decide_summary(pool: Pool) -> Decision:
    """What the record holds on a subject: the best statements of each article and speaker.

    Newest first; from the first to the last where the question asks how things went.
    """
    course = pool.question.course
    said = [s for s in judge_all(pool) if s.weight >= 0.45 and not s.found.statement.is_heading]
    chosen: dict[tuple[str, str | None], Evidence] = {}
    for item in said:
        chosen.setdefault((item.found.statement.article.id, item.judgement.speaker), item.evidence)
    evidence = list(chosen.values())[:SUMMED]
    if course or not evidence:
        evidence += _on_subject(pool, {e.span for e in evidence}, SUMMED - len(evidence))
    if not evidence:
        return unknown(pool)
    evidence.sort(key=lambda e: e.span)
    undated = "9999" if course else ""  # what has no date stands last either way
    evidence.sort(key=lambda e: e.article.published or undated, reverse=not course)
    return Decision(Verdict.ANSWERED, None, None, 0.6, tuple(evidence))


def _on_subject(pool: Pool, told: Collection[Span], most: int) -> list[Evidence]:
    """Statements that speak of every name of the question, best first, at most two an article."""
    found: list[Evidence] = []
    for item in pool.found:
        statement = item.statement
        unnamed = any(t.is_name for t in item.match.missing(pool.terms))
        if item.score < ON_SUBJECT or unnamed or statement.is_heading or statement.span in told:
            continue
        if sum(1 for e in found if e.article.id == statement.article.id) < 2 and len(found) < most:
            found.append(evidence_of(item, weight=item.score))
    return found


def decide_mention(pool: Pool) -> Decision:
    """Whether the articles read speak of something: a sentence has all of it."""
    positions = range(len(pool.terms))
    for found in pool.found:
        telling = [i for i in positions if pool.terms[i].weight >= TELLING]
        if telling and all(found.match.places[i] is not None for i in telling):
            return Decision(Verdict.YES, "yes", 0.9, 0.85, (evidence_of(found, Stance.ASSERTS, weight=1.0),))
    return Decision(Verdict.NO, "no", 0.1, 0.8)


def _disagreement(decision: Decision) -> Decision:
    """From what the record holds of a claim to whether it is disagreed about."""
    if decision.verdict is Verdict.DISPUTED:
        return replace(decision, verdict=Verdict.YES, short="yes", lean=0.9)
    if decision.verdict is Verdict.UNKNOWN:
        return decision
    return replace(decision, verdict=Verdict.NO, short="no", lean=0.2)


def claim_positions(question: Question, terms: Sequence[Term]) -> frozenset[int]:
    """Which terms the claim is made of: of "did A deny B?" only B, else all."""
    act = question.act
    if act is None:
        return frozenset(range(len(terms)))
    content = {word.stem for word in split_words(act.content)}
    inside = frozenset(
        i
        for i, t in enumerate(terms)
        if t.stem in content or (t.quantity is not None and t.lower in act.content.lower())
    )
    return frozenset(i for i in inside if terms[i].weight >= 0.2) if act.denies or act.confirms else inside


def judge_all(pool: Pool, positions: frozenset[int] | None = None) -> list[Said]:
    """Every statement that bears on the claim, judged; strongest first, one a speaker and article and stance.

    `positions` are the terms the claim is made of; None takes them from the question.
    """
    positions = claim_positions(pool.question, pool.terms) if positions is None else positions
    claim = Claim(
        positions,
        tuple(pool.terms[i] for i in positions if pool.terms[i].quantity is not None),
        pool.question.negated,
        bool({w.lower for w in split_words(pool.question.claim or "")} & MODAL_VERBS),
    )
    best: dict[tuple[str, str | None, Stance], Said] = {}
    for found in pool.found:
        for judgement in judge(found.statement, found.match, claim, pool.terms, pool.vocabulary):
            weight = judgement.weight * bearing(pool, found, positions, judgement)
            key = (found.statement.article.id, judgement.speaker, judgement.stance)
            if weight > 0.2 and (key not in best or weight > best[key].weight):
                best[key] = Said(found, judgement, weight)
    return sorted(best.values(), key=lambda s: (-s.weight, s.found.statement.article.id, s.found.statement.span))


def bearing(pool: Pool, found: Found, positions: Iterable[int], judgement: Judgement) -> float:
    """How far a statement is about the claim, 0..1: its names and amounts, and nearly all other terms, are there."""
    chosen = list(positions)
    if judgement.act != "deny" and judgement.stance is Stance.DENIES:  # "sales fell" speaks of whether they rose
        chosen = [i for i in chosen if not _told_by_opposite(pool.terms[i], found)]
    if judgement.act == "deny":
        found = _as_denial(pool, found, chosen)
    if not any(pool.terms[i].weight >= TELLING for i in chosen):
        return 0.8 if judgement.act == "deny" else 0.0  # "did A deny the claim?": whatever A denied
    coverage = pool.coverage(found, chosen)
    missing = pool.missing(found, chosen)
    wrong_amount = judgement.stance is Stance.DENIES and judgement.weight < 1.0 and not judgement.act
    if wrong_amount:
        coverage = pool.coverage(found, [i for i in chosen if pool.terms[i].quantity is None])
    hard = [t for t in missing if t.is_name or (t.quantity is not None and not wrong_amount)]
    soft = [t for t in missing if t not in hard and t.quantity is None]
    telling = [i for i in chosen if pool.terms[i].weight >= TELLING]
    slack = 0.1 if judgement.act == "deny" else 0.0
    if any(t.is_verb for t in soft) and judgement.act != "deny":
        return 0.0  # an article on A and B does not say that A bought B
    if hard or len(soft) > len(telling) // 4 or coverage < COVERED - slack:
        return 0.0
    if judgement.act == "deny":
        return 0.6 + 0.4 * coverage
    counted = [
        i for i in chosen if not pool.terms[i].is_name and not (wrong_amount and pool.terms[i].quantity is not None)
    ]
    direct = pool.direct(found, counted)
    return coverage * (0.4 + 0.6 * direct)


def _told_by_opposite(term: Term, found: Found) -> bool:
    return any(opposite(term.stem, word.stem) for word in found.match.opposed)


def _as_denial(pool: Pool, found: Found, positions: Sequence[int]) -> Found:
    """The statement matched as a denial: it denies one thing, said in itself or in one sentence before it."""
    here = [1.0 if place is not None else 0.0 for place in found.match.places]
    before = found.statement.before
    options = [
        found.match.contexts[0],
        *(c for c, s in zip(found.match.contexts[1:], before, strict=True) if not is_denial(s.text)),
    ]
    best: tuple[float, ...] = tuple(here)
    for context in options:
        joined = tuple(max(h, 0.8 * c) for h, c in zip(here, context, strict=True))
        if sum(pool.terms[i].weight * joined[i] for i in positions) > sum(
            pool.terms[i].weight * best[i] for i in positions
        ):
            best = joined
    return replace(found, match=replace(found.match, strengths=best))


def decide_act(pool: Pool, said: Sequence[Said]) -> Decision:
    """Whether A is on record as doing what "did A deny (confirm, say) B?" asks."""
    question, act = pool.question, pool.question.act
    assert act is not None
    by_agent = [s for s in said if _speaks(pool, act.agent, s)]
    if not act.agent:
        by_agent = [s for s in said if s.judgement.speaker]
    if act.denies or act.confirms:
        wanted, other = (Stance.DENIES, Stance.ASSERTS) if act.denies else (Stance.ASSERTS, Stance.DENIES)
        if act.denies and not act.agent:
            by_agent = list(said)
        does = [s for s in by_agent if s.judgement.stance is wanted and _acts_so(s, act.verb, denies=act.denies)]
        opposite = [s for s in by_agent if s.judgement.stance is other]
    else:
        does = [
            s for s in by_agent if s.judgement.stance is Stance.ASSERTS and same_act(s.judgement.act or "say", act.verb)
        ]
        opposite = [s for s in by_agent if s.judgement.stance is Stance.DENIES]
    rest = [s.evidence for s in said if s not in does and s not in opposite and s.weight >= 0.45]
    if does and does[0].weight >= (opposite[0].weight * 0.8 if opposite else 0.0):
        return Decision(
            Verdict.YES, "yes", _lean(does, opposite), _sure(does), tuple(s.evidence for s in does[:3]), tuple(rest)
        )
    if opposite:
        return Decision(
            Verdict.NO,
            "no",
            _lean(does, opposite),
            _sure(opposite),
            tuple(s.evidence for s in opposite[:3]),
            tuple(rest),
        )
    if question.asks_report:
        return Decision(Verdict.NO, "no", 0.1, 0.6, (), tuple(rest))
    if not (act.denies or act.confirms):
        # nobody is on record saying so, but it may stand as fact: "did the firm announce a plant?"
        return decide_claim(pool, judge_all(pool, frozenset(range(len(pool.terms)))), threshold=0.55)
    return unknown(pool, rest)


def _speaks(pool: Pool, agent: str, said: Said) -> bool:
    speaker = said.judgement.speaker
    if speaker is None:
        return is_anybody(agent) and said.judgement.act == "deny"
    introduced = pool.introductions.get(speaker.split()[-1], "")
    return speaks(agent, speaker, pool.vocabulary, f"{said.judgement.subject} {introduced}")


def _acts_so(said: Said, verb: str, *, denies: bool) -> bool:
    return (
        denies
        or same_act(said.judgement.act or "say", verb)
        or said.judgement.act in {"say", "announce", "state", "tell"}
    )


def decide_claim(pool: Pool, said: Sequence[Said], threshold: float = 0.45) -> Decision:
    """What the record holds for and against P, of "is it so that P?"."""
    said = newest_word(said)
    pro = [s for s in said if s.judgement.stance is Stance.ASSERTS and s.weight >= threshold]
    con = [s for s in said if s.judgement.stance is Stance.DENIES and s.weight >= threshold]
    lean = _lean(pro, con)
    if not pro and not con and pool.question.asks_report:
        return Decision(Verdict.NO, "no", 0.1, 0.65, (), tuple(s.evidence for s in said))
    if not pro and not con:
        return unknown(pool, [s.evidence for s in said])
    rest = tuple(s.evidence for s in said if s not in pro and s not in con and s.weight >= 0.35)
    if pro and con and _disagree(pro, con):
        return Decision(Verdict.DISPUTED, None, lean, min(_sure(pro), _sure(con)), _sides(pro, con), rest)
    if (pro[0].weight if pro else 0.0) >= (con[0].weight if con else 0.0):
        return Decision(Verdict.YES, "yes", lean, _sure(pro), _spread(pro), (*(s.evidence for s in con), *rest))
    return Decision(Verdict.NO, "no", lean, _sure(con), _spread(con), (*(s.evidence for s in pro), *rest))


def newest_word(said: Sequence[Said]) -> list[Said]:
    """Without what a speaker later took back: who denied on the 4th and admitted on the 19th has admitted."""
    latest: dict[str, str] = {}
    for item in said:
        day = item.found.statement.article.published
        if item.judgement.speaker and day and item.weight >= 0.45:
            latest[item.judgement.speaker] = max(day, latest.get(item.judgement.speaker, ""))
    return [
        item
        for item in said
        if not (item.judgement.speaker and (day := item.found.statement.article.published))
        or day[:10] >= latest.get(item.judgement.speaker, "")[:10]
    ]


def _disagree(pro: Sequence[Said], con: Sequence[Said]) -> bool:
    """Whether different speakers or origins stand on both sides, neither of them slight."""
    voices = {(s.judgement.speaker or s.found.statement.article.id) for s in pro}
    others = {(s.judgement.speaker or s.found.statement.article.id) for s in con}
    explicit = any(s.judgement.act == "deny" and s.weight >= 0.6 for s in con) or any(
        s.judgement.act == "deny" for s in pro
    )
    close = min(pro[0].weight, con[0].weight) >= 0.75 * max(pro[0].weight, con[0].weight)
    return voices != others and (explicit or close)


def _sides(pro: Sequence[Said], con: Sequence[Said]) -> tuple[Evidence, ...]:
    return _spread(pro, 3) + _spread(con, 3)


def _spread(said: Sequence[Said], most: int = 3) -> tuple[Evidence, ...]:
    """The best statements, each of another article or speaker, plain ones before hedged ones."""
    seen: set[tuple[str, str | None]] = set()
    chosen: list[Evidence] = []
    for item in sorted(said, key=lambda s: (s.judgement.hedged, -s.weight)):
        key = (item.found.statement.article.id, item.judgement.speaker)
        if key not in seen and (not chosen or item.weight >= 0.6 * said[0].weight):
            seen.add(key)
            chosen.append(item.evidence)
    return tuple(chosen[:most])


def _lean(pro: Sequence[Said], con: Sequence[Said]) -> float:
    a, b = sum(s.weight for s in pro[:4]), sum(s.weight for s in con[:4])
    return round((a + 0.25) / (a + b + 0.5), 3)


def _sure(said: Sequence[Said]) -> float:
    return round(min(0.95, 0.35 + 0.5 * said[0].weight + 0.05 * (len(said) - 1)), 3) if said else 0.0
