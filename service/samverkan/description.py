"""A thing as linked data: its statements and those that tell of it, each in the graph it stands in.

What belongs to it is settled by the query ``description``, or by another one that is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad, Triple

from samverkan import sparql
from samverkan.catalogue import KNOWN_ON
from samverkan.errors import NotFoundError
from samverkan.knowledge import Knowledge, Reading
from samverkan.language import mark as _
from samverkan.store import Dataset


def described(
    knowledge: Knowledge, iri: str, known_on: str | None = None, query: str = "description"
) -> tuple[Quad, ...]:
    """All about the thing with that IRI, in the graphs of the sources known on a day (None: all).

    *query* is the name of the query that settles what belongs to it.

    Raises:
        NotFoundError: nothing in these graphs has it.
        ParameterError: *known_on* is no date.
    """
    reading = knowledge.read(query, {"thing": iri, KNOWN_ON: known_on or ""})
    triples = sparql.construct(knowledge.dataset, knowledge.text(reading))
    thing = NamedNode(iri)
    if not any(triple.subject == thing for triple in triples):
        raise NotFoundError(_("There is nothing at {iri} in the graph."), iri=iri)
    return tuple(_in_their_graphs(knowledge.dataset, triples, reading))


def _in_their_graphs(
    dataset: Dataset, triples: tuple[Triple, ...], reading: Reading
) -> Iterator[Quad]:
    """Each statement as often as a source that is known makes it."""
    known = reading.known_on and frozenset(dataset.graphs_known_on(reading.known_on))
    for quad in dataset.placed(triples):
        if isinstance(quad.graph_name, NamedNode) and (not known or quad.graph_name in known):
            yield quad
