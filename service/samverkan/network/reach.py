"""How one reaches somebody: the shortest way between two people or bodies, told step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from samverkan.errors import AmbiguousNameError, UnknownNameError
from samverkan.knowledge import Knowledge
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.match import Match
from samverkan.namespaces import of_address, term
from samverkan.network import graph
from samverkan.network.model import BODY, PERSON, Network, Node, Tie
from samverkan.network.ties import network
from samverkan.network.words import sentence

_FEW = 6
_KINDS = (term("foaf:Person").value, term("org:Organization").value)


@dataclass(frozen=True)
class Step:
    """From one node to the next: all that ties them, most certain first, and the first in words."""

    start: Node
    end: Node
    ties: tuple[Tie, ...]
    text: str


@dataclass(frozen=True)
class Way:
    """The shortest way; no steps where the sources known on the day show none.

    ``opening`` says how long it is and through whom, ``text`` that and all steps.
    """

    start: Node
    end: Node
    steps: tuple[Step, ...]
    opening: str
    network: Network

    @property
    def text(self) -> str:
        """All of it in words."""
        return " ".join([self.opening, *(step.text for step in self.steps)])

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes along it, with both ends."""
        return (self.start, *(step.end for step in self.steps))


def reach(
    knowledge: Knowledge,
    start: str,
    to: str,
    spoken: Language,
    *,
    on_date: str | None = None,
    known_on: str | None = None,
) -> Way:
    """The shortest way from *start* to another, people or bodies, by name, address or IRI.

    Nothing that is over or shown only later is a step. A nomination, or somebody whom no source
    names, is one only where a way of attested steps would be much longer. ``text`` tells the way in
    words, each step with its state and where it stands.

    Raises:
        UnknownNameError: a name is borne by no person and no body.
        AmbiguousNameError: by several.
        ParameterError: a date is none.
    """
    known = network(knowledge, spoken, on_date, known_on)
    matches = (end(knowledge, start, "from"), end(knowledge, to, "to"))
    ends = [_node(knowledge, known, match, spoken) for match in matches]
    found = graph.way(known, ends[0].iri, ends[1].iri)
    steps = []
    for one, other in pairwise(found):
        ties = graph.between(known, one, other)
        steps.append(Step(known.nodes[one], known.nodes[other], ties, sentence(known, ties[0])))
    opening = _opening(known, ends, steps, spoken)
    return Way(ends[0], ends[1], tuple(steps), opening, known)


def end(knowledge: Knowledge, name: str, parameter: str) -> Match:
    """The person or body that *name*, the value of a *parameter*, stands for.

    Raises:
        UnknownNameError: a name is borne by no person and no body.
        AmbiguousNameError: by several.
    """
    try:
        return _match(knowledge, name)
    except (UnknownNameError, AmbiguousNameError) as error:
        error.parameter = parameter
        raise


def _node(knowledge: Knowledge, known: Network, match: Match, spoken: Language) -> Node:
    """The node of a person or body, whether or not anything is known of it on the day."""
    kind = PERSON if _KINDS[0] in match.kinds else BODY
    label = knowledge.names.label(match.iri, spoken.code)
    return known.nodes.get(match.iri, Node(match.iri, label, kind))


def _match(knowledge: Knowledge, name: str) -> Match:
    names = knowledge.names
    iri = name if name.startswith(("http://", "https://")) else of_address(name)
    found = names.thing(iri) if iri else None
    if found and found.kinds.intersection(_KINDS):
        return found
    matches: list[Match] = []
    nearest: list[Match] = []
    for kind in _KINDS:
        try:
            matches.append(names.find(name, kind))
        except AmbiguousNameError as error:
            matches.extend(error.candidates)
        except UnknownNameError as error:
            nearest.extend(each for each in error.nearest if each.kinds.intersection(_KINDS))
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise AmbiguousNameError(
            _("“{name}” can be any of {count}: {labels}."),
            matches,
            name=name,
            count=len(matches),
            labels="; ".join(match.label for match in matches),
        )
    message = _("No person and no body in the graph is called “{name}”.")
    raise UnknownNameError(message, partial(tuple, nearest), name=name)


def _opening(known: Network, ends: Sequence[Node], steps: Sequence[Step], spoken: Language) -> str:
    start, end = ends
    if start.iri == end.iri:
        return spoken.say(_("Both ends are {label}."), label=start.label)
    if not steps:
        message = _("No source ties {start} to {end}, not through others either, as of {day}.")
        values = {"start": start.label, "end": end.label, "day": known.on_date}
        told = [spoken.say(message, **values), *(_alone(known, each, spoken) for each in ends)]
        return " ".join(filter(None, told))
    through = [step.end.label for step in steps[:-1]]
    if not through:
        message = _("{start} and {end} are tied directly.")
        return spoken.say(message, start=start.label, end=end.label)
    return spoken.say(
        _("From {start} to {end} it is {count} steps, by way of {through}."),
        start=start.label,
        end=end.label,
        count=len(steps),
        through=spoken.join(through),
    )


def _alone(known: Network, node: Node, spoken: Language) -> str:
    """What alone a node hangs together with, where that is little; else nothing."""
    others = sorted(
        known.nodes[iri].label
        for group in graph.groups(known)
        for iri in group
        if node.iri in group and iri != node.iri
    )
    if not others:
        return spoken.say(_("Nothing is tied to {label} then."), label=node.label)
    if len(others) > _FEW:
        return ""
    message = _("{label} hangs together with {others} alone.")
    return spoken.say(message, label=node.label, others=spoken.join(others))
