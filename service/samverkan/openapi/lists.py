"""The lists, as operations of OpenAPI: what their descriptions say, said again."""

from __future__ import annotations

from samverkan.language import mark as _
from samverkan.lists import LISTINGS, NAME, Listing
from samverkan.openapi.components import (
    HTML,
    JSON,
    TEXT,
    Json,
    Say,
    common,
    contents,
    in_path,
    of_text,
    operation,
    parameter,
    ref,
)

LISTS = _("Lists")
_SHARED = ("limit", "offset", "bom", "on_date", "known_on", "lang")


def operations(say: Say) -> dict[str, Json]:
    """The operations, by path and method."""
    found: dict[str, Json] = {}
    for listing in LISTINGS.values():
        given = _parameters(say, listing)
        suffix = in_path("suffix", say(_("The format.")), TEXT, "json")
        found[f"/{listing.name}"] = {"get": _operation(say, listing, given, (400, 406))}
        suffixed = _operation(say, listing, [suffix, *given], (400, 404))
        found[f"/{listing.name}.{{suffix}}"] = {"get": suffixed}
    return found


def _operation(say: Say, listing: Listing, given: list[Json], problems: tuple[int, ...]) -> Json:
    sends = contents({JSON: ref("List"), **of_text(["text/csv", HTML])})
    told = operation(say, LISTS, say(listing.title), sends, parameters=given, problems=problems)
    total = say(_("How many rows there are in all."))
    schema = {"type": "integer", "minimum": 0}
    told["description"] = say(listing.lead)
    told["responses"]["200"]["headers"] = {
        "X-Total-Count": {"description": total, "schema": schema}
    }
    return told


def _parameters(say: Say, listing: Listing) -> list[Json]:
    shared = common(say)
    takes = say(
        _(
            "One of the values that the list has, by the end of its address, or its label; any for "
            "all, none for rows without one."
        )
    )
    part: Json = {"type": "string", "maxLength": 200}
    return [
        parameter(NAME, say(_("A part of the name.")), part),
        *(parameter(each.name, f"{say(each.heading)}. {takes}", TEXT) for each in listing.filters),
        parameter(
            *("sort", say(_("By which column the rows come; with a minus, backwards."))),
            {"enum": list(listing.sorts)},
        ),
        *(shared[name] for name in _SHARED),
    ]
