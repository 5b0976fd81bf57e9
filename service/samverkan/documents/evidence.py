"""What the graph says of its evidence: sources and their texts, pieces and their spans."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from samverkan import sparql
from samverkan.documents.passages import Span
from samverkan.namespaces import ID, PROLOGUE
from samverkan.store import Dataset

_SOURCES = """
SELECT ?source ?file ?sha256 ?held ?issued ?publisher ?name WHERE {
  ?source a smv:Source .
  OPTIONAL { ?source smv:textFile ?file } OPTIONAL { ?source smv:textSha256 ?sha256 }
  OPTIONAL { ?source smv:held ?held } OPTIONAL { ?source dcterms:issued ?issued }
  OPTIONAL { ?source dcterms:publisher ?publisher }
  OPTIONAL { ?source skos:prefLabel|dcterms:title ?name }
} ORDER BY ?source ?file ?sha256 ?name
"""
_PIECES = """
SELECT DISTINCT ?graph ?evidence ?source ?locator ?start ?end WHERE {
  GRAPH ?graph { ?evidence oa:hasSource ?source ; smv:locator ?locator ; oa:hasSelector ?selector }
  ?selector oa:start ?start ; oa:end ?end .
} ORDER BY ?source ?graph ?start ?end ?evidence
"""
_DERIVED = """
SELECT DISTINCT ?graph ?thing ?evidence ?implied WHERE {
  GRAPH ?graph {
    ?thing prov:wasDerivedFrom ?evidence
    OPTIONAL { ?thing smv:basis ?basis FILTER(STRENDS(STR(?basis), "/implied")) }
  }
  BIND(BOUND(?basis) AS ?implied)
} ORDER BY ?graph ?thing ?evidence
"""
# What people type though no source has it may be read as well, but for "vi", "oss" and the like.
_NAMES = """
SELECT DISTINCT ?thing ?name WHERE {
  { ?named foaf:name|skos:prefLabel|skos:altLabel|smv:abbreviation ?name }
  UNION
  { ?named smv:formerName/rdfs:label|smv:title ?name }
  UNION
  { ?named skos:hiddenLabel ?name FILTER(STRLEN(?name) > 3 || UCASE(?name) = STR(?name)) }
  ?thing org:organization? ?named
  FILTER(LANG(?name) IN ("", "sv"))
} ORDER BY ?thing ?name
"""
_DESCRIBED = "SELECT DISTINCT ?thing { ?thing smv:descriptiveName true }"
_LABELS = "SELECT ?thing ?label { ?thing skos:prefLabel ?label FILTER(LANG(?label) = 'sv') }"

# A thing as one source describes it: the IRIs of graph and thing.
Described = tuple[str, str]


@dataclass(frozen=True)
class Source:
    """A document as the graph has it; an empty text where it does not say."""

    iri: str
    file: str = ""
    sha256: str = ""
    held: bool = False
    day: str = ""
    publisher: str = ""
    names: str = ""

    @property
    def slug(self) -> str:
        """The last part of its IRI."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True)
