"""Who sits where, for a pack: seats by on whose behalf, state and source; whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from samverkan import answers, findings, times
from samverkan.findings import Finding, Thing
from samverkan.language import mark as _
from samverkan.namespaces import DEF
from samverkan.onboarding.frame import Frame
from samverkan.onboarding.pack import Group, Section, Statement
from samverkan.phrases import Asked, Phrases, cite, is_plural, places, state_name
from samverkan.states import BEFORE_FIRST, ENDED, NOMINATED, STATES, UNNAMED
from samverkan.telling import sentence

_CHAIR, _SECRETARY = f"{DEF}role/chair", f"{DEF}role/secretary"
# Those who speak for a body, the first to ask first.
_ASKED = (
    _CHAIR,
    _SECRETARY,
    *(f"{DEF}role/{slug}" for slug in ("head", "process-leader", "regional-director")),
    f"{DEF}role/health-care-director",
)
_BETWEEN = " · "


def in_body(frame: Frame, body: str, **values: str) -> tuple[Finding, ...]:
    """The seats in *body*; *values* may say for whom, or in which role."""
    reading = frame.read("representatives", body=body, **values)
    return findings.findings(frame.knowledge, reading, frame.language)


def of_body(frame: Frame, seats: Sequence[Finding]) -> Section:
    """Who sits in the body that the pack is about: those of the reader's party first."""
    asked = _asked(frame, of_person=False)
    shown = seats
    if frame.party:
        shown = in_body(frame, frame.thing.iri, represents=frame.party.iri)
        if not any(seat.represents for seat in shown):
            others = {s.person or n for n, s in enumerate(seats) if s.represents}
            asked = replace(asked, others=len(others))
    _state, told = answers.told(frame.knowledge, frame.thing.iri, asked, shown, frame.language)
    return Section(
        name="people",
        title=frame.say(_("Who sits there")),
        told=told,
        groups=_groups(frame, seats, "represents" if any(s.represents for s in seats) else ""),
        findings=tuple(seats),
    )


def of_person(frame: Frame, seats: Sequence[Finding]) -> Section:
    """Where the person that the pack is about sits."""
    asked = _asked(frame, of_person=True)
    _state, told = answers.told(frame.knowledge, frame.thing.iri, asked, seats, frame.language)
    return Section(
        name="seats",
        title=frame.say(_("Positions")),
        told=told,
        groups=_groups(frame, seats, "person"),
        findings=tuple(seats),
    )


def on_behalf(frame: Frame) -> Section:
    """Where others sit on behalf of the body that the pack is about."""
    rows = frame.knowledge.rows(frame.read("represented-in", party=frame.thing.iri))
    found: list[Finding] = []
    for row in rows:
        there = in_body(frame, row["body"].value, represents=frame.thing.iri)
        found += [seat for seat in there if seat.represents]
    groups = _groups(frame, found, "organization")
    title = frame.say(_("Where it is represented"))
    return Section("represented", title, groups=groups, findings=tuple(found))


def to_ask(
    frame: Frame, bodies: Iterable[tuple[Thing, Sequence[Finding]]], silence: str
) -> Section:
    """Who speaks for *bodies*, each with its seats; *silence* tells of what nobody is named for."""
    groups: list[Group] = []
    found: list[Finding] = []
    for _body, seats in bodies:
        there = [seat for seat in seats if seat.role.iri in _ASKED and seat.person]
        there = [seat for seat in there if seat.state not in (NOMINATED, ENDED, BEFORE_FIRST)]
        there.sort(key=lambda seat: _ASKED.index(seat.role.iri))
        groups += _groups(frame, there, "organization")
        found += there
    reaching = frame.say(_("How to reach people is not held in the graph."))
    return Section(
        name="ask",
        title=frame.say(_("Whom to ask")),
        groups=tuple(groups),
        silence=f"{silence} {reaching}".strip(),
        findings=tuple(found),
    )


def nobody_to_ask(frame: Frame, seats: Iterable[Finding]) -> str:
    """Which of chair and secretary no source names among *seats*."""
    roles = {seat.role.iri for seat in seats if seat.person}
    if not roles & {_CHAIR, _SECRETARY}:
        message = _("No source names a chair or a secretary of {subject}.")
    elif _CHAIR not in roles:
        message = _("No source names a chair of {subject}.")
    elif _SECRETARY not in roles:
        message = _("No source names a secretary of {subject}.")
    else:
        return ""
    return frame.say(message)


