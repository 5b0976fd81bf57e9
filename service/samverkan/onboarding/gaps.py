"""What is not known, for a pack: what no source says, what the checks find, what disagrees."""

from __future__ import annotations

from collections.abc import Sequence

from samverkan import checks
from samverkan.checks import Finding
from samverkan.findings import Evidence, Thing
from samverkan.language import mark as _
from samverkan.onboarding.frame import Facts, Frame
from samverkan.onboarding.pack import Group, Section, Statement
from samverkan.phrases import cite
from samverkan.states import CONFIRMED
from samverkan.telling import few

_NOT_COVERED = "not-covered"
# It has a section of its own.
_COUNTERPART = "counterpart"
# So serious, at least, that somebody who is new wants to know of it.
_SEVERITY, _LEAST = "warning", "info"
# More lines of the checks than this are counted only.
_MOST = 8


def of_body(frame: Frame, unknown: Facts, amiss: Sequence[Finding]) -> Section:
    """What no source says of the body, and what the checks find amiss with it."""
    about, for_it = [], 0
    for each in _known(frame, amiss):
        concerned = (each.thing, each.value, *each.bodies)
        if any(thing and thing.iri == frame.thing.iri for thing in concerned):
            about.append(each)
        elif each.actor.iri == frame.thing.iri and each.severity != _LEAST:
            for_it += 1
    return _section(frame, _unsaid(frame, unknown), about, for_it)


def of_person(frame: Frame, amiss: Sequence[Finding], own: frozenset[str]) -> Section:
    """What the checks find amiss with a person and with *own*, the IRIs of the person's seats."""
    about = [each for each in _known(frame, amiss) if each.thing.iri in {frame.thing.iri, *own}]
    return _section(frame, (), about, 0)


def disagreements(frame: Frame) -> Section:
    """What the sources disagree on about the thing."""
    found = frame.facts("disputed", thing=frame.thing.iri)
    title = frame.say(_("What does not agree"))
    return Section("disagreements", title, groups=found.groups(), silence=found.silence)


def _section(
    frame: Frame, unsaid: tuple[Group, ...], about: Sequence[Finding], for_it: int
) -> Section:
    """*about* is what is told; *for_it* counts what else the body has to settle."""
    found = checks.todo(about, frame.on_date, severity=_SEVERITY)
    lines = [(group.actor, line) for group in found.groups for line in group.lines]
    lines.sort(key=lambda each: each[0] != frame.party)
    told = tuple(_line(frame, actor, line) for actor, line in lines[:_MOST])
    lead = frame.say(_("What the checks of the graph find amiss"))
    left = len(lines) - len(told)
    silence = [frame.and_more(left)] if left else []
    if for_it:
        message = _(
            "Besides, {subject} has to settle {count} things; the list of what to do has them."
        )
        silence.append(frame.say(message, count=for_it))
    return Section(
        name="unknown",
        title=frame.say(_("What is not known")),
        groups=(*unsaid, *((Group(lead, told),) if told else ())),
        silence=" ".join(silence),
    )


def _unsaid(frame: Frame, unknown: Facts) -> tuple[Group, ...]:
    """One statement of all that no source says, with the newest places that mention the body."""
    found = [fact for fact in unknown.found if fact.case != _COUNTERPART]
    if not found:
        return ()
    language = frame.language
    evidence = found[0].evidence
    newest = [passage for passage in evidence if passage.source == evidence[-1].source]
    items = language.join([fact.value for fact in found])
    statement = Statement(
        text=frame.say(_("No source says {items}"), items=items),
        where=frame.say(_("last mentioned in {where}"), where=cite(few(newest), language)),
        state=_NOT_COVERED,
        things=(),
        evidence=evidence,
    )
    return (Group("", (statement,)),)


def _line(frame: Frame, actor: Thing, line: checks.Line) -> Statement:
    evidence = tuple(sorted({place for each in line.findings for place in each.evidence}))
    text = line.message.rstrip(".")
    since = frame.say(_("since {day}"), day=line.since) if line.since else ""
    where = "; ".join(filter(None, [cite(few(evidence), frame.language), since]))
    return Statement(
        text=frame.say(_("{what} – for {actor} to settle"), what=text, actor=actor.label),
        where=where,
        state=CONFIRMED,
        things=tuple(dict.fromkeys(t for t in (*line.things[:1], actor) if t != frame.thing)),
        evidence=evidence,
    )


def _known(frame: Frame, amiss: Sequence[Finding]) -> list[Finding]:
    """Those that rest on sources known on the day alone: the checks see all of them."""
    return [each for each in amiss if each.evidence and _is_known(frame, each.evidence)]


def _is_known(frame: Frame, evidence: Sequence[Evidence]) -> bool:
    return frame.known_on is None or all(p.issued <= frame.known_on for p in evidence)
