"""Everything that the graph holds about a person, as the person may ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from samverkan import description
from samverkan.errors import NotFoundError
from samverkan.findings import Thing
from samverkan.knowledge import Knowledge
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.namespaces import DEF, ID, compact, term

_PERSON = term("foaf:Person").value
_NAMING = {term("skos:prefLabel").value, term("rdfs:label").value}
_LOCATOR, _SELECTOR = term("smv:locator").value, term("oa:hasSelector").value
_SOURCE, _START, _END = (term(name).value for name in ("oa:hasSource", "oa:start", "oa:end"))
_QUERY = "person-data"


@dataclass(frozen=True)
class Statement:
    """A property of a thing and its value, with the IRIs of the graphs that it stands in.

    ``datatype`` and ``language`` are those of a literal; both are None of an IRI.
    """

    property: str
    value: str
    is_iri: bool
    datatype: str | None
    language: str | None
    graphs: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A thing that tells of the person, or the person, with its statements."""

    iri: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Passage:
    """Where a source tells of the person: characters *start* to *end* (exclusive) of its text."""

    evidence: str
    source: str
    locator: str
    start: int
    end: int


@dataclass(frozen=True)
class Dossier:
    """All about a person: things by kind, the passages they rest on, what IRIs are called."""

    person: Thing
    things: Mapping[str, tuple[Entry, ...]]
    passages: tuple[Passage, ...]
    labels: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """The dossier as plain data, each IRI beside what it is called."""
        return {
            "person": dict(vars(self.person)),
            "things": {
                kind: [self._entry(entry) for entry in entries]
                for kind, entries in self.things.items()
            },
            "passages": [
                {**asdict(passage), "title": self.labels.get(passage.source)}
                for passage in self.passages
            ],
        }

    def _entry(self, entry: Entry) -> dict[str, Any]:
        return {
            "iri": entry.iri,
            "label": self.labels.get(entry.iri),
            "statements": [self._statement(each) for each in entry.statements],
        }

    def _statement(self, statement: Statement) -> dict[str, Any]:
        return {
            "property": statement.property,
            "property_label": self.labels.get(statement.property),
            "value": statement.value,
            "value_label": self.labels.get(statement.value) if statement.is_iri else None,
            "type": "iri" if statement.is_iri else "literal",
            "datatype": statement.datatype,
            "lang": statement.language,
            "graphs": [
                {"iri": graph, "label": self.labels.get(graph)} for graph in statement.graphs
            ],
        }


def dossier(knowledge: Knowledge, iri: str, language: Language) -> Dossier:
    """All that the graph holds about the person with that IRI, labels in *language*.

    Raises:
        NotFoundError: there is no such person.
    """
    match = knowledge.names.thing(iri)
    if match is None or _PERSON not in match.kinds:
        raise NotFoundError(_("There is no person at {iri} in the graph."), iri=iri)
    entries = _entries(description.described(knowledge, iri, query=_QUERY))
    return Dossier(
        person=Thing(iri, knowledge.names.label(iri, language.code)),
        things=_by_kind(entries),
        passages=tuple(_passages(entries)),
        labels=_labels(knowledge, entries, language),
    )


def _entries(quads: Iterable[Quad]) -> dict[str, Entry]:
    """The things that the statements are of, by IRI."""
    graphs: dict[str, dict[tuple[str, Any], list[str]]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.graph_name, NamedNode):
            statements = graphs.setdefault(quad.subject.value, {})
            stands_in = statements.setdefault((quad.predicate.value, quad.object), [])
            stands_in.append(quad.graph_name.value)
    return {
        iri: Entry(
            iri,
            tuple(
                _statement(property_, value, sorted(set(stands_in)))
                for (property_, value), stands_in in sorted(
                    statements.items(), key=lambda each: (each[0][0], str(each[0][1]))
                )
            ),
        )
        for iri, statements in sorted(graphs.items())
    }


def _statement(property_: str, value: Any, graphs: list[str]) -> Statement:
    is_literal = isinstance(value, Literal)
    return Statement(
        property=property_,
        value=value.value,
        is_iri=not is_literal,
        datatype=value.datatype.value if is_literal else None,
        language=value.language if is_literal else None,
        graphs=tuple(graphs),
    )


def _by_kind(entries: Mapping[str, Entry]) -> dict[str, tuple[Entry, ...]]:
    """The entries by the kind that their address names; the person first, terms together."""
    kinds: dict[str, list[Entry]] = {"person": []}
    for iri, entry in entries.items():
        kind = iri.removeprefix(ID).partition("/")[0] if iri.startswith(ID) else "term"
        kinds.setdefault(kind, []).append(entry)
    return {kind: tuple(found) for kind, found in kinds.items()}


def _passages(entries: Mapping[str, Entry]) -> Iterable[Passage]:
    """The spans of all evidence among *entries*, with source and locator."""
    for iri, entry in entries.items():
        told = _values(entry)
        spans = (_values(entries[each]) for each in told.get(_SELECTOR, ()) if each in entries)
        for span in spans:
            for source in told.get(_SOURCE, ()):
                start, end = (int(next(iter(span.get(name, ["0"])))) for name in (_START, _END))
                yield Passage(iri, source, "; ".join(told.get(_LOCATOR, ())), start, end)


def _values(entry: Entry) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for statement in entry.statements:
        found.setdefault(statement.property, []).append(statement.value)
    return found


def _labels(
    knowledge: Knowledge, entries: Mapping[str, Entry], language: Language
) -> dict[str, str]:
    """What the IRIs in *entries* are called; a property by the short form of its IRI."""
    labels: dict[str, str] = {}
    for entry in entries.values():
        for statement in entry.statements:
            if statement.property in _NAMING:
                labels.setdefault(entry.iri, statement.value)
            labels.setdefault(statement.property, compact(statement.property))
            sources = filter(None, map(knowledge.dataset.source, statement.graphs))
            labels |= {source.iri: source.label for source in sources}
    for iri in labels:
        if iri.startswith((ID, DEF)) and knowledge.names.thing(iri):
            labels[iri] = knowledge.names.label(iri, language.code)
    return labels
