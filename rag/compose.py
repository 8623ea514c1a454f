"""Writes an answer from a decision: short first, then who says what, each sentence with its citation."""

import re
from collections.abc import Sequence

from index.types import Entry
from rag.attribution import Attribution
from rag.decision import Decision
from rag.types import Citation, Evidence, Stance, Verdict
from rag.words import clean

_MONTHS = "January February March April May June July August September October November December".split()


def write(decision: Decision, said: Sequence[Attribution | None]) -> tuple[str, tuple[Citation, ...]]:
    """The text with its markers, and the citations they point at; `said` has one entry for each of the backing."""
    citations = tuple(Citation(n, evidence) for n, evidence in enumerate(decision.backing, 1))
    lines = [tell(c.evidence, act, c.n) for c, act in zip(citations, said, strict=True)]
    if decision.verdict is Verdict.DISPUTED:
        return _disputed(citations, lines), citations
    if decision.verdict in (Verdict.YES, Verdict.NO):
        if not lines:
            return " ".join(
                filter(None, ["No.", decision.note or "The articles do not say so.", _other_side(decision, citations)])
            ), citations
        opening = "Yes." if decision.verdict is Verdict.YES else "No."
        closing = _other_side(decision, citations)
        return " ".join(filter(None, [opening, *lines, decision.note, closing])), citations
    opening = (
        f"{_capital(decision.short)}."
        if decision.short and not decision.short.endswith((".", "!", "?", "”"))
        else _capital(decision.short or "")
    )
    return " ".join(filter(None, [opening, decision.note, *lines])), citations


def write_unknown(decision: Decision) -> str:
    """What to say when the articles do not say."""
    missing = [f"“{word}”" for word in decision.missing[:4]]
    if not missing:
        return "The articles do not say."
    return f"The articles do not say. Nothing on record there speaks of {_listed(missing)} in this connection."


def tell(evidence: Evidence, act: Attribution | None, n: int) -> str:
    """One sentence that gives the evidence with its speaker, outlet and date, and its marker."""
    place = named(evidence.article)
    if (
        act is not None
        and evidence.speaker
        and 3 < act.complement[1] - act.complement[0] < 240
        and _tells(evidence, act)
    ):
        words = _shown(evidence.quote[act.complement[0] : act.complement[1]]).strip(" ,;:")
        words = re.sub(r"[,.](?=[”\"]$)", "", words)
        said = (
            f"{_capital(act.speaker)} {act.past} {words}"
            if act.place < act.complement[1]
            else f"{_capital(words)}, {act.speaker} {'said' if act.verb == 'tell' else act.past}"
        )
        return f"{said}, according to {place} [{n}]."
    quote = _shown(evidence.quote).strip('“”"')
    return f"{place if evidence.article.publisher else _capital(place)}: “{quote}” [{n}]"


_MARKER = re.compile(r"\[(\d+)\]")


def _shown(text: str) -> str:
    """Words of an article as the answer shows them: on one line, and with no brackets that could pass for markers."""
    return _MARKER.sub(r"(\1)", clean(text))


def _tells(evidence: Evidence, act: Attribution) -> bool:
    """Whether the act carries its sentence: "reports suggesting a sale stirred anger" is not told as "suggested"."""
    before, verb = evidence.quote[: act.place], evidence.quote[act.place :].split(maxsplit=1)[0]
    return not verb.endswith("ing") or re.search(r"(?:[,—–;]|\band|\bbut)\s*(?:\w+ly\s+)?$", before) is not None


def named(entry: Entry) -> str:
    """How an article is called in a sentence: publisher, else author, else title; with its date."""
    title = f"“{clean(entry.title)}”" if entry.title else f"article {entry.id}"
    name = entry.publisher or (f"{entry.author}’s article" if entry.author else title)
    return f"{name} ({written_date(entry.published)})" if entry.published else f"{name} (undated)"


def written_date(published: str) -> str:
    """An ISO date as people write it: "2 February 2026", "February 2026", "2026"."""
    parts = published.split("T", maxsplit=1)[0].split("-")
    if len(parts) == 3:
        return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}" if len(parts) == 2 else parts[0]


def _disputed(citations: Sequence[Citation], lines: Sequence[str]) -> str:
    pro = [line for c, line in zip(citations, lines, strict=True) if c.stance is Stance.ASSERTS]
    con = [line for c, line in zip(citations, lines, strict=True) if c.stance is Stance.DENIES]
    return " ".join(["Sources disagree.", "For it:", *pro, "Against it:", *con])


def _other_side(decision: Decision, citations: Sequence[Citation]) -> str:
    """Says that other articles hold the other view, without citing them as the answer."""
    cited = {c.article.id for c in citations}
    stances = {c.stance for c in citations} - {Stance.NEUTRAL}
    others = {
        e.article.id
        for e in decision.others
        if e.article.id not in cited and e.stance not in stances | {Stance.NEUTRAL}
    }
    if not others or not stances:
        return ""
    one, many = ("reports", "report") if Stance.DENIES in stances else ("denies", "deny")
    told = f"One other article {one}" if len(others) == 1 else f"{_number(len(others))} other articles {many}"
    return f"{told} it; see the sources."


def _number(n: int) -> str:
    return ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")[n] if n < 10 else str(n)


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
