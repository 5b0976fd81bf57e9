"""An engine elsewhere, any that speaks the SPARQL 1.1 Protocol, as the one in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    Variable,
    parse,
    parse_query_results,
)

from samverkan import tokens
from samverkan.engine import Found, Graph, Node
from samverkan.errors import EngineError
from samverkan.language import mark as _
from samverkan.wire import RESULTS, TRIPLES, Answer, Wire

Term = NamedNode | BlankNode | Literal | Triple

_GRAPH_FORMS = {"CONSTRUCT", "DESCRIBE"}
_JSON = {RESULTS, "application/json"}
_PLACES = ("s", "p", "o")
_ALL = "{ ?s ?p ?o }"
# How often the time of a query may be taken to read a whole graph.
_PATIENCE = 6
_SUBJECTS = 50


@dataclass(frozen=True)
class Remote:
    """The graph at the other end of *wire*, as it was when it was opened.

    ``graphs``: the names of its graphs; ``takes_graphs``: whether it heeds the graphs that a
    request names (SPARQL 1.1 Protocol § 2.1.4); ``merges``: whether several that are asked as one
    have each triple once (SPARQL 1.1 Query § 13.2.1). Not every engine does. ``seconds`` and
    ``size`` bound a query, where they are not None.
    """

    wire: Wire
    graphs: tuple[NamedNode, ...]
    takes_graphs: bool
    merges: bool
    seconds: float | None = None
    size: int | None = None

    def within(self, seconds: float, size: int) -> Remote:
        """The same, for queries that may take so many seconds and give so many bytes."""
        return replace(self, seconds=seconds, size=size)

    def query(
        self,
        query: str,
        *,
        base_iri: str | None = None,
        prefixes: dict[str, str] | None = None,
        default_graph: Graph | list[Graph] | None = None,
        named_graphs: list[Node] | None = None,
        substitutions: dict[Variable, Node | Literal | Triple] | None = None,
    ) -> Found:
        """As :meth:`samverkan.engine.Engine.query`.

        Raises:
            SyntaxError: it is from outside (bounded), and the engine does not take it for a query.
            EngineError: the engine cannot be reached, is slow, or answers what is no answer.
        """
        default, named = _iris(default_graph), _iris(named_graphs)
        if self._is_whole(default, named):
            query, default, named = tokens.without_graphs(tokens.unescaped(query)), (), ()
        if substitutions:
            query = tokens.with_values(query, {v.value: t for v, t in substitutions.items()})
        declared = f"BASE <{base_iri}>\n" if base_iri else ""
        declared += "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in (prefixes or {}).items())
        is_graph = tokens.form(tokens.unescaped(query)) in _GRAPH_FORMS
        accept = TRIPLES if is_graph else RESULTS
        told: dict[str, Any] = {"default": default, "named": named}
        if self.seconds is None or self.size is None:
            answer = self._ask(declared + query, accept, **told)
        else:
            told |= {"seconds": self.seconds, "size": self.size}
            answer = self.wire.ask(declared + query, accept, **told)
        return _triples(answer) if is_graph else _results(answer)

    def can_merge(self, default: Sequence[NamedNode], named: Sequence[NamedNode]) -> bool:
        """Whether a query of those graphs can be left to the engine."""
        if self._is_whole(_iris([*default]), _iris([*named])):
            return True
        return self.takes_graphs and (self.merges or len(default) <= 1)

    def quads_for_pattern(
        self,
        subject: Node | Triple | None,
        predicate: NamedNode | None,
        object: Node | Literal | Triple | None,  # noqa: A002 - as the engine has it
        graph_name: Graph | None = None,
    ) -> Iterator[Quad]:
        """As :meth:`samverkan.engine.Engine.quads_for_pattern`. A blank node is found nowhere."""
        given = dict(zip(_PLACES, (subject, predicate, object), strict=True))
        if any(isinstance(term, BlankNode | Triple) for term in given.values()):
            return  # its name is another one in each answer
        if graph_name is not None and not any(given.values()):
            for triple in self._whole(graph_name):
                yield Quad(triple.subject, triple.predicate, triple.object, graph_name)
            return
        pattern = " ".join(
            f"?{name}" if term is None else str(term) for name, term in given.items()
        )
        where = f"{{ {pattern} }}"
        if graph_name is None:
            where = f"{{ {where} UNION {{ GRAPH ?g {where} }} }}"
        elif isinstance(graph_name, NamedNode):
            where = f"{{ GRAPH {graph_name} {where} }}"
        for row in self._rows(f"SELECT * WHERE {where}"):
            subject_, predicate_, value = (row.get(n) or term for n, term in given.items())
            yield _quad(subject_, predicate_, value, row.get("g") or graph_name)

    def placed(self, triples: Iterable[Triple]) -> Iterator[Quad]:
        """Each of *triples* in each named graph that has it; the subjects a few at a time."""
        wanted = frozenset(triples)
        subjects = sorted({str(t.subject) for t in wanted if isinstance(t.subject, NamedNode)})
        for start in range(0, len(subjects), _SUBJECTS):
            parts = (
                f"{{ GRAPH ?g {{ {subject} ?p ?o }} BIND({subject} AS ?s) }}"
                for subject in subjects[start : start + _SUBJECTS]
            )
            for row in self._rows(f"SELECT ?s ?p ?o ?g WHERE {{ {' UNION '.join(parts)} }}"):
                quad = _quad(row["s"], row["p"], row["o"], row["g"])
                if quad.triple in wanted:
                    yield quad

    def named_graphs(self) -> Iterator[Node]:
        """As :meth:`samverkan.engine.Engine.named_graphs`."""
        return iter(self.graphs)

    def contains_named_graph(self, graph_name: Graph) -> bool:
        """As :meth:`samverkan.engine.Engine.contains_named_graph`."""
        return graph_name in self.graphs

    def dump(
        self,
        *,
        format: RdfFormat,  # noqa: A002 - as the engine has it
        from_graph: Graph,
    ) -> bytes:
        """As :meth:`samverkan.engine.Engine.dump`."""
        where = _ALL if isinstance(from_graph, DefaultGraph) else f"{{ GRAPH {from_graph} {_ALL} }}"
        answer = self._ask(
            f"CONSTRUCT {_ALL} WHERE {where}",
            format.media_type,
            seconds=self.wire.endpoint.seconds * _PATIENCE,
        )
        if RdfFormat.from_media_type(answer.media_type) != format:
            raise _no_answer()
        return answer.body

    def __iter__(self) -> Iterator[Quad]:
        """As :meth:`samverkan.engine.Engine.__iter__`, a graph at a time."""
        graphs: tuple[Graph, ...] = (DefaultGraph(), *self.graphs)
        for graph in graphs:
            yield from self.quads_for_pattern(None, None, None, graph)

    def _is_whole(self, default: Sequence[str], named: Sequence[str]) -> bool:
        """Whether those are all graphs: then the engine's own dataset is the same, and at hand."""
        everything = {graph.value for graph in self.graphs}
        return set(default) == set(named) == everything

    def _whole(self, graph: Graph) -> Iterator[Triple]:
        return _triples(Answer(TRIPLES, self.dump(format=RdfFormat.N_TRIPLES, from_graph=graph)))

    def _rows(self, text: str) -> Iterator[Mapping[str, Term]]:
        return rows(self._ask(text))

    def _ask(self, text: str, accept: str = RESULTS, **more: Any) -> Answer:
        """The answer to a query of our own, which the engine is to take."""
        try:
            return self.wire.ask(text, accept, **more)
        except SyntaxError as error:
            raise EngineError(
                _("The engine of the graph does not take a query of this service: {reason}"),
                reason=error.msg,
            ) from error


