"""What the service says of itself: how accessible it is, and what it holds of people."""

from __future__ import annotations

import re
from datetime import date
from typing import cast
from urllib.parse import quote

from flask import Blueprint, current_app, render_template

from samverkan.namespaces import term
from samverkan.settings import Settings
from samverkan.web import asked
from samverkan.web.house import house

blueprint = Blueprint("statements", __name__)

# The day on which what stands in the templates was last held against the service.
REVIEWED = date(2026, 11, 29)
_PARAMETERS = ("lang",)
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_PERSON = term("foaf:Person").value


@blueprint.get("/accessibility")
def accessibility() -> str:
    """How far the service keeps to WCAG 2.1 AA, how that was found out, and whom to tell."""
    asked.only(_PARAMETERS)
    return render_template("accessibility.html", reviewed=REVIEWED, **_operator())


@blueprint.get("/personal-data")
def personal_data() -> str:
    """What is held of people in the sources and of those who use the service, and why."""
    asked.only(_PARAMETERS)
    known = house().knowledge
    return render_template(
        "personal-data.html",
        people=len(known.names.of_kind(_PERSON)),
        sources=known.dataset.sources,
        quoting=_settings().log_level == "debug",
        **_operator(),
    )


def contact_address(contact: str) -> str:
    """Where *contact* leads: to a mailbox or a page; nothing for what is only to be read."""
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{quote(contact, safe='@')}" if _MAIL.fullmatch(contact) else ""


def _operator() -> dict[str, str | None]:
    chosen = _settings()
    return {
        "operator": chosen.operator,
        "contact": chosen.contact,
        "contact_address": contact_address(chosen.contact or ""),
    }


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["samverkan.settings"])
