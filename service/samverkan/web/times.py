"""The days that a page can be seen as of: links, for a thing and the request that shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samverkan.catalogue import KNOWN_ON, ON_DATE
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.profile import Profile
from samverkan.web.pages import link


@dataclass(frozen=True)
class Choice:
    """A day to choose: its label, what came on it, the page as of it, and whether it is chosen."""

    label: str
    told: str
    address: str
    chosen: bool


@dataclass(frozen=True)
class Shown:
    """The days that the page is shown for, in words, and those that can be chosen instead."""

    is_moved: bool
    on_date: str
    known_on: str
    true_on: tuple[Choice, ...]
    known_then: tuple[Choice, ...]


def shown(thing: Profile, path: str, language: Language, *, on_date: str, known_on: str) -> Shown:
    """The days of *thing*, whose page at *path* was asked for with these parameters."""
    say, given = language.say, {ON_DATE: on_date, KNOWN_ON: known_on}
    true_on = [(day.day, "") for day in thing.timeline.true_on]
    known_then = [(day.day, "; ".join(day.sources)) for day in thing.timeline.known_on]
    return Shown(
        is_moved=bool(on_date or known_on),
        on_date=on_date or say(_("today")),
        known_on=known_on or say(_("today")),
        true_on=_choices(path, given, ON_DATE, true_on, say(_("today"))),
        known_then=_choices(path, given, KNOWN_ON, known_then, say(_("all sources"))),
    )


def _choices(
    path: str, given: dict[str, str], name: str, days: Iterable[tuple[date, str]], none: str
) -> tuple[Choice, ...]:
    """A choice for each of *days*, by which *name* is changed of what is *given*; and for none."""
    offered = [(day.isoformat(), told) for day, told in days]
    return tuple(
        Choice(day or none, told, _address(path, given | {name: day}), day == given[name])
        for day, told in [*offered, ("", "")]
    )


def _address(path: str, values: dict[str, str]) -> str:
    return link(path, **{name: value for name, value in values.items() if value})
