"""``/network``: the whole, what is around a thing, how one reaches another; and pictures on pages.

What networkx needs is imported by :mod:`samverkan.network` when a picture is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from babel.numbers import format_percent
from flask import Blueprint, Flask, Response, json, render_template, request

from samverkan import network
from samverkan.catalogue import KNOWN_ON, ON_DATE
from samverkan.errors import (
    AmbiguousNameError,
    NotAcceptableError,
    NotFoundError,
    ParameterError,
    UnknownNameError,
)
from samverkan.language import mark as _
from samverkan.match import Match
from samverkan.namespaces import address
from samverkan.network import DRAWINGS, MOST, OVERVIEW, USUAL, Network, Picture, Way
from samverkan.sparql import Result
from samverkan.web import asked
from samverkan.web.errors import status_of
from samverkan.web.house import PAGE, best, house, sent, spoken
from samverkan.web.pages import local

blueprint = Blueprint("network", __name__)

SVG, _JSON = "image/svg+xml", "application/json"
_TYPES = {"json": _JSON, "svg": SVG, "html": PAGE}
_PARAMETERS = (
    *("from", "to", "thing", "depth", "most", "type", "level", "drawing"),
    *(ON_DATE, KNOWN_ON, "lang"),
)
_DEPTHS = ("1", "2")


@dataclass(frozen=True)
class View:
    """What a request asks to see: a way, what is around a thing, or the whole; and its picture."""

    network: Network
    picture: Picture | None
    way: Way | None = None
    thing: str | None = None
    picked: Mapping[str, str] | None = None

    def to_json(self) -> dict[str, Any]:
        """It as plain data."""
        if self.way:
            return network.data.of_way(self.way)
        if self.thing is None and not self.picked:
            return network.data.of_whole(self.network)
        nodes = self.picture.nodes if self.picture else ()
        ties = [row.tie for row in self.picture.rows] if self.picture else ()
        return network.data.of_part(self.network, nodes, list(ties))


def register(app: Flask) -> None:
    """Give the templates of *app* the picture of a thing, and the address of it on these days."""
    app.jinja_env.globals["picture_of"] = picture_of
    app.jinja_env.globals["place_of"] = place_of


def picture_of(iri: str, most: int = USUAL) -> Picture | None:
    """A body or person with at most so many around it, on the days that the request asks for.

    None for other things, and where nothing ties it to anything on that day.
    """
    return network.of_thing(_network(), iri, most=most)


def place_of(iri: str) -> str:
    """The address here of a thing, as it is on the days that the request asks for."""
    place, days = local(iri), _days()
    if not place or not days:
        return place
    return f"{place}{'&' if '?' in place else '?'}{urlencode(days)}"


@blueprint.get("/network")
@blueprint.get("/network.<any(json, svg, html):suffix>")
def shown(suffix: str | None = None) -> Response:
    """The network, a part of it or a way in it: a page, JSON, or the picture alone as SVG."""
    asked.only(_PARAMETERS)
    media_type = _TYPES[suffix] if suffix else best([*_TYPES.values()])
    if media_type is None:
        raise NotAcceptableError(
            _("Results come as {formats}."), formats=", ".join(_TYPES.values())
        )
    if media_type == PAGE:
        return _page()
    view = _view()
    if media_type == _JSON:
        return sent(Result(_JSON, json.dumps(view.to_json()).encode()))
    return _svg(view)


def _page() -> Response:
    """The page; where a name in it leads nowhere, with what to do about that."""
    status, view, error = HTTPStatus.OK, None, None
    try:
        view = _view()
    except (UnknownNameError, AmbiguousNameError) as raised:
        status, error = status_of(raised), raised
    whole = view.network if view else _network()
    known = house().knowledge
    bodies = known.catalogue["bodies"]
    page = render_template(
        "network.html",
        view=view,
        whole=whole,
        counts=_counts(whole),
        brokers=network.brokers(whole),
        estimated=network.are_estimated(whole),
        hanging=network.hanging(whole),
        error=error.told(spoken().say) if error else "",
        mended=_mended(error) if error else [],
        types=known.choices(bodies.parameter("type")),
        levels=known.choices(bodies.parameter("level")),
        label_of=lambda iri: known.names.label(iri, spoken().code),
        given={name: request.args.get(name, "") for name in _PARAMETERS},
        query=urlencode(list(request.args.items())),
        more=_more(view),
        moment=lambda tie: network.when(tie, spoken()),
        share=_share,
        is_same=lambda iri, typed: typed in {iri, known.names.label(iri, spoken().code)},
    )
    response = Response(page, status)
    response.headers["Link"] = '</openapi.json>; rel="service-desc"'
    return response


def _svg(view: View) -> Response:
    name = _one_of("drawing", DRAWINGS) or DRAWINGS[0]
    if view.picture is None:
        raise NotFoundError(_("There is nothing to draw: nothing is tied to it on that day."))
    found = next((d for d in view.picture.drawings if d.name == name), view.picture.drawings[-1])
    text = render_template("network.svg", picture=view.picture, drawing=found)
    return sent(Result(SVG, text.encode()))


def _view() -> View:
    """What the request asks for; all that it gives is read, whether it matters or not."""
    start, end, thing = _given("from"), _given("to"), _given("thing")
    depth = _one_of("depth", _DEPTHS)
    most = asked.number("most", 1, MOST)
    _one_of("drawing", DRAWINGS)
    whole, picked = _network(), _picked()
    if bool(start) != bool(end):
        raise ParameterError(
            _("{name} is needed: name both ends of the way."), name="to" if start else "from"
        )
    for name in picked:
        if start or thing:
            raise ParameterError(
                _("{name} chooses in the whole network: leave it out, or from, to and thing."),
                name=name,
            )
    if start:
        way = network.reach(house().knowledge, start, end, spoken(), **_times())
        return View(whole, network.of_way(way), way=way)
    if thing:
        iri = network.end(house().knowledge, thing, "thing").iri
        steps = int(depth) if depth else None
        picture = network.of_thing(whole, iri, most=most or USUAL, depth=steps)
        return View(whole, picture, thing=iri)
    picture = network.overview(
        whole, type_=picked.get("type"), level=picked.get("level"), most=most or OVERVIEW
    )
    return View(whole, picture, picked=picked)


def _picked() -> dict[str, str]:
    """The IRIs of the kind of body and the level that alone are asked for."""
    given = {name: _given(name) for name in ("type", "level")}
    reading = house().knowledge.read("bodies", given)
    return {name: match.iri for name, match in reading.things.items()}


def _one_of(name: str, choices: Sequence[str]) -> str:
    """The value of a parameter that takes few; empty where it is not given.

    Raises:
        ParameterError: it is none of them.
    """
    given = _given(name)
    if given and given not in choices:
        raise ParameterError(
            _("{name} takes one of {choices}, not “{value}”."),
            name=name,
            choices=", ".join(choices),
            value=given,
        )
    return given


def _network() -> Network:
    return network.network(house().knowledge, spoken(), **_times())


def _times() -> dict[str, str | None]:
    return {name: _given(name) or None for name in (ON_DATE, KNOWN_ON)}


def _days() -> dict[str, str]:
    return {name: value for name, value in _times().items() if value}


def _given(name: str) -> str:
    return request.args.get(name, "").strip()


def _counts(whole: Network) -> dict[str, int]:
    """How many of what there are in the network."""
    kinds = [node.kind for node in whole.nodes.values()]
    sizes = [len(group) for group in network.groups(whole)]
    return {
        "people": kinds.count("person"),
        "bodies": kinds.count("body"),
        "unnamed": kinds.count("unnamed"),
        "ties": len(whole.ties),
        "largest": sizes[0] if sizes else 0,
        "apart": sizes.count(1),
        "groups": len([size for size in sizes[1:] if size > 1]),
    }


def _share(part: float) -> str:
    """A share, 0 to 1, in percent; what would be rounded to nothing is told as little."""
    least = 0.001
    told = format_percent(max(part, least), "0.0 %", locale=spoken().code)
    return told if part >= least else f"< {told}"


def _mended(error: UnknownNameError | AmbiguousNameError) -> list[tuple[str, str]]:
    """What may have been meant: its label, and the address of this page with that in its place."""
    meant = error.candidates if isinstance(error, AmbiguousNameError) else error.nearest
    values = dict(request.args.items())
    return [
        (each.label, f"/network?{urlencode({**values, error.parameter or 'thing': _typed(each)})}")
        for each in meant
    ]


def _typed(match: Match) -> str:
    """What to type for a thing: its label, if that leads to it alone, else its address."""
    try:
        found = network.end(house().knowledge, match.label, "thing")
    except (UnknownNameError, AmbiguousNameError):
        return address(match.iri)
    return match.label if found.iri == match.iri else address(match.iri)


def _more(view: View | None) -> dict[str, str]:
    """The addresses of this page with more and with less around the thing that it shows."""
    if view is None or view.thing is None or view.picture is None:
        return {}
    most = asked.number("most", 1, MOST) or USUAL
    values = dict(request.args.items())
    steps = {"fewer": most // 2, "more": min(MOST, most * 2)}
    return {
        name: f"/network?{urlencode({**values, 'most': count})}"
        for name, count in steps.items()
        if count != most and count > 1
    }
