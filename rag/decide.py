"""From what was found to a decision: a verdict with its evidence, or a fact with its evidence, or "not on record"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag.attribution import SPEAKERS
from rag.extract import Candidate, candidates, is_anybody, same_act, speaks
from rag.matching import Term
from rag.pool import TELLING, Found, Pool, Read, evidence_of
from rag.quantities import Measure, find_quantities
from rag.stance import Claim, Judgement, is_denial, is_hedged, judge
from rag.statements import referent
from rag.types import Evidence, Stance, Verdict
from rag.understand import Kind, Question, Wanted
from rag.words import split_words, stem

COVERED = 0.62
"""Share of a claim's terms that a statement must speak of, context included, to bear on it."""
ANSWERS = 0.5
"""Least score of a statement that answers a question of fact."""


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


@dataclass(frozen=True, slots=True)
class Decision:
    """How the question came out; `backing` is to be cited in order, `others` bear on it too.

    `missing` names what no statement speaks of, for an unknown.
    """

    verdict: Verdict
    short: str | None = None
    lean: float | None = None
    confidence: float = 0.0
    backing: tuple[Evidence, ...] = ()
    others: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""


def decide(pool: Pool) -> Decision:
    """The decision on the question of `pool`."""
    question = pool.question
    if question.is_yes_no and _EITHER.search(question.text):
        return decide_either(pool)
    if question.mention:
        return decide_mention(pool)
    if question.is_yes_no:
        said = judge_all(pool)
        if question.disagreement:
            return _disagreement(decide_claim(pool, said))
        if question.act is not None and (question.act.agent or question.act.denies or question.act.confirms):
            return decide_act(pool, said)
        return decide_claim(pool, said)
    if question.wanted is Wanted.SUMMARY:
        return decide_summary(pool)
    if question.act is not None and question.act.denies and not question.act.agent and question.wanted is Wanted.NAME:
        return decide_deniers(pool)
    if question.act is not None and question.act.denies and question.act.agent and not _on_record(pool):
        return _unknown(pool)
    return decide_fact(pool)


_EITHER = re.compile(r"\bconfirm(?:ed)? or den(?:y|ied)\b|\bden(?:y|ied) or confirm(?:ed)?\b", re.IGNORECASE)


def decide_either(pool: Pool) -> Decision:
    """"Did A confirm or deny B?": which of the two A did."""
    act = pool.question.act
    said = [s for s in judge_all(pool) if act is not None and _speaks(pool, act.agent, s) and s.judgement.speaker]
    if not said or said[0].judgement.stance is Stance.NEUTRAL:
        return _unknown(pool)
    stance = said[0].judgement.stance
    same = [s.evidence for s in said if s.judgement.stance is stance][:2]
    return Decision(Verdict.ANSWERED, "denied" if stance is Stance.DENIES else "confirmed", None, _sure(said), tuple(same))


def decide_deniers(pool: Pool) -> Decision:
    """"Who denied B?": everybody on record doing so."""
    by: dict[str, Said] = {}
    for item in judge_all(pool):
        if item.judgement.stance is Stance.DENIES and item.judgement.speaker and item.weight >= 0.5:
            by.setdefault(item.judgement.speaker, item)
    if not by:
        return _unknown(pool)
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
    """What the record holds on a subject: the best statement of each article and speaker, newest first."""
    said = [s for s in judge_all(pool) if s.weight >= 0.45 and not s.found.statement.is_heading]
    chosen: dict[tuple[str, str | None], Said] = {}
    for item in said:
        chosen.setdefault((item.found.statement.article.id, item.judgement.speaker), item)
    evidence = [s.evidence for s in chosen.values()][:5]
    if not evidence:
        return _unknown(pool)
    evidence.sort(key=lambda e: e.article.published or "", reverse=True)
    return Decision(Verdict.ANSWERED, None, None, 0.6, tuple(evidence))


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
        bool(
            {w.lower for w in split_words(pool.question.claim or "")}
            & {"could", "may", "might", "can", "would", "will"}
        ),
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
    counted = [i for i in chosen if not pool.terms[i].is_name and not (wrong_amount and pool.terms[i].quantity is not None)]
    direct = pool.direct(found, counted)
    return coverage * (0.4 + 0.6 * direct)


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
    return _unknown(pool, rest)


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
        return _unknown(pool, [s.evidence for s in said])
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


