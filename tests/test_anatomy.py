"""The article is told from the page around it, and nothing short is lost.

The texts came in three lots, each measured once before any rule was changed for it: 21, 14 and 10 texts with 0.875,
0.793 and 0.732 of the kept words in the article, and 0.998, 0.998 and 1.000 of the article's words kept. They are short
and full of furniture on purpose; what is measured below is after the rules learned from them.
"""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from news_texts import TEXTS

from index.anatomy import ANSWERABLE, Part, Stretch, read_anatomy
from index.masthead import read_masthead
from index.seeding import read_seeds
from index.types import Nature

MARKS = {
    "t": Part.TITLE, "b": Part.BYLINE, "d": Part.DATE, ".": Part.BODY, "c": Part.CAPTION, "s": Part.DISCLOSURE, "~": Part.BOILERPLATE,
}  # fmt: skip


def unmarked(marked: str) -> tuple[str, list[tuple[str, Part]]]:
    """The text alone, and its lines that are not blank with what each is."""
    lines = [(line[2:], MARKS[line[0]]) for line in marked.splitlines() if line.strip()]
    text = "\n".join(line[2:] if line.strip() else "" for line in marked.splitlines())
    return text, [(line, part) for line, part in lines if line.strip()]


def judged(text: str, title: str = "") -> list[tuple[str, Part]]:
    """Each word of the text with the part it was found to be."""
    return [
        (word, stretch.part) for stretch in read_anatomy(text, title) for word in text[slice(*stretch.span)].split()
    ]


def word_counts(marked: str) -> tuple[int, int, int]:
    """Words kept rightly, kept, and to be kept."""
    text, lines = unmarked(marked)
    truth = [part in ANSWERABLE for line, part in lines for _ in line.split()]
    kept = [part in ANSWERABLE for _, part in judged(text)]
    assert len(truth) == len(kept)
    return sum(a and b for a, b in zip(truth, kept, strict=True)), sum(kept), sum(truth)


def test_of_the_words_kept_nearly_all_are_the_article_and_nearly_all_of_it_is_kept() -> None:
    right, kept, wanted = (sum(column) for column in zip(*map(word_counts, TEXTS.values()), strict=True))
    assert right / kept >= 0.985
    assert right / wanted >= 0.995


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_loses_what_it_says(name: str) -> None:
    right, kept, wanted = word_counts(TEXTS[name])
    assert right / wanted >= 0.97
    assert right / kept >= 0.85


def test_the_texts_are_of_many_builds() -> None:
    assert len(TEXTS) >= 40


@pytest.mark.parametrize(
    "text",
    [
        "Ford denied the report.",
        "The central bank cut its key rate to 7.5% on Wednesday",
        "Sign up here",
        "Related articles",
        "Advertisement",
        "By Jane Roe",
        "3 May 2024",
        "Photo: Reuters",
        ">The federal government fined the airline $50 million after an investigation.",
    ],
)
def test_a_text_of_one_line_is_body_whatever_it_says(text: str) -> None:
    assert [stretch.part for stretch in read_anatomy(text)] == [Part.BODY]
    assert [stretch.part for stretch in read_anatomy(text, text)] == [Part.BODY]


def test_a_sentence_about_furniture_is_not_furniture() -> None:
    for sentence in (
        "Readers who subscribe to newsletters are cancelling them, a survey found.",
        "Share prices fell on Monday after the firm read more complaints than ever.",
        "Follow-up talks on the treaty begin on Thursday in Geneva.",
        "Related charges against two other men were dropped in March.",
        "More than 4,000 people signed up to help in the first week.",
        "Comments by the minister angered farmers across the country.",
        "Contact with the probe was lost at 14:10, the agency said.",
        "Cookies baked in the shape of the mayor sold out by noon.",
        "Copyright law does not cover the design, the court ruled.",
        "Advertising spending rose by 4% in the third quarter.",
        "By Monday, rescuers had reached all but two of the villages.",
        "The photo shows planes standing in brown water at the airport.",
        "Support for the strike has grown to 61 percent since May.",
        "Register officials in Kent counted 1,200 weddings in June.",
    ):
        text = f"The council met on Monday to talk about the new budget.\n\n{sentence}\n\nIt will meet again on Friday at noon."
        assert [stretch.part for stretch in read_anatomy(text)] == [Part.BODY], sentence


def test_a_prompt_behind_a_sentence_is_cut_off_and_the_sentence_kept() -> None:
    text = "The recall covers 46 cars sold in May and June. Read more\n\nNo one was hurt, the maker said on Monday."
    assert [(text[slice(*s.span)], s.part) for s in read_anatomy(text)][:2] == [
        ("The recall covers 46 cars sold in May and June.", Part.BODY),
        ("Read more", Part.BOILERPLATE),
    ]


def test_the_article_goes_on_below_teasers_in_its_middle() -> None:
    text = TEXTS["court"]
    plain, _ = unmarked(text)
    kept = " ".join(word for word, part in judged(plain) if part in ANSWERABLE)
    assert "can still turn to the Supreme Court" in kept
    assert "agrees to pay" not in kept


