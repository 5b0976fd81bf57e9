"""The sections of the pack of a body: a board, a group, a region, the collaboration itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samverkan import checks
from samverkan.findings import Finding, Thing
from samverkan.language import mark as _
from samverkan.onboarding import gaps, place, seats
from samverkan.onboarding.frame import Facts, Frame
from samverkan.onboarding.pack import Group, Section

# More decisions of its own than this are counted only: a board makes twenty at a meeting.
_MOST_MADE = 12


def sections(frame: Frame, amiss: Sequence[checks.Finding]) -> list[Section]:
    """What somebody who is new in the body, or new to it, wants to know, in that order."""
    there = seats.in_body(frame, frame.thing.iri)
    around = place.of(frame)
    unknown = frame.facts("unknown", body=frame.thing.iri)
    return [
        _introduction(frame),
        place.among_others(frame, around),
        seats.of_body(frame, there),
        seats.on_behalf(frame),
        _work(frame),
        place.counterpart(frame, around, unknown),
        _decisions(frame),
        _tasks(frame),
        _to_ask(frame, there, around, unknown),
        gaps.of_body(frame, unknown, amiss),
        gaps.disagreements(frame),
    ]


def _introduction(frame: Frame) -> Section:
    told = frame.facts("introduction", body=frame.thing.iri)
    rules = frame.facts("composition", body=frame.thing.iri)
    return Section(
        name="about",
        title=frame.say(_("What it is")),
        groups=(*told.merged("name").groups(), *rules.groups()),
        silence=told.silence,
    )


def _work(frame: Frame) -> Section:
    found = frame.facts("work", body=frame.thing.iri)
    return Section(
        name="work",
        title=frame.say(_("What it answers for and does, and what came of it")),
        groups=_outcomes_once(frame, found).groups_by("years"),
        silence=found.silence,
    )


def _outcomes_once(frame: Frame, work: Facts) -> Facts:
    """The same with an outcome that several share told of the first of them."""
    told: set[str] = set()
    found = []
    for fact in work.found:
        outcome = fact.values.get("outcome", "")
        again = {**fact.values, "outcome": frame.say(_("What came of it stands above"))}
        found.append(work.retold(fact, again) if outcome in told else fact)
        told |= {outcome} - {""}
    return replace(work, found=tuple(found))


def _decisions(frame: Frame) -> Section:
    """Those that concern the body, and the newest that it made itself; the others are counted."""
    found = frame.facts("concerning", thing=frame.thing.iri)
    made = found.of("made").found
    shown = replace(found, found=made[:_MOST_MADE])
    about = found.of("concerns").groups(frame.say(_("Decisions that concern {subject}")))
    by_it = shown.groups(frame.say(_("Decisions by {subject}")))
    left = len(made) - len(shown.found)
    silence = frame.and_more(left) if left else found.silence
    title = frame.say(_("Decisions"))
    return Section("decisions", title, groups=(*about, *by_it), silence=silence)


def _tasks(frame: Frame) -> Section:
    found = frame.facts("deadlines", assignee=frame.thing.iri)
    told = []
    for fact in found.found:
        due = fact.values.get("when")
        message = _("{task}, by {when}") if due else _("{task}; no source gives a deadline")
        task = frame.say(message, task=fact.values["task"], when=due)
        told.append(found.statement(fact, task))
    groups = (Group("", tuple(told)),) if told else ()
    return Section("tasks", frame.say(_("Tasks and their deadlines")), groups=groups)


def _to_ask(frame: Frame, there: Sequence[Finding], around: Facts, unknown: Facts) -> Section:
    """Who speaks for the body; and for those that it is a part of, where nobody chairs it."""
    bodies: list[tuple[Thing, Sequence[Finding]]] = [(frame.thing, there)]
    if unknown.of("chair").found:
        parts = (fact.things for fact in around.of("part-of").found)
        above = [things[-1] for things in parts if things[0] == frame.thing]
        bodies += [(body, seats.in_body(frame, body.iri)) for body in above]
    return seats.to_ask(frame, bodies, seats.nobody_to_ask(frame, there))
