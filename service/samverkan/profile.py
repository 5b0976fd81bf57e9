"""One thing → all that its page shows: what it is, its people, its statements, its passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samverkan import answers, findings
from samverkan.catalogue import KNOWN_ON, ON_DATE
from samverkan.errors import AmbiguousNameError, InputError, NotFoundError, UnknownNameError
from samverkan.findings import Discrepancy, Evidence, Finding
from samverkan.knowledge import Knowledge, Reading
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.match import Match
from samverkan.namespaces import ID, address, compact, of_address, term
from samverkan.phrases import Asked
from samverkan.sparql import Row

_PERSON = term("foaf:Person").value
_BODY = term("org:Organization").value
# What the page tells in other places: its title, its people, its passages.
_SHORTCUTS = {"org:hasMember", "org:memberOf"}
_NO_STATEMENT = _SHORTCUTS | {
    "rdf:type",
    "skos:prefLabel",
    "skos:hiddenLabel",
    "prov:wasDerivedFrom",
}
# What points to the thing and is told by a node that says more: a membership, a relation, …
_NO_MENTION = _SHORTCUTS | {
    "org:organization",
    "org:subOrganizationOf",
    "oa:hasSource",
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


@dataclass(frozen=True)
class Statement:
    """A property of the thing, or of another thing that points to it, and the other end.

    ``iri`` is None where the other end has no page here: a text, a date, a term of a vocabulary.
    ``sources`` are the labels of the sources that say so, oldest first; none for identity.
    ``address`` is what to look the other end up by where its label does not lead to it.
    """

    property: str
    label: str
    iri: str | None
    sources: tuple[str, ...] = ()
    address: str | None = None


@dataclass(frozen=True)
class Profile:
    """All that the page of a thing shows, as of a day."""

    iri: str
    label: str
    classes: tuple[str, ...]
    on_date: date
    known_on: date | None
    summary: str
    findings: tuple[Finding, ...]
    statements: tuple[Statement, ...]
    mentions: tuple[Statement, ...]
    evidence: tuple[Evidence, ...]
    discrepancies: tuple[Discrepancy, ...]


def of_name(knowledge: Knowledge, name: str) -> str:
    """The IRI of the thing that *name* stands for; also one as the files write it.

    That is ``person:ola-karlsson``, or the end of the IRI, ``person/ola-karlsson``.


    Raises:
        InputError: it has no letter and no figure.
        UnknownNameError: none does.
        AmbiguousNameError: several do.
    """
    if not any(character.isalnum() for character in name):
        raise InputError(_("Name what to show: a body, a person, a document."))
    if name.startswith((ID, "http://", "https://")):
        return name
    iri = of_address(name)
    if iri and (iri.startswith(ID) or knowledge.names.thing(iri)):
        return iri
    return knowledge.names.find(name).iri


def of_body(knowledge: Knowledge, name: str) -> str:
    """The IRI of the body that *name* stands for, also given by its IRI or the end of that.

    Raises:
        UnknownNameError: no body bears it.
        AmbiguousNameError: several do.
    """
    names = knowledge.names
    iri = name if name.startswith(("http://", "https://")) else of_address(name)
    if iri is None:
        return names.find(name, _BODY).iri
    body = names.thing(iri)
    if body is None or _BODY not in body.kinds:
        raise UnknownNameError(
            _("Nothing in the graph is called “{name}”."), names.nearest(name, _BODY), name=name
        )
    return iri


def profile(
    knowledge: Knowledge,
    iri: str,
    language: Language,
    *,
    on_date: str | None = None,
    known_on: str | None = None,
) -> Profile:
    """What there is to show of the thing with that IRI.

    Raises:
        NotFoundError: nothing in the graph has it.
        ParameterError: a date is none.
    """
    known = {KNOWN_ON: known_on or ""}
    rows = knowledge.ask("statements", thing=iri, **known)
    if not rows:
        raise NotFoundError(_("There is nothing at {iri} in the graph."), iri=iri)
    match = knowledge.names.thing(iri) or Match(iri, iri.rpartition("/")[2])
    reading = _reading(knowledge, match, {ON_DATE: on_date or "", **known})
    found = findings.findings(knowledge, reading, language) if _has_people(match) else ()
    asked = Asked(
        subject=findings.thing_of(match, knowledge, language).label,
        of_person=_PERSON in match.kinds,
        on_date=reading.on_date or date.today(),
        known_on=reading.known_on,
    )
    told = answers.told(knowledge, iri, asked, found, language) if _has_people(match) else ("", "")
    mentions = knowledge.ask("mentions", thing=iri, **known)
    return Profile(
        iri=iri,
        label=asked.subject,
        classes=tuple(sorted({compact(r["value"].value) for r in rows if _is_type(r)})),
        on_date=asked.on_date,
        known_on=asked.known_on,
        summary=told[1],
        findings=found,
        statements=_statements(knowledge, rows, "value", _NO_STATEMENT, language),
        mentions=_statements(knowledge, mentions, "subject", _no_mention(match), language),
        evidence=findings.evidence_of(knowledge, iri, reading.known_on),
        discrepancies=findings.discrepancies_of(knowledge, iri, reading.known_on, language),
    )


def _has_people(match: Match) -> bool:
    return bool({_PERSON, _BODY} & match.kinds)


def _reading(knowledge: Knowledge, match: Match, times: dict[str, str]) -> Reading:
    """The query for the people in a body, or the roles of a person; for others, its passages."""
    if _PERSON in match.kinds:
        return knowledge.read("roles", {"person": match.iri, **times})
    if _BODY in match.kinds:
        return knowledge.read("representatives", {"body": match.iri, **times})
    return knowledge.read("evidence", {"thing": match.iri, KNOWN_ON: times[KNOWN_ON]})


def _no_mention(match: Match) -> set[str]:
    """What points to the thing and is told elsewhere: a person's memberships are its findings."""
    return _NO_MENTION | ({"org:member"} if _PERSON in match.kinds else set())


