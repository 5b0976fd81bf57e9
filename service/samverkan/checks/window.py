"""The engine's graph, as the graph that rdflib and pyshacl ask: read in place, never copied.

So a check of one thing reads no more than its shapes ask. A thing is read whole, all that is said
of it in one go, and the last of them are remembered: a window is for one run, during which the
graph does not change.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import rdflib
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, QuerySolutions
from pyoxigraph import Variable as Place
from rdflib.query import Result
from rdflib.store import Store as RdflibStore

from samverkan.engine import Engine

_DEFAULT = DefaultGraph()
_NOWHERE: Iterator[Any] = iter(())
# So many things are remembered: of each, some kilobytes.
_THINGS = 1 << 14
_NOW = "NOW()"
_DATETIME = "http://www.w3.org/2001/XMLSchema#dateTime"

Ours = NamedNode | Literal | BlankNode
Theirs = rdflib.URIRef | rdflib.Literal | rdflib.BNode


class Window(rdflib.Graph):
    """The default graph of *store* (the merge of all graphs), read only, as of a day.

    SPARQL runs in the engine, with that day in the place of ``NOW()``.
    """

    def __init__(self, store: Engine, on_date: date) -> None:
        panes = _Panes(store)
        super().__init__(store=panes, bind_namespaces="none")
        self._statements = panes.statements
        self._engine = store
        self._now = f'"{on_date}T00:00:00"^^<{_DATETIME}>'

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Any:
        """The values, by the short way where a thing and a property are given."""
        if isinstance(subject, rdflib.URIRef) and isinstance(predicate, rdflib.URIRef):
            return iter(self._statements(subject).get(predicate, ()))
        return super().objects(subject, predicate, unique)

    def query(  # the order and names of rdflib
        self,
        query_object: Any,
        processor: Any = None,
        result: Any = None,
        initNs: Any = None,  # noqa: N803
        initBindings: Any = None,  # noqa: N803
        *_more: Any,
        **_others: Any,
    ) -> Result:
        """The solutions of a SELECT, its pre-bound variables given as ``initBindings``."""
        del processor, result, initNs
        given = initBindings or {}
        pre_bound = {rdflib.Variable(str(name)): value for name, value in given.items()}
        rows: list[Any] = [row | pre_bound for row in self.solutions(str(query_object), given)]
        told = Result("SELECT")
        told.vars = sorted({name for row in rows for name in row})
        told.bindings = rows
        return told

    def solutions(
        self, text: str, given: Mapping[Any, Any], prefixes: Mapping[str, str] | None = None
    ) -> list[dict[Any, Any]]:
        """The solutions of the SELECT *text*, with values given for some of its variables."""
        found = self._engine.query(
            text.replace(_NOW, self._now),
            prefixes=dict(prefixes or {}),
            substitutions={Place(str(name)): ours(value) for name, value in given.items()},
        )
        if not isinstance(found, QuerySolutions):
            raise TypeError(text)
        names = [rdflib.Variable(place.value) for place in found.variables]
        return [
            {name: theirs(value) for name, value in zip(names, row, strict=True) if value}
            for row in found
        ]


class _Panes(RdflibStore):
    """What rdflib asks of a store, answered by the engine."""

    context_aware = True  # pyshacl puts a dataset around it, which takes no other
    graph_aware = True

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine
        self.statements = lru_cache(maxsize=_THINGS)(self._read)

    def triples(
        self, triple_pattern: Any, context: Any = None
    ) -> Iterator[tuple[Any, Iterator[Any]]]:
        """The triples that fit, each with no context of its own."""
        del context
        subject, predicate, value = triple_pattern
        if isinstance(predicate, rdflib.URIRef | None):
            fitting = self._of_any if subject is None else self._of_one
            for triple in fitting(subject, predicate, value):
                yield triple, _NOWHERE

    def _of_one(self, subject: Any, predicate: Any, value: Any) -> Iterator[tuple[Any, Any, Any]]:
        said = self.statements(subject)
        for each in said if predicate is None else (predicate,):
            for found in said.get(each, ()):
                if value is None or found == value:
                    yield subject, each, found

    def _of_any(self, _none: None, predicate: Any, value: Any) -> Iterator[tuple[Any, Any, Any]]:
        second, third = (None if term is None else ours(term) for term in (predicate, value))
        for quad in self._engine.quads_for_pattern(None, second, third, _DEFAULT):  # type: ignore[arg-type]
            yield (
                theirs(quad.subject),
                predicate or theirs(quad.predicate),
                theirs(quad.object) if value is None else value,
            )

    def _read(self, thing: Any) -> Mapping[Any, list[Any]]:
        """All that is said of *thing*, by property."""
        found: dict[Any, list[Any]] = {}
        if not isinstance(thing, rdflib.Literal):
            for quad in self._engine.quads_for_pattern(ours(thing), None, None, _DEFAULT):  # type: ignore[arg-type]
                found.setdefault(theirs(quad.predicate), []).append(theirs(quad.object))
        return found

    def __len__(self, context: Any = None) -> int:
        """One: whether there is anything is all that is asked, and counting is slow."""
        del context
        return 1

    def namespaces(self) -> Generator[tuple[str, rdflib.URIRef], None, None]:
        """None: nothing is written with prefixes."""
        yield from ()

    def namespace(self, prefix: str) -> None:
        """None."""

    def prefix(self, namespace: Any) -> None:
        """None."""

    def bind(self, prefix: str, namespace: Any, override: bool = True) -> None:
        """Nothing is kept."""


@lru_cache(maxsize=1 << 16)
def theirs(term: Any) -> Theirs:
    """A term of the engine as one of rdflib."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


@lru_cache(maxsize=1 << 16)
def ours(term: Any) -> Ours:
    """A term of rdflib as one of the engine."""
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    if term.language:
        return Literal(str(term), language=term.language)
    datatype = term.datatype or rdflib.XSD.string
    return Literal(str(term), datatype=NamedNode(str(datatype)))
