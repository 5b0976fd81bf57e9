"""The description of the service (OpenAPI 3.1), from the catalogue and a list of other addresses.

Whatever a file of ``queries/`` says of its query and its parameters stands here again: nothing is
written twice, and a query that is added is described.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from samverkan import __version__
from samverkan.knowledge import Knowledge
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.openapi import components, named, operations, schemas
from samverkan.openapi.components import Json, contents, ref

# Templates of the paths that the service has, each with the values that its places may have.
Routes = Mapping[str, Mapping[str, Sequence[str]]]

_NAMED = re.compile(r"/queries/[^{}.]+")


def document(knowledge: Knowledge, language: Language, routes: Routes) -> Json:
    """The document, in *language*, of the addresses in *routes* that are described here."""
    say = language.say
    described = {**operations.operations(say), **named.operations(knowledge, language)}
    paths = {
        path: {m: _narrowed(told, routes[template(path)]) for m, told in methods.items()}
        for path, methods in described.items()
        if template(path) in routes
    }
    problem = contents({components.PROBLEM: ref("Problem"), components.HTML: {}})
    told = say(_("What is wrong, and what to do about it (RFC 9457); a page for a browser."))
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "samverkan",
            "version": __version__,
            "summary": say(_("Who sits where, on whose behalf, and which paragraph says so.")),
            "description": say(
                _(
                    "Everything is read with GET, needs no key, and comes in the format that Accept"
                    " or the suffix of the address says. CSV follows RFC 4180; a cell that a"
                    " spreadsheet would run as a formula has an apostrophe before it, except in"
                    " the results of /sparql, which are exact."
                )
            ),
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": say(tag)} for tag in operations.TAGS],
        "paths": paths,
        "components": {
            "schemas": schemas.schemas(),
            "responses": {"Problem": {"description": told, "content": problem}},
        },
    }


def template(path: str) -> str:
    """The route that serves *path*: each named query has a path, and all have one route."""
    return "/queries/{name}" if _NAMED.fullmatch(path) else path


def _narrowed(operation: Json, values: Mapping[str, Sequence[str]]) -> Json:
    """*operation* with the values that the places of its route may have."""
    if not values:
        return operation
    parameters = [
        {**each, "schema": {"enum": list(values[each["name"]])}}
        if each["in"] == "path" and each["name"] in values
        else each
        for each in operation["parameters"]
    ]
    return {**operation, "parameters": parameters}
