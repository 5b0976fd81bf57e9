"""Headers that go with every response: what a browser may do with it, and who may read it."""

from __future__ import annotations

from flask import Flask, Response, request

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
    """Add the headers to all that *app* sends."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    # Everything is public and nothing depends on who asks: any page may read it (Fetch § 3.2).
    response.headers.setdefault("Access-Control-Allow-Origin", "*")
    if request.method == "OPTIONS":
        response.headers.setdefault(
            "Access-Control-Allow-Methods", response.headers.get("Allow", "")
        )
        response.headers.setdefault("Access-Control-Allow-Headers", "Accept, Content-Type")
    return response
