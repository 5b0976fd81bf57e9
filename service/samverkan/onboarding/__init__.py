"""What somebody who is new wants to know of a body, a person or a region, as one page: the pack.

Nothing stands in it that is not in the graph, and every statement says which paragraph says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from samverkan import catalogue, checks, findings
from samverkan.catalogue import KNOWN_ON, ON_DATE
from samverkan.errors import NotFoundError, ParameterError
from samverkan.findings import Evidence, Thing
from samverkan.knowledge import Knowledge
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.match import Match
from samverkan.namespaces import term
from samverkan.onboarding import body, person, words
from samverkan.onboarding.frame import Frame
from samverkan.onboarding.pack import Document, Group, Pack, Section, Statement
from samverkan.phrases import places

__all__ = ["FOR", "Document", "Group", "Pack", "Section", "Statement", "day", "pack"]

FOR = "for"
_PERSON = term("foaf:Person").value
_BODY = term("org:Organization").value


def day(on_date: str | None) -> date:
    """The day that a pack is asked for: today where none is said.

    Raises:
        ParameterError: *on_date* is no date.
    """
    return catalogue.day(ON_DATE, on_date) if on_date else date.today()


def pack(
    knowledge: Knowledge,
    iri: str,
    language: Language,
    *,
    amiss: Sequence[checks.Finding],
    on_date: date,
    known_on: str | None = None,
    party: str | None = None,
) -> Pack:
    """The pack of the body or person with that IRI.

    *amiss* is what the checks find on that day, in that language, in the whole graph; *party* the
    name or IRI of a body on whose behalf the reader sits there.

    Raises:
        NotFoundError: there is no such body or person, or none that is known on that day.
        ParameterError: a date is none, or a party is given for a person.
        AmbiguousNameError: several bodies are called like *party*.
    """
    match = knowledge.names.thing(iri)
    if match is None or not match.kinds & {_PERSON, _BODY}:
        raise NotFoundError(
            _("There is no onboarding for {iri}: it is neither a body nor a person."), iri=iri
        )
    of_person = _PERSON in match.kinds
    frame = Frame(
        knowledge,
        language,
        findings.thing_of(match, knowledge, language),
        on_date,
        catalogue.day(KNOWN_ON, known_on) if known_on else None,
        _party(knowledge, match, party, language, of_person=of_person) if party else None,
    )
    told = (person if of_person else body).sections(frame, amiss)
    told.insert(-3, words.explained(frame, told))
    told = [section for section in told if not section.is_empty]
    reading = _reading(frame, told)
    return Pack(
        title=_title(frame),
        basis=_basis(frame, reading),
        thing=frame.thing,
        sort=match.sort(language.code),
        party=frame.party,
        lang=language.code,
        on_date=on_date,
        known_on=frame.known_on,
        sections=tuple(told),
        reading=reading,
    )


def _party(
    knowledge: Knowledge, match: Match, party: str, language: Language, *, of_person: bool
) -> Thing:
    if of_person:
        raise ParameterError(_("{name} is for the pack of a body, not of a person."), name=FOR)
    reading = knowledge.read("representatives", {"body": match.iri, "represents": party})
    return findings.thing_of(reading.things["represents"], knowledge, language)


def _title(frame: Frame) -> str:
    if frame.party is None:
        return frame.say(_("Introduction to {subject}"))
    return frame.say(_("Introduction to {subject}, for {party}"), party=frame.party.label)


def _basis(frame: Frame, reading: Sequence[Document]) -> str:
    """As of when, and on what, the pack is."""
    values = {"day": frame.on_date, "known_on": frame.known_on, "count": len(reading)}
    if not reading:
        return frame.say(_("As of {day}. No source that was known then tells of it."), **values)
    newest = {"newest": reading[0].source.label, "issued": reading[0].issued}
    message = (
        _(
            "As of {day}, by what was known on {known_on}."
            " The newest source here: {newest}, {issued}."
        )
        if frame.known_on
        else _(
            "As of {day}. The newest source here: {newest}, {issued}."
            " What has happened since is not known here."
        )
    )
    return frame.say(message, **values, **newest)


def _reading(frame: Frame, sections: Iterable[Section]) -> tuple[Document, ...]:
    """The documents that the sections rest on, with the places in them; the newest first."""
    passages = sorted({passage for section in sections for passage in section.evidence()})
    by_source = groupby(passages, key=lambda p: (p.issued, Thing(p.source, p.title)))
    found = [
        Document(source, issued, places(_in_order(each), frame.language))
        for (issued, source), each in by_source
    ]
    return tuple(reversed(found))


def _in_order(passages: Iterable[Evidence]) -> list[Evidence]:
    return sorted(passages, key=lambda passage: passage.start)
