"""The statements of and to a thing: a property, the other end, and the sources that say so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from samverkan import times
from samverkan.errors import AmbiguousNameError, UnknownNameError
from samverkan.language import mark as _
from samverkan.namespaces import DEF, ID, address, compact, term
from samverkan.profile.subject import Subject
from samverkan.sparql import Row

_SHORTCUTS = {"org:hasMember", "org:memberOf"}
# What the page tells in other places: its title, its people, its passages.
_NO_STATEMENT = _SHORTCUTS | {
    "rdf:type",
    "skos:prefLabel",
    "skos:hiddenLabel",
    "smv:basis",
    "prov:wasDerivedFrom",
    "foaf:name",
    "foaf:givenName",
    "foaf:familyName",
}
# What points to the thing and is told by a node that says more: a membership, a relation, …
_NO_MENTION = _SHORTCUTS | {
    "org:organization",
    "org:subOrganizationOf",
    "oa:hasSource",
    "smv:about",
    "smv:valueThing",
    "smv:carriedOutBy",
    "smv:ownedBy",
    "smv:participant",
}
# What such a node is to the thing, where the name of the property tells only its place in the node.
_NODES = {
    "smv:agent": _("part in an activity"),
    "smv:object": _("relation"),
    "smv:subject": _("relation"),
}
# What a reader wants to know at once, in this order, where a thing has it.
_FACTS = (
    *("org:member", "org:role", "smv:title", "org:organization", "smv:represents", "smv:status"),
    *("org:memberDuring", "smv:attestedIn", "smv:nominatedBy", "smv:replaces", "smv:fills"),
    *("smv:subject", "smv:relationKind", "smv:object", "smv:agent", "smv:responsibilityKind"),
    *("smv:activity", "smv:person", "smv:capacity", "smv:meeting", "smv:about", "smv:claim"),
    *("smv:preferred", "rdf:value", "smv:valueThing", "smv:eventKind", "smv:seatFor"),
    *("org:originalOrganization", "org:resultingOrganization", "smv:compositionOf"),
    *("dcterms:title", "skos:altLabel", "smv:abbreviation", "smv:standsFor", "smv:formerName"),
    *("rdfs:comment", "dcterms:subject", "smv:number", "smv:concerns", "smv:continues"),
    *("schema:organizer", "schema:location", "schema:eventAttendanceMode", "dcterms:temporal"),
    *("smv:assignee", "smv:deadline", "smv:fromDecision", "smv:paragraph", "dcterms:isPartOf"),
    *("dcterms:publisher", "dcterms:creator", "dcterms:date", "smv:printedDate"),
    *("dcterms:modified", "smv:reportsOn", "smv:describedBy", "dcterms:relation", "smv:covers"),
)
# What points to it and a reader wants to know at once, as it is said from here.
_FACTS_TO = {
    "smv:continues": _("continued by"),
    "smv:fromDecision": _("led to the task"),
    "smv:nominatedBy": _("led to the nomination"),
    "smv:reportedIn": _("decision reported here"),
    "smv:describedBy": _("holds the text of"),
    "smv:reportsOn": _("reported on by"),
    "dcterms:isPartOf": _("has the part"),
    "smv:covers": _("covered by"),
    "org:resultingOrganization": _("what happened to it"),
    "org:originalOrganization": _("what happened to it"),
}


@dataclass(frozen=True)
class Statement:
    """A property of the thing, or of another thing that points to it, and the other end.

    ``iri`` is None where the other end has no page here: a text, a date, a term of others.
    ``sources`` are the labels of the sources that say so, oldest first; none for identity.
    ``address`` is what to look the other end up by where its label does not lead to it.
    """

    property: str
    label: str
    iri: str | None
    sources: tuple[str, ...] = ()
    address: str | None = None


def facts(
    subject: Subject, told: Collection[str], mentioned: Collection[str]
) -> tuple[Statement, ...]:
    """What a reader wants to know at once, without what sections have *told* and *mentioned*."""
    own = [row for name in _FACTS if name not in told for row in subject.said(name)]
    ends = {row["value"] for row in own}
    to = [
        row
        for row in subject.mentions
        if _name(row) in _FACTS_TO.keys() - {*mentioned} and row["subject"] not in ends
    ]
    return _stated(subject, own, "value") + _stated(subject, to, "subject", _FACTS_TO)


def rest_of(subject: Subject, told: Collection[str]) -> tuple[Statement, ...]:
    """All else that the graph says of it."""
    left_out = {*_NO_STATEMENT, *_FACTS, *told}
    return _stated(subject, [r for r in subject.statements if _name(r) not in left_out], "value")


def mentions_of(subject: Subject, mentioned: Collection[str]) -> tuple[Statement, ...]:
    """All else that points to it; a person's memberships are told as findings."""
    left_out = {*_NO_MENTION, *_FACTS_TO, *mentioned}
    rows = [row for row in subject.mentions if _name(row) not in left_out]
    return _stated(subject, rows, "subject", _NODES)


