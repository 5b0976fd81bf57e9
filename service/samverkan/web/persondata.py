"""``/person-data/…``: everything that the graph holds about a person, as a file to download."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, json, redirect

from samverkan import dossier
from samverkan.errors import NotFoundError
from samverkan.formats import JSON
from samverkan.language import mark as _
from samverkan.namespaces import ID
from samverkan.web import asked, representations
from samverkan.web.house import house, spoken
from samverkan.web.representations import link_to, linked
from samverkan.web.things import is_slug

blueprint = Blueprint("persondata", __name__)


@blueprint.get("/person-data/<slug>")
def held(slug: str) -> Response:
    """All statements about the person, what tells of them, and where it stands; JSON."""
    asked.only(("lang",))
    if not is_slug(slug):
        raise NotFoundError(_("There is no page at this address."))
    iri = f"{ID}person/{slug}"
    if iri in linked().retired:  # the address of the thing tells what has become of it
        return cast(Response, redirect(f"/id/person/{slug}", HTTPStatus.SEE_OTHER, Response))
    format_ = representations.wanted(None, (JSON,))
    found = dossier.dossier(house().knowledge, iri, spoken())
    response = representations.sent(json.dumps(found.to_json(), indent=1).encode(), format_)
    response.headers["Link"] = link_to([], ("describes", iri))
    response.headers["Content-Disposition"] = f'attachment; filename="person-data-{slug}.json"'
    return response
