"""The to-do list as text for a terminal, and as CSV."""

from __future__ import annotations

from collections.abc import Iterable

from samverkan import spreadsheet
from samverkan.checks.todo import Finding, Line, Todo
from samverkan.findings import Evidence
from samverkan.language import Language
from samverkan.language import mark as _

SEVERITY_NAMES = {"violation": _("violation"), "warning": _("warning"), "info": _("information")}
SEVERITY_PLURALS = {
    "violation": _("violations"),
    "warning": _("warnings"),
    "info": _("for information"),
}
_COLUMNS = (
    *(
        "severity",
        "actor",
        "actor_iri",
        "check",
        "thing",
        "thing_iri",
        "value",
        "message",
        "remedy",
    ),
    *("since", "evidence", "acknowledged_until"),
)


def text(found: Todo, language: Language) -> str:
    """The list: a heading for each body, a line for each finding or some alike, the totals."""
    parts = []
    for group in found.groups:
        parts.append(
            "\n".join([group.actor.label, *(_line(line, language) for line in group.lines)])
        )
    return "\n\n".join([*parts, totals(found, language)])


def totals(found: Todo, language: Language) -> str:
    """How many findings there are of each severity, in a sentence."""
    return language.say(
        _(
            "As of {day}: violations {violation}, warnings {warning}, for information {info};"
            " known and accepted {acknowledged}."
        ),
        day=found.on_date,
        **found.totals,
    )


def table(findings: Iterable[Finding], *, bom: bool = False) -> str:
    """The findings as CSV for a spreadsheet, a row each."""
    return spreadsheet.table(_COLUMNS, map(_row, findings), bom=bom)


def _row(each: Finding) -> list[str]:
    since = str(each.since) if each.since else ""
    until = str(each.accepted.until) if each.accepted else ""
    return [
        *(each.severity, each.actor.label, each.actor.iri, each.check, each.thing.label),
        *(each.thing.iri, each.value.label if each.value else "", each.message),
        *(each.remedy, since, _where(each.places), until),
    ]


def _line(line: Line, language: Language) -> str:
    name = language.say(SEVERITY_NAMES[line.severity])
    since = language.say(_("since {day}"), day=line.since) if line.since else ""
    told = [f"  [{name}] {line.message} → {line.remedy}{_in_brackets(_where(line.places), since)}"]
    if len(line.findings) > 1:
        for finding in line.findings:
            where = "" if line.places else _in_brackets(_where(finding.places))
            told.append(f"      {finding.thing.label}{where}")
    if line.accepted:
        told.append("      " + accepted(line, language))
    return "\n".join(told)


def _where(places: Iterable[Evidence]) -> str:
    return "; ".join(f"{place.title}, {place.locator}" for place in places)


def _in_brackets(*parts: str) -> str:
    said = "; ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def accepted(line: Line, language: Language) -> str:
    """Who accepts it, why, until when."""
    known = line.accepted
    if known is None:
        return ""
    return language.say(
        _("Known and accepted by {by} until {until}: {reason}"),
        by=known.by.label,
        until=known.until,
        reason=known.reason,
    )
