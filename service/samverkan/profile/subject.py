"""The thing that a page is about: what it is asked of, as of when, and what the graph has of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from samverkan import findings, times
from samverkan.catalogue import KNOWN_ON
from samverkan.findings import Thing
from samverkan.knowledge import Knowledge
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.namespaces import ID, compact, term
from samverkan.phrases import places
from samverkan.profile.lines import Cited, Note, Query
from samverkan.sparql import Row
from samverkan.store import Source

_TYPE = "rdf:type"
_IMPLIED = term("smv:basis").value + "/implied"


@dataclass(frozen=True)
class Subject:
    """A thing, the day and the sources that it is shown by, and the statements that name it.

    ``statements`` are the rows of the query of that name, ``mentions`` likewise.
    """

    knowledge: Knowledge
    iri: str
    label: str
    language: Language
    on_date: date
    known_on: date | None
    statements: Sequence[Row]
    mentions: Sequence[Row]

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """Its classes, as prefixed names."""
        found = {compact(row["value"].value) for row in self.said(_TYPE)}
        return tuple(sorted(found))

    @property
    def concept(self) -> str:
        """The segment of its address: ``person``, ``activity``; of a term of a list, the list."""
        return self.iri.removeprefix(ID).partition("/")[0] if self.iri.startswith(ID) else "concept"

    def is_a(self, *classes: str) -> bool:
        """Whether it is of one of *classes*."""
        return not {*classes}.isdisjoint(self.classes)

    def said(self, property_: str) -> Sequence[Row]:
        """The rows that say something of it by that property."""
        return self._by_property.get(property_, ())

    def is_named_by(self, *properties: str) -> bool:
        """Whether something points to it by one of *properties*."""
        return not {*properties}.isdisjoint(self._pointing)

    def text(self, property_: str) -> str | None:
        """Its text by that property: in the language, else in Swedish or none."""
        texts = {
            getattr(r["value"], "language", None) or "": r["value"].value
            for r in self.said(property_)
        }
        return texts.get(self.language.code) or texts.get("sv") or texts.get("")

    def values(self, property_: str) -> tuple[str, ...]:
        """The values of a property that are no texts of a language, each once, in order."""
        return tuple(sorted({row["value"].value for row in self.said(property_)}))

    def things(self, property_: str) -> tuple[Thing, ...]:
        """The things that it leads to by that property."""
        found = {row["value"].value: self._named(row) for row in self.said(property_)}
        return tuple(found.values())

    def newest(self, property_: str, value: str | None = None) -> Source | None:
        """The newest source, by the day that is asked about, that says so; else the first ever."""
        rows = (r for r in self.said(property_) if value is None or r["value"].value == value)
        sources = self.sources(rows)
        by_then = [source for source in sources if source.issued <= self.on_date]
        return by_then[-1] if by_then else next(iter(sources), None)

    def sources(self, rows: Iterator[Row] | Sequence[Row]) -> tuple[Source, ...]:
        """The sources in whose graphs *rows* stand, oldest first."""
        found = {self.knowledge.dataset.source(row["graph"].value) for row in rows}
        return tuple(sorted((s for s in found if s), key=lambda s: (s.issued, s.label)))

    def ask(self, name: str, parameter: str) -> list[Row]:
        """The rows of a named query about the thing, by the sources that it is shown by."""
        return self.knowledge.ask(name, **self.query(name, parameter).parameters)

    def query(self, name: str, parameter: str) -> Query:
        """That query, to be opened by a reader."""
        known = {KNOWN_ON: self.known_on.isoformat()} if self.known_on else {}
        return Query(name, {parameter: self.iri, **known})

    def in_row(self, row: Row, column: str) -> Thing | None:
        """The thing in a column, called as the language has it."""
        return findings.thing_in(self.knowledge, row, column, language=self.language)

    def text_in(self, row: Row, column: str) -> str | None:
        """The text in a column, in the language or in Swedish."""
        return findings.text_in(row, column, self.language)

    def cited(self, row: Row) -> tuple[Cited, ...]:
        """Where it says so, by the column ``evidence``: each source with its places."""
        passages = findings.passages(self.knowledge, row["evidence"].value)
        return tuple(
            Cited(Thing(iri, title), places(found, self.language))
            for (_issued, iri, title), found in groupby(
                passages, key=lambda p: (p.issued, p.source, p.title)
            )
        )

    def time(self, words: str) -> str:
        """A time (EDTF) in words."""
        return times.said(words, self.language)

    def note(self, row: Row, column: str, label: str = "") -> tuple[Note, ...]:
        """A note of the thing in a column; none where the column is empty."""
        found = self.in_row(row, column)
        return (Note((found,), label),) if found else ()

    def plain_note(self, row: Row, column: str, label: str = "") -> tuple[Note, ...]:
        """The same with the name of the thing only: for words that explain themselves."""
        found = self.in_row(row, column)
        return (Note((found.label,), label),) if found else ()

    def _named(self, row: Row) -> Thing:
        iri = row["value"].value
        known = self.knowledge.names.thing(iri) is not None
        label = row.get(f"value_{self.language.code}") or row.get("value_label")
        told = label.value if label else compact(iri)
        return Thing(iri, self.knowledge.names.label(iri, self.language.code) if known else told)

    @cached_property
    def _by_property(self) -> Mapping[str, Sequence[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.statements:
            found[compact(row["property"].value)].append(row)
        return found

    @cached_property
    def _pointing(self) -> frozenset[str]:
        return frozenset(compact(row["property"].value) for row in self.mentions)


def alike(rows: Iterable[Row], column: str) -> list[list[Row]]:
    """*rows* of the same thing in a column together, in the order of the first of each."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column].value, []).append(row)
    return list(found.values())


def is_implied(row: Row) -> bool:
    """Whether what a row tells is only implied by the sources."""
    return "basis" in row and row["basis"].value == _IMPLIED


def is_true(row: Row, column: str) -> bool:
    """Whether a column says so."""
    return column in row and row[column].value in {"true", "1"}


def partial_notes(subject: Subject, row: Row) -> tuple[Note, ...]:
    """That a part is in some of the activity only, or that its list is left open."""
    say = subject.language.say
    told = []
    if is_true(row, "partly"):
        told.append(say(_("for a part of it")))
    if is_true(row, "incomplete"):
        told.append(say(_("among others: the list is left open")))
    return tuple(Note((text,)) for text in told)
