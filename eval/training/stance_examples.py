"""Stance rows as examples, and made ones beside: denials, confirmations, negations, other numbers, other matter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from eval.training.rows import StanceRow
from index.sentences import sentence_spans

LABELS = ("supports", "refutes", "neutral", "unrelated")

_EXCERPT = 650
"""Characters of an article shown for a claim: what fits with it into 256 tokens, nearly always."""
_WORD = re.compile(r"[a-z0-9]{3,}")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_BE = re.compile(r"\b(is|are|was|were|will|can|could|has been|have been|would|should)\b(?! (?:not|n't|no)\b)")

_SPEAKERS = (
    "A spokesman", "A spokeswoman", "The company", "The ministry", "The chief executive", "Officials", "The police",
    "The club", "Her lawyer", "His agent", "The government", "The president's office", "The agency", "The bank",
    "A person familiar with the matter", "The prime minister", "Both companies", "The union", "Researchers",
    "The studio",
)  # fmt: skip
_WHEN = (
    "",
    "",
    " on Monday",
    " on Tuesday",
    " on Wednesday",
    " in a statement",
    " late on Friday",
    " this week",
    " through a lawyer",
)
_SAYING = {
    "refutes": (
        "{who} denied{when} that {s}.", "{who} denied reports that {s}.", "{who} rejected the claim that {s}{when}.",
        "It is not true that {s}, {who_} said{when}.", "{who} said{when} there was no truth to the report that {s}.",
        "Reports that {s} are false, {who_} said{when}.", "{who} dismissed as baseless a report that {s}.",
        "Asked whether {s}, {who_} said{when}: \"No. That is completely wrong.\"",
        "Claims that {s} were debunked{when}.",
        "{who} called the report that {s} \"pure speculation with no basis in fact\".",
    ),
    "supports": (
        "{who} confirmed{when} that {s}.", "{who} said{when} that {s}.", "{s_}, {who_} said{when}.",
        "{who} acknowledged{when} that {s}.",
        "According to {who_}, {s}.", "{who} announced{when} that {s}.", "{who} did not deny that {s}.",
        "It emerged{when} that {s}.",
        "Asked whether {s}, {who_} said{when}: \"Yes, that is right.\"",
    ),
    "neutral": (
        "{who} declined to comment{when} on whether {s}.",
        "{who} said{when} it could neither confirm nor deny that {s}.",
        "It was not clear{when} whether {s}.",
        "{who} is looking into whether {s}.", "{who} was asked{when} whether {s}.",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StanceExample:
    """A claim, a text short enough to be read at once, and the number of its label in `LABELS`."""

    source: str
    group: str
    claim: str
    text: str
    label: int


def as_example(row: StanceRow) -> StanceExample:
    """The row with its article cut to the sentences nearest to the claim."""
    text = excerpt(row.claim, row.text) if row.source == "fnc1" else row.text
    return StanceExample(row.source, row.group, row.claim, text, LABELS.index(row.label))


def excerpt(claim: str, text: str) -> str:
    """The article's first sentence and those that share most words with the claim, in order, about 650 characters."""
    asked = set(_WORD.findall(claim.lower()))
    sentences = [text[a:b] for a, b in (span[:2] for span in sentence_spans(text[:20_000]))]
    shares = [len(asked & set(_WORD.findall(s.lower()))) + (0.5 if at < 3 else 0) for at, s in enumerate(sentences)]
    chosen, length = {0}, len(sentences[0]) if sentences else 0
    for at in sorted(range(1, len(sentences)), key=lambda at: -shares[at]):
        if length + len(sentences[at]) <= _EXCERPT:
            chosen.add(at)
            length += len(sentences[at]) + 1
    return " ".join(sentences[at] for at in sorted(chosen) if at < len(sentences))


