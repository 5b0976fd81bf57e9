"""The formats of results by the names that people put in an address: ``?format=csv``."""

from __future__ import annotations

from samverkan.errors import ParameterError
from samverkan.language import mark as _
from samverkan.sparql import GRAPH_FORMATS, RESULT_FORMATS, Wanted
from samverkan.web.house import best, negotiated, wants_page

PAGE = "html"

_JSON, _XML, _CSV, _TSV = RESULT_FORMATS
_TURTLE, _N_TRIPLES, _RDF_XML, _JSON_LD, _TRIG, _N_QUADS = GRAPH_FORMATS

BY_NAME = {
    "json": Wanted(_JSON, _JSON_LD),
    "xml": Wanted(_XML, _RDF_XML),
    "csv": Wanted(_CSV, None),
    "tsv": Wanted(_TSV, None),
    "turtle": Wanted(None, _TURTLE),
    "ntriples": Wanted(None, _N_TRIPLES),
    "rdfxml": Wanted(None, _RDF_XML),
    "jsonld": Wanted(None, _JSON_LD),
    "trig": Wanted(None, _TRIG),
    "nquads": Wanted(None, _N_QUADS),
}
# What tools call them: SPARQLWrapper, suffixes of files, the media types themselves.
_SYNONYMS = {
    "ttl": "turtle",
    "n3": "turtle",
    "nt": "ntriples",
    "rdf": "rdfxml",
    "rdf+xml": "rdfxml",
    "json-ld": "jsonld",
    "ld+json": "jsonld",
    "nq": "nquads",
    **{t: n for n, w in BY_NAME.items() for t in (w.results, w.graph) if t is not None},
    _JSON: "json",
    _XML: "xml",
}


def chosen(name: str | None) -> Wanted | None:
    """The formats that the name in the address, or else ``Accept``, asks for; None for a page.

    Raises:
        ParameterError: there is no format of that name.
        NotAcceptableError: the client takes no format that there is.
    """
    if is_page(name):
        return None
    return _named(name) if name else negotiated()


def is_page(name: str | None) -> bool:
    """Whether the name in the address, or else ``Accept``, asks for a page."""
    return name == PAGE or (not name and wants_page())


def chosen_for_graph(name: str | None) -> str | None:
    """The media type of a graph that is asked for likewise; None where only results are taken.

    Raises:
        ParameterError: there is no format of that name.
        NotAcceptableError: the client takes neither graphs nor results.
    """
    if name:
        return _named(name).graph
    return best(list(GRAPH_FORMATS)) or negotiated().graph


def _named(name: str) -> Wanted:
    plain = name.strip().lower().replace(" ", "+")  # a plus that was not escaped
    try:
        return BY_NAME[_SYNONYMS.get(plain, plain)]
    except KeyError:
        raise ParameterError(
            _("{name} takes one of {choices}, not “{value}”."),
            name="format",
            choices=", ".join([PAGE, *BY_NAME]),
            value=name,
        ) from None
