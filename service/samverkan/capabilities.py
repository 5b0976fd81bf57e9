"""What the endpoint can do, told to machines: its SPARQL 1.1 Service Description."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple, serialize

from samverkan.isolation import Limits
from samverkan.language import CODES, language
from samverkan.language import mark as _
from samverkan.namespaces import ID, PREFIXES, term
from samverkan.results import GRAPH_FORMATS, RESULT_FORMATS
from samverkan.sparql import Result, select
from samverkan.store import Dataset

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
_SIMPLE = "http://www.w3.org/ns/entailment/Simple"
_PREFIXES = {**PREFIXES, "sd": SD, "void": VOID, "formats": FORMATS}
# The names that W3C gives to them: https://www.w3.org/ns/formats/
_FORMATS = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}
_SIZES = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"

# Subject, predicate, object.
Fact = tuple[str, NamedNode, NamedNode | Literal]


def described(address: str, dataset: Dataset, limits: Limits, media_type: str) -> Result:
    """The description of the service at *address*, which asks *dataset* within *limits*."""
    facts = [*_service(address, limits), *_dataset(address, dataset)]
    triples = [Triple(NamedNode(subject), predicate, value) for subject, predicate, value in facts]
    body = serialize(triples, format=GRAPH_FORMATS[media_type], prefixes=_PREFIXES)
    assert body is not None  # it is, where no file is given to write to  # noqa: S101
    return Result(media_type, body)


def _service(address: str, limits: Limits) -> Iterator[Fact]:
    this = f"{address}#service"
    yield this, term("rdf:type"), _sd("Service")
    yield this, _sd("endpoint"), NamedNode(address)
    yield this, _sd("supportedLanguage"), _sd("SPARQL11Query")
    yield this, _sd("feature"), _sd("UnionDefaultGraph")
    yield this, _sd("defaultEntailmentRegime"), NamedNode(_SIMPLE)
    for media_type in (*RESULT_FORMATS, *GRAPH_FORMATS):
        yield this, _sd("resultFormat"), NamedNode(FORMATS + _FORMATS[media_type])
    yield this, _sd("defaultDataset"), NamedNode(f"{address}#dataset")
    yield this, _sd("availableGraphs"), NamedNode(f"{address}#dataset")
    for code in CODES:
        say = language(code).say
        about = say(_("The endpoint for other tools, by the SPARQL 1.1 Protocol. It only reads."))
        bounds = say(
            _("A query may run for {seconds:g} seconds and give {rows} rows or {size} bytes."),
            seconds=limits.seconds,
            rows=limits.rows,
            size=limits.result,
        )
        yield this, term("rdfs:comment"), Literal(f"{about} {bounds}", language=code)


def _dataset(address: str, dataset: Dataset) -> Iterator[Fact]:
    this, merged = f"{address}#dataset", f"{address}#default"
    triples, of_graphs = _sizes(dataset)
    yield this, term("rdf:type"), _sd("Dataset")
    yield this, term("rdf:type"), _sd("GraphCollection")
    yield this, term("owl:versionInfo"), Literal(dataset.version)
    yield this, _sd("defaultGraph"), NamedNode(merged)
    yield merged, term("rdf:type"), _sd("Graph")
    yield merged, NamedNode(f"{VOID}triples"), Literal(triples)
    for name, size in of_graphs:
        slug = quote(name.value.removeprefix(ID).replace("/", "-"), safe="")
        named, graph = f"{address}#named-{slug}", f"{address}#{slug}"
        yield this, _sd("namedGraph"), NamedNode(named)
        yield named, term("rdf:type"), _sd("NamedGraph")
        yield named, _sd("name"), name
        yield named, _sd("graph"), NamedNode(graph)
        yield graph, term("rdf:type"), _sd("Graph")
        yield graph, NamedNode(f"{VOID}triples"), Literal(size)
        source = dataset.source(name.value)
        if source is not None:
            yield graph, term("dcterms:title"), Literal(source.title, language="sv")
            issued = Literal(source.issued.isoformat(), datatype=term("xsd:date"))
            yield graph, term("dcterms:issued"), issued


@lru_cache(maxsize=2)
def _sizes(dataset: Dataset) -> tuple[int, tuple[tuple[NamedNode, int], ...]]:
    """How many triples all graphs hold merged, and each of them."""
    (all_,) = select(dataset, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    rows = list(select(dataset, _SIZES))
    return int(all_["n"].value), tuple(
        (row["g"], int(row["n"].value)) for row in rows if isinstance(row["g"], NamedNode)
    )


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)
