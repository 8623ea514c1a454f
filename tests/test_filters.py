"""A filter lets through what was asked for, and says so when it cannot be read."""

from datetime import date

import pytest

from index.errors import InvalidFilter
from index.filters import Filters, publisher_key
from index.types import Entry


def entry(published: str | None = None, publisher: str | None = None, name: str = "a1") -> Entry:
    return Entry(id=name, title="", publisher=publisher, author=None, published=published, url=None)


def test_without_limits_everything_matches() -> None:
    assert not Filters()
    assert Filters().matches(entry())


def test_both_end_days_are_included() -> None:
    filters = Filters(since="2026-02-01", until="2026-02-28")
    assert [filters.matches(entry(day)) for day in ("2026-01-31", "2026-02-01", "2026-02-28T23:59Z", "2026-03-01")] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_month_asked_for_means_all_its_days() -> None:
    filters = Filters(since="2026-02", until="2026-02")
    assert filters.matches(entry("2026-02-28"))
    assert not filters.matches(entry("2026-03-01"))


def test_an_article_known_by_month_matches_when_one_of_its_days_does() -> None:
    assert Filters(since="2026-02-10").matches(entry("2026-02"))
    assert not Filters(since="2026-03-01").matches(entry("2026-02"))


def test_an_article_of_unknown_date_never_matches_a_date() -> None:
    assert not Filters(since="1900").matches(entry(None))
    assert Filters(since="1900").dated


def test_dates_may_be_written_out_or_be_dates() -> None:
    assert Filters(since="10 Feb 2026", until=date(2026, 3, 1)) == Filters(since="2026-02-10", until="2026-03-01")


@pytest.mark.parametrize("written", ["soon", "2026-02-30", "03/04/2026"])
def test_a_date_that_cannot_be_read_is_refused_with_how_to_write_it(written: str) -> None:
    with pytest.raises(InvalidFilter, match=r"since .* write it like 2026-02-10"):
        Filters(since=written)


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidFilter, match="after until"):
        Filters(since="2026-03", until="2026-02-28")


@pytest.mark.parametrize(
    "name", ["The New York Times", "new york times", "NEW YORK  TIMES", "newyorktimes.com", "www.newyorktimes.com"]
)
def test_publishers_are_compared_without_case_the_and_com(name: str) -> None:
    assert Filters(publishers=[name]).matches(entry(publisher="The New York Times"))


def test_another_or_an_unknown_publisher_does_not_match() -> None:
    assert not Filters(publishers="Reuters").matches(entry(publisher="Reuters Health"))
    assert not Filters(publishers="Reuters").matches(entry())
    assert publisher_key("BBC.co.uk") == publisher_key("bbc")


def test_one_of_several_names_or_ids_is_enough_and_all_kinds_of_limit_must_fit() -> None:
    filters = Filters(publishers=["AP", "Reuters"], articles=["a1", "a2"])
    assert filters.matches(entry(publisher="reuters", name="a2"))
    assert not filters.matches(entry(publisher="reuters", name="a3"))
    assert not filters.matches(entry(publisher="AFP", name="a1"))
