"""Turtle that does not parse: where, what it looks like, and what to do about it.

The engine stops at the first thing that it cannot read, which is often one word or one line after
the slip. What it says, and what stands before and behind that place, tell which slip it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process

from samverkan.errors import ContentError
from samverkan.language import mark as _
from samverkan.namespaces import CONCEPTS, ID, PREFIXES

_SHOWN = 100
_LINES, _LOOKED_AT = 40, 4000
_NEAR = 70
_INVISIBLE = "\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BREAK = re.compile(r"\r\n|\n|\r")
_COMMENT = re.compile(r"^\s*#.*")
_DECLARED = re.compile(r"(?mi)^\s*@?prefix\s+([^\s:<]*):\s*<([^>]*)>")


@dataclass(frozen=True)
class _Slip:
    """Known by the engine's *reason*, what stands right *before* the place, and from *here* on."""

    reason: str
    problem: str
    remedy: str
    before: str = ""
    here: str = ""

    def fits(self, reason: str, before: str, here: str) -> bool:
        return bool(
            re.search(self.reason, reason)
            and re.search(rf"(?:{self.before})\Z", before)
            and re.match(self.here, here)
        )


_DOT = "dot is expected"
_START = "not a valid subject"
_VALUE = "not a valid RDF object"
# The end of a line, and lines that hold nothing or a comment.
_GAP = r"[ \t]*+(?:\#[^\n\r]*+)?[\n\r](?:[ \t]*+(?:\#[^\n\r]*+)?[\n\r])*"
_PREFIX_FORM = _("Write @prefix name: <https://…> . on a line of its own.")

