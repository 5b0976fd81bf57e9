"""What is asked: queries over the vocabulary, about things that are in the graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from urllib.parse import quote

from pyoxigraph import NamedNode

from samverkan.knowledge import Knowledge
from samverkan.namespaces import PROLOGUE, term

# So many different texts are asked over and over.
REPEATED = 40

# The class of the things that a query is asked about, and the query.
_ABOUT_ONE = (
    (
        "org:Organization",
        "SELECT ?seat ?role ?status ?label WHERE { ?seat org:organization <%s> ; org:role ?role ;"
        " smv:status ?status OPTIONAL { ?seat org:member/skos:prefLabel ?label } }",
    ),
    (
        "org:Membership",
        "SELECT ?source ?locator ?start ?end WHERE { <%s> prov:wasDerivedFrom ?shows . ?shows"
        " oa:hasSource ?source ; smv:locator ?locator ; oa:hasSelector ?at ."
        " ?at oa:start ?start ; oa:end ?end }",
    ),
    (
        "foaf:Person",
        "SELECT ?body ?label WHERE { <%s> org:memberOf ?body . ?body skos:prefLabel ?label"
        ' FILTER(LANG(?label) = "sv") }',
    ),
    (
        "smv:Plan",
        "SELECT ?item ?label ?agent WHERE { ?item dcterms:isPartOf <%s> ; skos:prefLabel ?label"
        " OPTIONAL { ?item smv:carriedOutBy|smv:ownedBy ?agent } }",
    ),
    (
        "smv:Meeting",
        "SELECT ?person ?role WHERE { ?there smv:meeting <%s> ; smv:person ?person ;"
        " smv:membership/org:role ?role }",
    ),
    (
        "org:Organization",
        "SELECT ?kind ?other ?label WHERE { { ?link smv:subject <%s> ; smv:object ?other } UNION"
        " { ?link smv:object <%s> ; smv:subject ?other } ?link smv:relationKind ?kind ."
        " ?other skos:prefLabel ?label }",
    ),
    ("org:Organization", "SELECT ?above WHERE { <%s> org:subOrganizationOf+ ?above }"),
)
# What looks at the whole of the graph.
_ABOUT_ALL = (
    "SELECT ?year (COUNT(DISTINCT ?item) AS ?count) WHERE { ?item a smv:Activity ; smv:year ?year"
    " FILTER NOT EXISTS { ?item smv:ownedBy ?owner } } GROUP BY ?year",
    "SELECT ?status ?role (COUNT(?seat) AS ?count) WHERE { ?seat a org:Membership ;"
    " smv:status ?status ; org:role ?role } GROUP BY ?status ?role",
)


@dataclass(frozen=True)
class Workload:
    """Queries of one kind: each is another text, unless they are to be repeated."""

    name: str
    texts: tuple[str, ...]
    distinct: bool

    def queries(self, first: int) -> Iterator[str]:
        """Queries without end, from number *first* on: no two numbers give the same text."""
        for number in count(first):
            text = self.texts[number % len(self.texts)]
            yield f"{text} # {number}" if self.distinct else text


def workloads(known: Knowledge, things: int = 2_000) -> list[Workload]:
    """What is asked of every contender; the same for the same graph."""
    about_one = _about_one(known, things)
    about_all = tuple(f"{PROLOGUE}\n{query}" for query in _ABOUT_ALL)
    return [
        Workload("one thing, distinct", about_one, distinct=True),
        Workload("one thing, repeated", about_one[:REPEATED], distinct=False),
        Workload("whole graph, distinct", about_all, distinct=True),
        Workload("whole graph, repeated", about_all, distinct=False),
    ]


def _about_one(known: Knowledge, things: int) -> tuple[str, ...]:
    queries = []
    for kind, text in _ABOUT_ONE:
        found = instances(known, kind)
        step = max(1, len(found) // max(1, things // len(_ABOUT_ONE)))
        queries.append([f"{PROLOGUE}\n{text.replace('%s', iri)}" for iri in found[::step]])
    # One of each kind after the other.
    longest = max(len(of_kind) for of_kind in queries)
    turns = range(longest)
    return tuple(of_kind[turn % len(of_kind)] for turn in turns for of_kind in queries)


def questions(known: Knowledge, days: int, number: int = 40) -> tuple[str, ...]:
    """Addresses of the question "who represents us in …", for bodies all over the graph.

    Each is asked about so many days, one after the other.
    """
    first = date(2018, 1, 1)
    asked = [quote(label) for label in labels(known, number)]
    return tuple(
        f"/ask?q=vem%20representerar%20oss%20i%20{label}&on_date={first + timedelta(days=day)}"
        for day in range(days)
        for label in asked
    )


def named(known: Knowledge, number: int = 40) -> tuple[str, ...]:
    """Addresses of the named query ``representatives``, likewise."""
    found = instances(known, "org:Organization")
    return tuple(
        f"/queries/representatives.json?body={iri}&on_date=2024-06-01"
        for iri in found[:: max(1, len(found) // number)][:number]
    )


def instances(known: Knowledge, kind: str) -> list[str]:
    """The IRIs of the things of a class that stand in the data, in order."""
    quads = known.dataset.engine.quads_for_pattern(None, term("rdf:type"), term(kind), None)
    return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})


def labels(known: Knowledge, number: int) -> list[str]:
    """What bodies all over the graph are called."""
    found = instances(known, "org:Organization")
    step = max(1, len(found) // number)
    return [known.names.label(iri, "sv") for iri in found[::step][:number]]
