"""From what was found to a decision: a verdict with its evidence, or a fact with its evidence, or "not on record"."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from index.types import Span
from rag.acts import is_anybody, same_act, speaks
from rag.asking import Wanted
from rag.decision import Decision, unknown
from rag.facts import decide_fact
from rag.matching import RELATED
from rag.pool import TELLING, Pool, evidence_of
from rag.quoted import asks_who_said, decide_quoted
from rag.stance import is_denial
from rag.types import Evidence, Stance, Verdict
from rag.verdicts import Said, decide_claim, judge_all, lean_of, sure_of

SUMMED = 5
"""How many statements a summary holds at most, denials that it would leave out not counted."""
ON_SUBJECT = 0.5
"""Least score of a statement that a summary takes for one on its subject."""


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
        Verdict.ANSWERED, "denied" if stance is Stance.DENIES else "confirmed", None, sure_of(said), tuple(same)
    )


def decide_deniers(pool: Pool) -> Decision:
    """Everybody on record doing so, for "who denied B?"."""
    by: dict[str, Said] = {}
    for item in judge_all(pool):
        speaker = item.judgement.speaker
        if item.judgement.stance is Stance.DENIES and speaker and item.weight >= 0.5 and _may_be(pool, item):
            by.setdefault(speaker, item)
    if not by:
        return unknown(pool)
    names = list(by)[:4]
    short = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return Decision(Verdict.ANSWERED, short, None, sure_of(list(by.values())), tuple(by[n].evidence for n in names))


def _may_be(pool: Pool, said: Said) -> bool:
    """Whether a speaker may be who is asked for: somebody, and no firm, where it is asked "which spokesman"."""
    if not pool.question.focus.startswith("spokes"):
        return True
    return "spokes" in said.judgement.subject.lower() or pool.vocabulary.is_person(said.judgement.speaker or "")


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
    if not evidence or not _speaks_of_subject(pool, evidence):
        return unknown(pool)
    if not any(is_denial(e.quote) for e in evidence):
        evidence += _denials(pool)
    evidence.sort(key=lambda e: e.span)
    undated = "9999" if course else ""  # what has no date stands last either way
    evidence.sort(key=lambda e: e.article.published or undated, reverse=not course)
    return Decision(Verdict.ANSWERED, None, None, 0.6, tuple(evidence))


def _speaks_of_subject(pool: Pool, evidence: Sequence[Evidence]) -> bool:
    """Whether a summary speaks of anything that it is asked for beside names."""
    told = {(e.article.id, e.span) for e in evidence}
    chosen = [f for f in pool.found if (f.statement.article.id, f.statement.span) in told]
    asked = [i for i, t in enumerate(pool.terms) if t.weight >= TELLING and not t.is_name and t.quantity is None]
    return not asked or any(f.match.strengths[i] >= RELATED for f in chosen for i in asked)


def _denials(pool: Pool) -> list[Evidence]:
    """The best denials on the subject, each of another speaker, two at most: a summary does not leave them out."""
    by: dict[str, Evidence] = {}
    for item in pool.found:
        statement = item.statement
        unnamed = any(t.is_name for t in item.match.missing(pool.terms))
        if unnamed or statement.is_heading or not is_denial(statement.text):
            continue
        for said in pool.said_in(item)[:1]:
            by.setdefault(said.speaker, evidence_of(item, Stance.DENIES, speaker=said.speaker, weight=item.score))
    return list(by.values())[:2]


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
            Verdict.YES, "yes", lean_of(does, opposite), sure_of(does), tuple(s.evidence for s in does[:3]), tuple(rest)
        )
    if opposite:
        return Decision(
            Verdict.NO,
            "no",
            lean_of(does, opposite),
            sure_of(opposite),
            tuple(s.evidence for s in opposite[:3]),
            tuple(rest),
        )
    if question.asks_report:
        return Decision(Verdict.NO, "no", 0.1, 0.6, (), tuple(rest))
    if not (act.denies or act.confirms):
        # nobody is on record saying so, but it may stand as fact: "did the firm announce a plant?"
        every = frozenset(range(len(pool.terms)))
        return decide_claim(pool, judge_all(pool, every), threshold=0.55)
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
