"""A body's place among the others, for a pack: those that stand to it alike are told together."""

from __future__ import annotations

from dataclasses import replace

from samverkan import telling
from samverkan.facts import Fact
from samverkan.language import mark as _
from samverkan.onboarding.frame import Facts, Frame
from samverkan.onboarding.pack import Section

_COUNTERPART = "counterpart"
_PARTS = ("membership", "part-of", "relation")


def of(frame: Frame) -> Facts:
    """How the body stands to others, and they to it."""
    return frame.facts("place", body=frame.thing.iri)


def among_others(frame: Frame, place: Facts) -> Section:
    """What the body is a part of, reports to and so on, and what is so to it."""
    title = frame.say(_("Its place among the others"))
    told = _together(place.of(*_PARTS))
    return Section("place", title, groups=told.groups(), silence=place.silence)


def counterpart(frame: Frame, place: Facts, unknown: Facts) -> Section:
    """What the body mirrors, or what mirrors it; that nobody says so, where one would ask."""
    silence = frame.say(_("No source says what corresponds to {subject} at the national level."))
    return Section(
        name=_COUNTERPART,
        title=frame.say(_("Counterpart at the national level")),
        groups=place.of(_COUNTERPART).groups(),
        silence=silence if unknown.of(_COUNTERPART).found else "",
    )


def _together(place: Facts) -> Facts:
    """The same with what has one end, kind, time, note and place in common as one."""
    alike: dict[tuple[str, ...], list[Fact]] = {}
    for fact in place.found:
        alike.setdefault(_likeness(place.frame, fact), []).append(fact)
    return replace(place, found=tuple(_one(place, same) for same in alike.values()))


def _likeness(frame: Frame, fact: Fact) -> tuple[str, ...]:
    shared = "organization" if _is_from(frame, fact) else "other"
    kept = (fact.values.get(name, "") for name in ("verb", "role", "note", shared))
    return (str(fact.case), telling.where(fact, frame.language), shared, *kept)


def _one(place: Facts, alike: list[Fact]) -> Fact:
    """Several facts, told with all of their other ends."""
    first, language = alike[0], place.frame.language
    if len(alike) == 1:
        return first
    end = "other" if _is_from(place.frame, first) else "organization"
    ends = language.join([fact.values[end] for fact in alike])
    return replace(
        place.retold(first, {**first.values, end: ends}),
        things=tuple(dict.fromkeys(thing for fact in alike for thing in fact.things)),
        incomplete=any(fact.incomplete for fact in alike),
        evidence=tuple(sorted({passage for fact in alike for passage in fact.evidence})),
    )


def _is_from(frame: Frame, fact: Fact) -> bool:
    """Whether the relation runs from the body that the pack is about."""
    return fact.organization == frame.thing
