"""Words of time in EDTF: the earliest and the latest day that they allow.

The forms that the data use (ISO 8601-2, as the Library of Congress has them): a day, month, year or
season, an interval of these with an open (``..``) or unknown (nothing) end, "by a day"
(``[..2021-02-19]``), and ``?``, ``~``, ``%`` for what is not certain. The library edtf reads more,
takes several milliseconds for each, and guesses ten years where an end is unknown.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[?~%]?")
_UNTIL = re.compile(r"\[\.\.([^\[\],./]+)\]")
_INTERVAL = re.compile(r"([^/]*)/([^/]*)")

_Season = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]

# EDTF level 1: from which to which month, counted from January of the year, a season lasts: in most
# Swedish calendars; in any case; at most. It has no days of its own: "the autumn" may be all of the
# half-year, and the winter the one that begins in the year or the one that the year begins with.
_SEASONS: dict[int, _Season] = {
    21: ((3, 5), (3, 5), (1, 6)),
    22: ((6, 8), (6, 8), (5, 9)),
    23: ((9, 11), (9, 11), (7, 12)),
    24: ((12, 14), (12, 12), (1, 15)),
}


@dataclass(frozen=True)
class Days:
    """From *first* to *last*; for words as loose as "the autumn", other days are as good.

    These lie between the first days of ``wide`` and of ``narrow``, and likewise the last ones.
    """

    first: date
    last: date
    narrow: tuple[date, date]
    wide: tuple[date, date]

    def may_begin(self, day: date | None) -> bool:
        """Whether *day* can be meant as the first."""
        return day is not None and self.wide[0] <= day <= self.narrow[0]

    def may_end(self, day: date | None) -> bool:
        """Whether *day* can be meant as the last."""
        return day is not None and self.narrow[1] <= day <= self.wide[1]


@dataclass(frozen=True)
class Extent:
    """From when to when: None where the words give no day; ``is_open`` where it goes on."""

    start: Days | None
    end: Days | None
    is_open: bool = False

    @property
    def earliest(self) -> date | None:
        """The first day that the words allow."""
        return self.start.first if self.start else None

    @property
    def latest(self) -> date | None:
        """The last day that the words allow."""
        return self.end.last if self.end else None

    def has(self, earliest: date | None, latest: date | None) -> bool:
        """Whether these are the days that the words allow."""
        begins = self.start.may_begin(earliest) if self.start else earliest is None
        ends = self.end.may_end(latest) if self.end else latest is None
        return begins and ends


def extent(words: str) -> Extent:
    """What *words*, in EDTF, allow.

    Raises:
        ValueError: for a form that is not known here, a day that there is not, or an end before
            its start.
    """
    if until := _UNTIL.fullmatch(words):
        return Extent(None, _days(until[1]))
    interval = _INTERVAL.fullmatch(words)
    if interval is None:
        days = _days(words)
        return Extent(days, days)
    start, end = (None if part in {"", ".."} else _days(part) for part in interval.groups())
    if not (start or end) or (start and end and start.first > end.last):
        raise ValueError(words)
    return Extent(start, end, interval[2] == "..")


def _days(words: str) -> Days:
    point = _POINT.fullmatch(words)
    if point is None:
        raise ValueError(words)
    year, month, day = int(point[1]), int(point[2] or 0), int(point[3] or 0)
    if month in _SEASONS and not point[3]:
        return _season(year, _SEASONS[month])
    first = date(year, month if point[2] else 1, day if point[3] else 1)
    last = first if point[3] else _last_day(year, month or 12)
    return Days(first, last, (first, last), (first, last))


def _season(year: int, season: _Season) -> Days:
    usual, narrow, wide = (
        (_first_day(year, first), _last_day(year, last)) for first, last in season
    )
    return Days(*usual, narrow, wide)


def _first_day(year: int, month: int) -> date:
    years, rest = divmod(month - 1, 12)
    return date(year + years, rest + 1, 1)


def _last_day(year: int, month: int) -> date:
    first = _first_day(year, month)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
