"""Which statement settles a yes/no question, and which way: what stance head, words, vectors and rules say, weighed.

Every statement near the question could settle it for yes or for no; these options and "the articles do not say" share
one certainty among them (a conditional logit, McFadden 1974), fitted by `eval.training.settling` on questions that are
not part of any report. What all options of a side share is the chance of that side.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.bearing import StanceReader
from rag.decision import Decision
from rag.logit import Logit, log_odds, read_logit
from rag.pool import TELLING, Found, Pool, evidence_of
from rag.stance import is_denial, is_hedged
from rag.types import Evidence, Stance, Verdict
from rag.understand import Question
from rag.verdicts import Said, judge_all

TABLE = "settling"
JUDGED, JUDGED_WHOLE = 12, 5
"""How many statements are judged by themselves, and how many of their passages whole."""
SAYS = 3
"""How many words a statement has at least that settles anything: "10 days", as a line by itself, does not."""
NEARLY = 0.7
"""How much less likely, in log odds, another article's statement may be to be cited beside the likeliest."""
FEATURES = (
    "for", "against", "aside", "for_whole", "against_whole", "aside_whole", "most_for", "most_whole", "rule_for",
    "rule_against", "rules_speak", "coverage", "direct", "similarity", "most_similar", "names_missing",
    "amounts_missing", "verb_missing", "soft_missing", "heading", "hedged", "denial", "is_no", "is_no_negated",
    "found_behind", "found_like",
)  # fmt: skip
"""The names of the features, in their order; see `_features`."""


@dataclass(frozen=True, slots=True)
class Option:
    """That a statement settles the question, for yes or for no; `odds` are comparable within one question."""

    found: Found
    is_yes: bool
    features: tuple[float, ...]
    odds: float = 0.0


@dataclass(frozen=True, slots=True)
class Settled:
    """The chances (0..1) of yes and of no, what they leave being "not on record", and the options, likeliest first."""

    yes: float
    no: float
    options: tuple[Option, ...]


def is_open(question: Question) -> bool:
    """Whether a question is of the kind that a statement settles: whether something is so, not what is reported."""
    return question.is_yes_no and not (question.disagreement or question.mention or question.asks_report)


def decide_open(pool: Pool, judge: StanceReader, left: Decision) -> Decision:
    """What follows for a yes/no question that the rules `left` open: yes, no, or open still.

    What stays open keeps the lean it has: on news an unsure head's lean is worse than none (Argus: 0.66, else 0.80).
    """
    found = weigh_sides(pool, judge_all(pool), judge)
    is_yes = found.yes >= found.no
    sure = max(found.yes, found.no)
    if sure < read_logit(TABLE, FEATURES).threshold or not _speaks_of_it(pool, found.options, is_yes=is_yes):
        return left
    lean = round(min(0.99, max(0.01, 0.5 + (found.yes - found.no) / 2)), 3)
    backing = _backing(pool, [option for option in found.options if option.is_yes is is_yes], sure)
    verdict, short = (Verdict.YES, "yes") if is_yes else (Verdict.NO, "no")
    return Decision(verdict, short, lean, round(sure, 3), backing, left.others)


def _speaks_of_it(pool: Pool, options: Sequence[Option], *, is_yes: bool) -> bool:
    """Whether the likeliest statement of a side is of whom the question names, and of what is, not what could be."""
    best = next(option.found for option in options if option.is_yes is is_yes)
    names = any(term.is_name for term in pool.missing(best, range(len(pool.terms))))
    return not names and not is_hedged(best.statement, best.match)


def _backing(pool: Pool, options: Sequence[Option], sure: float) -> tuple[Evidence, ...]:
    """The likeliest statement of a side, and those nearly as likely of other articles, three at most."""
    chosen: dict[str, Option] = {}
    for option in options:
        if option.odds >= options[0].odds - NEARLY:
            chosen.setdefault(option.found.statement.article.id, option)
    return tuple(_evidence(pool, option, sure) for option in list(chosen.values())[:3])


def _evidence(pool: Pool, option: Option, sure: float) -> Evidence:
    said = pool.said_in(option.found)
    return evidence_of(
        option.found,
        Stance.ASSERTS if option.is_yes else Stance.DENIES,
        speaker=said[0].speaker if said else None,
        hedged=is_hedged(option.found.statement, option.found.match),
        weight=sure,
    )


def weigh_sides(pool: Pool, said: Sequence[Said], judge: StanceReader) -> Settled:
    """How likely the statements found settle the question of `pool` for yes, and for no.

    `said` are the rules' judgements of them.
    """
    weights = read_logit(TABLE, FEATURES)
    options = [Option(o.found, o.is_yes, o.features, weights.odds(o.features)) for o in options_of(pool, said, judge)]
    return settled(options, weights)