class Piece:
    """A piece of evidence: where it says that it is, and its spans in the order of the text."""

    iri: str
    graph: str
    source: str
    locator: str
    spans: tuple[Span, ...]

    @property
    def slug(self) -> str:
        """The last part of its IRI."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True)
class Evidence:
    """All the evidence of a dataset, and what is needed to read it.

    Attributes:
        sources: by IRI.
        pieces: by graph and IRI.
        derived: what rests on which pieces of the graph's own source, by graph and thing.
        implied: the things that are said to be implied, by graph and thing.
        names: thing → its names; of a membership, its titles and those of its body.
        described: the things that are only described, and have no name.
        labels: thing → its Swedish label.
    """

    dataset: Dataset
    sources: Mapping[str, Source]
    pieces: Mapping[Described, Piece]
    derived: Mapping[Described, tuple[Piece, ...]]
    implied: frozenset[Described]
    names: Mapping[str, tuple[str, ...]]
    described: frozenset[str]
    labels: Mapping[str, str]

    def label(self, iri: str) -> str:
        """What a thing is called, else the last parts of its IRI."""
        return self.labels.get(iri) or iri.removeprefix(ID)

    def counts(self, item: Described) -> frozenset[int]:
        """How many things of a class, or with the same value, rest on the passage of *item*."""
        graph = item[0]
        spans = [span for piece in self.derived[item] for span in piece.spans]
        whole = Span(min(s.start for s in spans), max(s.end for s in spans))
        things = [
            thing
            for (other, thing), pieces in self.derived.items()
            if other == graph and any(whole.holds(s) for piece in pieces for s in piece.spans)
        ]
        same: Counter[tuple[str, str]] = Counter()
        values: dict[str, set[str]] = defaultdict(set)
        for thing in things:
            for quad in self.dataset.engine.quads_for_pattern(
                NamedNode(thing), None, None, NamedNode(graph)
            ):
                if isinstance(quad.object, NamedNode):
                    same[quad.predicate.value, quad.object.value] += 1
                    values[quad.predicate.value].add(quad.object.value)
        return frozenset(same.values()) | frozenset(len(each) for each in values.values())


def gather(dataset: Dataset) -> Evidence:
    """The evidence of *dataset*."""
    pieces = {(piece.graph, piece.iri): piece for piece in pieces_of(dataset)}
    derived: dict[Described, list[Piece]] = defaultdict(list)
    implied = set()
    for row in _rows(dataset, _DERIVED):
        described = row["graph"], row["thing"]
        piece = pieces.get((row["graph"], row["evidence"]))
        derived[described].extend([piece] if piece and piece.source == row["graph"] else [])
        if row["implied"] == "true":
            implied.add(described)
    return Evidence(
        dataset,
        {source.iri: source for source in sources_of(dataset)},
        pieces,
        {described: tuple(each) for described, each in derived.items()},
        frozenset(implied),
        _grouped(_rows(dataset, _NAMES), "thing", "name"),
        frozenset(row["thing"] for row in _rows(dataset, _DESCRIBED)),
        {row["thing"]: row["label"] for row in _rows(dataset, _LABELS)},
    )


def _rows(dataset: Dataset, query: str) -> Iterator[dict[str, str]]:
    for row in sparql.select(dataset, PROLOGUE + query):
        yield {name: term.value for name, term in row.items()}


def sources_of(dataset: Dataset) -> Iterator[Source]:
    """The documents that the graph tells of."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(dataset, _SOURCES):
        rows[row["source"]].append(row)
    for iri, found in rows.items():
        first = found[0]
        yield Source(
            iri,
            first.get("file", ""),
            first.get("sha256", "").lower(),
            first.get("held") == "true",
            first.get("issued", ""),
            first.get("publisher", ""),
            "; ".join(dict.fromkeys(row["name"] for row in found if "name" in row)),
        )


def pieces_of(dataset: Dataset) -> Iterator[Piece]:
    """The pieces of evidence, in the order of the text."""
    spans: dict[tuple[str, str, str, str], list[Span]] = defaultdict(list)
    for row in _rows(dataset, _PIECES):
        key = row["evidence"], row["graph"], row["source"], row["locator"]
        spans[key].append(Span(_number(row["start"]), _number(row["end"])))
    for (iri, graph, source, locator), found in spans.items():
        yield Piece(iri, graph, source, locator, tuple(sorted(found)))


def _number(text: str) -> int:
    """The number that *text* is; -1, which no span holds, where it is none."""
    return int(text) if text.isdecimal() else -1


def _grouped(
    rows: Iterable[Mapping[str, str]], key: str, value: str
) -> Mapping[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        grouped[row[key]].append(row[value])
    return {name: tuple(values) for name, values in grouped.items()}
