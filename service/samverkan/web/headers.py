"""What holds for every request and response: readable text in, safe headers out."""

from __future__ import annotations

from typing import cast
from urllib.parse import unquote_to_bytes, urlsplit, urlunsplit

from flask import Flask, Response, current_app, request
from werkzeug.sansio.utils import host_is_trusted

from samverkan.errors import InputError
from samverkan.language import mark as _
from samverkan.settings import Settings
from samverkan.web import requests

# What a page of another host may read beside what every page may (Fetch § 3.2.3, 3.2.5), and send.
_EXPOSED = f"Allow, Content-Language, ETag, Link, Location, Retry-After, Vary, {requests.NUMBER}"
_TAKEN = "Accept, Accept-Language, Content-Type, If-None-Match"
_SECONDS_KEPT = 24 * 60 * 60
_MOST_PARAMETERS = 1_000

_POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
# What a page here never asks the browser for, and nothing that slips into one may (W3C Permissions
# Policy); a feature that a browser does not know would be a warning in its console.
_FEATURES = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen"),
    *("geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment"),
    *("picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "usb"),
)
VARY = ("Accept", "Accept-Language")
_FIXED = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
    # Everything is public and nothing depends on who asks: any page may read it (Fetch § 3.2), and
    # have a file of it among its own (Fetch § 3.7).
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": _EXPOSED,
    "Cross-Origin-Resource-Policy": "cross-origin",
}
# A year (RFC 6797 § 6.1.1); what else there is below the host's name is not ours to speak for.
_HTTPS_ONLY = "max-age=31536000"


def always(public_url: str | None) -> dict[str, str]:
    """The headers of every response of a service that people reach by *public_url*, if it knows."""
    if (public_url or "").lower().startswith("https://"):
        return {**_FIXED, "Strict-Transport-Security": _HTTPS_ONLY}
    return _FIXED


def register(app: Flask) -> None:
    """Have *app* refuse what is no text, and add the headers to all that it sends."""
    app.before_request(_refuse_other_hosts)
    app.before_request(_refuse_what_is_not_readable)
    app.after_request(_add)


def _refuse_other_hosts() -> None:
    """Where the service knows its names, it answers by these only (RFC 9110 § 7.2).

    What watches it may come by its bare address.
    """
    hosts = cast(Settings, current_app.extensions["samverkan.settings"]).hosts
    given = request.headers.get("Host", "")
    if hosts and not requests.told().watching and not host_is_trusted(given, hosts):
        raise InputError(_("The service does not answer by the host name that was asked for."))


def _refuse_what_is_not_readable() -> None:
    """Names and values must be UTF-8: what is not would be read as something else, silently."""
    make_sure_is_readable(request.query_string)


def make_sure_is_readable(urlencoded: bytes) -> None:
    """Make sure that *urlencoded* names and values are UTF-8, and no endless number of them.

    Raises:
        InputError: they are not.
    """
    if urlencoded.count(b"&") >= _MOST_PARAMETERS:
        raise InputError(_("At most {limit} parameters are read."), limit=_MOST_PARAMETERS)
    try:
        unquote_to_bytes(urlencoded).decode()
    except UnicodeDecodeError as error:
        raise InputError(_("The request must be text in UTF-8.")) from error


def _add(response: Response) -> Response:
    response.vary.update(VARY)
    if "Transfer-Encoding" in request.headers:
        # Where somebody before us reads its end otherwise, nothing that follows is to be taken for
        # a request (RFC 9112 § 6.1).
        response.headers["Connection"] = "close"
    if "Location" in response.headers:
        # All redirects lead to places here; the host that was asked for may be any.
        _scheme, _host, *place = urlsplit(response.headers["Location"])
        response.headers["Location"] = urlunsplit(("", "", *place))
    for name, value in always(current_app.config["PUBLIC_URL"]).items():
        response.headers.setdefault(name, value)
    if request.method == "OPTIONS":
        response.headers.setdefault(
            "Access-Control-Allow-Methods", response.headers.get("Allow", "")
        )
        response.headers.setdefault("Access-Control-Allow-Headers", _TAKEN)
        response.headers.setdefault("Access-Control-Max-Age", str(_SECONDS_KEPT))
    return response
