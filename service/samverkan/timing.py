"""The time that a question names → the parameters of a query that take it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from samverkan.catalogue import KNOWN_ON, ON_DATE, NamedQuery
from samverkan.days import Span

# The parameters of a query that is asked for a time, and not for a day.
SINCE, UNTIL = "since", "until"
YEAR = "year"


def timed(query: NamedQuery, span: Span | None, times: Mapping[str, str]) -> dict[str, str] | None:
    """The values of *query*'s parameters of time, or None where it cannot be asked for that time.

    Args:
        query: what is asked.
        span: the time that the question names, if any.
        times: ``on_date`` and ``known_on`` as they were given beside the question; empty if not.
    """
    names = {parameter.name for parameter in query.parameters}
    given = {KNOWN_ON: times[KNOWN_ON]}
    if ON_DATE in names:
        given[ON_DATE] = times[ON_DATE]
    if span is None:
        return given
    if names >= {SINCE, UNTIL}:
        return given | {SINCE: _iso(span.first), UNTIL: _iso(span.last)}
    if YEAR in names:
        return given | {YEAR: span.year} if span.year else None
    if ON_DATE in names and times[ON_DATE]:
        return given if span.is_day else None
    if ON_DATE in names:
        return given | {ON_DATE: min(span.last or date.today(), date.today()).isoformat()}
    return None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
