"""The words of a time (EDTF, ISO 8601-2) as they are said: ``2025``, ``hösten 2022``, a day."""

from __future__ import annotations

import re

from samverkan.language import Language
from samverkan.language import mark as _

_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SEASONS = {
    "21": _("the spring of {year}"),
    "22": _("the summer of {year}"),
    "23": _("the autumn of {year}"),
    "24": _("the winter of {year}"),
}


def is_day(words: str) -> bool:
    """Whether *words* are those of a single day."""
    return _DAY.fullmatch(words) is not None


def said(words: str, language: Language) -> str:
    """*words* of one time or an interval, in running text: ``2025``, ``2021 till 2023``."""
    first, slash, last = words.strip("[]").partition("/")
    if slash and first.strip(".") and last.strip("."):
        values = {"first": _one(first, language), "last": _one(last, language)}
        return language.say(_("{first} to {last}"), **values)
    return _one(first.strip(".") or last.strip(".") or words, language)


def beginning(words: str) -> str:
    """The words of the beginning of an interval; of its end, where none is known."""
    first, _slash, last = words.strip("[]").partition("/")
    return first.strip(".") or last.strip(".")


def when(words: str, language: Language) -> str:
    """``on 2021-02-19``, ``in 2025``: the time at which something was last or first seen."""
    message = _("on {day}") if is_day(words) else _("in {time}")
    return language.say(message, day=words, time=said(words, language))


def whole(words: str, language: Language) -> str:
    """``on 2021-02-19``, ``for 2025``: the time that something is shown for."""
    message = _("on {day}") if is_day(words) else _("for {time}")
    return language.say(message, day=words, time=said(words, language))


def opening(words: str, language: Language) -> str:
    """The same at the beginning of a sentence."""
    message = _("On {day}") if is_day(words) else _("For {time}")
    return language.say(message, day=words, time=said(words, language))


def period(words: str, language: Language) -> str:
    """`` for 2021 to 2023``: a period as a source gives it; nothing where it gives none."""
    bare = words.strip("[]")
    first, slash, last = bare.partition("/")
    values = {"first": _one(first, language), "last": _one(last, language)}
    if not bare:
        return ""
    if bare.startswith("..") or not first:
        end = _one((last or bare).strip("."), language)
        return language.say(_(" until {last} at the latest"), last=end)
    if not slash:
        return language.say(_(" for {first}"), **values)
    if last == "..":
        return language.say(_(" from {first} until further notice"), **values)
    if not last:
        return language.say(_(" from {first}, the end not known"), **values)
    return language.say(_(" for {first} to {last}"), **values)


def _one(words: str, language: Language) -> str:
    """A time that is no interval, with its qualifier said (``~`` about, ``?`` not certain)."""
    exact = words.rstrip("?~%")
    season = _SEASON.fullmatch(exact)
    text = language.say(_SEASONS[season[2]], year=season[1]) if season else exact
    if words.endswith(("~", "%")):
        text = language.say(_("about {time}"), time=text)
    if words.endswith(("?", "%")):
        text = language.say(_("{time} (not certain)"), time=text)
    return text
