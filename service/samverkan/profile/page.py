"""One thing → all that its page shows, as of a day and by the sources known on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samverkan import answers, catalogue, findings
from samverkan.catalogue import KNOWN_ON, ON_DATE
from samverkan.errors import NotFoundError
from samverkan.findings import Discrepancy, Evidence, Finding
from samverkan.knowledge import Knowledge, Reading
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.match import Match
from samverkan.namespaces import compact
from samverkan.phrases import Asked
from samverkan.profile import (
    decisions,
    gaps,
    identity,
    listing,
    meetings,
    statements,
    ties,
    work,
)
from samverkan.profile.lines import Query, Section, Told, Words
from samverkan.profile.statements import Statement
from samverkan.profile.subject import Subject
from samverkan.profile.timeline import Timeline, timeline
from samverkan.sparql import Row

_PERSON = "foaf:Person"
_LABELS = ("skos:prefLabel", "rdfs:label")
# The sections of each kind of thing, but for those of a body, in the order of the page.
_SECTIONS: Mapping[str, tuple[Callable[[Subject], Told], ...]] = {
    "activity": (work.of_activity,),
    "concept": (listing.of_concept,),
    "decision": (meetings.of_decision,),
    "meeting": (meetings.of_meeting,),
    "person": (meetings.of_person, decisions.rulings, decisions.tasks),
    "plan": (work.of_plan, decisions.rulings),
    "source": (decisions.rulings, listing.of_source),
}


@dataclass(frozen=True)
class Profile:
    """All that the page of a thing shows, as of a day.

    ``identity`` says what it is, ``summary`` who its people are. ``facts`` are what a reader wants
    to know at once; ``statements`` and ``mentions`` all that no other part of the page tells;
    ``unsaid`` what no source says. ``people`` is the query behind the findings.
    """

    iri: str
    label: str
    classes: tuple[str, ...]
    on_date: date
    known_on: date | None
    identity: Words
    summary: str
    facts: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    people: Query | None
    sections: tuple[Section, ...]
    unsaid: tuple[str, ...]
    timeline: Timeline
    statements: tuple[Statement, ...]
    mentions: tuple[Statement, ...]
    evidence: tuple[Evidence, ...]
    discrepancies: tuple[Discrepancy, ...]


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
    subject = Subject(
        knowledge=knowledge,
        iri=iri,
        label=_label(knowledge, match, rows, language),
        language=language,
        on_date=catalogue.day(ON_DATE, on_date) if on_date else date.today(),
        known_on=reading.known_on,
        statements=rows,
        mentions=knowledge.ask("mentions", thing=iri, **known),
    )
    return _shown(subject, reading)


def uses(knowledge: Knowledge, iri: str, language: Language) -> tuple[Section, ...]:
    """What a word of the vocabulary is used for, as the section of its page; none for no use."""
    subject = Subject(knowledge, iri, iri, language, date.today(), None, (), ())
    return listing.of_concept(subject).sections


def _label(knowledge: Knowledge, match: Match, rows: Sequence[Row], language: Language) -> str:
    """What the thing is called: as it is looked up by, else by its own label, else by its IRI."""
    if knowledge.names.thing(match.iri):
        return findings.thing_of(match, knowledge, language).label
    labels = (row["value"].value for row in rows if compact(row["property"].value) in _LABELS)
    return next(labels, match.label)


def _shown(subject: Subject, reading: Reading) -> Profile:
    """The page of *subject*, whose people *reading* asks for."""
    people = reading.query.name != "evidence"
    found = findings.findings(subject.knowledge, reading, subject.language) if people else ()
    relations = _relations(subject)
    told = [*_told(subject, relations)]
    sections = tuple(section for each in told for section in each.sections)
    said = frozenset[str]().union(*(each.statements for each in told), _settled(subject))
    mentioned = frozenset[str]().union(*(each.mentions for each in told), _of_people(subject))
    evidence = findings.evidence_of(subject.knowledge, subject.iri, subject.known_on)
    return Profile(
        iri=subject.iri,
        label=subject.label,
        classes=subject.classes,
        on_date=subject.on_date,
        known_on=subject.known_on,
        identity=() if _PERSON in subject.classes else identity.told(subject, relations),
        summary=_summary(subject, found) if people else "",
        facts=statements.facts(subject, said, mentioned),
        findings=found,
        people=_query(reading) if people else None,
        sections=sections,
        unsaid=gaps.of_thing(subject, found, [section.key for section in sections]),
        timeline=_timeline(subject, reading, found, evidence),
        statements=statements.rest_of(subject, said),
        mentions=statements.mentions_of(subject, mentioned),
        evidence=evidence,
        discrepancies=findings.discrepancies_of(
            subject.knowledge, subject.iri, subject.known_on, subject.language
        ),
    )


def _told(subject: Subject, relations: list[Row]) -> Iterator[Told]:
    """The sections of a thing, in the order of its page."""
    if subject.concept != "organization":
        parts = _SECTIONS.get(subject.concept, (decisions.rulings,))
        yield from (section(subject) for section in parts)
        return
    if subject.is_named_by("smv:agent", "org:organization"):
        yield work.of_body(subject)
    yield ties.relations(subject, relations)
    yield ties.seats(subject)
    yield ties.composition(subject)
    yield decisions.rulings(subject)
    yield decisions.tasks(subject)
    yield meetings.of_body(subject)


def _relations(subject: Subject) -> list[Row]:
    if not subject.is_named_by("smv:subject", "smv:object"):
        return []
    return subject.ask("relations", "body")


def _settled(subject: Subject) -> set[str]:
    """The properties that the first sentence tells: all that it lists, and what is undisputed."""
    told = identity.TOLD.get(subject.concept, frozenset())
    return {n for n in told if n in identity.LISTED or statements.is_settled(subject, n)}


def _of_people(subject: Subject) -> set[str]:
    """A person's memberships are its findings."""
    return {"org:member"} if _PERSON in subject.classes else set()