# The first that fits is told.
_SLIPS = (
    _Slip(
        "",
        _("This is the mark of a merge that was not finished."),
        _("Keep one of the two versions and delete the marks."),
        before=r"(?:\A|[\n\r])[<=>]{0,7}",
        here=r"<{1,7}(?: |$)|={4,7}|>{4,7}",
    ),
    _Slip(
        "Line jumps|Unexpected end of file",
        _("A text on this line has no closing quotation mark."),
        _('Close it with " on the same line; between """ and """ a text may have several lines.'),
        here=r"$|\"|'",
    ),
    _Slip(
        "",
        _("{found} is no quotation mark in Turtle."),
        _('Use straight ones: "…".'),
        here="[“”„‟‘’‚«»´`]",
    ),
    _Slip(
        "",
        _("There is an invisible character here ({code})."),
        _("Put an ordinary space in its place, or save the file without a byte-order mark."),
        here=f"[{_INVISIBLE}]",
    ),
    _Slip(
        "",
        _("The language of the text is missing or misspelt."),
        _('Write @sv or @en right after the closing quotation mark: "…"@sv.'),
        before='"@[A-Za-z-]*',
    ),
    _Slip(
        "",
        _("A text with a quotation mark in it ends there."),
        _('Write \\" for a quotation mark within a text.'),
        before='\\w"',
        here=r"\w",
    ),
    _Slip(
        f"{_DOT}|{_START}|{_VALUE}",
        _("What this line begins was read as part of what stands before it."),
        _("End line {above} with a full stop instead of ;"),
        before=rf";{_GAP}[^\s#@][^\n\r]*",
    ),
    _Slip(
        f"{_VALUE}|{_START}",
        _("This line goes on with a thing whose description has ended."),
        _("End line {above} with ; instead of a full stop."),
        before=rf"\.{_GAP}[ \t]+[^\n\r]*",
        here="[;,.]",
    ),
    _Slip(
        _DOT,
        _("The property that this line begins was read as one more value."),
        _("End line {above} with ; instead of a comma."),
        before=rf",{_GAP}[ \t]+[^\s;,]+[ \t]+",
    ),
    _Slip(
        _DOT,
        _("A new statement begins before the last one has ended."),
        _("End line {before} with a full stop, or with ; if the same thing goes on here."),
        before=r"(?:\A|[\n\r])",
    ),
    _Slip(
        _DOT,
        _("{found} does not belong to the line before it."),
        _(
            "End line {before} with ; where the same thing goes on, with , before one more value,"
            " with . where it ends."
        ),
        before=r"(?:\A|[\n\r])[ \t]*",
    ),
    _Slip(
        _DOT,
        _("{found} does not belong to what stands before it."),
        _(
            "Put , between values, ; between properties and . at the end, here and on the line"
            " before: one is missing, or one is another."
        ),
    ),
    _Slip(
        _VALUE,
        _("A bracket on this line is not closed."),
        _("Delete it: things have IRIs here, and no brackets around them."),
        before=r"[\[(][^\])\n\r]*",
    ),
    _Slip(
        _VALUE,
        _("Before {found} a property or its value is missing."),
        _("Write the one that is missing."),
        here="[;,.]",
    ),
    _Slip(
        _VALUE,
        _("{found} is no value of Turtle."),
        _("Write true or false, in small letters and without quotation marks."),
        here="(?i:true|false|sant|falskt|ja|nej|yes|no)\\b",
    ),
    _Slip(
        _VALUE,
        _("{found} is no value of Turtle."),
        _('Write a text as "…"@sv, a thing as prefix:name.'),
    ),
    _Slip(
        "not a valid predicate",
        _("{found} is no property."),
        _(
            "Write it as prefix:name. Where a new thing begins, end line {before} with a full stop"
            " instead of ;"
        ),
    ),
    _Slip(
        _START,
        _("A date stands without quotation marks."),
        _('Write "2021-02-19"^^xsd:date.'),
        before=r"\d{4}",
        here=r"-\d",
    ),
    _Slip(
        _START,
        _("One ^ is too few."),
        _('Write two before the kind of a value: "2021-02-19"^^xsd:date.'),
        here=r"\^",
    ),
    _Slip(_START, _("{found} is no word of Turtle."), _PREFIX_FORM, here="@"),
    _Slip(
        _START,
        _("A declaration of a prefix lacks its @."),
        _PREFIX_FORM,
        before=r"(?:\A|[\n\r])[ \t]*(?i:prefix)[^\n\r]*",
        here=r"\.",
    ),
    _Slip(
        _START,
        _("{found} closes what was not opened."),
        _("Delete it: things have IRIs here, and no brackets around them."),
        here=r"[\])}]",
    ),
    _Slip(
        _START,
        _("{found} stands alone."),
        _("Write a hyphen where a name has a space in it, or , between two values."),
        before=r"[\w-][ \t]+",
        here=r"[\w-]+(?![\w:-])",
    ),
    _Slip(
        _START,
        _("{found} stands where a new thing should begin."),
        _(
            "A ; or , is missing before it, or an earlier line ends with ; where a full stop is"
            " meant, or the other way round."
        ),
    ),
    _Slip(
        "No scheme found",
        _("This IRI is not whole."),
        _("Write it from https:// on, or with a prefix."),
    ),
    _Slip(
        "IRI",
        _("An IRI has a character that it may not have, or is not closed."),
        _("Close it with > on its line, and leave no space in it."),
    ),
    _Slip("", _("// begins no comment in Turtle."), _("Begin a comment with #."), here="//"),
    _Slip(
        "is not allowed",
        _("{found} may not stand in a name."),
        _("Use a to z, figures and the hyphen - in what stands behind the prefix."),
        before=r"[\w:-]",
    ),
    _Slip(
        "escape",
        _("A backslash stands before a character that needs none."),
        _("Write \\\\ for a backslash in a text."),
    ),
    _Slip("PREFIX", _("A declaration of a prefix is not complete."), _PREFIX_FORM),
    _Slip(
        "Unexpected end",
        _("The file ends in the middle of a statement."),
        _("End the last statement with a full stop."),
    ),
)
_OTHER = _Slip(
    "",
    _("This is not Turtle ({reason})."),
    _("Look for a missing . or ; or quotation mark here and on the line before."),
)
_UNDECLARED = _("The prefix {found} is not declared.")
_DECLARE = _("Add at the head of the file: @prefix {found} <{iri}> .")
_CORRECT = _("Correct it, or declare it at the head of the file.")
_MEANT = _("Write {nearest} if that is meant.")