def _unknown(pool: Pool, others: Sequence[Evidence] = ()) -> Decision:
    lean = 0.45 if pool.question.is_yes_no else None
    nearest = pool.found[0].score if pool.found else 0.0
    return Decision(
        Verdict.UNKNOWN,
        lean=lean,
        confidence=round(max(0.3, min(0.95, 1.0 - 0.8 * nearest)), 3),
        others=tuple(others),
        missing=tuple(dict.fromkeys(term.lower for term in pool.never_met())),
    )


@dataclass(frozen=True, slots=True)
class _Pick:
    found: Found
    candidate: Candidate
    score: float


def decide_fact(pool: Pool) -> Decision:
    """The words on record that answer a question of fact, or unknown."""
    picks = sorted(
        _weigh_readings(pool, _picks(pool)),
        key=lambda p: (-p.score, p.found.statement.article.id, p.found.statement.span),
    )
    if not picks:
        return _unknown(pool)
    best = _newest(picks)
    same = [
        p for p in picks[1:] if _agrees(p, best) and p.found.statement.article.id != best.found.statement.article.id
    ]
    backing = [best, *same[:2]]
    confidence = round(min(0.95, 0.25 + 0.65 * best.score), 3)
    evidence = tuple(_pick_evidence(pool, p) for p in backing)
    return Decision(Verdict.ANSWERED, best.candidate.text.strip(" ,;:"), None, confidence, evidence)


def _newest(picks: Sequence[_Pick]) -> _Pick:
    """The best pick, or one nearly as good from a later article: the newest statement of a state of affairs leads."""
    near = [p for p in picks if p.score >= 0.9 * picks[0].score and p.found.statement.article.published]
    if not picks[0].found.statement.article.published or len(near) < 2:
        return picks[0]
    return max(near, key=lambda p: ((p.found.statement.article.published or "")[:10], p.score))


def _pick_evidence(pool: Pool, pick: _Pick) -> Evidence:
    said = next(
        (
            a
            for a in pool.said_in(pick.found)
            if a.complement[0] <= pick.candidate.span[0] < max(a.complement[1], a.complement[0] + 1)
        ),
        None,
    )
    return evidence_of(
        pick.found,
        speaker=said.speaker if said else None,
        hedged=is_hedged(pick.found.statement, pick.found.match),
        weight=pick.score,
    )


def _agrees(a: _Pick, b: _Pick) -> bool:
    return a.candidate.text.lower() == b.candidate.text.lower() and a.score >= 0.8 * b.score


def _picks(pool: Pool) -> list[_Pick]:
    question = pool.question
    positions = range(len(pool.terms))
    picks: list[_Pick] = []
    for found in pool.found:
        if found.score < ANSWERS - 0.1 or found.statement.is_heading or not _fits(pool, found, positions):
            continue
        for candidate in candidates(found.statement, found.match, question, pool.terms, pool.vocabulary)[:3]:
            score = found.score * (0.2 + 0.8 * candidate.fit) * _agency(pool, found, candidate)
            if score >= _least(question):
                picks.append(_Pick(found, candidate, score))
    return picks


READ_SHARE = 0.5
"""How much of a pick's score the reading head has, where it read the passage."""
READS = 0.5
"""Least score of an answer that the head found and the rules did not."""


def _weigh_readings(pool: Pool, picks: Sequence[_Pick]) -> list[_Pick]:
    """The picks of the rules weighed by what the head read, and those that only the head found."""
    if not pool.readings:
        return list(picks)
    weighed = []
    for pick in picks:
        read = next((r for r in pool.readings if r.found.statement.passage.id == pick.found.statement.passage.id), None)
        if read is None:
            weighed.append(replace(pick, score=pick.score * (1 - READ_SHARE / 2)))
            continue
        agrees = read.found is pick.found and _overlap(read.span, pick.candidate.span)
        sure = read.answers if agrees else 0.25 * read.answers
        score = (1 - READ_SHARE) * pick.score + READ_SHARE * sure
        untyped = pool.question.wanted in (Wanted.TEXT, Wanted.REASON)
        candidate = _as_read(pick, read) if agrees and untyped else pick.candidate
        weighed.append(_Pick(pick.found, candidate, score))
    return [p for p in weighed if p.score >= _least(pool.question) * 0.8] + _only_read(pool, picks)


