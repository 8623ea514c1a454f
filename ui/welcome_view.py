"""What frames the conversation as HTML: the name of the thing, the ways to its pages, and what to begin with."""

from collections.abc import Sequence

from ui.markup import EMPTY, Html, tag
from ui.next_view import ask_button

_PAGES = (("history", "Conversations"), ("articles", "Articles"), ("evaluation", "Evaluation"))


def masthead() -> Html:
    """The name of the thing, what it does, and its pages."""
    new = tag("button", "New", type="button", data_act="alter", data_do="new", aria_label="New conversation")
    pages = (tag("button", label, type="button", data_act="show", data_page=page) for page, label in _PAGES)
    return tag(
        "div",
        tag("h1", "on", tag("span", "record")),
        tag("p", "Answers from news articles, each with the words that say so"),
        tag("nav", new, pages, aria_label="Pages"),
        class_="masthead",
    )


def add_articles() -> Html:
    """Leads to where articles are added."""
    return tag("button", "Add articles", type="button", class_="plain", data_act="show", data_page="articles")


def invitation(examples: Sequence[str], articles: int) -> Html:
    """What stands there before the first question, or before the first article."""
    if not articles:
        return tag(
            "section",
            tag("h2", "No articles yet"),
            tag("p", "Add news articles, then ask what is on record in them."),
            tag("p", add_articles()),
        )
    offered = tag(
        "ul",
        (tag("li", ask_button(example)) for example in examples),
    )
    return tag(
        "section",
        tag("h2", "What is on record?"),
        tag("p", "Ask about the articles on file. Every sentence of the answer points to the words that say so."),
        (tag("h3", "For instance"), offered) if examples else EMPTY,
    )