def test_a_known_title_is_found_again_in_the_text_and_its_repeats_too() -> None:
    text = "Mayor quits\n\nMayor quits\n\nThe mayor of Leeds resigned on Monday, the council said."
    assert [stretch.part for stretch in read_anatomy(text, "Mayor quits | The Daily Post")] == [Part.TITLE, Part.BODY]


SEED_PARTS = {
    "ford-explored-partnership": (None, None, Nature.AI),
    "ford-xiaomi-explore-partnership": ("Isabella Tang", "2026-02-02T20:28", None),
    "ford-xiaomi-talks": (None, None, None),
    "rumors-and-denials": (None, None, None),
    "xiaomi-modena-partnership": ("Pradnesh Naik", "2023-10-12T12:34", None),
}


def test_what_the_seed_articles_say_of_themselves_is_read_from_them() -> None:
    read = {article.id: read_masthead(article.text) for article in read_seeds()}
    assert {name: (m.author, m.published, m.nature) for name, m in read.items()} == SEED_PARTS
    assert {article.id: article.title for article in read_seeds()} == {name: m.title for name, m in read.items()}


@pytest.mark.parametrize(
    ("name", "author", "published"),
    [
        ("wire", "Milena Petrova", "2025-06-03T09:14Z"),
        ("local_with_comments", "Tom Ashworth", "2024-03-12T16:05Z"),
        ("tabloid", "DAISY HOLT", "2025-07-14T07:22"),
        ("opinion_with_note", "Lena Ortiz", None),
        ("india", "Anjali Menon", None),  # the only date given is that of an update
        ("science", "Ines Duarte", "2025-08-19"),
        ("firm_news", "Ingrid Moe and Jonas Hauge", "2025-11-04T07:45"),
        ("sponsored", None, None),
        ("live", None, None),
        ("radio", "Marta Lindqvist", "2025-11-14"),
        ("fact_check", "Nadia Brandt", None),
        ("nonprofit", "Joel Hartman", "2025-12-01"),
        ("regional", "Hannah Dow", None),  # day and month without a year
    ],
)
def test_author_and_date_are_read_from_the_lines_around_the_title(
    name: str, author: str | None, published: str | None
) -> None:
    masthead = read_masthead(unmarked(TEXTS[name])[0])
    assert (masthead.author, masthead.published) == (author, published)


@pytest.mark.parametrize(
    ("name", "nature"),
    [
        ("sponsored", Nature.SPONSORED),
        ("ai_summary", Nature.AI),
        ("translated", Nature.AI),
        ("opinion_with_note", Nature.OPINION),
        ("magazine", Nature.OPINION),
        ("wire", None),
    ],
)
def test_the_nature_of_an_article_is_read_from_what_it_discloses(name: str, nature: Nature | None) -> None:
    assert read_masthead(unmarked(TEXTS[name])[0]).nature is nature


@pytest.mark.parametrize(
    ("title", "nature"),
    [
        ("Opinion: stop digging", Nature.OPINION),
        ("Editorial – We need trams", Nature.OPINION),
        ("Sponsored | Trams you will love", Nature.SPONSORED),
        ("Opinion polls: who leads", None),
        ("Ferry sinks: ten hurt", None),
    ],
)
def test_a_label_before_the_title_tells_the_nature(title: str, nature: Nature | None) -> None:
    assert read_masthead("The tram costs more than it did, the council said.", title).nature is nature


NEWSLIKE = st.lists(
    st.sampled_from(
        [
            "", "By Jane Roe", "3 May 2024", "Related articles", "Comments (3)", "Sign in", "Read more", "Home", "News",
            "The mayor of Leeds resigned on Monday after a long debate.", "Mayor quits", "Photo: Jane Roe", "- Advertisement -",
            "Teaser that breaks off...", "© 2024", "This content is AI-generated.", "\u00a0", "•", "x\u2028y",
        ]
    ),
    max_size=30,
).map("\n".join)  # fmt: skip


@given(NEWSLIKE | st.text(max_size=200), st.sampled_from(["", "Mayor quits"]))
def test_every_line_is_in_one_stretch_and_no_text_is_thrown_away(text: str, title: str) -> None:
    stretches: tuple[Stretch, ...] = read_anatomy(text, title)
    assert all(left.span[1] <= right.span[0] for left, right in pairwise(stretches))
    assert all(text[slice(*stretch.span)].strip() for stretch in stretches)
    covered = "".join(text[slice(*stretch.span)] for stretch in stretches)
    assert re.sub(r"\s", "", covered) == re.sub(r"\s", "", text)
    assert any(stretch.part in ANSWERABLE for stretch in stretches) == bool(text.strip())
    read_masthead(text, title)


@pytest.mark.parametrize("unit", ["\t", " ", "a\n", "By A B ", "(photo ", "a@b.", "A, ", "/", "x\u2028", "Related\n"])
def test_hostile_text_is_judged_in_time_that_grows_with_its_length(unit: str) -> None:
    text = "The mayor resigned on Monday." + unit * (100_000 // len(unit)) + "The council met."
    started = time.process_time()
    read_anatomy(text)
    read_masthead(text)
    assert time.process_time() - started < 10
