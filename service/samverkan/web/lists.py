"""``/organizations``, ``/people``, ``/activities``, ``/meetings``, ``/sources``, ``/coverage``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, Response, json, render_template, request

from samverkan import catalogue, lists
from samverkan.catalogue import KNOWN_ON, ON_DATE
from samverkan.errors import NotAcceptableError
from samverkan.language import mark as _
from samverkan.lists import ANY, NAME, Choice, Listing
from samverkan.sparql import Result
from samverkan.tables import Page
from samverkan.web import asked
from samverkan.web.house import PAGE, best, house, sent, spoken

blueprint = Blueprint("lists", __name__)

ROWS, MOST_ROWS = 50, 100  # on a page: where no limit is given, and whatever limit is
FORMATS = {"json": "application/json", "csv": "text/csv"}
_SHARED = ("sort", "limit", "offset", "bom", ON_DATE, KNOWN_ON, "lang")
_CUT = {"limit", "offset"}


def _view(listing: Listing) -> Callable[..., Response]:
    """What answers for the address of *listing*."""

    def view(suffix: str | None = None) -> Response:
        asked.only((NAME, *(each.name for each in listing.filters), *_SHARED))
        media_type = FORMATS[suffix] if suffix else best([*FORMATS.values(), PAGE])
        if media_type is None:
            raise NotAcceptableError(
                _("Results come as {formats}."), formats=", ".join([*FORMATS.values(), PAGE])
            )
        on_date, known_on = _day(), request.args.get(KNOWN_ON, "").strip()
        rows = lists.rows_of(house().knowledge, listing, spoken(), on_date, known_on)
        choice = lists.choose(listing, rows, request.args, spoken())
        page, bom = asked.page(), asked.bom()
        response = (
            _page(listing, choice, page, on_date)
            if media_type == PAGE
            else sent(Result(media_type, _data(listing, choice, page, media_type, bom=bom)))
        )
        response.headers["X-Total-Count"] = str(len(choice.rows))
        response.headers["Link"] = _links(listing)
        return response

    view.__doc__ = f"The list of {listing.name}: as a page, JSON or CSV."
    return view


for _listing in lists.LISTINGS.values():
    _answers = _view(_listing)
    for _ending in ("", ".<any(json, csv):suffix>"):
        blueprint.add_url_rule(f"/{_listing.name}{_ending}", _listing.name, _answers)


def _day() -> date:
    given = request.args.get(ON_DATE, "").strip()
    return catalogue.day(ON_DATE, given) if given else date.today()


def _data(listing: Listing, choice: Choice, page: Page, media_type: str, *, bom: bool) -> bytes:
    end = None if page.limit is None else page.offset + page.limit
    rows = choice.rows[page.offset : end]
    if media_type == FORMATS["csv"]:
        return lists.table(listing, rows, bom=bom).encode()
    known_on = request.args.get(KNOWN_ON, "").strip()
    return json.dumps(lists.as_json(listing, choice, rows, _day(), known_on)).encode()


def _page(listing: Listing, choice: Choice, page: Page, on_date: date) -> Response:
    cut = Page(min(page.limit or ROWS, MOST_ROWS), page.offset)
    shown = choice.rows[cut.offset : cut.offset + (cut.limit or ROWS)]
    steps = cut.steps(len(choice.rows))
    text = render_template(
        "list.html",
        listing=listing,
        choice=choice,
        rows=shown,
        page=cut,
        on_date=on_date,
        any=ANY,
        overview=choice.facet(listing.overview),
        narrowed=[facet for facet in choice.facets if not facet.is_at_default],
        hiding=[
            each for each in choice.facets if each.filter.default != ANY and each.is_at_default
        ],
        grid=lists.squares(choice.rows) if listing.name == "activities" else None,
        address=_address,
        steps={rel: _address(offset=str(step.offset)) for rel, step in steps.items()},
    )
    return Response(text)


def _address(suffix: str = "", /, **changed: str) -> str:
    """The address of this list with *changed* parameters; others stay, empty ones are left out."""
    dropped = set() if set(changed) <= _CUT or suffix else _CUT
    kept = {name: value for name, value in request.args.items() if name not in dropped}
    query = urlencode({name: value for name, value in {**kept, **changed}.items() if value})
    path = request.path.partition(".")[0] + suffix
    return f"{path}?{query}" if query else path


def _links(listing: Listing) -> str:
    """The other formats, and the query of the rows (RFC 8288)."""
    links = [
        f'<{_address(f".{suffix}")}>; rel="alternate"; type="{media_type}"'
        for suffix, media_type in FORMATS.items()
    ]
    return ", ".join([*links, f'</queries/{listing.query}>; rel="via"'])
