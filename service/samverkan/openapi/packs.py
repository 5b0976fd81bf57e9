"""The pack for who is new, and what is held about a person, as operations of OpenAPI."""

from __future__ import annotations

from samverkan.language import mark as _
from samverkan.onboarding import FOR
from samverkan.openapi.components import (
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
    operation,
    parameter,
    ref,
)

ONBOARDING = _("For who is new")
PERSONAL = _("Personal data")
_MARKDOWN = "text/markdown"


def operations(say: Say) -> dict[str, Json]:
    """The operations, by path and method."""
    concept = in_path("concept", say(_("The kind: organization or person.")), SLUG, "organization")
    slug = in_path("slug", say(_("The body or the person.")), SLUG, "beredningsgrupp-2-nhv")
    suffix = in_path("suffix", say(_("The format.")), TEXT, "md")
    base = "/onboarding/{concept}/{slug}"
    return {
        base: {"get": _pack(say, concept, slug)},
        base + ".{suffix}": {"get": _pack(say, concept, slug, suffix)},
        "/person-data/{slug}": {"get": _person_data(say)},
    }


def _pack(say: Say, *places: Json) -> Json:
    shared = common(say)
    party = say(_("For the member of this region, or other party: its name or IRI."))
    given = [
        *places,
        parameter(FOR, party, TEXT),
        *(shared["on_date"], shared["known_on"], shared["lang"]),
    ]
    told = operation(
        say,
        ONBOARDING,
        say(_("What somebody who is new to a body, a person or a region wants to know")),
        contents({HTML: {}, _MARKDOWN: {}, JSON: ref("Pack")}),
        parameters=given,
        problems=(400, 404, 406, 503),
    )
    told["responses"].update(elsewhere(say, "303"))
    return told


def _person_data(say: Say) -> Json:
    slug = in_path("slug", say(_("The person.")), SLUG, "mikael-kohler")
    told = operation(
        say,
        PERSONAL,
        say(_("Everything that the graph holds about a person, as a file")),
        contents({JSON: ref("PersonData")}),
        parameters=[slug, common(say)["lang"]],
        problems=(400, 404, 406),
    )
    told["responses"].update(elsewhere(say, "303"))
    return told