def _is_type(row: Row) -> bool:
    return row["property"].value == term("rdf:type").value


def _statements(
    knowledge: Knowledge, rows: Sequence[Row], end: str, left_out: set[str], language: Language
) -> tuple[Statement, ...]:
    """The statements of *rows*, each once, with the sources that make it."""
    told: dict[tuple[str, str], list[Row]] = {}
    wanted = [row for row in rows if compact(row["property"].value) not in left_out]
    for row in _in_language(wanted, end, language):
        property_ = _property(row, end, language)
        told.setdefault((property_, _label(knowledge, row, end, language)), []).append(row)
    return tuple(
        Statement(
            property=property_,
            label=label,
            iri=same[0][end].value if same[0][end].value.startswith(ID) else None,
            sources=_sources(knowledge, same),
            address=_address(knowledge, same[0][end].value, label),
        )
        for (property_, label), same in told.items()
    )


def _in_language(rows: Sequence[Row], end: str, language: Language) -> list[Row]:
    """*rows* without the texts of other languages, where a property has one in *language*."""
    spoken = {row["property"] for row in rows if _code(row[end]) == language.code}
    return [
        row
        for row in rows
        if _code(row[end]) in {"", language.code} or row["property"] not in spoken
    ]


def _code(value: object) -> str:
    return getattr(value, "language", None) or ""


def _property(row: Row, end: str, language: Language) -> str:
    name = compact(row["property"].value)
    if end == "subject" and name in _NODES:
        return language.say(_NODES[name])
    named = row.get(f"property_{language.code}") or row.get("property_sv")
    return named.value if named else name


def _label(knowledge: Knowledge, row: Row, end: str, language: Language) -> str:
    """What the other end is called: in the language, else in Swedish, else as it is written."""
    if knowledge.names.thing(row[end].value):
        return knowledge.names.label(row[end].value, language.code)
    if getattr(row[end], "datatype", None) == term("xsd:boolean"):
        return language.say(_("yes") if row[end].value in {"true", "1"} else _("no"))
    label = row.get(f"{end}_{language.code}") or row.get(f"{end}_label")
    return label.value if label else compact(row[end].value)


def _address(knowledge: Knowledge, iri: str, label: str) -> str | None:
    """The address of a thing that cannot be found by *label*: of no name, or of one of several."""
    if not knowledge.names.thing(iri):
        return address(iri) if iri.startswith(ID) else None
    try:
        found = knowledge.names.find(label).iri
    except (AmbiguousNameError, UnknownNameError):
        return address(iri)
    return None if found == iri else address(iri)


def _sources(knowledge: Knowledge, rows: Sequence[Row]) -> tuple[str, ...]:
    found = {knowledge.dataset.source(row["graph"].value) for row in rows if "graph" in row}
    known = sorted((source for source in found if source), key=lambda s: (s.issued, s.label))
    return tuple(source.label for source in known)
