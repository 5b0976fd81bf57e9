"""What holds for every request and response: readable text in, safe headers out."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from flask import Flask, Response, request

from samverkan.errors import InputError
from samverkan.language import mark as _

# What a page of another host may read beside what every page may (Fetch § 3.2.3, 3.2.5), and send.
_EXPOSED = "Allow, Content-Language, ETag, Link, Location, Retry-After, Vary"
_TAKEN = "Accept, Accept-Language, Content-Type, If-None-Match"
_SECONDS_KEPT = 24 * 60 * 60

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


def register(app: Flask) -> None:
    """Have *app* refuse what is no text, and add the headers to all that it sends."""
    app.before_request(_refuse_what_is_no_text)
    app.after_request(_add)


def _refuse_what_is_no_text() -> None:
    """Names and values must be UTF-8: what is not would be read as something else, silently."""
    make_sure_is_text(request.query_string)


def make_sure_is_text(urlencoded: bytes) -> None:
    """Make sure that *urlencoded* names and values are UTF-8.

    Raises:
        InputError: they are not.
    """
    try:
        unquote_to_bytes(urlencoded).decode()
    except UnicodeDecodeError as error:
        raise InputError(_("The request must be text in UTF-8.")) from error


def _add(response: Response) -> Response:
    response.vary.update(["Accept", "Accept-Language"])
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    # Everything is public and nothing depends on who asks: any page may read it (Fetch § 3.2).
    response.headers.setdefault("Access-Control-Allow-Origin", "*")
    response.headers.setdefault("Access-Control-Expose-Headers", _EXPOSED)
    if request.method == "OPTIONS":
        response.headers.setdefault(
            "Access-Control-Allow-Methods", response.headers.get("Allow", "")
        )
        response.headers.setdefault("Access-Control-Allow-Headers", _TAKEN)
        response.headers.setdefault("Access-Control-Max-Age", str(_SECONDS_KEPT))
    return response