def rows(answer: Answer) -> Iterator[Mapping[str, Term]]:
    """The solutions in *answer*; an unbound variable is not in its row.

    Raises:
        EngineError: it holds none.
    """
    found = _results(answer)
    if not isinstance(found, QuerySolutions):
        raise _no_answer()
    names = [variable.value for variable in found.variables]
    for row in found:
        yield {name: term for name, term in zip(names, row, strict=True) if term is not None}


def is_true(answer: Answer) -> bool:
    """What an ASK gives.

    Raises:
        EngineError: *answer* is none to an ASK.
    """
    found = _results(answer)
    if not isinstance(found, QueryBoolean):
        raise _no_answer()
    return bool(found)


def _results(answer: Answer) -> QuerySolutions | QueryBoolean:
    """Solutions or a boolean. They are read through once, so that what is broken shows here."""
    if answer.media_type not in _JSON:
        raise _no_answer()
    try:
        found = parse_query_results(answer.body, QueryResultsFormat.JSON)
        if isinstance(found, QuerySolutions):
            for _row in found:
                pass
            found = parse_query_results(answer.body, QueryResultsFormat.JSON)
    except (SyntaxError, ValueError, OSError) as error:
        raise _no_answer() from error
    return found


def _triples(answer: Answer) -> Iterator[Triple]:
    format_ = RdfFormat.from_media_type(answer.media_type)
    if format_ is None or format_.supports_datasets:
        raise _no_answer()
    try:
        return iter([quad.triple for quad in parse(answer.body, format_, lenient=True)])
    except (SyntaxError, ValueError, OSError) as error:
        raise _no_answer() from error


def _quad(subject: Any, predicate: Any, value: Any, graph: Any) -> Quad:
    """Terms as a statement, as far as they may stand so: that is up to the engine."""
    try:
        return Quad(subject, predicate, value, graph or DefaultGraph())
    except TypeError as error:
        raise _no_answer() from error


def _no_answer() -> EngineError:
    return EngineError(_("The engine of the graph gives something that is no answer to a query."))


def _iris(graphs: Graph | Sequence[Graph] | None) -> tuple[str, ...]:
    """The IRIs of *graphs*; the default graph, and none, are what goes without saying."""
    given = graphs if isinstance(graphs, Sequence) else (graphs,)
    return tuple(graph.value for graph in given if isinstance(graph, NamedNode))
