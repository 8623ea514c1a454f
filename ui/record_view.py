"""The conversation as HTML: each question, how it was understood, its answer, and what can be done with it."""

from collections.abc import Iterator

from ui import answer_view
from ui.export import answer_text
from ui.limits_view import chip, limit_chips
from ui.links import question_link
from ui.markup import EMPTY, Attribute, Html, join, tag
from ui.memory import MAX_REASON
from ui.turns import Sitting, Turn
from ui.words import period_words, recent_words


def record(sitting: Sitting) -> Html:
    """The conversation, oldest first; its id is left for the page's address."""
    turns = (_turn(turn, number) for number, turn in enumerate(sitting.turns, start=1))
    return (
        join(tag("div", hidden=True, data_conversation=sitting.conversation or ""), turns) if sitting.turns else EMPTY
    )


def _turn(turn: Turn, number: int) -> Html:
    return tag(
        "article",
        tag("h2", turn.question, class_="question", id=f"question-{number}"),
        tag("ul", _chips(turn), class_="chips", aria_label="How the question was understood"),
        answer_view.pending(turn.said) if turn.pending else EMPTY,
        tag("p", turn.problem, class_="problem", role="alert") if turn.problem else EMPTY,
        answer_view.answered(turn.answer, number) if turn.answer else EMPTY,
        EMPTY if turn.pending else _acts(turn, number),
        class_="turn",
        aria_labelledby=f"question-{number}",
    )


def _chips(turn: Turn) -> Iterator[Html]:
    """What was understood, each with a button that asks again without it, where that is a question."""
    asked = turn.asked
    if asked.kind:
        drop = f"Ask instead: {asked.openly}" if asked.openly else None
        yield _chip(turn, f"asks {asked.kind.replace('/', ' or ')}", drop, asked.openly)
    for part in asked.parts:
        rest = " ".join(other for other in asked.parts if other != part)
        yield _chip(turn, part, f"Ask without “{part}”", rest)
    if asked.whole:
        yield _chip(
            turn,
            f"read as “{asked.whole}”",
            "Ask it by itself, without the questions before",
            turn.question,
            data_drop="context",
        )
    if asked.named:
        yield _chip(turn, f"of {', '.join(asked.named)}", "Ask it of all articles", asked.bare)
    if asked.recent:
        said = recent_words(asked.recent, asked.since, asked.until)
        yield _chip(turn, said, "Ask it of all days", asked.undated)
    elif asked.undated:
        yield _chip(turn, period_words(asked.since, asked.until), "Ask it of all days", asked.undated)
    if asked.newest:
        yield _chip(turn, "the newest first", "Ask it of any time", asked.timeless)
    yield from limit_chips(asked.filters, **_again(turn))


def _chip(turn: Turn, label: str, drop: str | None, question: str | None, **act: Attribute) -> Html:
    """A chip whose button asks `question`, or one without a button where there is no such question."""
    again = {**_again(turn), "data_question": question, **act}
    return chip(label, drop if question else None, **again)


def _again(turn: Turn) -> dict[str, Attribute]:
    """Attributes of a button that asks the question again, once it has been answered."""
    return {
        "data_act": "ask",
        "data_question": turn.question,
        "data_alone": "1" if turn.asked.alone else None,
        "disabled": turn.pending,
    }


def _acts(turn: Turn, number: int) -> Html:
    return tag(
        "div",
        tag("button", "Ask again", type="button", class_="plain", **_again(turn)),
        tag("button", "Edit", type="button", class_="plain", data_act="edit", data_question=turn.question),
        _copying(turn) if turn.answer else EMPTY,
        tag(
            "button",
            "Copy link",
            type="button",
            class_="plain",
            data_act="copy",
            data_link=question_link(turn.question, turn.asked.filters),
        ),
        _rating(turn, number) if turn.answer else EMPTY,
        class_="acts",
        role="group",
        aria_label="What to do with this answer",
    )


def _copying(turn: Turn) -> Html:
    return tag(
        "button", "Copy with citations", type="button", class_="plain", data_act="copy", data_text=answer_text(turn)
    )


def _rating(turn: Turn, number: int) -> Html:
    rating = turn.rating

    def thumb(label: str, *, good: bool) -> Html:
        pressed = rating is not None and rating.good is good
        return tag(
            "button",
            label,
            type="button",
            class_="thumb",
            data_act="alter",
            data_do="rate",
            data_turn=number,
            data_good="1" if good else "0",
            aria_pressed=str(pressed).lower(),
        )

    return tag(
        "div",
        thumb("Right", good=True),
        thumb("Wrong", good=False),
        EMPTY if rating is None else _reason(rating.reason, number, good=rating.good),
        class_="rating",
    )


def _reason(reason: str, number: int, *, good: bool) -> Html:
    if reason:
        return tag("span", f"Noted: {reason}", class_="note")
    field = tag(
        "input",
        type="text",
        name="reason",
        maxlength=MAX_REASON,
        aria_label="Why? (if you like)",
        placeholder="Why? (if you like)",
    )
    save = tag(
        "button",
        "Save",
        type="button",
        class_="plain",
        data_act="alter",
        data_do="rate",
        data_turn=number,
        data_good="1" if good else "0",
        data_default=True,
    )
    return tag("span", field, save, data_form=True, class_="reason")