def _as_read(pick: _Pick, read: Read) -> Candidate:
    text = read.found.statement.text[read.span[0] : read.span[1]]
    return Candidate(text, read.span, pick.candidate.fit)


def _only_read(pool: Pool, picks: Sequence[_Pick]) -> list[_Pick]:
    """Answers that the head found where the rules did not: of the kind wanted, with the names of the question there."""
    taken = [(p.found, p.candidate.span) for p in picks]
    found = []
    for read in pool.readings:
        if read.found.statement.is_heading or any(f is read.found and _overlap(span, read.span) for f, span in taken):
            continue
        if any(t.is_name or t.quantity is not None for t in pool.missing(read.found, range(len(pool.terms)))):
            continue
        text = read.found.statement.text[read.span[0] : read.span[1]]
        if not _of_kind(pool, text):
            continue
        score = (1 - READ_SHARE) * read.found.score + READ_SHARE * read.answers
        if score >= READS and read.answers >= 0.4:
            found.append(_Pick(read.found, Candidate(text, read.span, read.answers), score))
    return found


def _of_kind(pool: Pool, text: str) -> bool:
    """Whether words are of the kind that the question wants: an amount for "how much", a date for "when"."""
    wanted = pool.question.wanted
    if wanted in (Wanted.QUANTITY, Wanted.DATE):
        return any(q.measure in pool.question.measures for q in find_quantities(text))
    if wanted in (Wanted.NAME, Wanted.PLACE):
        return bool(pool.vocabulary.names_in(f"x {text}")) or any(w.lower in SPEAKERS for w in split_words(text))
    return True


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _agency(pool: Pool, found: Found, candidate: Candidate) -> float:
    """1, or less where the sentence is about somebody other than who does the asked thing."""
    asked = pool.question.agent
    if not asked or pool.question.wanted not in (Wanted.QUANTITY, Wanted.DATE, Wanted.NAME, Wanted.PLACE):
        return 1.0
    places = [p for p, t in zip(found.match.places, pool.terms, strict=True) if p is not None and t.stem in asked]
    if places:
        return 1.0 if min(place.start for place in places) <= candidate.span[0] else 0.65
    leading = pool.vocabulary.leading_name(found.statement.sentence)
    stands_for = referent(found.statement, pool.vocabulary)
    about = stands_for or (frozenset(leading.stems) if leading is not None else frozenset())
    if not about or about & asked:
        return 1.0
    # "A Bloomberg report suggests that the maker …" is not about Bloomberg
    speakers = {word.stem for said in pool.said_in(found) for word in split_words(said.speaker)}
    return 1.0 if about <= speakers else 0.5


def _least(question: Question) -> float:
    typed = question.wanted in (Wanted.QUANTITY, Wanted.DATE, Wanted.NAME, Wanted.PLACE, Wanted.WORDS)
    return 0.42 if typed else 0.38 if question.wanted is Wanted.REASON else 0.46


_PRICE_STEMS = frozenset(stem(word) for word in ("cost", "price", "worth", "value", "expensive"))


def _priced(pool: Pool, found: Found) -> bool:
    """Whether a sum stands right before what the question asks the price of ("a $3.5 billion battery plant")."""
    places = [p for p, t in zip(found.match.places, pool.terms, strict=True) if p is not None and not t.is_name]
    return any(
        quantity.measure is Measure.MONEY and 0 <= place.start - quantity.span[1] <= 16
        for quantity in found.statement.sentence.quantities
        for place in places
    )


def _fits(pool: Pool, found: Found, positions: Iterable[int]) -> bool:
    chosen = list(positions)
    missing = pool.missing(found, chosen)
    if any(t.is_name or t.quantity is not None for t in missing):
        return False
    if Measure.MONEY in pool.question.measures and _priced(pool, found):
        missing = [t for t in missing if t.stem not in _PRICE_STEMS]
    telling = [i for i in chosen if pool.terms[i].weight >= TELLING and not pool.terms[i].is_name]
    # an act of speech is met by any verb of its kind, which the extraction checks
    soft = [t for t in missing if not (pool.question.act and t.stem == stem(pool.question.act.verb))]
    if len(telling) <= 5 and any(t.is_verb for t in soft):
        return False  # who "paid" is not answered by who did something else
    allowed = len(telling) // 3 if pool.question.kind is not Kind.YES_NO else 0
    return len(soft) <= allowed
