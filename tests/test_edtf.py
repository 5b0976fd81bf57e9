"""Words of time are read as EDTF and give the widest days that they allow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.edtf import extent

DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))
POINTS = DAYS.flatmap(
    lambda day: st.sampled_from([f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}"]).map(
        lambda words: (day, words)
    )
)


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("2021-02-19", "2021-02-19", "2021-02-19"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021/2023", "2021-01-01", "2023-12-31"),
        ("2020-03/2021-02-19", "2020-03-01", "2021-02-19"),
        ("2021-01-01/..", "2021-01-01", None),
        ("2021-01-01/", "2021-01-01", None),
        ("../2021", None, "2021-12-31"),
        ("/2021-05", None, "2021-05-31"),
        ("[..2021-02-19]", None, "2021-02-19"),
        ("2021~", "2021-01-01", "2021-12-31"),
        ("2022-21", "2022-03-01", "2022-05-31"),
        ("2022-22", "2022-06-01", "2022-08-31"),
        ("2022-23", "2022-09-01", "2022-11-30"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2021-22/2022-23", "2021-06-01", "2022-11-30"),
    ],
)
def test_the_forms_of_time_give_their_widest_days(
    words: str, earliest: str | None, latest: str | None
) -> None:
    found = extent(words)
    assert (found.earliest, found.latest) == tuple(
        None if day is None else date.fromisoformat(day) for day in (earliest, latest)
    )
    assert found.has(found.earliest, found.latest)


def test_an_open_end_is_not_an_unknown_one() -> None:
    assert extent("2021/..").is_open
    assert not extent("2021/").is_open


@pytest.mark.parametrize(
    "words",
    [
        *("", "/", "../..", "..", "2021-02-30", "2021-13", "2021-00", "2021-25", "2021-22-01"),
        *("19/2 2021", "2021–2023", "2023/2021", "hösten 2021", "2021/2022/2023", "21", "[2021..]"),
    ],
)
def test_what_is_no_time_is_refused(words: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of whatever kind
        extent(words)


@given(POINTS)
def test_a_day_lies_within_the_words_for_it(point: tuple[date, str]) -> None:
    day, words = point
    found = extent(words)
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest <= day <= found.latest
    assert f"{found.earliest}".startswith(words)
    assert not f"{found.latest + timedelta(1)}".startswith(words)


@given(POINTS, POINTS)
def test_an_interval_lasts_from_its_first_to_its_last_day(
    one: tuple[date, str], another: tuple[date, str]
) -> None:
    (_first, start), (_last, end) = sorted([one, another])
    found = extent(f"{start}/{end}")
    assert (found.earliest, found.latest) == (extent(start).earliest, extent(end).latest)
    assert found.has(found.earliest, found.latest)
    assert not found.has(found.earliest, None)


@given(DAYS, DAYS, st.integers(1000, 9998), st.integers(21, 24))
def test_the_days_of_a_season_are_of_its_year_or_the_winter_s_next(
    earliest: date, latest: date, year: int, season: int
) -> None:
    if extent(f"{year}-{season}").has(earliest, latest):
        assert earliest.year == year
        assert latest.year in {year, year + 1}


@pytest.mark.parametrize(
    ("words", "earliest", "latest", "fits"),
    [
        ("2022-23", "2022-07-01", "2022-12-31", True),
        ("2022-23", "2021-09-01", "2022-11-30", False),
        ("2022-23", "2022-09-01", "2023-11-30", False),
        ("2022-24", "2022-01-01", "2023-03-31", True),
        ("2022-24", "2021-12-01", "2022-02-28", False),
        ("2022", "2022-01-02", "2022-12-31", False),
    ],
)
def test_days_fit_the_words_or_do_not(words: str, earliest: str, latest: str, fits: bool) -> None:
    days = (date.fromisoformat(earliest), date.fromisoformat(latest))
    assert extent(words).has(*days) is fits


@given(st.text(max_size=24))
def test_any_text_is_a_time_or_no_time(words: str) -> None:
    try:
        found = extent(words)
    except ValueError:
        return
    assert found.has(found.earliest, found.latest)
