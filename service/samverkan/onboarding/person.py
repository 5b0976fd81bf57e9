"""The sections of the pack of a person: where the sources show the person, and as what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samverkan import checks, findings
from samverkan.findings import Finding, Thing
from samverkan.language import mark as _
from samverkan.onboarding import gaps, seats
from samverkan.onboarding.frame import Frame
from samverkan.onboarding.pack import Group, Section

# What is told of a body that the person sits in.
_BODY = ("active", "mentioned", "proposed", "dissolved", "remark")


def sections(frame: Frame, amiss: Sequence[checks.Finding]) -> list[Section]:
    """What somebody who meets the person, or takes over, wants to know, in that order."""
    reading = frame.read("roles", person=frame.thing.iri)
    held = findings.findings(frame.knowledge, reading, frame.language)
    own = frozenset(row["membership"].value for row in frame.knowledge.rows(reading))
    bodies = list(dict.fromkeys(seat.organization for seat in held))
    return [
        seats.of_person(frame, held),
        _bodies(frame, bodies),
        _meetings(frame),
        _decisions(frame),
        seats.to_ask(frame, _speakers(frame, bodies), ""),
        gaps.of_person(frame, amiss, own),
        gaps.disagreements(frame),
    ]


def _bodies(frame: Frame, bodies: Sequence[Thing]) -> Section:
    groups: list[Group] = []
    for body in bodies:
        told = replace(frame, thing=body).facts("introduction", body=body.iri)
        groups += [replace(group, thing=body) for group in told.of(*_BODY).groups(body.label)]
    return Section("bodies", frame.say(_("The bodies")), groups=tuple(groups))


def _meetings(frame: Frame) -> Section:
    found = frame.facts("presences", person=frame.thing.iri)
    return Section(
        name="meetings",
        title=frame.say(_("Meetings")),
        groups=found.groups(),
        silence=found.silence,
    )


def _decisions(frame: Frame) -> Section:
    found = frame.facts("concerning", thing=frame.thing.iri)
    title = frame.say(_("Decisions"))
    return Section("decisions", title, groups=found.groups(), silence=found.silence)


def _speakers(frame: Frame, bodies: Sequence[Thing]) -> list[tuple[Thing, Sequence[Finding]]]:
    return [(body, seats.in_body(frame, body.iri)) for body in bodies]