def draw_examples(
    rows: Sequence[StanceRow], rounds: dict[str, float], made: float, seed: int
) -> Iterator[StanceExample]:
    """Every row as often as `rounds` says for its source, or source and label; then `made` examples a row."""
    rng = np.random.default_rng(seed)
    examples = [as_example(row) for row in rows]
    for example in examples:
        turns = rounds.get(f"{example.source} {LABELS[example.label]}", rounds.get(example.source, 1.0))
        for _ in range(int(turns) + (rng.random() < turns % 1)):
            yield example
    yield from make_examples(examples, int(len(rows) * made), rng)


def make_examples(examples: Sequence[StanceExample], count: int, rng: np.random.Generator) -> Iterator[StanceExample]:
    """About `count` examples made from short statements: half of who says so, others negated, renumbered, mispaired."""
    short = [e for e in examples if e.source != "boolq" and _is_statement(e.claim) and len(e.text) < 400]
    for at in rng.integers(0, len(short), count):
        example, kind = short[int(at)], rng.random()
        if kind < 0.55:
            yield _said(example, rng)
        elif kind < 0.85:
            yield from _negated(example)
            yield from _renumbered(example, rng)
        else:
            other = short[int(rng.integers(len(short)))]
            if other.group != example.group:
                yield replace(example, text=other.text, label=LABELS.index("unrelated"), source="made")


def _said(example: StanceExample, rng: np.random.Generator) -> StanceExample:
    """Somebody denies, confirms or leaves open the claim, or, of a supporting text, that text."""
    label = str(rng.choice(["refutes", "refutes", "supports", "supports", "neutral"]))
    inner = example.text if example.label == 0 and len(example.text) < 160 and rng.random() < 0.5 else example.claim
    said = inner.strip().rstrip('.!"”').strip()
    who = str(rng.choice(_SPEAKERS))
    lowered = said if said[:2].isupper() or rng.random() < 0.3 else said[:1].lower() + said[1:]
    pattern = str(rng.choice(_SAYING[label]))
    words = {"who": who, "who_": who[:1].lower() + who[1:], "when": str(rng.choice(_WHEN)), "s": lowered, "s_": said}
    text = pattern.format(**words)
    if rng.random() < 0.25:
        # Whether a denial was made is another question than whether it is true.
        verb = {"refutes": "denied", "supports": "confirmed", "neutral": "declined to say"}
        asked = str(rng.choice(list(verb)))
        claim = f"{who} {verb[asked]} {'whether' if asked == 'neutral' else 'that'} {lowered}."
        outcome = "supports" if asked == label else "neutral" if "neutral" in (asked, label) else "refutes"
        return replace(example, claim=claim, text=text, label=LABELS.index(outcome), source="made")
    return replace(example, text=text, label=LABELS.index(label), source="made")


def _negated(example: StanceExample) -> Iterator[StanceExample]:
    """The claim's opposite, which what supported it refutes, and what refuted it supports."""
    if example.label > 1:
        return
    claim, changed = _BE.subn(
        lambda m: f"{m[0].split()[0]} not {' '.join(m[0].split()[1:])}".strip(), example.claim, count=1
    )
    if changed:
        yield replace(example, claim=claim, label=1 - example.label, source="made")


def _renumbered(example: StanceExample, rng: np.random.Generator) -> Iterator[StanceExample]:
    """A supported claim with another number in place of one that its text gives."""
    for found in _NUMBER.finditer(example.claim):
        number = found[0].rstrip(".,")
        if example.label or number not in example.text or not number.isdigit():
            continue
        other = str(
            max(
                2,
                int(
                    int(number)
                    + rng.choice([-3, -2, -1, 1, 2, 5, 10]) * 10 ** max(0, len(number) - 2 - (len(number) == 4))
                ),
            )
        )
        if other != number:
            claim = example.claim[: found.start()] + other + example.claim[found.start() + len(number) :]
            yield replace(example, claim=claim, label=LABELS.index("refutes"), source="made")
        return


def _is_statement(claim: str) -> bool:
    return 15 < len(claim) < 140 and not claim.rstrip().endswith("?") and len(claim.split()) > 3


__all__ = ["LABELS", "StanceExample", "as_example", "draw_examples", "excerpt", "make_examples"]
