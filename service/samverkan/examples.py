"""The catalogue of queries as examples for other tools: ``sh:SPARQLExecutable``.

In the form of SIB's sparql-examples, which editors and assistants read from
``/.well-known/sparql-examples``: each runs at the endpoint as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from samverkan import tokens
from samverkan.catalogue import NamedQuery, Parameter
from samverkan.knowledge import Knowledge
from samverkan.language import CODES
from samverkan.namespaces import PREFIXES, term
from samverkan.site import Site

_SH = "http://www.w3.org/ns/shacl#"
# The form of a query, its class, and the property that holds its text. Any may hold a SELECT.
_FORMS = {
    "CONSTRUCT": ("SPARQLConstructExecutable", "construct"),
    "ASK": ("SPARQLAskExecutable", "ask"),
    "SELECT": ("SPARQLSelectExecutable", "select"),
}


def examples(knowledge: Knowledge, site: Site) -> tuple[Triple, ...]:
    """All named queries that can be asked of the graph, filled in, as served at *site*.

    Their IRIs are fragments of the document.
    """
    found = list(_prefixes(site))
    for query in knowledge.catalogue:
        text = text_of(knowledge, query)
        if text is not None:
            found += _example(query, text, site)
    return tuple(found)


def text_of(knowledge: Knowledge, query: NamedQuery) -> str | None:
    """The query filled in: with the default of each parameter that it cannot do without.

    A default that is of another graph gives way to a thing of that kind. None where there is none.
    """
    values = {p.name: _value(knowledge, p) for p in query.parameters if p.required}
    given = {name: value for name, value in values.items() if value is not None}
    if len(given) < len(values):
        return None
    return knowledge.text(knowledge.read(query.name, given))


def _value(knowledge: Knowledge, parameter: Parameter) -> str | None:
    names = knowledge.names
    if parameter.type != "iri" or (parameter.default and names.thing(parameter.default)):
        return parameter.default
    found = names.of_kind(parameter.kind or term("org:Organization").value)
    return found[0].iri if found else None


def _example(query: NamedQuery, text: str, site: Site) -> Iterator[Triple]:
    node = NamedNode(f"{site.examples}#{query.name}")
    words = tokens.keywords(text)
    class_, property_ = next(form for word, form in _FORMS.items() if word in words)
    yield Triple(node, term("rdf:type"), _sh("SPARQLExecutable"))
    yield Triple(node, term("rdf:type"), _sh(class_))
    yield Triple(node, _sh(property_), Literal(text))
    yield Triple(node, _sh("prefixes"), NamedNode(f"{site.examples}#prefixes"))
    yield Triple(node, term("schema:target"), NamedNode(site.endpoint))
    yield Triple(node, term("rdfs:seeAlso"), NamedNode(f"{site.root}queries/{query.name}"))
    for tag in query.tags:
        yield Triple(node, term("schema:keywords"), Literal(tag))
    for code in CODES:
        summary = Literal(query.summaries[code], language=code)
        yield Triple(node, term("rdfs:comment"), summary)
        description = Literal(query.descriptions[code], language=code)
        yield Triple(node, term("dcterms:description"), description)


def _prefixes(site: Site) -> Iterator[Triple]:
    """The prefixes of the house, declared as SHACL has it (§ 5.2.1)."""
    node = NamedNode(f"{site.examples}#prefixes")
    yield Triple(node, term("rdf:type"), term("owl:Ontology"))
    for prefix, namespace in PREFIXES.items():
        declared = NamedNode(f"{site.examples}#prefix-{prefix}")
        yield Triple(node, _sh("declare"), declared)
        yield Triple(declared, _sh("prefix"), Literal(prefix))
        address = Literal(namespace, datatype=term("xsd:anyURI"))
        yield Triple(declared, _sh("namespace"), address)


def _sh(name: str) -> NamedNode:
    return NamedNode(_SH + name)