def _asked(frame: Frame, *, of_person: bool) -> Asked:
    return Asked(
        subject=frame.thing.label,
        of_person=of_person,
        on_date=frame.on_date,
        known_on=frame.known_on,
        party=frame.party.label if frame.party else None,
    )


@dataclass(frozen=True)
class _Led:
    """What seats that are told together share: what leads them, and the source, if they have one.

    ``thing`` is what the first of these names.
    """

    first: str
    thing: Thing | None
    title: str


def _groups(frame: Frame, seats: Sequence[Finding], by: str) -> tuple[Group, ...]:
    """*seats* that share what leads them, together.

    *by* names what comes first: the party that each ``represents``, or its ``organization``;
    nothing does where they are those of one ``person``, or where *by* is empty.
    """
    words = Phrases(_asked(frame, of_person=by == "person"), frame.language, seats)
    groups: dict[_Led, list[Finding]] = {}
    for seat in sorted(seats, key=lambda seat: _order(frame, seat, by)):
        groups.setdefault(_led(frame, seat, by), []).append(seat)
    return tuple(_group(frame, led, alike, words, by) for led, alike in groups.items())


def _group(frame: Frame, led: _Led, seats: Sequence[Finding], words: Phrases, by: str) -> Group:
    """What all have in common stands above them, once: the state and its time, and a note.

    A holder whom no source names does not count: that is said of it each time.
    """
    states = {_state(frame, seat) for seat in seats if seat.state != UNNAMED or len(seats) == 1}
    notes = {seat.note for seat in seats}
    state = states.pop() if len(states) == 1 else ""
    note = (notes.pop() or "").rstrip(".") if len(seats) > 1 and len(notes) == 1 else ""
    told = []
    for seat in seats:
        text = [_position(frame, seat, words, by)]
        text += [_state(frame, seat)] if _state(frame, seat) != state else []
        text += [seat.note.rstrip(".")] if seat.note and not note else []
        told.append(_statement(frame, seat, sentence(" – ".join(text))))
    lead = _BETWEEN.join(filter(None, (led.first, state, led.title, note)))
    return Group(sentence(lead), tuple(told), led.thing)


def _led(frame: Frame, seat: Finding, by: str) -> _Led:
    titles = {place.title for place in seat.places}
    first, thing = "", None
    if by == "organization":
        first, thing = seat.organization.label, seat.organization
    elif by == "represents" and seat.represents:
        first, thing = frame.say(_("For {party}"), party=seat.represents.label), seat.represents
    elif by == "represents":
        first = frame.say(_("On whose behalf is not said"))
    title = titles.pop() if len(titles) == 1 else ""
    return _Led(first, thing if thing != frame.thing else None, title)


def _order(frame: Frame, seat: Finding, by: str) -> tuple[bool, bool, str, int]:
    """The reader's own party first, those of whom nobody is said last; the most certain first."""
    party = seat.represents.label if seat.represents else ""
    if by != "represents":
        party = seat.organization.label if by == "organization" else ""
    own = frame.party is not None and seat.represents == frame.party
    return not own, not party, party, STATES.index(seat.state)


def _state(frame: Frame, seat: Finding) -> str:
    """What a seat is worth on the day, and the time that rests on: ``last known 2021-02-19``."""
    time = seat.time or seat.period
    state = state_name(seat.state, frame.language)
    told = f"{state} {times.said(time, frame.language)}" if time else state
    if seat.nominated_by and seat.status == NOMINATED:
        return frame.say(_("{state} by {by}"), state=told, by=seat.nominated_by.label)
    return told


def _position(frame: Frame, seat: Finding, words: Phrases, by: str) -> str:
    """``Ola Karlsson, substitute``; of a person, the position alone."""
    alone = by == "person"
    held = words.position([seat]) if alone else words.role(seat, several=is_plural(seat))
    if seat.person is None and seat.state != UNNAMED:
        held = frame.say(_("{role}, not named"), role=held)
    elif seat.person and not alone:
        held = frame.say(_("{name}, {role}"), name=words.name(seat), role=held)
    return held + words.period(seat)


def _statement(frame: Frame, seat: Finding, text: str) -> Statement:
    titles = {place.title for place in seat.places}
    where = (places if len(titles) == 1 else cite)(seat.places, frame.language)
    if seat.basis == "implied":
        where = frame.say(_("implied, {where}"), where=where)
    things = (seat.person, seat.organization, seat.represents, seat.nominated_by)
    return Statement(
        text=text,
        where=where,
        state=seat.state,
        things=tuple(dict.fromkeys(t for t in things if t and t != frame.thing)),
        evidence=seat.evidence,
    )
