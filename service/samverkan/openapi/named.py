"""The named queries, as operations of OpenAPI: what a file of ``queries/`` says, said again."""

from __future__ import annotations

from samverkan import tables
from samverkan.catalogue import NamedQuery, Parameter
from samverkan.knowledge import Knowledge
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.openapi.components import (
    DATE,
    GRAPHS,
    HTML,
    JSON,
    RESULTS,
    SPARQL_JSON,
    TEXT,
    Json,
    common,
    contents,
    in_path,
    of_text,
    operation,
    parameter,
    ref,
)
from samverkan.openapi.operations import QUERYING

_STATUSES = (400, 404, 406)
_PAGING = ("limit", "offset")


def operations(knowledge: Knowledge, language: Language) -> dict[str, Json]:
    """The operations of the catalogue, by path and method."""
    say = language.say
    listed = operation(
        say,
        QUERYING,
        say(_("The named queries, with their parameters")),
        contents({JSON: {"type": "array", "items": ref("Query")}, HTML: {}}),
        parameters=[common(say)["lang"]],
        problems=(400,),
    )
    each = {
        f"/queries/{query.name}": {"get": _operation(knowledge, query, language)}
        for query in knowledge.catalogue
    }
    suffixed = {"get": _suffixed(knowledge, language)}
    return {"/queries": {"get": listed}, **each, "/queries/{name}.{suffix}": suffixed}


def _operation(knowledge: Knowledge, query: NamedQuery, language: Language) -> Json:
    shared = common(language.say)
    given = [_parameter(knowledge, each, language) for each in query.parameters]
    names = ["known_on", "lang"] if query.gives_a_graph else [*_PAGING, "bom", "known_on", "lang"]
    told = operation(
        language.say,
        QUERYING,
        query.summary(language),
        _graphs() if query.gives_a_graph else _rows(query),
        parameters=[*given, *(shared[name] for name in names)],
        problems=_STATUSES,
    )
    told["operationId"] = query.name
    told["description"] = query.descriptions[language.code]
    told["responses"]["200"]["headers"] = _headers(query, language)
    return told


def _suffixed(knowledge: Knowledge, language: Language) -> Json:
    """Any of the queries in a format that the address says."""
    say, shared = language.say, common(language.say)
    names: Json = {"enum": [query.name for query in knowledge.catalogue]}
    own = parameter(
        "parameters",
        say(_("The query's own parameters, as at its address without a suffix.")),
        {"type": "object", "additionalProperties": TEXT},
        style="form",
        explode=True,
    )
    sends = contents({SPARQL_JSON: ref("SparqlResults"), **of_text([*RESULTS[1:], *GRAPHS])})
    return operation(
        say,
        QUERYING,
        say(_("A named query, in the format that the suffix says")),
        sends,
        parameters=[
            in_path("name", say(_("The query.")), names, "bodies"),
            in_path("suffix", say(_("The format.")), TEXT, "csv"),
            *(own, *(shared[name] for name in (*_PAGING, "bom", "known_on", "lang"))),
        ],
        problems=_STATUSES,
    )


def _headers(query: NamedQuery, language: Language) -> Json:
    say = language.say
    links = say(_("The other formats and pages, and this description (RFC 8288)."))
    told: Json = {"Link": {"description": links, "schema": TEXT}}
    if not query.gives_a_graph:
        total = say(_("How many rows there are in all."))
        told["X-Total-Count"] = {"description": total, "schema": {"type": "integer", "minimum": 0}}
    return told


def _graphs() -> Json:
    return contents(of_text([*GRAPHS, HTML]))


def _rows(query: NamedQuery) -> Json:
    """The bodies of a result that has rows; JSON names the columns."""
    head = {"properties": {"vars": {"const": list(tables.columns(query))}}}
    with_columns = {"allOf": [ref("SparqlResults"), {"properties": {"head": head}}]}
    return contents({SPARQL_JSON: with_columns, **of_text([*RESULTS[1:], HTML])})


def _parameter(knowledge: Knowledge, told: Parameter, language: Language) -> Json:
    label = told.labels[language.code]
    schema, what = _schema(knowledge, told, language)
    more: Json = {"required": True} if told.required else {}
    if told.default is not None:
        more["example"] = int(told.default) if told.type == "integer" else told.default
    return parameter(told.name, f"{label[:1].upper()}{label[1:]}. {what}".strip(), schema, **more)


def _schema(knowledge: Knowledge, told: Parameter, language: Language) -> tuple[Json, str]:
    """What a parameter takes, as a schema and in words."""
    say = language.say
    if told.type == "date":
        return DATE, say(_("Today where it is not given.")) if not told.required else ""
    if told.type in {"integer", "number"}:
        return {"type": told.type}, ""
    if told.choices:
        return {"enum": list(told.choices)}, ""
    if told.type == "iri":
        if concepts := knowledge.choices(told):
            labels = [knowledge.names.label(each.iri, language.code) for each in concepts]
            one_of = {"anyOf": [{"enum": labels}, {"type": "string", "format": "iri"}]}
            return one_of, say(_("One of these, by name or IRI."))
        return {"type": "string", "minLength": 1}, say(_("A name, or the IRI, of a thing."))
    return TEXT, ""
