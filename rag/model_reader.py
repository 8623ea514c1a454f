"""The reader that lets a language model put the embedded reader's answer into words, each sentence checked first.

The embedded reader decides: verdict, lean, short answer, claim, confidence and sources stay as it found them, because
they are decided by rules and heads that are measured and calibrated, and a model's words are not. The model writes the
text, and only within that decision:

- Nothing is shown until it has passed `rag.check`, and nothing at all until what passed carries the decision: it cites
  some of the evidence that the embedded answer cites, for a disputed claim both sides of it, and it holds the short
  answer. A text that passes every check and yet says something else is therefore never begun.
- "The articles do not say" stays so. Such an answer cites nothing, and a model's sentence needs a citation to be
  shown, so the model is not asked.
- A model that fails, or none of whose sentences pass, leaves the embedded answer, with a warning.

Citations are numbered in the order in which the text cites them, whatever numbers the model saw.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.sentences import sentence_spans
from rag.check import Checked, Fault, Judge, carries, check_sentence, strip_markers
from rag.llm import TIMEOUT_SECONDS, model_name, stream_text
from rag.particulars import numbers
from rag.prompts import PROMPT_VERSION, citable, write_prompt
from rag.reader import warnings_for
from rag.reply import ModelFault, cut_sentences, read_reply
from rag.types import Answer, Citation, Evidence, Support, Verdict
from rag.words import content_words, stems

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

MAX_SENTENCES = 8
"""As many as are shown; the prompt asks for four."""
MAX_LEFT_OUT = 20
"""After so many failures the rest of a reply is not worth waiting for."""


class ModelReader:
    """Answers in a language model's words; see the module. Safe to use from several threads, as far as `llm` is."""

    def __init__(self, llm: "LLM", judge: Judge, deadline_seconds: float = TIMEOUT_SECONDS) -> None:
        self._llm = llm
        self._judge = judge
        self._deadline_seconds = deadline_seconds

    @property
    def model(self) -> str:
        """How answers name it: provider, model and version of the prompts."""
        return f"{model_name(self._llm)}, prompt {PROMPT_VERSION}"

    def stream(
        self, question: str, embedded: Answer, evidence: Sequence[Evidence], *, as_of: str | None = None
    ) -> Iterator[str | Answer]:
        """Checked sentences with their markers as they pass, then the one Answer, whose text they are.

        `evidence` is what the model may cite, numbered from 1. A model's fault never raises: it ends in a warning.
        """
        if embedded.verdict is Verdict.UNKNOWN or not embedded.citations or not citable(evidence):
            yield from _in_sentences(embedded)
            return
        started = time.monotonic()
        prompt = write_prompt(question, embedded, evidence, as_of)
        draft = _Draft(embedded, evidence)
        fault: str | None = None
        pieces = read_reply(
            lambda: stream_text(self._llm, prompt.system, prompt.user), started + self._deadline_seconds
        )
        try:
            for sentence in cut_sentences(pieces):
                if _only_says(sentence, embedded.verdict):
                    continue  # the verdict stands before the first sentence anyway
                checked = check_sentence(
                    sentence, evidence, self._judge,
                    citable=citable(evidence), verdict=embedded.verdict, question=question,
                )  # fmt: skip
                yield from draft.take(checked)
                if draft.is_full:
                    break
        except ModelFault as error:
            fault = str(error)
        finally:
            pieces.close()
        answer = draft.finish(self.model, fault)
        answer = replace(answer, seconds=embedded.seconds + time.monotonic() - started)
        if draft.shown:
            yield answer
        else:
            yield from _in_sentences(answer)


