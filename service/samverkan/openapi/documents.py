"""Linked data, as operations of OpenAPI: things, the dataset as a whole, the vocabulary."""

from __future__ import annotations

from samverkan.language import mark as _
from samverkan.openapi.components import (
    GRAPHS,
    HTML,
    JSON,
    SLUG,
    TEXT,
    Json,
    Say,
    common,
    contents,
    elsewhere,
    in_path,
    of_text,
    operation,
)

LINKED = _("Linked data")
QUADS = ("application/trig", "application/n-quads")
_RDF = of_text([*GRAPHS, *QUADS, JSON, HTML])

# Documents without parameters: what they are, by address. Each also comes by suffix.
_DATASET = {
    "/catalog": _("The dataset, as a data portal reads it (DCAT-AP-SE) or as a page"),
    "/.well-known/void": _("The dataset, as crawlers read it (VoID)"),
    "/.well-known/sparql-examples": _("The named queries, as examples for SPARQL tools"),
    "/data": _("All data as a file"),
}


def operations(say: Say) -> dict[str, Json]:
    """The operations, by path and method."""
    return {**_things(say), **_dataset(say), **_vocabulary(say)}


def _things(say: Say) -> dict[str, Json]:
    shared = common(say)
    concept = in_path("concept", say(_("The kind of thing.")), SLUG, "organization")
    name = in_path("slug", say(_("The thing.")), SLUG, "beredningsgrupp-2-nhv")
    times = [shared["on_date"], shared["known_on"], shared["lang"]]
    statuses = (400, 404, 406, 410)
    summary = say(_("The document about a thing"))

    def document(*places: Json) -> Json:
        taken = [*places, *times]
        told = operation(say, LINKED, summary, contents(_RDF), parameters=taken, problems=statuses)
        told["responses"].update(elsewhere(say, "300", "303", "308"))
        return told

    leads = operation(
        say,
        LINKED,
        say(_("A thing: leads to the document about it")),
        {},
        parameters=[concept, name],
        problems=statuses,
    )
    del leads["responses"]["200"]
    leads["responses"].update(elsewhere(say, "300", "303", "308"))
    return {
        "/id/{concept}/{slug}": {"get": leads},
        "/res/{concept}/{slug}": {"get": document(concept, name)},
        "/res/{concept}/{slug}.{suffix}": {"get": document(concept, name, _suffix(say))},
    }


def _dataset(say: Say) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for path, summary in _DATASET.items():
        found[path] = {"get": _document(say, say(summary))}
        found[f"{path}.{{suffix}}"] = {"get": _document(say, say(summary), _suffix(say))}
    return found


def _vocabulary(say: Say) -> dict[str, Json]:
    whole = say(_("The vocabulary with its lists of values"))
    term = say(_("A term of the vocabulary"))
    shapes = say(_("The checks, as SHACL"))
    name = in_path("name", say(_("The term.")), TEXT, "represents")
    shape = in_path("name", say(_("The check.")), TEXT, "activity-without-owner")
    return {
        "/def/": {"get": _document(say, whole)},
        "/def/vocabulary.{suffix}": {"get": _document(say, whole, _suffix(say))},
        "/def/context.jsonld": {"get": _document(say, say(_("The context of JSON-LD documents")))},
        "/def/shape/": {"get": _document(say, shapes)},
        "/def/shape/{name}": {"get": _document(say, shapes, shape)},
        "/def/{name}": {"get": _document(say, term, name)},
        "/def/{name}.{suffix}": {"get": _document(say, term, name, _suffix(say))},
    }


def _document(say: Say, summary: str, *places: Json) -> Json:
    told = operation(
        say,
        LINKED,
        summary,
        contents(_RDF),
        parameters=[*places, common(say)["lang"]],
        problems=(400, 404, 406),
    )
    told["responses"].update(elsewhere(say, "303"))
    return told


def _suffix(say: Say) -> Json:
    return in_path("suffix", say(_("The format.")), TEXT, "ttl")
