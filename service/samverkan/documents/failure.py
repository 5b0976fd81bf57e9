"""Something that does not hold when evidence is held against its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from samverkan.language import Language


class Check(StrEnum):
    """What was asked: each needs a yes to the ones before it."""

    TEXT = "text"
    SPAN = "span"
    LOCATOR = "locator"
    CONTENT = "content"


@dataclass(frozen=True)
class Failure:
    """Where, what is wrong, and what to do.

    ``wrong`` and ``remedy`` are messages (:mod:`samverkan.language`) with ``values`` for their
    places; the value ``what`` is itself a message. IRIs and files are empty where there is none.
    """

    check: Check
    wrong: str
    remedy: str
    file: str
    source: str
    evidence: str = ""
    thing: str = ""
    label: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, spoken: Language) -> tuple[str, str]:
        """What is wrong and what to do, in words."""
        values = {
            name: spoken.say(str(value)) if name == "what" else value
            for name, value in self.values.items()
        }
        return tuple(spoken.say(text).format(**values) for text in (self.wrong, self.remedy))  # type: ignore[return-value]

    def to_json(self, spoken: Language) -> dict[str, str]:
        """The same as an object of JSON."""
        wrong, remedy = self.told(spoken)
        return {
            "check": self.check.value,
            "file": self.file,
            "source": self.source,
            "evidence": self.evidence,
            "thing": self.thing,
            "label": self.label,
            "wrong": wrong,
            "remedy": remedy,
        }