@dataclass
class _Draft:
    """The answer as it grows: what is shown, what passed and waits to be shown, what was left out and why."""

    embedded: Answer
    evidence: Sequence[Evidence]
    shown: list[str] = field(default_factory=list)
    _waiting: list[Checked] = field(default_factory=list)
    _numbers: dict[int, int] = field(default_factory=dict)
    _support: dict[int, Support] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _left_out: Counter[Fault] = field(default_factory=Counter)

    @property
    def is_full(self) -> bool:
        """Whether reading on is of no use."""
        return len(self.shown) + len(self._waiting) >= MAX_SENTENCES or self._left_out.total() >= MAX_LEFT_OUT

    def take(self, checked: Checked) -> Iterator[str]:
        """Keeps a sentence that passed; comes back with those that may be shown now."""
        key = strip_markers(checked.text).casefold()
        if checked.fault is None and key in self._seen:
            checked = replace(checked, fault=Fault.REPEATED)
        if checked.fault is not None:
            self._left_out[checked.fault] += 1
            return
        self._seen.add(key)
        self._waiting.append(checked)
        if not self.shown and not self._carries_result():
            return
        for ready in self._waiting:
            sentence = self._number(ready)
            self.shown.append(sentence if self.shown else _open(sentence, self.embedded.verdict))
            yield self.shown[-1]
        self._waiting.clear()

    def finish(self, model: str, fault: str | None) -> Answer:
        """The model's answer, or the embedded one where nothing is shown."""
        told = tuple(self._warnings(model, fault))
        if not self.shown:
            return replace(self.embedded, warnings=(*self.embedded.warnings, *told))
        citations = tuple(
            Citation(n, self.evidence[number - 1], _is_verbatim(self.evidence[number - 1]), self._support[number])
            for number, n in self._numbers.items()
        )
        # The model may cite an article that needs a warning and that the embedded answer does not cite.
        warnings = tuple(dict.fromkeys((*self.embedded.warnings, *warnings_for(citations), *told)))
        return replace(self.embedded, text=" ".join(self.shown), citations=citations, warnings=warnings, model=model)

    def _carries_result(self) -> bool:
        cited = [self.evidence[number - 1] for checked in self._waiting for number in checked.cited]
        backing = [citation.evidence for citation in self.embedded.citations]
        if not carries(cited, backing, self.embedded.verdict):
            return False
        if self.embedded.verdict is not Verdict.ANSWERED or not self.embedded.short:
            return True
        return _holds(" ".join(checked.text for checked in self._waiting), self.embedded.short)

    def _number(self, checked: Checked) -> str:
        for number in checked.cited:
            self._numbers.setdefault(number, len(self._numbers) + 1)
            if self._support.get(number) is not Support.UNJUDGED:
                self._support[number] = checked.support
        return re.sub(r"\[(\d+)\]", lambda match: f"[{self._numbers[int(match[1])]}]", checked.text)

    def _warnings(self, model: str, fault: str | None) -> Iterator[str]:
        if fault is not None:
            outcome = "what it had written until then was checked" if self.shown else "this is the answer without it"
            yield f"The language model {model.partition(',')[0]} {fault}; {outcome}."
        elif not self.shown:
            yield (
                "Nothing that the language model wrote passed the checks and gave the result on record;"
                " this is the answer without it."
            )
        if left_out := self._left_out.total():
            reasons = ", ".join(f"{fault} ({count})" for fault, count in self._left_out.most_common())
            number = (
                "1 sentence of the language model was"
                if left_out == 1
                else f"{left_out} sentences of the language model were"
            )
            yield f"{number} left out: {reasons}."
        if Support.UNJUDGED in self._support.values():
            yield "The support of some sentences could not be judged; their quotes are verbatim."


def _in_sentences(answer: Answer) -> Iterator[str | Answer]:
    for start, end in sentence_spans(answer.text):
        yield answer.text[start:end]
    yield answer


_OPENINGS = {Verdict.YES: "Yes.", Verdict.NO: "No.", Verdict.DISPUTED: "Sources disagree."}


def _only_says(sentence: str, verdict: Verdict) -> bool:
    said = sentence.strip(" *_.!,:").casefold()
    return said in {str(verdict), _OPENINGS.get(verdict, str(verdict)).strip(".").casefold()}


def _open(sentence: str, verdict: Verdict) -> str:
    """The first sentence with the verdict before it, unless it begins with it."""
    opening = _OPENINGS.get(verdict)
    if opening is None or re.match(r"yes\b|no\b|sources disagree|disputed", sentence, re.IGNORECASE):
        return sentence
    return f"{opening} {sentence}"


def _holds(text: str, short: str) -> bool:
    """Whether the text has every number and content word of the short answer."""
    return numbers(short) <= numbers(strip_markers(text)) and stems(content_words(short)) <= stems(content_words(text))


def _is_verbatim(evidence: Evidence) -> bool:
    start = evidence.span[0] - evidence.passage_span[0]
    return start >= 0 and evidence.passage[start : start + len(evidence.quote)] == evidence.quote


__all__ = ["ModelReader"]
