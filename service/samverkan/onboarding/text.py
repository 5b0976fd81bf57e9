"""A pack as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.onboarding.pack import Pack, Section, Statement

READING = _("To read")


def text(pack: Pack, language: Language) -> str:
    """The pack: a line for each statement, with where it stands in brackets."""
    parts = [f"{_underlined(pack.title, '=')}\n{pack.basis}"]
    parts += ["\n".join(_section(section)) for section in pack.sections]
    if pack.reading:
        listed = (f"- {d.source.label} ({d.issued}): {d.places}" for d in pack.reading)
        parts.append("\n".join([_underlined(language.say(READING), "-"), *listed]))
    return "\n\n".join(parts)


def told(statement: Statement) -> str:
    """A statement with where it stands in brackets, and its full stop."""
    return f"{statement.text} ({statement.where})." if statement.where else f"{statement.text}."


def _section(section: Section) -> Iterator[str]:
    yield _underlined(section.title, "-")
    if section.told:
        yield section.told
    for group in section.groups:
        if group.lead:
            yield f"{group.lead}:"
        yield from (f"- {told(statement)}" for statement in group.statements)
    if section.silence:
        yield section.silence


def _underlined(title: str, line: str) -> str:
    return f"{title}\n{line * len(title)}"
