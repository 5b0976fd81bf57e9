"""How findings of a state are worded: one alone, several of one person, many in a body."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.language import mark as _


@dataclass(frozen=True)
class Wording:
    """How a group of findings is told: one alone, several of one person, many in a body."""

    one: str
    several: str
    many: str


ATTESTED = Wording(
    one=_("{name} is attested {when} as {position}{period} ({where})."),
    several=_("{name} is attested {items}."),
    many=_("Attested in {subject} {when}: {items}."),
)
BY_PERIOD = Wording(
    one=_("By the period given, {name} is {when} {position}{period} ({where})."),
    several=_("By the periods given, {name} is seen {items}."),
    many=_("By the periods given, in {subject} {when}: {items}."),
)
LAST_ATTESTED = Wording(
    one=_("{name} is last attested {when} as {position}{period} ({where})."),
    several=_("{name} is last attested {items}."),
    many=_("Last attested in {subject} {when}: {items}."),
)
TOLD_OF = Wording(
    one=_("The sources tell of {name} as {position}{period} ({where})."),
    several=_("The sources tell of {name} {items}."),
    many=_("The sources tell of, in {subject}: {items}."),
)
