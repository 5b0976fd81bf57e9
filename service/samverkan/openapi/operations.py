"""The addresses that every service has, as operations of OpenAPI."""

from __future__ import annotations

from samverkan import search
from samverkan.checks import SEVERITIES
from samverkan.documents import texts
from samverkan.language import mark as _
from samverkan.openapi import documents, lists, network, packs
from samverkan.openapi.components import (
    DATE,
    GRAPHS,
    HTML,
    IRI,
    JSON,
    PROBLEM,
    RESULTS,
    SPARQL_JSON,
    TEXT,
    Json,
    Say,
    common,
    contents,
    elsewhere,
    in_path,
    of_text,
    operation,
    parameter,
    ref,
)
from samverkan.openapi.documents import LINKED
from samverkan.openapi.lists import LISTS

ASKING, CHECKING, RUNNING = _("Questions"), _("To do"), _("The service itself")
QUERYING = _("Queries")
TAGS = (
    *(ASKING, LISTS, packs.ONBOARDING, network.NETWORK, QUERYING, "SPARQL", LINKED, CHECKING),
    *(packs.PERSONAL, RUNNING),
)
_QUESTION = "vem representerar oss i Beredningsgrupp 2"
_SPARQL = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_GRAPH_URI: Json = {"type": "array", "items": IRI}


def operations(say: Say) -> dict[str, Json]:
    """The operations, by path and method; the named queries have theirs in another module."""
    return {
        "/": {"get": _start(say)},
        "/find": {"get": _finding(say)},
        **_asking(say),
        **_searching(say),
        **_passages(say),
        **lists.operations(say),
        **_sparql(say),
        **packs.operations(say),
        **documents.operations(say),
        **_descriptions(say),
        **_checking(say),
        **network.operations(say),
        **_running(say),
        "/accessibility": {"get": _page(say, RUNNING, say(_("How accessible the service is")))},
        "/personal-data": {"get": _page(say, RUNNING, say(_("What is held of people")))},
    }


def _page(say: Say, tag: str, summary: str) -> Json:
    lang = common(say)["lang"]
    return operation(
        say, tag, summary, contents(of_text([HTML])), parameters=[lang], problems=(400,)
    )


def _start(say: Say) -> Json:
    return _page(say, ASKING, say(_("The start page, with examples of questions")))


def _finding(say: Say) -> Json:
    shared = common(say)
    typed: Json = {"type": "string", "minLength": 1, "maxLength": 500}
    given = [
        parameter("q", say(_("A name or a question.")), typed, required=True, example=_QUESTION),
        *(shared["on_date"], shared["known_on"], shared["lang"]),
    ]
    summary = say(_("A name or a question: leads to the thing, the answer, or what comes near"))
    told = operation(say, ASKING, summary, {}, parameters=given, problems=(400,))
    del told["responses"]["200"]
    told["responses"].update(elsewhere(say, "303"))
    return told


def _asking(say: Say) -> Json:
    shared = common(say)
    question: Json = {"type": "string", "minLength": 1, "maxLength": 500}
    given = [
        parameter("q", say(_("The question.")), question, required=True, example=_QUESTION),
        *(shared["on_date"], shared["known_on"], shared["lang"]),
        parameter(
            "format", say(_("What is sent, whatever Accept says.")), {"enum": [HTML[5:], "json"]}
        ),
    ]
    told = operation(
        say,
        ASKING,
        say(_("The answer to a question in words, in Swedish or English")),
        contents({JSON: ref("Answer"), HTML: {}}),
        parameters=given,
        problems=(400,),
    )
    unanswered = contents({PROBLEM: {"anyOf": [ref("NotAnswered"), ref("Problem")]}, HTML: {}})
    for status, what in (
        ("404", say(_("A name in the question is not known; with the names that come closest."))),
        ("422", say(_("The question was not understood; with what can be asked."))),
    ):
        told["responses"][status] = {"description": what, "content": unanswered}
    suffix = in_path("suffix", say(_("The format.")), TEXT, "json")
    suffixed = {**told, "parameters": [suffix, *told["parameters"]]}
    return {"/ask": {"get": told}, "/ask.{suffix}": {"get": suffixed}}


def _searching(say: Say) -> Json:
    text: Json = {"type": "string", "minLength": 1, "maxLength": search.MAX_CHARACTERS}
    limit: Json = {"type": "integer", "minimum": 1, "maximum": search.MOST_HITS}
    given = [
        parameter(
            "q", say(_("What is typed of a name so far.")), text, required=True, example="upphandl"
        ),
        parameter(
            "kind",
            say(
                _("Only things of that kind: what their addresses begin with, after /id/ or /def/.")
            ),
            TEXT,
            example="organization",
        ),
        parameter("limit", say(_("At most so many hits.")), {**limit, "default": search.HITS}),
        common(say)["lang"],
    ]
    suffix = in_path("suffix", say(_("The format.")), TEXT, "json")
    sends = {JSON: ref("Search"), HTML: {}}
    return {
        "/search": {"get": _search(say, sends, given, 400)},
        "/search.{suffix}": {"get": _search(say, {JSON: sends[JSON]}, [suffix, *given], 400, 404)},
    }


def _search(say: Say, sends: Json, given: list[Json], *problems: int) -> Json:
    summary = say(_("Things by what they are called, best first, as one types"))
    return operation(say, ASKING, summary, contents(sends), parameters=given, problems=problems)


