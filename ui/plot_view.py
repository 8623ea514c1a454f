"""The plots of a report, which `eval` draws as SVG, as elements of the page."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, fromstring

from eval.page import plots_of
from eval.results import Result
from ui.markup import Html, tag


def plots(results: Sequence[Result]) -> Html:
    """The plots side by side. They are built anew, element by element, so that nothing comes in as markup."""
    return tag("div", (_element(fromstring(figure)) for figure in plots_of(results)), class_="plots")


def _element(drawn: Element) -> Html:
    attributes = {f"{name}_" if name == "class" else name.replace("-", "_"): value for name, value in drawn.items()}
    return tag(drawn.tag, drawn.text, map(_element, drawn), **attributes)
