"""Dates are read as news writes them, with the precision given and nothing made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import date_range, find_date, parse_date

READ = {
    "2026-02-02": "2026-02-02",
    "2026/02/02": "2026-02-02",
    "2026/2/2": "2026-02-02",
    "20260202": "2026-02-02",
    "2026-02": "2026-02",
    "2026": "2026",
    "2026-02-02 20:28": "2026-02-02T20:28",
    "2026-02-02T20:28:00Z": "2026-02-02T20:28:00Z",
    "2026-02-02T20:28:00.123+05:30": "2026-02-02T20:28:00+05:30",
    "2026-02-02T20:28:00+0000": "2026-02-02T20:28:00Z",
    "Mon, 02 Feb 2026 20:28:00 GMT": "2026-02-02T20:28:00Z",
    "Oct 12, 2023": "2023-10-12",
    "October 12th, 2023": "2023-10-12",
    "OCT. 12, 2023": "2023-10-12",
    "12 October 2023": "2023-10-12",
    "12th of October 2023": "2023-10-12",
    "2 Feb 2026": "2026-02-02",
    "02-Feb-2026": "2026-02-02",
    "Sept. 5, 2024": "2024-09-05",
    "October 2023": "2023-10",
    "Feb, 2024": "2024-02",
    "12:34 pm Oct 12, 202312:34 pm": "2023-10-12T12:34",
    "By A Writer 12:34 am Oct 12, 2023": "2023-10-12T00:34",
    "Feb 2, 2026 at 8:28 PM EST": "2026-02-02T20:28-05:00",
    "Monday, February 2, 2026, 8:28 p.m. ET": "2026-02-02T20:28",
    "Friday 13 October 2023 10.30 BST": "2023-10-13T10:30",
    "Published: 3 May 2024": "2024-05-03",
    "Updated May 4, 2024 · Published May 3, 2024": "2024-05-03",
    "Published May 3, 2024 | Last updated: May 4, 2024": "2024-05-03",
    "31.12.2024": "2024-12-31",
    "13/02/2026": "2026-02-13",
    "02/13/2026": "2026-02-13",
    "02/02/2026": "2026-02-02",
    "2026年2月2日": "2026-02-02",
    "2026年2月": "2026-02",
    "29 February 2024": "2024-02-29",
    "3. März 2024": "2024-03-03",
    "3 de mayo de 2024": "2024-05-03",
    "le 14 août 2024 à 10:30": "2024-08-14T10:30",
    "5 października 2023": "2023-10-05",
    "7 марта 2025": "2025-03-07",
    "1er janvier 2025": "2025-01-01",
    "Juni 2024": "2024-06",
}

UNREAD = [
    "",
    "today",
    "2 hours ago",
    "03/04/2026",
    "2026-02-30",
    "29 February 2023",
    "2026-13-01",
    "Updated May 4, 2024",
    "Last modified: 2024-05-04",
    "Feb. 2",
    "call 555-2024",
    "12345678",
    "spring",
    "may",
    "n/a",
    "x" * 1000 + " 2026-02-02",
]


@pytest.mark.parametrize(("written", "iso"), READ.items())
def test_a_date_is_read_with_the_precision_given(written: str, iso: str) -> None:
    assert parse_date(written) == iso


@pytest.mark.parametrize("written", UNREAD)
def test_what_gives_no_certain_date_stays_unknown(written: str) -> None:
    assert parse_date(written) is None


def test_a_day_without_a_year_is_the_last_one_up_to_the_day_it_is_read_near() -> None:
    assert parse_date("Feb. 2", near=date(2026, 2, 10)) == "2026-02-02"
    assert parse_date("2 Feb", near=date(2026, 1, 10)) == "2025-02-02"
    assert parse_date("Feb 29", near=date(2026, 1, 10)) == "2024-02-29"


def test_the_span_of_a_found_date_takes_in_its_time_of_day() -> None:
    found = find_date("By A Writer 12:34 pm Oct 12, 202312:34 pm")
    assert found is not None
    assert (found.start, found.end) == (12, 41)


def test_a_stored_date_means_every_day_it_can_mean() -> None:
    assert date_range("2026-02") == (date(2026, 2, 1), date(2026, 2, 28))
    assert date_range("2024") == (date(2024, 1, 1), date(2024, 12, 31))
    assert date_range("2026-02-02T20:28Z") == (date(2026, 2, 2), date(2026, 2, 2))


@given(st.dates(min_value=date(1700, 1, 1), max_value=date(2190, 1, 1)))
def test_every_day_is_read_however_it_is_written(day: date) -> None:
    months = "January February March April May June July August September October November December".split()
    name = months[day.month - 1]
    for written in (f"{day:%Y-%m-%d}", f"{day.day} {name} {day.year}", f"{name[:3]}. {day.day}, {day.year}"):
        assert parse_date(written) == day.isoformat()


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    iso = parse_date(text, near=date(2026, 2, 10))
    assert iso is None or date_range(iso)
