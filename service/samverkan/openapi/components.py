"""What the operations are put together from: parameters, bodies, media types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from samverkan.language import CODES
from samverkan.language import mark as _
from samverkan.sparql import GRAPH_FORMATS, RESULT_FORMATS

Json = dict[str, Any]
Say = Callable[..., str]

JSON = "application/json"
HTML = "text/html"
PROBLEM = "application/problem+json"
SPARQL_JSON = "application/sparql-results+json"
RESULTS = tuple(RESULT_FORMATS)
GRAPHS = tuple(GRAPH_FORMATS)

TEXT: Json = {"type": "string"}
DATE: Json = {"type": "string", "format": "date"}
IRI: Json = {"type": "string", "format": "iri"}
SLUG: Json = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}


def ref(name: str) -> Json:
    """A reference to the schema of that name."""
    return {"$ref": f"#/components/schemas/{name}"}


def parameter(name: str, description: str, schema: Json, **more: Any) -> Json:
    """A parameter in the query string; *more* are further members of it.

    One that may be left out may be empty, too, as a form sends it: an empty value is none.
    """
    told = {"name": name, "in": "query", "description": description, "schema": schema, **more}
    return told if more.get("required") else {"allowEmptyValue": True, **told}


def in_path(name: str, description: str, schema: Json, example: str) -> Json:
    """A parameter in the path."""
    shared = {"required": True, "schema": schema, "example": example}
    return {"name": name, "in": "path", "description": description, **shared}


def contents(schemas: Mapping[str, Json]) -> Json:
    """Bodies by media type."""
    return {media_type: {"schema": schema} for media_type, schema in schemas.items()}


def of_text(media_types: Sequence[str]) -> dict[str, Json]:
    """Bodies that are no JSON of a shape of ours."""
    return {media_type: {} for media_type in media_types}


def common(say: Say) -> dict[str, Json]:
    """The parameters that several operations take, by name."""
    listed = [
        parameter("lang", say(_("Language of texts and messages.")), {"enum": list(CODES)}),
        parameter("on_date", say(_("True on that day; today where it is not given.")), DATE),
        parameter("known_on", say(_("Only sources issued up to that day; all by default.")), DATE),
        parameter(
            "limit",
            say(_("At most so many rows; all by default.")),
            {"type": "integer", "minimum": 1, "maximum": 10_000},
        ),
        parameter(
            "offset",
            say(_("Leave out so many rows at the beginning.")),
            {"type": "integer", "minimum": 0, "maximum": 999_999_999, "default": 0},
        ),
        parameter(
            "bom",
            say(_("Begin CSV with a byte order mark, by which Excel reads it as UTF-8.")),
            {"type": "boolean", "default": False},
        ),
    ]
    return {each["name"]: each for each in listed}


def operation(
    say: Say,
    tag: str,
    summary: str,
    content: Json,
    *,
    parameters: Sequence[Json] = (),
    problems: Sequence[int] = (400, 406),
) -> Json:
    """An operation: what it is for, what it takes, what it sends, which problems it tells of."""
    told: Json = {"tags": [say(tag)], "summary": summary}
    if parameters:
        told["parameters"] = list(parameters)
    success = {"description": say(_("What was asked for.")), "content": content}
    told["responses"] = {"200": success, **_problems(problems)}
    return told


def _problems(statuses: Sequence[int]) -> Json:
    return {str(status): {"$ref": "#/components/responses/Problem"} for status in statuses}


def elsewhere(say: Say, *statuses: str) -> Json:
    """Responses that lead to another address."""
    location = {"description": say(_("The address to go to.")), "schema": TEXT}
    told = {"description": say(_("It is elsewhere.")), "headers": {"Location": location}}
    return dict.fromkeys(statuses, told)
