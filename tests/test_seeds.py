"""The five articles are as they were given, and nothing is claimed of them that they do not show."""

import hashlib
from importlib import resources

from index.dates import parse_date
from index.seeding import read_seeds
from index.types import Nature

GIVEN = {
    "ford-xiaomi-explore-partnership": "7bfd2cbfc854b92a985131fcf0835a53ab1e32f8029f17d0e6791f7d739ad5e1",
    "ford-explored-partnership": "cf4a5cd66e440a7ce5838f78134f2eb27504fbba3b8584220e104f0c09a1c788",
    "ford-xiaomi-talks": "5026a8c14069d4094809066f71d7d8df26799cb739f20703cb5d30ec8572860e",
    "rumors-and-denials": "3a3cc8990cb7718c76c0c274377a142ecc0154506d27fe7edf00afe56dbc13bd",
    "xiaomi-modena-partnership": "9cb10d908ed77b7bb7a016d7a0c91a8301ca7e2fb9e57a69c14a09cef4d8ac01",
}


def test_every_article_is_byte_for_byte_as_given() -> None:
    assert {article.id: hashlib.sha256(article.text.encode()).hexdigest() for article in read_seeds()} == GIVEN


def test_every_file_of_the_folder_is_listed_once() -> None:
    files = {file.name for file in resources.files("seeds").joinpath("articles").iterdir()}
    assert files == {f"{name}.txt" for name in GIVEN}


def test_titles_and_authors_stand_in_the_text() -> None:
    for article in read_seeds():
        assert article.text.startswith(article.title)
        assert article.author is None or f"By {article.author}" in article.text
        assert article.publisher is None or article.publisher in article.text


def test_dates_are_those_the_articles_give_and_the_rest_stay_unknown() -> None:
    published = {article.id: article.published for article in read_seeds()}
    assert published == {
        "ford-xiaomi-explore-partnership": parse_date("2026-02-02 20:28"),
        "ford-explored-partnership": None,
        "ford-xiaomi-talks": None,
        "rumors-and-denials": None,
        "xiaomi-modena-partnership": parse_date("12:34 pm Oct 12, 202312:34 pm"),
    }


def test_the_article_that_says_it_is_ai_generated_is_marked_so() -> None:
    marked = [article for article in read_seeds() if article.nature is Nature.AI]
    assert ["AI-generated" in article.text for article in marked] == [True]