def settled(options: Sequence[Option], weights: Logit) -> Settled:
    """The chances of both sides from the odds of the options."""
    shares = weights.shares([option.odds for option in options])
    yes = sum(share for option, share in zip(options, shares, strict=True) if option.is_yes)
    no = sum(share for option, share in zip(options, shares, strict=True) if not option.is_yes)
    return Settled(yes, no, tuple(sorted(options, key=lambda option: -option.odds)))


def options_of(pool: Pool, said: Sequence[Said], judge: StanceReader) -> list[Option]:
    """The statements nearest to the question, each for yes and for no, with their features."""
    chosen = _nearest(pool)
    if not chosen:
        return []
    passages = list({found.statement.passage.id: found.statement.passage.text for found in chosen}.items())
    texts = [found.statement.text for found in chosen] + [text for _, text in passages[:JUDGED_WHOLE]]
    weighed = judge.weigh([pool.question.text] * len(texts), texts)
    alone = weighed[: len(chosen)]
    whole = {id: row for (id, _), row in zip(passages[:JUDGED_WHOLE], weighed[len(chosen) :], strict=True)}
    ruled: dict[int, list[Said]] = {}
    for item in said:
        ruled.setdefault(id(item.found), []).append(item)
    return [
        Option(found, is_yes, tuple(_features(pool, found, is_yes, at, alone, whole, ruled.get(id(found), []))))
        for at, found in enumerate(chosen)
        for is_yes in (True, False)
    ]


def _nearest(pool: Pool) -> list[Found]:
    """The statements to judge: those whose words and those whose meaning are nearest, both ranks counting."""
    told = [found for found in pool.found if len(found.statement.words) >= SAYS]
    by_score = {id(found): at for at, found in enumerate(told)}
    alike = sorted(told, key=lambda found: -(found.similarity or 0.0))
    by_meaning = {id(found): at for at, found in enumerate(alike)}
    ranked = sorted(told, key=lambda f: -(1 / (2 + by_score[id(f)]) + 1 / (2 + by_meaning[id(f)])))
    return ranked[:JUDGED]


def _features(
    pool: Pool,
    found: Found,
    is_yes: bool,
    at: int,
    alone: NDArray[np.float64],
    whole: dict[int, NDArray[np.float64]],
    said: Sequence[Said],
) -> list[float]:
    """The features, as `FEATURES` names them, of the statement numbered `at` settling the question that way.

    `alone` are the head's judgements of the statements, `whole` of passages by their ids.
    """
    mine, other = (0, 1) if is_yes else (1, 0)
    passage = whole.get(found.statement.passage.id)
    missing = pool.missing(found, range(len(pool.terms)))
    soft = [t for t in missing if not (t.is_name or t.quantity is not None)]
    telling = [t for t in pool.terms if t.weight >= TELLING and not (t.is_name or t.quantity is not None)]
    wanted = Stance.ASSERTS if is_yes else Stance.DENIES
    rules = {s.judgement.stance: s.weight for s in reversed(said)}
    against = Stance.DENIES if is_yes else Stance.ASSERTS
    similarity = found.similarity if found.similarity is not None else 0.1
    most = max((f.similarity or 0.0 for f in pool.found), default=0.0)
    score = pool.hits.get(found.statement.passage.id)
    return [
        log_odds(alone[at, mine]),
        log_odds(alone[at, other]),
        log_odds(alone[at, 2:].sum()),
        log_odds(passage[mine]) if passage is not None else -2.0,
        log_odds(passage[other]) if passage is not None else -2.0,
        log_odds(passage[2:].sum()) if passage is not None else 2.0,
        float(alone[at, mine] >= alone[:, mine].max()),
        float(passage is not None and passage[mine] >= max(row[mine] for row in whole.values())),
        rules.get(wanted, 0.0),
        rules.get(against, 0.0),
        float(bool(said)),
        found.match.coverage,
        found.match.direct,
        similarity,
        float(similarity >= most),
        float(sum(1 for t in missing if t.is_name)),
        float(sum(1 for t in missing if t.quantity is not None)),
        float(any(t.is_verb for t in soft)),
        len(soft) / len(telling) if telling else 0.0,
        float(found.statement.is_heading),
        float(is_hedged(found.statement, found.match)),
        float(is_denial(found.statement.text)) * (-1.0 if is_yes else 1.0),
        float(not is_yes),
        float(not is_yes) * float(pool.question.negated),
        -0.5 if score is None else score - max(pool.hits.values()),
        score or 0.0,
    ]


__all__ = ["FEATURES", "JUDGED", "TABLE", "Option", "Settled", "options_of", "settled", "weigh_sides"]
