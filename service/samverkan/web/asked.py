"""What a request may ask for beside the parameters of a query: a page of rows, a mark for Excel."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import request

from samverkan.errors import ParameterError
from samverkan.language import mark as _
from samverkan.tables import Page

MOST_ROWS = 10_000
MOST_LEFT_OUT = 999_999_999
_WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)
_TRUTHS = {"true": True, "false": False, "": False}


def page() -> Page:
    """The page that ``limit`` and ``offset`` ask for; all rows where they are not given.

    Raises:
        ParameterError: they are no numbers, or out of range.
    """
    return Page(number("limit", 1, MOST_ROWS), number("offset", 0, MOST_LEFT_OUT) or 0)


def hits(most: int, usual: int) -> int:
    """How many hits ``limit`` asks for; *usual* where it is not given.

    Raises:
        ParameterError: it is no number from 1 to *most*.
    """
    return number("limit", 1, most) or usual


def only(names: Sequence[str]) -> None:
    """Refuse a parameter that is none of *names*, or is given twice: it must not be passed over.

    Raises:
        ParameterError: there is such a one.
    """
    for name, given in request.args.lists():
        if name not in names or len(given) > 1:
            raise ParameterError(
                _("{address} takes {names}, each once; not “{name}”."),
                address=request.path,
                names=", ".join(names),
                name=name,
            )


def bom() -> bool:
    """Whether CSV shall begin with a byte order mark.

    Raises:
        ParameterError: ``bom`` is neither true nor false.
    """
    given = request.args.get("bom", "").strip()
    if given not in _TRUTHS:
        raise ParameterError(
            _("{name} takes one of {choices}, not “{value}”."),
            name="bom",
            choices="true, false",
            value=given,
        )
    return _TRUTHS[given]


def number(name: str, least: int, most: int) -> int | None:
    """The whole number that the parameter *name* gives; None where it is not given.

    Raises:
        ParameterError: it is none from *least* to *most*.
    """
    given = request.args.get(name, "").strip()
    if not given:
        return None
    if not _WHOLE.fullmatch(given) or not least <= int(given) <= most:
        raise ParameterError(
            _("{name} takes a whole number from {least} to {most}, not “{value}”."),
            name=name,
            least=least,
            most=most,
            value=given,
        )
    return int(given)