def _passages(say: Say) -> Json:
    def place(name: str, told: str, example: int) -> Json:
        return parameter(name, told, {"type": "integer", "minimum": 0}, example=example)

    around: Json = {"type": "integer", "minimum": 0, "maximum": texts.MOST_AROUND}
    slug = in_path("slug", say(_("The source.")), TEXT, "protokoll-2021-02-19")
    given = [
        place("start", say(_("The first character; all of the text without it.")), 5340),
        place("end", say(_("The character behind the last one.")), 5446),
        parameter("around", say(_("Lines before and after.")), {**around, "default": texts.AROUND}),
        common(say)["lang"],
    ]
    told = operation(
        say,
        ASKING,
        say(_("What a document says, where the service has been given its text")),
        contents({JSON: ref("Passage"), **of_text(["text/plain", HTML])}),
        parameters=[slug, *given],
        problems=(400, 404, 406),
    )
    suffix = in_path("suffix", say(_("The format.")), TEXT, "json")
    suffixed = {**told, "parameters": [slug, suffix, *given]}
    return {"/passages/{slug}": {"get": told}, "/passages/{slug}.{suffix}": {"get": suffixed}}


def _sparql(say: Say) -> Json:
    sends = contents({SPARQL_JSON: ref("SparqlResults"), **of_text([*RESULTS[1:], *GRAPHS, HTML])})
    statuses = (400, 403, 406, 413, 422, 503)
    graphs = [
        parameter(
            "default-graph-uri", say(_("Graphs that are merged as the default graph.")), _GRAPH_URI
        ),
        parameter("named-graph-uri", say(_("Graphs that GRAPH may name.")), _GRAPH_URI),
    ]
    query = parameter("query", say(_("The query.")), TEXT, example=_SPARQL, allowEmptyValue=False)
    seconds = {"type": "number", "exclusiveMinimum": 0}
    others = [
        parameter(
            "timeout", say(_("Seconds that the query may run, if less than the limit.")), seconds
        ),
        parameter("format", say(_("The format, in the place of Accept: csv, json, turtle…")), TEXT),
        common(say)["lang"],
    ]
    by_get = operation(
        say,
        "SPARQL",
        say(_("A SPARQL query by GET (SPARQL 1.1 Protocol § 2.1.1)")),
        sends,
        parameters=[query, *graphs, *others],
        problems=statuses,
    )
    by_post = operation(
        say,
        "SPARQL",
        say(_("A SPARQL query by POST, as a form or as it is (§ 2.1.2, § 2.1.3)")),
        sends,
        parameters=[*graphs, *others],
        problems=(*statuses, 415),
    )
    form: Json = {"type": "object", "properties": {"query": TEXT}, "required": ["query"]}
    kinds = {"application/x-www-form-urlencoded": form, "application/sparql-query": TEXT}
    by_post["requestBody"] = {"required": True, "content": contents(kinds)}
    return {"/sparql": {"get": by_get, "post": by_post}}


def _descriptions(say: Say) -> Json:
    told = operation(
        say,
        RUNNING,
        say(_("This description, as OpenAPI 3.1")),
        contents({JSON: {"type": "object", "required": ["openapi", "info", "paths"]}}),
        parameters=[common(say)["lang"]],
        problems=(400,),
    )
    page = _page(say, RUNNING, say(_("This description, as a page to try everything on")))
    return {"/openapi.json": {"get": told}, "/docs": {"get": page}}


def _checking(say: Say) -> Json:
    shared = common(say)
    given = [
        parameter("severity", say(_("As serious as this, or more.")), {"enum": list(SEVERITIES)}),
        parameter("body", say(_("Only what this body has to do, or what is about it.")), TEXT),
        parameter("check", say(_("Only what this check finds, by its name.")), TEXT),
        parameter("since", say(_("Only what has arisen on that day or later.")), DATE),
        *(shared["on_date"], shared["bom"], shared["lang"]),
    ]
    sends = contents({JSON: ref("Checks"), **of_text(["text/csv", "text/turtle", HTML])})
    told = operation(
        say,
        CHECKING,
        say(_("What is missing, out of date or contradictory")),
        sends,
        parameters=given,
        problems=(400, 404, 406),
    )
    suffix = in_path("suffix", say(_("The format.")), TEXT, "json")
    return {
        "/checks": {"get": told},
        "/checks.{suffix}": {"get": {**told, "parameters": [suffix, *given]}},
    }


def _running(say: Say) -> Json:
    status: Json = {"type": "object", "properties": {"status": TEXT}, "required": ["status"]}
    ready = operation(
        say, RUNNING, say(_("Whether the graph answers")), contents({JSON: status}), problems=()
    )
    not_yet = say(_("It does not answer (yet)."))
    ready["responses"]["503"] = {"description": not_yet, "content": contents({JSON: status})}
    live = operation(
        say, RUNNING, say(_("Whether the process answers")), contents({JSON: status}), problems=()
    )
    figures = operation(
        say,
        RUNNING,
        say(_("The figures of the service, as Prometheus reads them")),
        contents(of_text(["text/plain", "application/openmetrics-text"])),
        problems=(),
    )
    return {
        "/health/live": {"get": live},
        "/health/ready": {"get": ready},
        "/metrics": {"get": figures},
    }
