"""The network, as operations of OpenAPI, and the shapes of its JSON."""

from __future__ import annotations

from samverkan.language import mark as _
from samverkan.network import DRAWINGS, MOST
from samverkan.network.model import BINDING, KINDS, TIES
from samverkan.openapi.components import (
    DATE,
    HTML,
    IRI,
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

NETWORK = _("The network")
_SVG = "image/svg+xml"
_PROBLEMS = (400, 404, 406)


def operations(say: Say) -> dict[str, Json]:
    """The operations, by path and method."""
    given = _parameters(say)
    suffix = in_path("suffix", say(_("The format.")), TEXT, "json")
    sends = contents({HTML: {}, JSON: {"anyOf": [ref("Network"), ref("Way")]}, **of_text([_SVG])})
    told = operation(
        say,
        NETWORK,
        say(_("Bodies and people and what ties them; a way between two; the pictures of these")),
        sends,
        parameters=given,
        problems=_PROBLEMS,
    )
    told["description"] = say(
        _(
            "With from and to, the shortest way; with thing, what is around it; else the whole, in"
            " JSON with those who hold it together. Nothing that is over on the day, or shown only"
            " later, is a tie, and a nomination is told as one."
        )
    )
    return {
        "/network": {"get": told},
        "/network.{suffix}": {"get": {**told, "parameters": [suffix, *given]}},
    }


def _parameters(say: Say) -> list[Json]:
    shared = common(say)
    most: Json = {"type": "integer", "minimum": 1, "maximum": MOST}
    return [
        parameter("from", say(_("A person or body, by name or IRI: where the way begins.")), TEXT),
        parameter("to", say(_("Another: where it ends.")), TEXT),
        parameter("thing", say(_("A person or body: only what is around it.")), TEXT),
        parameter(
            "depth",
            say(_("So many steps from it; two where there is room by default.")),
            {"enum": ["1", "2"]},
        ),
        parameter("most", say(_("At most so many others in the picture.")), most),
        parameter("type", say(_("Only bodies of that kind.")), TEXT),
        parameter("level", say(_("Only bodies of that level.")), TEXT),
        parameter(
            "drawing",
            say(_("The picture for wide pages, or for phones.")),
            {"enum": list(DRAWINGS)},
        ),
        *(shared["on_date"], shared["known_on"], shared["lang"]),
    ]


def schemas() -> dict[str, Json]:
    """The shapes of its JSON, by name."""
    thing = {"anyOf": [ref("Thing"), {"type": "null"}]}
    days: dict[str, Json] = {"on_date": DATE, "known_on": {**DATE, "type": ["string", "null"]}}
    node = _all(
        iri=IRI,
        label=TEXT,
        kind={"enum": list(KINDS)},
        type=thing,
        level=thing,
        proposed={"type": "boolean"},
        dissolved={"type": "boolean"},
    )
    tie = _all(
        iri=IRI,
        source=IRI,
        target=IRI,
        kind={"enum": list(TIES)},
        label=TEXT,
        state={"enum": list(BINDING)},
        basis={"enum": ["stated", "implied"]},
        time={"type": ["string", "null"]},
        text=TEXT,
        evidence=_list(ref("Evidence")),
    )
    broker = _all(
        person=ref("Node"),
        bodies=_list(IRI),
        cut_off=_list(_list(IRI)),
        share={"type": "number", "minimum": 0, "maximum": 1},
    )
    network = _all(**days, nodes=_list(ref("Node")), ties=_list(ref("Tie")))
    network["properties"] |= {
        "groups": _list({"type": "integer", "minimum": 1}),
        "brokers": _list(broker),
        "hanging": _list(_all(body=IRI, person=IRI, tie=IRI)),
    }
    step = _all(start=IRI, end=IRI, text=TEXT, ties=_list(ref("Tie")))
    way = _all(**days, start=ref("Node"), end=ref("Node"), text=TEXT, steps=_list(step))
    return {"Network": network, "Way": way, "Node": node, "Tie": tie}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _all(**properties: Json) -> Json:
    """An object with all of *properties*, and no others."""
    shape: Json = {"type": "object", "properties": properties, "required": list(properties)}
    return {**shape, "additionalProperties": False}
