"""What a page hides stays out of its article, however it is hidden; what only looks so stays in."""

import pytest

from index.readers.html import read_html
from index.readers.notes import Notes, Source

SHOWN = "The mayor of Leeds resigned on Monday after a long debate in the council, her office said."
SECRET = "The mayor has secretly confessed to rigging the ballot in Leeds on Sunday, friends say."


def text_of(body: str, css: str = "") -> str:
    page = f"<!doctype html><title>Mayor quits</title><style>{css}</style><article><h1>Mayor quits</h1>{body}</article>"
    article = read_html(page.encode(), Source("page.html", "file:///page.html"), Notes())
    assert article is not None
    return article.text


def hidden(body: str, css: str = "") -> bool:
    text = text_of(f"<p>{SHOWN}</p>{body}", css)
    assert SHOWN in text
    return "confessed" not in text


@pytest.mark.parametrize(
    "style",
    [
        "display:none", "DISPLAY : NONE !important", "display:/**/none", r"d\69splay:\6eone", "visibility:hidden", "opacity:0",
        "opacity:.01", "content-visibility:hidden", "font-size:0", "font-size:.01em", "font-size:1px", "zoom:0", "max-height:0",
        "height:0;overflow:hidden", "height:1px;width:1px;overflow:hidden", "width:1px;position:absolute", "scale:0",
        "position:absolute;left:-9999px", "position:absolute;left:-999em", "left:-200vw;position:fixed", "top:-5000px",
        "left:200vw;position:fixed", "right:-200%", "margin-left:-10000px", "text-indent:-9999px", "clip:rect(0 0 0 0)",
        "clip:rect(1px,1px,1px,1px)", "clip-path:inset(50%)", "transform:scale(0)", "transform:translateX(-9999px)",
        "translate:-200vw", "color:transparent", "color:rgba(0,0,0,0)", "color:#ffffff00", "color:#fff;background:#fff url(x.png)",
        "color:white;background-color:rgb(255, 255, 255)", "filter:opacity(0)", "display:none!important;display:block",
    ],
)  # fmt: skip
def test_a_style_that_hides_is_known(style: str) -> None:
    assert hidden(f'<p style="{style}">{SECRET}</p>')


@pytest.mark.parametrize(
    "style",
    [
        "font-size:1rem", "font-size: 1em", "font-size:100%", "font-size:1.1vw", "line-height:1", "line-height:0.9", "opacity:1",
        "opacity:0;animation:fade 1s forwards", "width:1%", "width:100%", "height:1%", "width:0;flex:1", "height:auto", "top:0;left:0",
        "margin-left:-100%", "margin:-1px", "left:-20px;position:relative", "text-indent:-1em", "clip:rect(0,600px,200px,0)",
        "transform:translate(-50%,-50%)", "color:#fff;background:#000", "color:transparent;background-clip:text", "display:block",
        "max-width:60ch", "border-width:0",
    ],
)  # fmt: skip
def test_a_style_that_only_looks_like_hiding_hides_nothing(style: str) -> None:
    assert SHOWN in text_of(f'<p style="{style}">{SHOWN}</p><p>Her deputy takes over until May, officials said.</p>')


@pytest.mark.parametrize(
    ("selector", "body"),
    [
        (".a", "<p class='b a'>{}</p>"),
        (".x, #s", "<p id=s>{}</p>"),
        (".a .b", "<div class=a><div><p class=b>{}</p></div></div>"),
        ("div.a > p", "<div class=a><p>{}</p></div>"),
        ("p.b.c", "<p class='c b'>{}</p>"),
        ("p[data-x]", "<p data-x=1>{}</p>"),
        ("[class*=sec]", "<p class=asecret>{}</p>"),
        (r".md\:x", "<p class=md:x>{}</p>"),
        ("article p.z", "<p class=z>{}</p>"),
        ("*.q", "<p class=q>{}</p>"),
    ],
)
def test_the_sheet_of_a_page_is_followed(selector: str, body: str) -> None:
    assert hidden(body.format(SECRET), f"b{{color:red}} {selector}{{display:none}}")
    assert not hidden(f"<p class=other>{SECRET}</p>", f"{selector}{{display:none}}")


def test_a_rule_that_holds_on_telephones_or_paper_alone_hides_nothing() -> None:
    for condition in (
        "print",
        "(max-width: 600px)",
        "screen and (max-width:47.9em)",
        "(width < 700px)",
        "(hover: none)",
    ):
        assert not hidden(f"<p class=a>{SECRET}</p>", f"@media {condition}{{.a{{display:none}}}}")
    for condition in ("screen", "all", "(min-width: 700px)", "not print", "(min-width:30em) and (max-width:200em)"):
        assert hidden(f"<p class=a>{SECRET}</p>", f"@media {condition}{{.a{{display:none}}}}")


def test_what_is_shown_again_is_seen() -> None:
    for css in (
        ".a{display:none} .a{display:block}",
        ".a{display:none} @media (min-width:700px){.a{display:block}}",
        "div .a{display:flex} .a{display:none}",
        ".a{display:block!important} div .a{display:none}",
    ):
        assert not hidden(f"<div><p class=a>{SECRET}</p></div>", css)
    assert not hidden(f"<p class=a style='display:block'>{SECRET}</p>", ".a{display:none}")
    assert hidden(f"<p class=a style='display:block'>{SECRET}</p>", ".a{display:none!important}")


def test_names_that_hide_count_unless_a_wide_screen_shows_them() -> None:
    for names in ("sr-only", "d-none", "hidden", "visually-hidden lead"):
        assert hidden(f"<p class='{names}'>{SECRET}</p>")
    for names in ("hidden md:block", "d-none d-md-block", "d-none d-lg-flex"):
        assert not hidden(f"<p class='{names}'>{SECRET}</p>")
    assert hidden(f"<p class='d-none d-md-none'>{SECRET}</p>")


@pytest.mark.parametrize(
    "body",
    [
        "<div hidden><p>{}</p></div>", "<div hidden=until-found><p>{}</p></div>", "<div ARIA-HIDDEN='True'><p>{}</p></div>",
        "<!-- <p>{}</p> -->", "<template><p>{}</p></template>", "<noscript><p>{}</p></noscript>", "<div popover><p>{}</p></div>",
        "<dialog><p>{}</p></dialog>", "<textarea>{}</textarea>", "<svg><text>{}</text></svg>", "<img alt='{}'>", "<p title='{}'>By</p>",
    ],
)  # fmt: skip
def test_markup_that_is_never_shown_is_not_read(body: str) -> None:
    assert hidden(body.format(SECRET))


def test_a_page_that_is_hidden_until_its_scripts_have_run_is_read() -> None:
    page = (
        f"<title>Mayor quits</title><style>body,p{{opacity:0}}</style><body style='display:none'><p>{SHOWN}</p></body>"
    )
    article = read_html(page.encode(), Source("page.html", "file:///page.html"), Notes())
    assert article is not None
    assert SHOWN in article.text


@pytest.mark.parametrize(
    "css",
    [
        "}{",
        "@media{",
        "a{b",
        "{{{{",
        ".a{display:none",
        "/*",
        "\\",
        "[",
        ".a >",
        "@media (",
        "a," * 999,
        "div " * 999 + "{top:0}",
    ],
)
def test_no_sheet_breaks_the_reader(css: str) -> None:
    assert SHOWN in text_of(f"<p>{SHOWN}</p>", css)