def told(path: Path, text: str, error: SyntaxError) -> ContentError:
    """What is wrong in the *text* of the file *path*, in which the engine found *error*."""
    lines = _BREAK.split(text)
    number, column = error.lineno or 1, error.offset or 1
    line = lines[number - 1] if number <= len(lines) else ""
    before = "\n".join([*lines[max(number - _LINES, 0) : number - 1], line[: column - 1]])
    if len(before) > _LOOKED_AT:
        before = f"…{before[-_LOOKED_AT:]}"
    here = line[column - 1 :][:_LOOKED_AT]
    # "Parser error at line 3 column 5: …": the place is told in our own words.
    reason = re.sub(r"\AParser error [^:]*: ", "", error.msg)
    found = re.match(r"@?\w[\w:.-]*|\S?", here)
    values: dict[str, object] = {
        "reason": reason,
        "found": found[0] if found else "",
        "code": f"U+{ord(here[0]):04X}" if here else "",
        "before": _line_before(lines[: number - 1], line[: column - 1]),
        "above": _line_before(lines[: number - 1], ""),
    }
    if undeclared := re.search(r"prefix (\S*): has not been declared", reason):
        slip = _undeclared(path, undeclared[1], text, values)
    else:
        slip = next((slip for slip in _SLIPS if slip.fits(reason, before, here)), _OTHER)
    return ContentError(
        _("{path}, line {line}, column {column}: {problem} {remedy} The line reads: {text}"),
        path=path,
        line=number,
        column=column,
        problem=(ContentError(slip.problem, **values),),
        remedy=(ContentError(slip.remedy, **values),),
        text=line.strip()[:_SHOWN] or "…",
    )


def not_utf8(path: Path, raw: bytes, error: UnicodeDecodeError) -> ContentError:
    """What is told of the file *path*, whose bytes *raw* are no UTF-8."""
    lines = _BREAK.split(raw[: error.start].decode(errors="replace"))
    return ContentError(
        _("{path}, line {line}: This is not UTF-8. Save the file as UTF-8."),
        path=path,
        line=len(lines),
    )


def _line_before(lines: list[str], start: str) -> int:
    """The line of the last word of *lines* and of *start*, which is the beginning of the next."""
    numbered = [*enumerate(lines, 1), (len(lines) + 1, start)]
    return next((n for n, text in reversed(numbered) if _COMMENT.sub("", text).strip()), 1)


def _undeclared(path: Path, prefix: str, text: str, values: dict[str, object]) -> _Slip:
    """The slip of a prefix that *text* does not declare; what it may be goes into *values*."""
    known = {name: f"{ID}{name}/" for name in CONCEPTS} | PREFIXES
    values["found"] = f"{prefix}:"
    if address := known.get(prefix) or _declared_beside(path, prefix):
        values["iri"] = address
        return _Slip("", _UNDECLARED, _DECLARE)
    declared = [name for name, _iri in _DECLARED.findall(text)]
    near = process.extractOne(prefix, declared, score_cutoff=_NEAR)
    if near is None:
        return _Slip("", _UNDECLARED, _CORRECT)
    values["nearest"] = f"{near[0]}:"
    return _Slip("", _UNDECLARED, _MEANT)


def _declared_beside(path: Path, prefix: str) -> str | None:
    """The address that another file of the content of *path* declares *prefix* for."""
    for file in (*sorted(path.parent.glob("*.ttl")), *sorted(path.parent.parent.glob("*.ttl"))):
        if file != path and file.is_file():
            text = file.read_text(encoding="utf-8", errors="replace")
            for name, address in _DECLARED.findall(text):
                if name == prefix:
                    return str(address)
    return None
