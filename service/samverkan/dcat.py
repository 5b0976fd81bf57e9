"""The dataset as a data portal reads it: DCAT-AP-SE 3.0.1 (docs.dataportal.se/dcat/).

Two parts. Who gives the data out, under which terms, and what they are called stands in the
content, ``data/catalog.ttl``, where the parts have the addresses ``<#catalog>``, ``<#dataset>``,
``<#publisher>`` and ``<#contact>``. What the service knows itself is added: the distributions, the
SPARQL endpoint, the days, the languages. What the profile demands and neither says is told by
:func:`missing`; nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from samverkan import store
from samverkan.content import Content
from samverkan.export import FORMATS as DUMPS
from samverkan.formats import FORMATS, Format
from samverkan.language import CODES, language
from samverkan.language import mark as _
from samverkan.namespaces import DEF, PREFIXES, term
from samverkan.site import Site
from samverkan.store import Dataset

_EU = "http://publications.europa.eu/resource/authority/"
_LANGUAGES = {"sv": f"{_EU}language/SWE", "en": f"{_EU}language/ENG"}
_IANA = "https://www.iana.org/assignments/media-types/"
_PROTOCOL = "http://www.w3.org/TR/sparql11-protocol/"
_STABLE = NamedNode(f"{_EU}planned-availability/STABLE")
_AVAILABILITY = NamedNode("http://data.europa.eu/r5r/availability")
_VCARD = "http://www.w3.org/2006/vcard/ns#"
_TITLE = _("Who sits where, on whose behalf, and which passage says so")
_DESCRIPTION = _(
    "A knowledge graph of bodies, people, memberships, activities, meetings and decisions in a"
    " collaboration. Every statement points to the passage of the document that it rests on."
)
_ENDPOINT = _("SPARQL endpoint")
_QUERIED = _("The graph, queried with SPARQL 1.1.")
_FILE = _("The whole graph as a file, in the format {name}.")
# What the profile cannot do without, and the part of the catalogue that lacks it.
_MANDATORY = {
    "catalog": ("dcterms:title", "dcterms:description", "dcterms:publisher", "dcterms:license"),
    "dataset": ("dcterms:title", "dcterms:description", "dcterms:publisher"),
    "publisher": ("foaf:name", "dcterms:type"),
}
_WHERE_CONTACT = ("fn", "hasEmail")


@dataclass(frozen=True)
class Missing:
    """A property that the profile demands, and the part of the catalogue that has none."""

    part: str
    property: str


def read(content: Content) -> str:
    """What the content says of the dataset, in Turtle; nothing where it has no such file.

    Raises:
        ContentError: it is no Turtle.
    """
    return store.beside(content.catalog, Site("https://example.org/").catalog)[1]


def catalog(dataset: Dataset, said: str, site: Site) -> tuple[Triple, ...]:
    """The catalogue of *dataset* as served at *site*, with what the content has *said* of it."""
    given = tuple(quad.triple for quad in parse(said, RdfFormat.TURTLE, base_iri=site.catalog))
    told = _Said(given, site)
    found = (
        *given,
        *_texts_if_none(told),
        *_catalog(told, dataset),
        *_dataset(told, dataset),
        *_service(told),
        *(triple for each in dumps() for triple in _dump(told, each)),
        *_people(told),
    )
    return tuple(dict.fromkeys(found))


def dumps() -> tuple[Format, ...]:
    """The formats that the whole dataset comes in as a file."""
    return tuple(each for each in FORMATS if each.suffix in DUMPS)


def missing(triples: Iterable[Triple], site: Site) -> tuple[Missing, ...]:
    """What DCAT-AP-SE demands and the catalogue of *triples* does not say."""
    there = {(triple.subject, triple.predicate) for triple in triples}
    return tuple(
        Missing(part, name)
        for part, names in _MANDATORY.items()
        for name in names
        if (NamedNode(site.part(part)), term(name)) not in there
    )


def quads_of(triples: Iterable[Triple]) -> list[Quad]:
    """*triples* as statements of no graph."""
    return [Quad(*triple) for triple in triples]


class _Said:
    """What the content says, and the addresses of the parts."""

    def __init__(self, triples: tuple[Triple, ...], site: Site) -> None:
        self.site = site
        self._triples = triples

    def part(self, name: str) -> NamedNode:
        return NamedNode(self.site.part(name))

    def values(self, part: str, predicate: NamedNode) -> list[NamedNode | Literal]:
        """The values of a property of a part."""
        subject = self.part(part)
        return [
            triple.object
            for triple in self._triples
            if triple.subject == subject
            and triple.predicate == predicate
            and isinstance(triple.object, NamedNode | Literal)
        ]


def _texts_if_none(said: _Said) -> Iterator[Triple]:
    for part in ("catalog", "dataset"):
        for name, text in (("dcterms:title", _TITLE), ("dcterms:description", _DESCRIPTION)):
            if not said.values(part, term(name)):
                yield from _in_all_languages(said.part(part), name, text)


def _catalog(said: _Said, dataset: Dataset) -> Iterator[Triple]:
    node = said.part("catalog")
    yield Triple(node, term("rdf:type"), term("dcat:Catalog"))
    yield Triple(node, term("dcat:dataset"), said.part("dataset"))
    yield Triple(node, term("dcat:service"), said.part("sparql"))
    yield Triple(node, term("foaf:homepage"), NamedNode(said.site.root))
    yield Triple(node, term("dcat:themeTaxonomy"), NamedNode(f"{_EU}data-theme"))
    for iri in _LANGUAGES.values():
        yield Triple(node, term("dcterms:language"), NamedNode(iri))
    yield from _modified(node, dataset)


def _dataset(said: _Said, dataset: Dataset) -> Iterator[Triple]:
    node = said.part("dataset")
    yield Triple(node, term("rdf:type"), term("dcat:Dataset"))
    # The sources are Swedish; labels of the lists are English, too.
    yield Triple(node, term("dcterms:language"), NamedNode(_LANGUAGES["sv"]))
    yield Triple(node, term("dcterms:conformsTo"), NamedNode(DEF))
    yield Triple(node, term("dcat:landingPage"), NamedNode(said.site.root))
    for name in ("sparql", *(each.suffix for each in dumps())):
        yield Triple(node, term("dcat:distribution"), said.part(f"distribution-{name}"))
    yield from _modified(node, dataset)
    if dataset.sources:
        period = said.part("period")
        yield Triple(node, term("dcterms:temporal"), period)
        yield Triple(period, term("rdf:type"), term("dcterms:PeriodOfTime"))
        yield _day(period, "dcat:startDate", dataset.sources[0].issued.isoformat())
        yield _day(period, "dcat:endDate", dataset.sources[-1].issued.isoformat())


def _service(said: _Said) -> Iterator[Triple]:
    """The endpoint as a service, and as a distribution that is had through it."""
    node, endpoint = said.part("sparql"), NamedNode(said.site.endpoint)
    yield Triple(node, term("rdf:type"), term("dcat:DataService"))
    yield from _in_all_languages(node, "dcterms:title", _ENDPOINT)
    yield from _in_all_languages(node, "dcterms:description", _QUERIED)
    yield Triple(node, term("dcat:endpointURL"), endpoint)
    # Without a query the endpoint gives its description (SPARQL 1.1 Service Description § 2).
    yield Triple(node, term("dcat:endpointDescription"), endpoint)
    yield Triple(node, term("dcat:servesDataset"), said.part("dataset"))
    yield Triple(node, term("dcterms:conformsTo"), NamedNode(_PROTOCOL))
    yield Triple(node, term("dcterms:format"), Literal("application/sparql-results+json"))
    yield from _terms_of_use(said, node)
    distribution = said.part("distribution-sparql")
    yield from _distribution(said, distribution, endpoint, "application/sparql-results+json")
    yield from _in_all_languages(distribution, "dcterms:title", _ENDPOINT)
    yield from _in_all_languages(distribution, "dcterms:description", _QUERIED)
    yield Triple(distribution, term("dcat:accessService"), node)


def _dump(said: _Said, format_: Format) -> Iterator[Triple]:
    node, address = said.part(f"distribution-{format_.suffix}"), said.site.dump(format_.suffix)
    yield from _distribution(said, node, NamedNode(address), format_.media_type)
    yield Triple(node, term("dcat:downloadURL"), NamedNode(address))
    for code in CODES:
        yield Triple(node, term("dcterms:title"), Literal(format_.name, language=code))
    yield from _in_all_languages(node, "dcterms:description", _FILE, name=format_.name)


def _distribution(
    said: _Said, node: NamedNode, address: NamedNode, media_type: str
) -> Iterator[Triple]:
    yield Triple(node, term("rdf:type"), term("dcat:Distribution"))
    yield Triple(node, term("dcat:accessURL"), address)
    yield Triple(node, term("dcterms:format"), Literal(media_type))
    yield Triple(node, term("dcat:mediaType"), NamedNode(_IANA + media_type))
    yield Triple(node, _AVAILABILITY, _STABLE)
    yield from _terms_of_use(said, node)


def _terms_of_use(said: _Said, node: NamedNode) -> Iterator[Triple]:
    """The licence of the dataset: the profile wants it where the data are had (§ 11)."""
    for licence in said.values("dataset", term("dcterms:license")):
        yield Triple(node, term("dcterms:license"), licence)
    for rights in said.values("dataset", term("dcterms:accessRights")):
        if node == said.part("sparql"):
            yield Triple(node, term("dcterms:accessRights"), rights)


def _people(said: _Said) -> Iterator[Triple]:
    """Who gives the data out, and whom to ask, where the content says who they are."""
    if said.values("publisher", term("foaf:name")):
        publisher = said.part("publisher")
        yield Triple(publisher, term("rdf:type"), term("foaf:Agent"))
        for part in ("catalog", "dataset", "sparql"):
            if not said.values(part, term("dcterms:publisher")):
                yield Triple(said.part(part), term("dcterms:publisher"), publisher)
    if all(said.values("contact", NamedNode(_VCARD + name)) for name in _WHERE_CONTACT):
        contact = said.part("contact")
        yield Triple(contact, term("rdf:type"), NamedNode(f"{_VCARD}Organization"))
        for part in ("dataset", "sparql"):
            yield Triple(said.part(part), term("dcat:contactPoint"), contact)


def _modified(node: NamedNode, dataset: Dataset) -> Iterator[Triple]:
    if dataset.sources:
        yield _day(node, "dcterms:modified", dataset.sources[-1].issued.isoformat())


def _day(node: NamedNode, name: str, day: str) -> Triple:
    return Triple(node, term(name), Literal(day, datatype=NamedNode(PREFIXES["xsd"] + "date")))


def _in_all_languages(node: NamedNode, name: str, text: str, /, **values: str) -> Iterator[Triple]:
    for code in CODES:
        said = language(code).say(text, **values)
        yield Triple(node, term(name), Literal(said, language=code))


@dataclass(frozen=True)
class Card:
    """What the page of the catalogue tells people; texts are by code of language."""

    titles: dict[str, str]
    descriptions: dict[str, str]
    publishers: dict[str, str]
    licences: tuple[str, ...]
    missing: tuple[Missing, ...]


def card(triples: Iterable[Triple], site: Site) -> Card:
    """The card of the catalogue of *triples*."""
    found = tuple(triples)
    told = _Said(found, site)
    licences = told.values("dataset", term("dcterms:license"))
    return Card(
        titles=_by_language(told.values("dataset", term("dcterms:title"))),
        descriptions=_by_language(told.values("dataset", term("dcterms:description"))),
        publishers=_by_language(told.values("publisher", term("foaf:name"))),
        licences=tuple(each.value for each in licences if isinstance(each, NamedNode)),
        missing=missing(found, site),
    )


def _by_language(values: Iterable[NamedNode | Literal]) -> dict[str, str]:
    """The texts in each of the languages; one that has none gets another's."""
    texts = [each for each in values if isinstance(each, Literal)]
    if not texts:
        return {}
    found = {each.language: each.value for each in texts}
    return {code: found.get(code, texts[0].value) for code in CODES}
