"""A pack as Markdown, fit for a mail: CommonMark, in which no label can mark anything up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samverkan.language import Language
from samverkan.onboarding.pack import Pack, Section
from samverkan.onboarding.text import READING, told

# Any of these may be written with a backslash before it (CommonMark § 2.4), and is then itself.
_MARKS = re.compile(r"[\\`*_\[\]<>#|~!&@$^={}]")
# What would begin a list or an address that readers of mail link to.
_LIST = re.compile(r"^(\s*\d{1,9})([.)])|^(\s*)([-+])")
_ADDRESS = re.compile(r"(?i)\b(www)(\.)|\b(https?|ftp|mailto|xmpp)(:)")
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


def markdown(pack: Pack, language: Language) -> str:
    """The pack: a heading for each section, an item for each statement."""
    blocks = [f"# {escaped(pack.title)}", escaped(pack.basis)]
    for section in pack.sections:
        blocks += _blocks(section)
    if pack.reading:
        listed = (f"{d.source.label} ({d.issued}): {d.places}" for d in pack.reading)
        blocks += [f"## {escaped(language.say(READING))}", _items(listed)]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """*text* as Markdown that reads as it does: nothing in it is markup, a link or a new line."""
    line = _MARKS.sub(r"\\\g<0>", _NO_TEXT.sub(" ", text)).strip()
    line = _ADDRESS.sub(lambda m: f"{m[1] or m[3]}\\{m[2] or m[4]}", line)
    return _LIST.sub(lambda m: f"{m[1] or m[3] or ''}\\{m[2] or m[4]}", line)


def _blocks(section: Section) -> Iterator[str]:
    yield f"## {escaped(section.title)}"
    if section.told:
        yield escaped(section.told)
    for group in section.groups:
        if group.lead:
            yield f"**{escaped(group.lead)}**"
        yield _items(told(statement) for statement in group.statements)
    if section.silence:
        yield escaped(section.silence)


def _items(lines: Iterator[str]) -> str:
    return "\n".join(f"- {escaped(line)}" for line in lines)
