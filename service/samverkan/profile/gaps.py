"""What no source says of a thing, and a reader would want to know."""

from __future__ import annotations

from collections.abc import Sequence

from samverkan.findings import Finding
from samverkan.language import mark as _
from samverkan.namespaces import DEF
from samverkan.profile.subject import Subject

_CHAIR = f"{DEF}role/chair"
# Bodies in law, and what stands for many: who sits there is no question to them.
_NO_SEATS = ("organization-type/collective", "organization-type/hospital")


def of_thing(
    subject: Subject, found: Sequence[Finding], sections: Sequence[str]
) -> tuple[str, ...]:
    """What no source says, in words; *sections* are the keys of those that have something."""
    tellers = {
        "organization": lambda: _of_body(subject, found, sections),
        "activity": lambda: _of_activity(subject),
        "meeting": lambda: _of_meeting(sections),
        "decision": lambda: _of_decision(subject),
        "task": lambda: _of_task(subject),
    }
    told = tellers.get(subject.concept, list)()
    return tuple(subject.language.say(message) for message in told)


def _of_body(subject: Subject, found: Sequence[Finding], sections: Sequence[str]) -> list[str]:
    told = []
    kinds = subject.values("org:classification")
    is_legal = subject.is_a("org:FormalOrganization", "org:OrganizationalCollaboration")
    if not (is_legal or any(kind.endswith(_NO_SEATS) for kind in kinds)):
        told = _of_seats(subject, found)
    if "work" not in sections:
        told.append(_("what it answers for, carries out or takes part in"))
    return told


def _of_seats(subject: Subject, found: Sequence[Finding]) -> list[str]:
    told = []
    if not subject.said("smv:level"):
        told.append(_("at which level it is"))
    if not subject.said("org:subOrganizationOf"):
        told.append(_("whose body it is"))
    named = [finding for finding in found if finding.person]
    if not named:
        told.append(_("the names of those who sit there") if found else _("who sits there"))
    if not any(finding.role.iri == _CHAIR for finding in named):
        told.append(_("who chairs it"))
    return told


def _of_activity(subject: Subject) -> list[str]:
    told = {
        "smv:carriedOutBy": _("who carries it out"),
        "smv:activityStatus": _("how far it has come"),
        "smv:outcome": _("what came of it"),
    }
    return [message for property_, message in told.items() if not subject.said(property_)]


def _of_meeting(sections: Sequence[str]) -> list[str]:
    told = [] if "attendance" in sections else [_("who was there")]
    return told if "agenda" in sections else [*told, _("what was on the agenda")]


def _of_decision(subject: Subject) -> list[str]:
    has_day = subject.said("dcterms:date") or subject.said("dcterms:temporal")
    return [] if has_day else [_("when it was made")]


def _of_task(subject: Subject) -> list[str]:
    told = [] if subject.said("smv:assignee") else [_("who is to do it")]
    has_end = subject.said("smv:deadline") or subject.said("smv:edtf")
    return told if has_end else [*told, _("by when")]
