"""Plots as inline SVG, made by plain functions: values in, one element out. Colours come from the page's stylesheet."""

from collections.abc import Sequence
from html import escape

from eval.calibration import Bin

WIDTH, HEIGHT = 320, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 40


def reliability_plot(bins: Sequence[Bin], title: str) -> str:
    """Stated probability against the share that came true; on the diagonal the two agree, and area shows how many."""
    most = max((item.rows for item in bins), default=1)
    marks = [
        _dot(
            (item.stated, item.true),
            3 + 7 * (item.rows / most) ** 0.5,
            f"stated {item.stated:.2f}, true {item.true:.2f}, {item.rows} questions",
        )
        for item in bins
    ]
    diagonal = f'<line class="guide" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    return _frame(title, "stated probability", "share true", diagonal + "".join(marks))


def curve_plot(points: Sequence[tuple[float, float]], title: str, across: str, up: str) -> str:
    """A line through points whose two coordinates lie in 0..1."""
    last = "".join(_dot(point, 4, f"{point[0]:.2f}, {point[1]:.3f}") for point in points[-1:])
    return _frame(title, across, up, _line(points) + last)


def latency_plot(seconds: Sequence[float], title: str) -> str:
    """Share of questions answered within a time; the axis ends at the slowest."""
    ordered = sorted(seconds)
    slowest = ordered[-1] if ordered and ordered[-1] > 0 else 1.0
    points = [(second / slowest, (at + 1) / len(ordered)) for at, second in enumerate(ordered)]
    line = _line([(points[0][0], 0.0), *points]) if points else ""
    ticks = [(share, f"{share * slowest:.2g} s") for share in (0.0, 0.5, 1.0)]
    return _frame(title, "within", "share of questions", line, ticks)


def _frame(
    title: str, across: str, up: str, body: str, ticks: Sequence[tuple[float, str]] = ((0, "0"), (0.5, "0.5"), (1, "1"))
) -> str:
    grid = "".join(
        f'<line class="grid" x1="{LEFT}" y1="{_y(share):.1f}" x2="{WIDTH - RIGHT}" y2="{_y(share):.1f}"/>'
        f'<text class="tick" x="{LEFT - 6}" y="{_y(share) + 4:.1f}" text-anchor="end">{share:g}</text>'
        for share in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    below = "".join(
        f'<text class="tick" x="{_x(share):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="{_anchor(share)}">'
        f"{escape(name)}</text>"
        for share, name in ticks
    )
    middle = (LEFT + WIDTH - RIGHT) / 2
    labels = (
        f'<text class="label" x="{middle:.0f}" y="{HEIGHT - 6}" text-anchor="middle">{escape(across)}</text>'
        f'<text class="label" x="12" y="{(TOP + HEIGHT - BOTTOM) / 2:.0f}" text-anchor="middle"'
        f' transform="rotate(-90 12 {(TOP + HEIGHT - BOTTOM) / 2:.0f})">{escape(up)}</text>'
    )
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{escape(title)}">{grid}{below}{labels}{body}</svg></figure>'
    )


def _line(points: Sequence[tuple[float, float]]) -> str:
    places = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    return f'<polyline class="line" points="{places}"/>'


def _dot(point: tuple[float, float], radius: float, says: str) -> str:
    x, y = _x(point[0]), _y(point[1])
    return f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{escape(says)}</title></circle>'


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _anchor(share: float) -> str:
    return "start" if share == 0 else "end" if share == 1 else "middle"


__all__ = ["curve_plot", "latency_plot", "reliability_plot"]
