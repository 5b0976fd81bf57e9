"""What a pack is: sections of statements, each with where it stands, and the documents to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from samverkan import answers
from samverkan.findings import Evidence, Finding, Thing


@dataclass(frozen=True)
class Statement:
    """One thing that sources say, or that none says.

    ``text`` has no full stop at its end; ``where`` is what stands in brackets after it: sources and
    paragraphs, that it is implied, when it was last shown. ``things`` are those that it names.
    """

    text: str
    where: str
    state: str
    things: tuple[Thing, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Group:
    """Statements under one ``lead``, which may be empty; ``thing`` is what it names, if it does."""

    lead: str
    statements: tuple[Statement, ...]
    thing: Thing | None = None


@dataclass(frozen=True)
class Section:
    """A part of the pack under a heading; ``name`` is its anchor.

    ``told`` is a paragraph that cites what it rests on in itself; ``silence`` is what no source
    says of the matter. ``findings`` are the seats that all this rests on.
    """

    name: str
    title: str
    told: str = ""
    groups: tuple[Group, ...] = ()
    silence: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.told or self.groups or self.silence)

    def statements(self) -> Iterator[Statement]:
        """All its statements, in order."""
        for group in self.groups:
            yield from group.statements

    def evidence(self) -> Iterator[Evidence]:
        """The passages that it rests on."""
        for statement in self.statements():
            yield from statement.evidence
        for finding in self.findings:
            yield from finding.evidence


@dataclass(frozen=True)
class Document:
    """A document to read: the source, its day, and the places in it that the pack rests on."""

    source: Thing
    issued: date
    places: str


@dataclass(frozen=True)
class Pack:
    """The pack for who is new in a body, or new to it, a person or a region, as of a day.

    ``party`` is on whose behalf the reader sits there, if that is said; ``basis`` tells in a
    sentence what the pack rests on, and how new that is.
    """

    title: str
    basis: str
    thing: Thing
    sort: str
    party: Thing | None
    lang: str
    on_date: date
    known_on: date | None
    sections: tuple[Section, ...]
    reading: tuple[Document, ...]

    def to_json(self) -> dict[str, Any]:
        """The pack as plain data; dates are YYYY-MM-DD."""
        return {
            "title": self.title,
            "basis": self.basis,
            "thing": dict(vars(self.thing)),
            "sort": self.sort,
            "for": dict(vars(self.party)) if self.party else None,
            "lang": self.lang,
            "on_date": self.on_date.isoformat(),
            "known_on": self.known_on.isoformat() if self.known_on else None,
            "sections": [_section(section) for section in self.sections],
            "reading": [
                {
                    "source": document.source.iri,
                    "title": document.source.label,
                    "issued": document.issued.isoformat(),
                    "places": document.places,
                }
                for document in self.reading
            ],
        }


def _section(section: Section) -> dict[str, Any]:
    return {
        "name": section.name,
        "title": section.title,
        "told": section.told,
        "groups": [
            {"lead": group.lead, "statements": [_statement(each) for each in group.statements]}
            for group in section.groups
        ],
        "silence": section.silence,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "text": statement.text,
        "where": statement.where,
        "state": statement.state,
        "things": [dict(vars(thing)) for thing in statement.things],
        "evidence": [answers.passage_json(passage) for passage in statement.evidence],
    }
