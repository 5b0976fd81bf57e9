"""The day or the time that a question names, in figures or in words.

Only whole phrases of time are read, in Swedish and English: what is not one stays a part of the
question. (dateparser reads a point in time out of almost any text and guesses what is missing; here
a year is a year, and nothing is guessed.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from babel.dates import get_month_names

from samverkan import edtf
from samverkan.language import CODES

_MARKS = " ?!.,\"'”“’‘«»"
_NOW = re.compile(
    r"[\s,]+(?:just nu|nu|idag|i dag|för närvarande|today|now|right now|currently)$", re.IGNORECASE
)
_NOW_ANYWHERE = re.compile(
    r"\b(?:just nu|idag|i dag|för närvarande|today|right now|currently|these days|nu|now)\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"[\s,]+(?:(?:den|per|on|as of)\s+)?(\d{4}-\d{2}-\d{2})$", re.IGNORECASE)
_DAY_IN_WORDS = re.compile(
    r"[\s,]+(?:(?:den|per|on|as of)\s+)?(?:the\s+)?(\d{1,2})(?:\s+of)?\s+([^\W\d]+)\s+(\d{4})$",
    re.IGNORECASE,
)
_BEFORE = r"före|innan|before"
_AFTER = r"efter|after"
_SINCE = r"sedan|från och med|fr\.? ?o\.? ?m\.?|från|since|from"
_UNTIL = r"till och med|t\.? ?o\.? ?m\.?|until|up to"
_IN = r"under|för|i|om|in|during|for|per"
_SEASONS = {
    "21": r"våren|vårens|spring",
    "22": r"sommaren|sommarens|summer",
    "23": r"hösten|höstens|autumn|fall",
    "24": r"vintern|vinterns|winter",
}
_SEASON = "|".join(_SEASONS.values())
_RELATIVE = (
    "igår|i går|yesterday|i år|det här året|this year|"
    "förra året|i fjol|last year|nästa år|next year"
)
_YEAR = r"(?:19|20)\d\d"
# Where a time that is no more than a part of a question may begin and end.
_FROM, _TO = r"(?:^|[\s,(]+)", r"(?=$|[\s,.;:?!)])"
_BESIDE_A_DAY = re.compile(rf"[\s,](?:{_BEFORE}|{_AFTER}|{_SINCE}|{_UNTIL})$", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """A time that a question names: its words in EDTF, its first and last day (None: open)."""

    words: str
    first: date | None
    last: date | None

    @property
    def year(self) -> str | None:
        """The year that it is, or is a part of, if any."""
        if self.first is None or self.last is None or self.first.year != self.last.year:
            return None
        return f"{self.first.year:04}"

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.first is not None and self.first == self.last


def day_in(text: str) -> str | None:
    """The day, YYYY-MM-DD, that *text* names at its end; it may be none of the calendar."""
    return _split(text)[1]


def readings(text: str, today: date) -> Iterator[tuple[str, Span | None]]:
    """*text* as it is, and without the time at its end, with that time: the ways to read it.

    The figures at the end may be part of a name ("Aktivitetsplan 2025"), so both are there. Closing
    marks are left out, and so are words for today, which is what a question is about anyhow.
    """
    asked, day = _split(text)
    if day:
        yield _NOW.sub("", text.strip(_MARKS)), None
        try:
            it = date.fromisoformat(day)
        except ValueError:
            return
        yield asked, Span(day, it, it)
        return
    yield asked, None
    found = _time(r"[\s,]+", "$").search(asked)
    if found and (span := _span(found, today)):
        yield asked[: found.start()], span


def within(text: str, today: date) -> Iterator[tuple[str, Span]]:
    """*text* without a time that stands anywhere in it, with that time; for each there is."""
    for found in _time(_FROM, _TO).finditer(text):
        if span := _span(found, today):
            yield f"{text[: found.start()]} {text[found.end() :]}", span


def without_now(text: str) -> str:
    """*text* without words for today, which is what a question is about anyhow."""
    return _NOW_ANYWHERE.sub(" ", text)


def _split(text: str) -> tuple[str, str | None]:
    asked = _NOW.sub("", text.strip(_MARKS))
    if (found := _DAY.search(asked)) and not _BESIDE_A_DAY.search(asked[: found.start()]):
        return asked[: found.start()], found[1]
    if (found := _DAY_IN_WORDS.search(asked)) and (month := _months().get(found[2].casefold())):
        return asked[: found.start()], f"{found[3]}-{month:02}-{int(found[1]):02}"
    return asked, None


def _span(found: re.Match[str], today: date) -> Span | None:
    words = _words(found, today) or ""
    try:
        extent = edtf.extent(words)
    except ValueError:
        return None
    first, last, day = extent.earliest, extent.latest, timedelta(days=1)
    if first is None or last is None:
        return None
    if found["before"]:
        return Span(f"../{(first - day).isoformat()}", None, first - day)
    if found["after"]:
        return Span(f"{(last + day).isoformat()}/..", last + day, None)
    if found["since"]:
        return Span(f"{words}/..", first, None)
    return Span(f"../{words}", None, last) if found["until"] else Span(words, first, last)


def _words(found: re.Match[str], today: date) -> str | None:
    """The time in EDTF, without the word before it; None where it is none."""
    if found["relative"]:
        said = " ".join(found["relative"].casefold().split())
        return next(told(today) for pattern, told in _RELATIVES if re.fullmatch(pattern, said))
    if found["first"]:
        return f"{found['first']}/{found['last']}"
    if season := found["season"]:
        number = next(n for n, p in _SEASONS.items() if re.fullmatch(p, season, re.IGNORECASE))
        return f"{found['of']}-{number}"
    if found["month"]:
        number = found["number"] or found["nth"]
        month = f"{found['of']}-{_months()[found['month'].casefold()]:02}"
        return f"{month}-{int(number):02}" if number else month
    return found["day"] or found["year"]


_RELATIVES: tuple[tuple[str, Callable[[date], str]], ...] = (
    (r"igår|i går|yesterday", lambda today: (today - timedelta(days=1)).isoformat()),
    (r"i år|det här året|this year", lambda today: f"{today.year:04}"),
    (r"förra året|i fjol|last year", lambda today: f"{today.year - 1:04}"),
    (r"nästa år|next year", lambda today: f"{today.year + 1:04}"),
)


@lru_cache(maxsize=2)
def _time(start: str, end: str) -> re.Pattern[str]:
    """A time, with the word before it, between the patterns *start* and *end*."""
    months = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"{start}(?:(?P<before>{_BEFORE})|(?P<after>{_AFTER})|(?P<since>{_SINCE})|"
        rf"(?P<until>{_UNTIL})|(?:{_IN}))?\s*\b(?:(?:år|året|the year|the|den)\s+)?"
        rf"(?:(?P<day>\d{{4}}-\d\d-\d\d)|(?:(?P<season>{_SEASON})(?:\s+of)?|"
        rf"(?:(?P<number>\d{{1,2}})\s+(?:of\s+)?)?(?P<month>{months})(?:\s+(?P<nth>\d{{1,2}}),)?)\s+"
        rf"(?P<of>{_YEAR})|(?P<first>{_YEAR})(?:\s*[-–]\s*|\s+till\s+|\s+to\s+)(?P<last>{_YEAR})|"
        rf"(?P<year>{_YEAR})|(?P<relative>{_RELATIVE})){end}",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The number of each month by its names in all the languages (CLDR)."""
    return {
        name.casefold().rstrip("."): number
        for code in CODES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=code).items()
    }
