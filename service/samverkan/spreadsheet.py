"""Tables for people: CSV (RFC 4180) that a spreadsheet opens as text and never runs.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, also behind
spaces, quotes or invisible characters, and some take the full-width forms of these. Such a cell
gets an apostrophe before it, which is how a person types it as text. A plain number is left alone:
``-5`` is no formula. As a spreadsheet set up for Swedish splits lines at semicolons, and a broken
quote lets a cell go on in a new line, what follows a semicolon, tab or line break within a cell is
held to the same.

This is for CSV that people open. The CSV of ``/sparql`` and of ``samverkan sparql`` is that of the
standard (SPARQL 1.1 Query Results CSV and TSV), where every character counts.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"

# What is looked through to see the first character that counts: white space, quotes and format
# characters (Unicode Cf) that a spreadsheet drops, and controls.
_UNSEEN = (
    "\\s\"'`´‘’“”\x00-\x20\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
)
# = + - @, and their full-width and small forms; the minus sign of mathematics.
_SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫−"
_FORMULA = re.compile(f"[{_UNSEEN}]*[{_SIGNS}]")
_NUMBER = re.compile(r"\s*[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+)?\s*")
_PART = re.compile(r"([;\t\r\n]+)")


def defused(cell: str) -> str:
    """*cell* with an apostrophe wherever a spreadsheet would begin to read a formula."""
    parts = _PART.split(cell)
    told = (f"'{part}" if _is_formula(part) else part for part in parts[::2])
    text = "".join(part + gap for part, gap in zip(told, [*parts[1::2], ""], strict=True))
    return f"'{text}" if cell[:1] in {"\t", "\r", "\n"} else text


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, bom: bool = False) -> str:
    """*rows* under *columns* as CSV: CRLF, a header, quotes where needed, cells defused.

    *bom* puts U+FEFF first, by which Excel sees that the text is UTF-8.
    """
    out = io.StringIO(newline="")
    if bom:
        out.write(BOM)
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([defused(column) for column in columns])
    lines.writerows([[defused(cell) for cell in row] for row in rows])
    return out.getvalue()


def _is_formula(part: str) -> bool:
    return _FORMULA.match(part) is not None and _NUMBER.fullmatch(part) is None
