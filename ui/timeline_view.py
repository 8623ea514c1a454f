"""When an answer's sources were published, as a picture: a dot for each, along the days, and what it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.dates import date_range
from rag.types import Answer, Evidence
from ui import words
from ui.markup import EMPTY, Html, join, tag
from ui.opening import opening
from ui.plain import shorten

_DOT, _STEP, _AXIS = 9, 22, 26
"""Pixels: the radius of a dot, from one to the next above it, and what stands below the line."""
_APART = 9.0
"""Percent of the width that two days keep apart, however near they are, so that no dot covers another."""
_SHOWN = 10
"""Days in the picture; the list has them all."""

Said = tuple[Evidence, int | None]
"""A source, and the number it is cited by."""


@dataclass(frozen=True, slots=True)
class Day:
    """What was published on one day, as precisely as it is known."""

    published: str
    first: date
    said: tuple[Said, ...]


def days(answer: Answer) -> list[Day]:
    """The days that the answer's sources were published on, the first first."""
    found: dict[str, list[Said]] = {}
    for source, n in (said for article in words.sources_by_article(answer) for said in article):
        found.setdefault((source.article.published or "")[:10], []).append((source, n))
    known = (
        Day(published, first, tuple(said)) for published, said in found.items() if (first := _first_day(published))
    )
    return sorted(known, key=lambda day: (day.first, day.published))


def _first_day(published: str) -> date | None:
    try:
        return date_range(published)[0]
    except ValueError:
        return None


def timeline(answer: Answer, turn: int) -> Html:
    """The picture and its list, where the sources were published on two days or more; else nothing."""
    when = days(answer)
    if len(when) < 2:
        return EMPTY
    judged = answer.claim is not None
    undated = sum(_first_day(source.article.published or "") is None for source in answer.sources)
    return tag(
        "section",
        tag("h3", "When it was said"),
        _picture(when[-_SHOWN:], turn, judged=judged),
        tag("ol", (_entry(day, turn, judged=judged) for day in when), class_="when"),
        tag("p", f"{words.count_words(undated, 'source')} without a date", class_="note") if undated else EMPTY,
        class_="timeline",
        aria_label="Timeline",
    )


def _picture(when: Sequence[Day], turn: int, *, judged: bool) -> Html:
    tallest = max(len(day.said) for day in when)
    line = tallest * _STEP + 4
    places = positions([day.first for day in when])
    title, about = f"timeline-{turn}", f"timeline-{turn}-about"
    first, last = words.date_words(when[0].published), words.date_words(when[-1].published)
    told = "; ".join(f"{words.date_words(day.published)}: {words.count_words(len(day.said), 'source')}" for day in when)
    return tag(
        "svg",
        tag("title", f"Sources from {first} to {last}", id=title),
        tag("desc", told, id=about),
        tag("line", x1="0", x2="100%", y1=line, y2=line, class_="axis"),
        (_column(day, place, line, turn, judged=judged) for day, place in zip(when, places, strict=True)),
        tag("text", first, x="0", y=line + 19),
        tag("text", last, x="100%", y=line + 19, text_anchor="end"),
        width="100%",
        height=line + _AXIS,
        role="group",
        aria_labelledby=title,
        aria_describedby=about,
    )


def positions(when: Sequence[date]) -> list[float]:
    """Where each day stands, in percent of the width: as far apart as they were, but never too near to tell."""
    low, high = 4.0, 96.0
    apart = min(_APART, (high - low) / max(1, len(when) - 1))
    whole = max(1, (when[-1] - when[0]).days)
    places: list[float] = []
    for day in when:
        true = low + (high - low) * (day - when[0]).days / whole
        places.append(max(true, places[-1] + apart) if places else true)
    for i in range(len(places) - 1, -1, -1):  # what was pushed over the end moves back
        places[i] = min(places[i], high - apart * (len(places) - 1 - i))
    return places


def _column(day: Day, place: float, line: int, turn: int, *, judged: bool) -> Html:
    x = f"{place:.1f}%"
    dots = (
        tag(
            "a",
            tag("circle", cx=x, cy=line - 13 - i * _STEP, r=_DOT, class_=f"dot {source.stance}" if judged else "dot"),
            tag("text", str(n), x=x, y=line - 9 - i * _STEP, text_anchor="middle", class_="n") if n else EMPTY,
            href="#",
            aria_label=f"{words.date_words(day.published)}: {_told(source, judged=judged)}",
            **opening(source, turn),
        )
        for i, (source, n) in enumerate(day.said)
    )
    return join(tag("line", x1=x, x2=x, y1=line - 4, y2=line + 4, class_="axis"), dots)


def _entry(day: Day, turn: int, *, judged: bool) -> Html:
    return tag(
        "li",
        tag("b", words.date_words(day.published)),
        tag("div", (_said(source, n, turn, judged=judged) for source, n in day.said)),
    )


def _said(source: Evidence, n: int | None, turn: int, *, judged: bool) -> Html:
    return tag(
        "button",
        tag("span", str(n), class_="number") if n else EMPTY,
        tag("span", _told(source, judged=judged)),
        type="button",
        **opening(source, turn),
    )


def _told(source: Evidence, *, judged: bool) -> str:
    stance = f" {words.stance_words(source)}" if judged else ""
    who = words.sentence_case(words.speaker_words(source))
    return f"{who}{stance} · {shorten(source.article.publisher or words.title_words(source.article), 60)}"
