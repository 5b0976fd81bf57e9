"""Days, months, seasons and years as a Swedish text writes them, held against EDTF.

A text leaves out the year where its reader knows it ("den 3 juni", "under våren"): that reads any
year next to the one in which the document was issued, but no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel.dates import get_month_names

_PART = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_MARKS = re.compile(r"[\[\]{}?~%]")
_HALVES = {
    re.compile(r"(\d{4})-01(?:-01)?/\1-06(?:-30)?"): "40",
    re.compile(r"(\d{4})-07(?:-01)?/\1-12(?:-31)?"): "41",
}
# EDTF level 1 (21–24) and level 2 (40, 41).
_PERIODS = {
    "21": r"\b(?:våren|vårens|vårterminen|vår(?= \d{4}))",
    "22": r"\bsommar(?:en|ens)?\b",
    "23": r"\bhöst(?:en|ens|terminen)?\b",
    "24": r"\bvinter(?:n|ns)?\b",
    "40": r"\bförsta (?:halvan av|halvåret|hälften av)(?: året)?",
    "41": r"\bandra (?:halvan av|halvåret|hälften av)(?: året)?",
}
_YEAR_AFTER = r"(?:,? (\d{4})(?!\d))?"
_THIS_YEAR = re.compile(r"\b(?:året|årets|i år|innevarande år)\b")
_LAST_YEAR = re.compile(r"\b(?:föregående år\w*|förra året|fjolåret)\b")
_TURN_OF_YEAR = re.compile(r"\bårsskiftet (\d{4})/(\d{4})")


@dataclass(frozen=True)
class Moment:
    """A day, month, season, half-year or year: what is between the signs of an EDTF string."""

    year: int
    part: str = ""
    day: int = 0


def reads(text: str, edtf: str, issued: int) -> bool:
    """Whether *text* writes all the moments of *edtf*.

    Args:
        text: healed, in small letters, its dashes all "-".
        edtf: a day, month (``2023-12``), season (``2022-23``), year, or an interval of these; an
            ``xsd:date`` or ``xsd:gYear`` is one as well.
        issued: the year in which the document was issued.
    """
    moments = tuple(_moments(edtf))
    return bool(moments) and all(_reads(text, moment, issued) for moment in moments)


def is_edtf(text: str) -> bool:
    """Whether *text* is a moment or an interval of them."""
    parts = [part for part in re.split(r"/|\.\.", _MARKS.sub("", text)) if part]
    return bool(parts) and all(_PART.fullmatch(part) for part in parts)


def _moments(edtf: str) -> Iterator[Moment]:
    plain = _MARKS.sub("", edtf)
    for pattern, part in _HALVES.items():
        if half := pattern.fullmatch(plain):
            yield Moment(int(half[1]), part)
            return
    for part in re.split(r"/|\.\.|,", plain):
        if found := _PART.fullmatch(part.strip()):
            yield Moment(int(found[1]), found[2] or "", int(found[3] or 0))


def _reads(text: str, moment: Moment, issued: int) -> bool:
    if not moment.part:
        return _reads_year(text, moment.year, issued)
    if moment.part in _PERIODS:
        return _with_year(text, _PERIODS[moment.part], moment.year, issued)
    month = int(moment.part)
    if not moment.day:
        names = "|".join(_months()[month])
        iso = rf"(?<!\d){moment.year}-{moment.part}(?!\d)"
        named = rf"\b(?:{names})(?:(?:s|mötet?s?|sammanträdet?s?)\b|\b\.?)"
        return bool(re.search(iso, text)) or _with_year(text, named, moment.year, issued)
    return _reads_day(text, moment, month, issued)


def _reads_day(text: str, moment: Moment, month: int, issued: int) -> bool:
    names = "|".join(_months()[month])
    day = rf"0?{moment.day}"
    if re.search(rf"(?<!\d){moment.year}-{moment.part}-{moment.day:02}(?!\d)", text):
        return True
    patterns = (
        rf"(?<!\d){day}(?::?e)? (?:{names})\b\.?",
        rf"\b(?:{names})\.? {day}(?!\d)",
        rf"(?<![\d/]){day}/0?{month}(?!\d)",
    )
    if any(_with_year(text, pattern, moment.year, issued) for pattern in patterns):
        return True
    turn = {(12, 31): 1, (1, 1): 2}.get((month, moment.day), 0)
    return bool(turn) and any(
        int(found[turn]) == moment.year for found in _TURN_OF_YEAR.finditer(text)
    )


def _with_year(text: str, pattern: str, year: int, issued: int) -> bool:
    """Whether *pattern* stands in *text* with that year after it, or with none where it is near."""
    for found in re.finditer(rf"(?:{pattern}){_YEAR_AFTER}", text):
        if int(found[1]) == year if found[1] else abs(year - issued) <= 1:
            return True
    return False


def _reads_year(text: str, year: int, issued: int) -> bool:
    if re.search(rf"(?<!\d){year}(?!\d)", text):
        return True
    this = issued - 1 <= year <= issued and _THIS_YEAR.search(text)
    last = issued - 2 <= year < issued and _LAST_YEAR.search(text)
    return bool(this or last)


@lru_cache(maxsize=1)
def _months() -> dict[int, list[str]]:
    """The names of each month in Swedish, and in English (as signing services print them)."""
    return {
        number: [
            re.escape(get_month_names(width, locale=code)[number].casefold().rstrip("."))
            for code in ("sv", "en")
            for width in ("wide", "abbreviated")
        ]
        for number in range(1, 13)
    }
