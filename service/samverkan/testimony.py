"""Testimony: which source shows a membership for which time, and whose word decides on a day.

The same membership may stand in several sources, each with its own title, basis and passages, and
for its own time. What it is worth on a day rests on some of them; a sentence cites those, and is
worded as they word it. The others are evidence all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from samverkan.states import BEFORE_FIRST, CONFIRMED, ENDED, NOMINATED

_TESTIMONY = re.compile(
    r"(?P<kind>attested|period) (?P<words>.*?) \((?P<start>[\d-]*)/(?P<end>[\d-]*|\.\.)\), "
    r"(?P<basis>\w+) <(?P<source>[^<>]+)> (?P<title>.*)"
)
_BETWEEN = re.compile(r" \| (?=(?:attested|period) )")


@dataclass(frozen=True)
class Time:
    """The first and the last day that the words (EDTF) of a time allow; None where they name none.

    An open end is the last day there is.
    """

    start: date | None
    end: date | None
    words: str

    @property
    def first(self) -> date:
        """The first day that it tells of: the start, or where there is none, the end."""
        return self.start or self.end or date.min

    @property
    def last(self) -> date:
        """The last day that it tells of: the end, or where there is none, the start."""
        return self.end or self.start or date.min

    def has_begun(self, day: date) -> bool:
        """Whether it has, on *day*; a time without a start always has."""
        return self.start is None or self.start <= day

    def covers(self, day: date) -> bool:
        """Whether *day* lies in it; where no end is known, only the first day does."""
        return self.start is not None and self.start <= day <= self.last


@dataclass(frozen=True)
class Testimony:
    """What one source says of a membership: for a time that it shows, or as a period it gives."""

    time: Time
    is_period: bool
    basis: str
    source: str
    title: str


def read(cell: str) -> tuple[Testimony, ...]:
    """The testimonies in a cell of the queries, such as ``attested 2025 (2025-01-01/…) | …``."""
    return tuple(
        Testimony(
            time=Time(_day(match["start"]), _day(match["end"]), match["words"]),
            is_period=match["kind"] == "period",
            basis=match["basis"],
            source=match["source"],
            title=match["title"],
        )
        for match in map(_TESTIMONY.fullmatch, _BETWEEN.split(cell))
        if match
    )


def deciding(testimonies: Iterable[Testimony], state: str, day: date) -> tuple[Testimony, ...]:
    """Those on whose word a membership has *state* on *day*.

    - before-first: the earliest of all;
    - nominated: the first to show it;
    - confirmed: what shows it for that day, the most exact; else the period that covers the day;
    - ended: the period that is over, the last one; else the last to show it;
    - last-known, unnamed and vacant: the last to show it, by that day; else the period begun last.

    Sources that say the same of the same time decide together.
    """
    every = tuple(testimonies)
    begun = [told for told in every if told.time.has_begun(day)]
    shown = [told for told in begun if not told.is_period]
    periods = [told for told in begun if told.is_period]
    if state == BEFORE_FIRST:
        return _most(every, _earliness)
    if state == NOMINATED:
        return _most(shown or every, _earliness)
    if state == CONFIRMED:
        exact = [told for told in shown if told.time.covers(day)]
        spans = [told for told in periods if told.time.covers(day)]
        return _most(exact or spans or every, _exactness)
    over = [told for told in periods if told.time.last < day] if state == ENDED else []
    return _most(over or shown or periods or every, _lateness)


def first_shown(testimonies: Iterable[Testimony]) -> Testimony | None:
    """The first of all to show it."""
    return next(iter(_most([t for t in testimonies if not t.is_period], _earliness)), None)


def last_shown(testimonies: Iterable[Testimony], day: date) -> Testimony | None:
    """The last to show it for a time that has begun by *day*."""
    shown = [t for t in testimonies if not t.is_period and t.time.has_begun(day)]
    return next(iter(_most(shown, _lateness)), None)


def term(testimonies: Iterable[Testimony], day: date) -> Time | None:
    """The period that matters most on *day*, if any is given.

    It is the one that covers the day, else the one begun last, else the first to come.
    """
    periods = [told for told in testimonies if told.is_period]
    covering = [told for told in periods if told.time.covers(day)]
    begun = [told for told in periods if told.time.has_begun(day)]
    if covering or begun:
        return _most(covering or begun, _lateness)[0].time
    return min((told.time for told in periods), key=lambda time: time.first, default=None)


def _earliness(time: Time) -> tuple[int, int]:
    return -time.first.toordinal(), -time.last.toordinal()


def _lateness(time: Time) -> tuple[int, int]:
    return time.last.toordinal(), time.first.toordinal()


def _exactness(time: Time) -> tuple[int, int]:
    return time.first.toordinal(), -time.last.toordinal()


def _most(
    testimonies: Sequence[Testimony], rank: Callable[[Time], tuple[int, int]]
) -> tuple[Testimony, ...]:
    """Those whose time ranks highest."""
    highest = max((rank(told.time) for told in testimonies), default=None)
    chosen = [told for told in testimonies if rank(told.time) == highest]
    return tuple(sorted(chosen, key=lambda told: (told.source, told.title)))


def _day(text: str) -> date | None:
    if text == "..":
        return date.max
    return date.fromisoformat(text) if text else None
