"""The days that matter to a thing: of its first and last attestation, and of its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from samverkan.findings import Evidence, Finding


@dataclass(frozen=True)
class Day:
    """A day to look at the thing as of, or as known on; ``sources`` were issued on it."""

    day: date
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Timeline:
    """The days that something of the thing is shown for, and those on which more became known."""

    true_on: tuple[Day, ...]
    known_on: tuple[Day, ...]


def timeline(found: Sequence[Finding], evidence: Iterable[Evidence]) -> Timeline:
    """The days of a thing, earliest first, none of them after today."""
    issued: dict[date, dict[str, None]] = {}
    for passage in evidence:
        issued.setdefault(passage.issued, {})[passage.title] = None
    shown = {day for finding in found for day in _days(finding)}
    days = sorted(day for day in {*shown, *issued} if day <= date.today())
    return Timeline(
        tuple(Day(day) for day in days),
        tuple(Day(day, tuple(titles)) for day, titles in sorted(issued.items())),
    )


def _days(finding: Finding) -> Iterable[date]:
    given = (finding.first_attested, finding.last_attested, finding.from_, finding.to)
    return (day for day in given if day)
