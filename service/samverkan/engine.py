"""What holds the graph and answers queries: pyoxigraph's store, or whatever behaves as it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    RdfFormat,
    Triple,
    Variable,
)

# Solutions, a boolean, or the triples of a graph.
Found = QuerySolutions | QueryBoolean | Iterator[Triple]
Node = NamedNode | BlankNode
Graph = NamedNode | BlankNode | DefaultGraph


class Engine(Protocol):
    """The graph: read only, its default graph the merge of the named ones, each triple once."""

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
        """What the query finds (SPARQL 1.1 Query).

        Args:
            query: its text.
            base_iri: what relative IRIs in it are relative to.
            prefixes: that it need not declare, by name.
            default_graph: what its default graph is made of; None: of what it says, or all.
            named_graphs: the graphs that GRAPH finds; None: those that it says, or all.
            substitutions: values of variables.

        Raises:
            SyntaxError: it is no query.
            RuntimeError, OSError: it cannot be evaluated.
            EngineError: the engine is elsewhere, and cannot be reached.
        """

    def quads_for_pattern(
        self,
        subject: Node | Triple | None,
        predicate: NamedNode | None,
        object: Node | Literal | Triple | None,  # noqa: A002 - as pyoxigraph has it
        graph_name: Graph | None = None,
    ) -> Iterator[Quad]:
        """The statements that have these terms in these places; None: any, of graphs too."""

    def named_graphs(self) -> Iterator[Node]:
        """The names of all graphs but the default one."""

    def contains_named_graph(self, graph_name: Graph) -> bool:
        """Whether there is a graph of that name."""

    def dump(
        self,
        *,
        format: RdfFormat,  # noqa: A002 - as pyoxigraph has it
        from_graph: Graph,
    ) -> bytes | None:
        """The statements of a graph, in a format that holds triples."""

    def __iter__(self) -> Iterator[Quad]:
        """All statements, of the default graph too."""

    def __hash__(self) -> int:
        """By what it is, not by what it holds."""