def _summary(subject: Subject, found: tuple[Finding, ...]) -> str:
    asked = Asked(
        subject=subject.label,
        of_person=_PERSON in subject.classes,
        on_date=subject.on_date,
        known_on=subject.known_on,
    )
    return answers.told(subject.knowledge, subject.iri, asked, found, subject.language)[1]


def _reading(knowledge: Knowledge, match: Match, given: dict[str, str]) -> Reading:
    """The query for the people in a body, or the roles of a person; for others, its passages."""
    names = {"person": "roles", "organization": "representatives"}
    concept = match.iri.rpartition("/")[0].rpartition("/")[2]
    if concept in names and knowledge.names.thing(match.iri):
        parameter = {"person": "person", "organization": "body"}[concept]
        return knowledge.read(names[concept], {parameter: match.iri, **given})
    return knowledge.read("evidence", {"thing": match.iri, KNOWN_ON: given[KNOWN_ON]})


def _query(reading: Reading) -> Query:
    values = {name: value.value for name, value in reading.terms.items()}
    known = {KNOWN_ON: reading.known_on.isoformat()} if reading.known_on else {}
    return Query(reading.query.name, values | known)


def _timeline(
    subject: Subject, reading: Reading, found: tuple[Finding, ...], evidence: tuple[Evidence, ...]
) -> Timeline:
    """The days of the thing by all sources, whatever the day that is asked about."""
    if subject.known_on is None and subject.on_date >= date.today():
        return timeline(found, evidence)
    knowledge = subject.knowledge
    every = findings.evidence_of(knowledge, subject.iri, None)
    if reading.query.name == "evidence":
        return timeline((), every)
    values = {n: v.value for n, v in reading.terms.items() if n != ON_DATE}
    now = knowledge.read(reading.query.name, values)
    return timeline(findings.findings(knowledge, now, subject.language), every)
