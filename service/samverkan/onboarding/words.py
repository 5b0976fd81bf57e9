"""The words and abbreviations that occur in what a pack tells, as the sources explain them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from samverkan.language import mark as _
from samverkan.onboarding.frame import Frame
from samverkan.onboarding.pack import Group, Section


def explained(frame: Frame, sections: Iterable[Section]) -> Section:
    """Those of the abbreviations of the sources that stand in *sections* as words of their own."""
    occurring = _words("\n".join([frame.thing.label, *_texts(sections)]))
    known = frame.facts("words")
    found = [fact for fact in known.found if _words(fact.values["abbreviation"]) <= occurring]
    told = known.statements(found)
    title = frame.say(_("Words and abbreviations"))
    return Section("words", title, groups=(Group("", told),) if told else ())


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def _texts(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield section.told
        yield section.silence
        for group in section.groups:
            yield group.lead
            yield from (statement.text for statement in group.statements)
