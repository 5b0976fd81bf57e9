"""The to-do list: findings by who has to act, most serious first, alike ones told together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from samverkan.findings import Evidence, Thing

SEVERITIES = ("violation", "warning", "info")


@dataclass(frozen=True)
class Accepted:
    """That the office knows of a finding and accepts it: by whom, why, until when."""

    by: Thing
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check finds amiss with a thing, told in a language.

    ``value`` is what is wrong about it, where that is a thing or a text of its own; ``bodies`` are
    those that the thing names, ``offered`` the things that the remedy offers. ``together`` names
    what findings told as one share.
    """

    check: str
    severity: str
    thing: Thing
    value: Thing | None
    message: str
    remedy: str
    actor: Thing
    bodies: tuple[Thing, ...]
    offered: tuple[Thing, ...]
    since: date | None
    evidence: tuple[Evidence, ...]
    together: tuple[Thing, ...]
    together_message: str
    accepted: Accepted | None

    @property
    def places(self) -> tuple[Evidence, ...]:
        """Where it says so: each source and locator once."""
        seen = {(place.source, place.locator): place for place in self.evidence}
        return tuple(seen.values())

    def to_json(self) -> dict[str, Any]:
        """The finding for a machine."""
        return {
            "check": self.check,
            "severity": self.severity,
            "actor": _plain(self.actor),
            "thing": _plain(self.thing),
            "value": _plain(self.value) if self.value else None,
            "bodies": [_plain(body) for body in self.bodies],
            "message": self.message,
            "remedy": self.remedy,
            "offered": [_plain(thing) for thing in self.offered],
            "since": str(self.since) if self.since else None,
            "evidence": [
                {
                    "source": place.source,
                    "title": place.title,
                    "issued": str(place.issued),
                    "locator": place.locator,
                    "start": place.start,
                    "end": place.end,
                }
                for place in self.evidence
            ],
            "acknowledged": {
                "by": _plain(self.accepted.by),
                "reason": self.accepted.reason,
                "until": str(self.accepted.until),
            }
            if self.accepted
            else None,
        }


@dataclass(frozen=True)
class Line:
    """One line of the list: a finding, or several alike."""

    severity: str
    message: str
    remedy: str
    findings: tuple[Finding, ...]

    @property
    def things(self) -> tuple[Thing, ...]:
        """The things that it is about, each once."""
        return tuple(dict.fromkeys(finding.thing for finding in self.findings))

    @property
    def since(self) -> date | None:
        """Since when the first of them has been so."""
        days = [finding.since for finding in self.findings if finding.since]
        return min(days, default=None)

    @property
    def accepted(self) -> Accepted | None:
        """That it is known and accepted, which is told of each finding by itself."""
        return self.findings[0].accepted

    @property
    def places(self) -> tuple[Evidence, ...]:
        """Where it says so, if that is the same of all its findings."""
        found = {finding.places for finding in self.findings}
        return next(iter(found)) if len(found) == 1 else ()


@dataclass(frozen=True)
class Task:
    """Lines that the same remedy mends."""

    check: str
    severity: str
    remedy: str
    lines: tuple[Line, ...]

    @property
    def count(self) -> int:
        """How many findings it mends."""
        return sum(len(line.findings) for line in self.lines)


@dataclass(frozen=True)
class Group:
    """What one body has to do."""

    actor: Thing
    lines: tuple[Line, ...]

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """Its lines by remedy, but for those that are accepted; in their order."""
        alike: dict[tuple[str, str, str], list[Line]] = {}
        for line in self.lines:
            if not line.accepted:
                key = (line.findings[0].check, line.severity, line.remedy)
                alike.setdefault(key, []).append(line)
        return tuple(Task(*key, tuple(lines)) for key, lines in alike.items())

    @property
    def accepted(self) -> tuple[Line, ...]:
        """Its lines that are known and accepted."""
        return tuple(line for line in self.lines if line.accepted)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many open findings it has of each severity that it has any of."""
        tasks = self.tasks
        counts = {s: sum(t.count for t in tasks if t.severity == s) for s in SEVERITIES}
        return {severity: count for severity, count in counts.items() if count}


@dataclass(frozen=True)
class Todo:
    """The whole list, as of a day. What is acknowledged is in the groups, and not in the totals."""

    on_date: date
    groups: tuple[Group, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def totals(self) -> dict[str, int]:
        """How many findings there are of each severity; acknowledged ones are counted apart."""
        counts = dict.fromkeys((*SEVERITIES, "acknowledged"), 0)
        for finding in self.findings:
            counts["acknowledged" if finding.accepted else finding.severity] += 1
        return counts

    @property
    def is_violated(self) -> bool:
        """Whether there is a violation that nobody has acknowledged."""
        return self.totals["violation"] > 0

    def to_json(self) -> dict[str, Any]:
        """The list for a machine."""
        return {
            "on_date": str(self.on_date),
            "totals": self.totals,
            "findings": [finding.to_json() for finding in self.findings],
        }


def todo(
    findings: Iterable[Finding],
    on_date: date,
    *,
    severity: str = "info",
    body: str | None = None,
    check: str | None = None,
    since: date | None = None,
) -> Todo:
    """The list of *findings* that are as serious as *severity* or more, and for *body*, if given.

    A finding is for a body that has to act, that it is about, or that the thing names. *check* is
    the only one whose findings are wanted, *since* the first day on which they may have arisen.
    """
    wanted = SEVERITIES[: SEVERITIES.index(severity) + 1]
    chosen = [
        finding
        for finding in findings
        if finding.severity in wanted
        and (body is None or body in _concerned(finding))
        and check in {None, finding.check}
        and (since is None or (finding.since is not None and finding.since >= since))
    ]
    by_actor: dict[Thing, list[Finding]] = {}
    for finding in sorted(chosen, key=_order):
        by_actor.setdefault(finding.actor, []).append(finding)
    groups = (Group(actor, _lines(found)) for actor, found in by_actor.items())
    ordered = tuple(sorted(groups, key=_urgency))
    told = (f for group in ordered for line in group.lines for f in line.findings)
    return Todo(on_date, ordered, tuple(told))


def _concerned(finding: Finding) -> set[str]:
    things = (finding.actor, finding.thing, *finding.bodies, *finding.together, finding.value)
    return {thing.iri for thing in things if thing}


def _lines(findings: Sequence[Finding]) -> tuple[Line, ...]:
    alike: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        apart = finding.accepted or not (finding.together and finding.together_message)
        key = number if apart else (finding.check, finding.together)
        alike.setdefault(key, []).append(finding)
    return tuple(_line(found) for found in alike.values())


def _line(found: Sequence[Finding]) -> Line:
    first = found[0]
    if len(found) == 1:
        return Line(first.severity, first.message, first.remedy, (first,))
    message = first.together_message.replace("{$count}", str(len(found)))
    return Line(first.severity, message, first.remedy, tuple(found))


def _order(finding: Finding) -> tuple[bool, int, str, float, str]:
    """Accepted ones last; else by severity, the newest first within a check."""
    newest = -finding.since.toordinal() if finding.since else 0
    rank = SEVERITIES.index(finding.severity)
    return bool(finding.accepted), rank, finding.check, newest, finding.message


def _urgency(group: Group) -> tuple[int, ...] | tuple[object, ...]:
    open_ = [f for line in group.lines for f in line.findings if not f.accepted]
    counts = [-sum(f.severity == severity for f in open_) for severity in SEVERITIES]
    return (*counts, group.actor.label)


def _plain(thing: Thing) -> dict[str, str]:
    return {"iri": thing.iri, "label": thing.label}
