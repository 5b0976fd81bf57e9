"""What two files say of one thing, of which only one can be: told once, with both places."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Store

from samverkan.integrity import model
from samverkan.integrity.faults import Fault, Files, Term, placed, select
from samverkan.integrity.rules import rows
from samverkan.language import mark as _

# What one source states, another may imply.
_CLASHES = f"""SELECT DISTINCT ?subject ?property ?graph ?value ?there ?other {{
    {rows("?class ?property", model.SINGLE)} FILTER(?property != smv:basis)
    ?subject a ?class
    GRAPH ?graph {{ ?subject ?property ?value }}
    GRAPH ?there {{ ?subject ?property ?other }}
    FILTER(?graph != ?there && STR(?value) != STR(?other))
    FILTER NOT EXISTS {{ GRAPH ?graph {{ ?subject ?property ?other }} }}
}}"""


def faults(store: Store, files: Files) -> Iterator[Fault]:
    """Properties of which a thing has one, with one value in a file and another in a later one."""
    place = {graph: number for number, graph in enumerate(files)}
    found: dict[tuple[Term, Term, NamedNode], tuple[NamedNode, dict[str, Term]]] = {}
    for row in select(store, _CLASHES):
        graph, there = row["graph"], row["there"]
        key = (row["subject"], row["property"], graph)
        earliest = found[key][0] if key in found else graph
        if place[there] < place[earliest]:
            names = ("subject", "property", "value", "other")
            found[key] = there, {name: row[name] for name in names}
    for (_subject, _property, graph), (there, terms) in found.items():
        first = placed(Fault(there, "", "", {**terms, "value": terms["other"]}), files)
        yield Fault(
            graph,
            _(
                "{subject} is already in {file}, line {line}, with {property} {other}; here is"
                " {value}."
            ),
            _("Write the same in both, or give what is meant here an address of its own."),
            {**terms, "file": first.path.name, "line": first.line},
        )
