"""What is at another engine's endpoint: which graphs, of which sources, and whether it is whole.

Its default graph has to be the merge of all its named ones, each triple once, as in the engine of
this process: that is counted before it is trusted. A digest of all statements is its version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from samverkan.engine import Engine
from samverkan.errors import EngineError
from samverkan.language import mark as _
from samverkan.namespaces import IDENTITY, PROLOGUE, SCHEMES, VOCABULARY
from samverkan.remote import Remote, Term, is_true, rows
from samverkan.store import Dataset, Source, merged
from samverkan.wire import Endpoint, Wire

_HOUSE = (IDENTITY, SCHEMES, VOCABULARY)
# Seconds that counting may take, to those of a query.
_PATIENCE = 6
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_COUNT_BOTH = """SELECT (COUNT(*) AS ?n) WHERE {
  { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }
}"""
_COUNT_ONCE = """SELECT (COUNT(*) AS ?n) WHERE {
  { SELECT DISTINCT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } }
}"""
_LACKING = "ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
_SOURCES = f"""{PROLOGUE}
SELECT ?g ?issued ?label ?title WHERE {{
  GRAPH ?g {{
    ?g dcterms:issued ?issued
    OPTIONAL {{ ?g skos:prefLabel ?label }}
    OPTIONAL {{ ?g dcterms:title ?title }}
  }}
}} ORDER BY ?g ?issued ?label ?title"""
# SPARQL has no sum of digests. That of the places at which certain figures first come up in them
# serves: any order of the statements gives the same, and a statement that changes, another one.
_FIGURES = "048bcf"
_SUMS = " ".join(f'(SUM(STRLEN(STRBEFORE(?sha, "{f}"))) AS ?sum{f})' for f in _FIGURES)
_DIGEST = f"""SELECT ?g (COUNT(*) AS ?n) {_SUMS} WHERE {{
  GRAPH ?g {{ ?s ?p ?o }}
  BIND(CONCAT(COALESCE(LANG(?o), ""), " ", COALESCE(STR(DATATYPE(?o)), "")) AS ?kind)
  BIND(SHA1(CONCAT(STR(?s), " ", STR(?p), " ", STR(?o), " ", ?kind)) AS ?sha)
}} GROUP BY ?g"""


@dataclass(frozen=True)
class Distant(Dataset):
    """A dataset whose engine is elsewhere."""

    copies: dict[tuple[NamedNode, ...], Store] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def is_reachable(self) -> bool:
        """Whether the engine is there, as of a second ago."""
        return not isinstance(self.engine, Remote) or self.engine.wire.is_up()

    def held(self, *graphs: NamedNode) -> Engine:
        """A copy of those graphs in this process, or of all of them merged; fetched once.

        Raises:
            EngineError: they cannot be had.
        """
        if not isinstance(self.engine, Remote):
            return self.engine
        if graphs not in self.copies:
            default = graphs or self.engine.graphs
            self.copies[graphs] = merged(self.engine, default, graphs)
        return self.copies[graphs]

    def placed(self, triples: Iterable[Triple]) -> Iterator[Quad]:
        """Each of *triples* in each named graph that has it, in few requests."""
        asked = self.engine.placed if isinstance(self.engine, Remote) else super().placed
        return asked(triples)


def dataset(endpoint: Endpoint) -> Distant:
    """The graph at *endpoint*.

    Raises:
        EngineError: saying where, for an engine that cannot be reached, lacks graphs, or has
            another default graph than the merge of them.
    """
    try:
        return _surveyed(Wire(endpoint))
    except SyntaxError as error:
        raise _unfit(endpoint, EngineError(_("It does not speak SPARQL 1.1."))) from error
    except EngineError as error:
        raise _unfit(endpoint, error) from error


def version(wire: Wire) -> str:
    """The digest of all statements in named graphs.

    Raises:
        EngineError: it cannot be had.
    """
    return _version(_digest(wire))


def _surveyed(wire: Wire) -> Distant:
    found = _digest(wire)
    graphs = tuple(sorted((NamedNode(iri) for iri in found), key=lambda graph: graph.value))
    for graph in _HOUSE:
        if graph not in graphs:
            raise EngineError(
                _("It has no graph {iri}. Load it with what “samverkan export --merged” writes."),
                iri=graph.value,
            )
    once = _number(wire, _COUNT_ONCE)
    if _number(wire, _COUNT) != once or is_true(wire.ask(_LACKING, seconds=_patience(wire))):
        raise EngineError(
            _(
                "Its default graph is not the merge of its named graphs, each statement once. Load"
                " it with what “samverkan export --merged” writes, and with nothing else."
            )
        )
    takes_graphs = _takes_graphs(wire, found)
    merges = takes_graphs and _number(wire, _COUNT, [*found]) == once
    return Distant(Remote(wire, graphs, takes_graphs, merges), _version(found), _sources(wire))


def _takes_graphs(wire: Wire, found: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the graphs that a request names are those that the engine asks; there are some."""
    count, graph = min((int(figures[0]), graph) for graph, figures in found.items())
    return _number(wire, _COUNT_BOTH, [graph], [graph]) == 2 * count


def _digest(wire: Wire) -> dict[str, tuple[str, ...]]:
    """By name of graph, how much is in it, and the digest of it as some numbers."""
    answer = wire.ask(_DIGEST, seconds=_patience(wire))
    found = {}
    for row in rows(answer):
        if isinstance(graph := row.get("g"), NamedNode):  # no row has none: nothing to count
            figures = sorted((name, term) for name, term in row.items() if name != "g")
            found[graph.value] = tuple(cast(Literal, term).value for _name, term in figures)
    return found


def _version(found: Mapping[str, tuple[str, ...]]) -> str:
    return hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()[:16]


def _number(wire: Wire, query: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> int:
    """The one number that a query counts."""
    answer = wire.ask(query, default=default, named=named, seconds=_patience(wire))
    for row in rows(answer):
        return int(cast(Literal, row["n"]).value)
    return 0


def _sources(wire: Wire) -> tuple[Source, ...]:
    """The sources, the oldest first, and those of a day as their files are read."""
    found: dict[str, Source] = {}
    for row in rows(wire.ask(_SOURCES)):
        iri = cast(NamedNode, row["g"]).value
        label = _text(row, "label") or iri.rpartition("/")[2]
        issued = date.fromisoformat(_text(row, "issued"))
        if NamedNode(iri) not in _HOUSE:
            found.setdefault(iri, Source(iri, label, _text(row, "title") or label, issued))
    return tuple(sorted(found.values(), key=lambda source: (source.issued, f"{source.iri}.ttl")))


def _text(row: Mapping[str, Term], name: str) -> str:
    term = row.get(name)
    return term.value if isinstance(term, Literal) else ""


def _patience(wire: Wire) -> float:
    return wire.endpoint.seconds * _PATIENCE


def _unfit(endpoint: Endpoint, reason: EngineError) -> EngineError:
    return EngineError(
        _("The graph at {address} cannot be served: {reason}"),
        address=endpoint.address,
        reason=(reason,),
    )
