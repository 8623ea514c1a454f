"""An answer as HTML: verdict, text with markers, both sides of a dispute, near misses, and when it was said."""

import re
from collections.abc import Iterable, Sequence

from rag.types import Answer, Citation, Evidence, Stance, Support, Verdict
from ui import words
from ui.markup import EMPTY, Html, join, tag
from ui.opening import opening
from ui.timeline_view import timeline

_OUTRIGHT = ("Yes", "No")
_MARKER = re.compile(r"\[(\d{1,3})\]")
_BREAK = re.compile(
    r"\n|(?<=”\s\[\d\])\s+(?=\S)|(?<=”\s\[\d\d\])\s+(?=\S)"
    r"|(?<=[.\]])\s+(?=(?:For|Against) it: )|(?<=\]\.)\s+(?=[^“”\[\]]{1,140}: “)"
)
"""Where a line ends: behind a quoted sentence and its marker, before the next one, and before each side."""
_BACKED = re.compile(r"(\S{0,30}?) ?((?:\[\d{1,3}\] ?)*\[\d{1,3}\])([.,;:!?)”’\"']*)")
"""The last word before markers, the markers, and the signs that follow: these stay on one line."""


def pending(said: str) -> Html:
    """What is said so far of an answer that is being given; "Yes." stands where the verdict will."""
    said = said.strip()
    word = next((word for word in _OUTRIGHT if said.startswith(f"{word}.")), None)
    return join(
        tag(
            "p", tag("strong", word or "Reading"), tag("span", "the articles"), class_="verdict", data_verdict="pending"
        ),
        tag("div", _paragraphs(said.removeprefix(f"{word}."), {}, 0), class_="answer"),
    )


def answered(answer: Answer, number: int) -> Html:
    """An answer: what came out, in which words, with what else stands beside it."""
    cited = {citation.n: citation for citation in answer.citations}
    return join(
        tag(
            "p",
            tag("strong", words.headline(answer)),
            tag("span", words.verdict_words(answer)),
            class_="verdict",
            data_verdict=str(answer.verdict),
        ),
        tag("div", _paragraphs(words.body(answer), cited, number), class_="answer"),
        _sides(answer, number) if answer.verdict is Verdict.DISPUTED else EMPTY,
        _closest(answer.closest, number),
        timeline(answer, number),
        tag("ul", (tag("li", warning) for warning in answer.warnings), class_="warnings", aria_label="Warnings")
        if answer.warnings
        else EMPTY,
        _to_sources(answer, number),
    )


def _paragraphs(text: str, cited: dict[int, Citation], turn: int) -> list[Html]:
    return [tag("p", _with_markers(block, cited, turn)) for block in _BREAK.split(text) if block.strip()]


def _with_markers(text: str, cited: dict[int, Citation], turn: int) -> Iterable[Html | str]:
    end = 0
    for found in _BACKED.finditer(text):
        word, markers, signs = found.groups()
        numbers = [int(n) for n in _MARKER.findall(markers)]
        yield text[end : found.start()]
        yield tag("span", word, (_marker(n, cited.get(n), turn) for n in numbers), signs, class_="backed")
        end = found.end()
    yield text[end:]


def _marker(n: int, citation: Citation | None, turn: int) -> Html:
    if citation is None:
        place = tag("span", "✓", aria_hidden="true", class_="blank")  # so that nothing moves when the mark comes
        return tag("span", tag("button", str(n), place, type="button", disabled=True), class_="cite")
    tip = f"tip-{turn}-{n}"
    checked = citation.verbatim and citation.support is Support.SUPPORTED
    return tag(
        "span",
        tag(
            "button",
            str(n),
            tag("span", "✓" if checked else "?", aria_hidden="true"),
            type="button",
            aria_label=f"Citation {n}: open the passage",
            aria_describedby=tip,
            data_checked=str(checked).lower(),
            **opening(citation, turn),
        ),
        tag(
            "span",
            tag("q", citation.quote),
            tag("span", f"{words.speaker_words(citation)} · {words.place_words(citation.article)}"),
            tag("span", words.check_words(citation), class_="checked" if checked else "unchecked"),
            role="tooltip",
            id=tip,
        ),
        class_="cite",
    )


def _sides(answer: Answer, turn: int) -> Html:
    sides = ((Stance.ASSERTS, "Say so"), (Stance.DENIES, "Deny it"))
    return tag(
        "section",
        tag("h3", f"The claim: {answer.claim}") if answer.claim else EMPTY,
        tag(
            "div",
            (
                tag(
                    "section",
                    tag("h4", heading),
                    (_statement(source, turn) for source in answer.sources if source.stance is stance),
                    data_stance=str(stance),
                )
                for stance, heading in sides
            ),
            class_="both",
        ),
        class_="sides",
        aria_label="Both sides",
    )


def _statement(source: Evidence, turn: int) -> Html:
    who = join(tag("b", words.sentence_case(words.speaker_words(source))), " with reserve" if source.hedged else "")
    return tag(
        "figure",
        tag("blockquote", source.quote),
        tag("figcaption", tag("span", who), tag("span", words.place_words(source.article))),
        tag("button", "Read in the article", type="button", class_="plain", **opening(source, turn)),
    )


def _closest(closest: Sequence[Citation], turn: int) -> Html:
    if not closest:
        return EMPTY
    return tag(
        "section",
        tag("h3", "Closest passages"),
        tag("p", "Near the question, but not an answer to it."),
        (
            tag(
                "figure",
                tag("blockquote", citation.quote),
                tag(
                    "figcaption",
                    tag("b", words.title_words(citation.article)),
                    tag("span", words.place_words(citation.article)),
                ),
                tag("button", "Read in the article", type="button", class_="plain", **opening(citation, turn)),
            )
            for citation in closest
        ),
        class_="closest",
    )


def _to_sources(answer: Answer, number: int) -> Html:
    if not answer.sources:
        return EMPTY
    label = f"{words.count_words(len({source.article.id for source in answer.sources}), 'article')} on this"
    return tag(
        "p", tag("button", label, type="button", class_="plain", data_act="sources", data_turn=number), class_="after"
    )
