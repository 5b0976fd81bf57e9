"""Prefixes and terms, bound once."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

BASE = "https://w3id.org/samverkan/"
DEF = BASE + "def/"
ID = BASE + "id/"

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "m8g": "http://data.europa.eu/m8g/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "smv": DEF,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# What a query of our own begins with, to use any of the prefixes.
PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())

# The segments under ID, and the class that each is for.
CONCEPTS = {
    "activity": "smv:Activity",
    "agenda-item": "smv:AgendaItem",
    "agreement": "smv:Agreement",
    "attendance": "smv:Attendance",
    "claim": "smv:Claim",
    "decision": "smv:Decision",
    "discrepancy": "smv:Discrepancy",
    "event": "org:ChangeEvent",
    "evidence": "smv:Evidence",
    "meeting": "smv:Meeting",
    "membership": "org:Membership",
    "name": "smv:Name",
    "organization": "org:Organization",
    "outcome": "smv:Outcome",
    "period": "dcterms:PeriodOfTime",
    "person": "foaf:Person",
    "plan": "smv:Plan",
    "post": "org:Post",
    "relation": "smv:Relation",
    "responsibility": "smv:Responsibility",
    "rule": "smv:CompositionRule",
    "selector": "oa:TextPositionSelector",
    "service": "smv:Service",
    "source": "smv:Source",
    "task": "smv:Task",
}


_ADDRESS = re.compile(r"(?P<prefix>[a-z][a-z-]*)[:/](?P<slug>[a-z0-9][a-z0-9-]*)", re.ASCII)


def term(curie: str) -> NamedNode:
    """The term that a prefixed name such as ``skos:prefLabel`` stands for.

    Raises:
        KeyError: for a prefix that is not in :data:`PREFIXES`.
    """
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def compact(iri: str) -> str:
    """*iri* as a prefixed name where a prefix fits, else as it is."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def address(iri: str) -> str:
    """*iri* as the files of data write it, ``person:ola-karlsson``; else as it is."""
    prefix, _, slug = iri.removeprefix(ID).removeprefix(DEF).partition("/")
    return f"{prefix}:{slug}" if iri.startswith((ID, DEF)) and slug else iri


def of_address(text: str) -> str | None:
    """The IRI that ``person:ola-karlsson`` or ``person/ola-karlsson`` stands for, if it is such."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return None
    base = ID if found["prefix"] in CONCEPTS else DEF
    return f"{base}{found['prefix']}/{found['slug']}"


def graph(slug: str) -> NamedNode:
    """The named graph of the house itself: ``identity``, ``schemes`` or ``vocabulary``."""
    return NamedNode(f"{ID}graph/{slug}")


IDENTITY = graph("identity")
SCHEMES = graph("schemes")
VOCABULARY = graph("vocabulary")