def is_settled(subject: Subject, property_: str) -> bool:
    """Whether all that say something by a property say the same."""
    return len({row["value"] for row in subject.said(property_)}) <= 1


def _stated(
    subject: Subject, rows: Sequence[Row], end: str, called: dict[str, str] | None = None
) -> tuple[Statement, ...]:
    """The statements of *rows*, each once, with the sources that make it."""
    told: dict[tuple[str, str], list[Row]] = {}
    for row in _in_language(rows, end, subject):
        key = (_property(row, subject, called or {}), _label(row, end, subject))
        told.setdefault(key, []).append(row)
    return tuple(
        Statement(
            property=property_,
            label=label,
            iri=_page(subject, same[0][end].value),
            sources=tuple(source.label for source in subject.sources(same)),
            address=_address(subject, same[0][end].value, label),
        )
        for (property_, label), same in told.items()
    )


def _name(row: Row) -> str:
    return compact(row["property"].value)


def _in_language(rows: Sequence[Row], end: str, subject: Subject) -> list[Row]:
    """*rows* without the texts of other languages, where a property has one in the language."""
    code = subject.language.code
    spoken = {row["property"] for row in rows if _code(row[end]) == code}
    return [r for r in rows if _code(r[end]) in {"", code} or r["property"] not in spoken]


def _code(value: object) -> str:
    return getattr(value, "language", None) or ""


def _property(row: Row, subject: Subject, called: dict[str, str]) -> str:
    name = _name(row)
    if name in called:
        return subject.language.say(called[name])
    named = row.get(f"property_{subject.language.code}") or row.get("property_sv")
    return named.value if named else name


def _label(row: Row, end: str, subject: Subject) -> str:
    """What the other end is called: in the language, else in Swedish, else as it is written."""
    language, names = subject.language, subject.knowledge.names
    if names.thing(row[end].value):
        return names.label(row[end].value, language.code)
    if getattr(row[end], "datatype", None) == term("xsd:boolean"):
        return language.say(_("yes") if row[end].value in {"true", "1"} else _("no"))
    if f"{end}_time" in row:
        return times.period(row[f"{end}_time"].value, language).strip()
    label = row.get(f"{end}_{language.code}") or row.get(f"{end}_label")
    return label.value if label else compact(row[end].value)


def _page(subject: Subject, iri: str) -> str | None:
    """*iri* where there is a page at it: of a thing, or of a value of a list."""
    is_value = iri.startswith(DEF) and subject.knowledge.names.thing(iri) is not None
    return iri if iri.startswith(ID) or is_value else None


def _address(subject: Subject, iri: str, label: str) -> str | None:
    """The address of a thing that cannot be found by *label*: of no name, or of one of several."""
    if not subject.knowledge.names.thing(iri):
        return address(iri) if iri.startswith(ID) else None
    try:
        found = subject.knowledge.names.find(label).iri
    except (AmbiguousNameError, UnknownNameError):
        return address(iri)
    return None if found == iri else address(iri)
