"""What is around a node: who is kept where there is not room for all, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samverkan.network.graph import among, between, degree, neighbours
from samverkan.network.model import BINDING, BODY, NAMELESS, PERSON, Network, Node, Tie

# So many at two steps are drawn at one node, unless more are asked for: a hub would drown the rest.
_FEW = 4


@dataclass(frozen=True)
class Part:
    """What is drawn of a network around a node: those next to it, and those next to these.

    ``far`` has, for each node at two steps, the near one that it is drawn at. ``left_out`` counts
    the near ones of each kind that there was no room for, ``farther`` the people and bodies at two
    steps that are not drawn; 0 where one step was asked for.
    """

    centre: Node
    near: tuple[Node, ...]
    far: tuple[tuple[Node, Node], ...]
    ties: tuple[Tie, ...]
    left_out: Mapping[str, int]
    farther: int


def around(network: Network, iri: str, most: int, depth: int | None = None) -> Part:
    """What is within *depth* steps of the node, at most *most* others; the most important are kept.

    Without a *depth* it is two where there is room, and then a few at each, else one. Those tied
    most surely count most, then those tied to most others. People and bodies share the room, and
    leave what they do not need to the unnamed.
    """
    ranked = sorted(neighbours(network, iri), key=lambda other: _weight(network, iri, other))
    kinds = {
        kind: [other for other in ranked if network.nodes[other].kind == kind]
        for kind in (PERSON, BODY, NAMELESS)
    }
    rooms = dict(zip(kinds, _rooms([len(found) for found in kinds.values()], most), strict=True))
    kept = [other for kind, found in kinds.items() for other in found[: rooms[kind]]]
    near = sorted(kept, key=lambda other: _order(network, iri, other))
    far: list[tuple[str, str]] = []
    farther = 0
    if depth != 1 and (depth or len(near) <= most // 2):
        branch = most if depth else _FEW
        at_two = _far(network, iri, near)
        far = _a_few_each(at_two, branch)[: most - len(near)]
        farther = len(at_two) - len(far)
    shown = [iri, *near, *(other for other, _parent in far)]
    return Part(
        centre=network.nodes[iri],
        near=tuple(network.nodes[other] for other in near),
        far=tuple((network.nodes[other], network.nodes[parent]) for other, parent in far),
        ties=among(network, shown),
        left_out={kind: len(found) - rooms[kind] for kind, found in kinds.items()},
        farther=farther,
    )


def _rooms(wanted: Sequence[int], most: int) -> list[int]:
    """How many people, bodies and unnamed there is room for, of so many."""
    people, bodies, nameless = wanted
    for_people = min(people, max(most // 2, most - bodies))
    for_bodies = min(bodies, most - for_people)
    return [for_people, for_bodies, min(nameless, most - for_people - for_bodies)]


def _weight(network: Network, iri: str, other: str) -> tuple[int, bool, int, int]:
    """What decides who is kept, least first; the order of the network has chairs before members."""
    tie = between(network, iri, other)[0]
    nameless = network.nodes[other].kind == NAMELESS
    place = network.ties.index(tie)
    return BINDING.index(tie.state), nameless, -degree(network, other), place


def _order(network: Network, iri: str, other: str) -> tuple[int, str, int, str]:
    """Where a node stands among the near: people by role, then the unnamed, then bodies by verb."""
    node, ties = network.nodes[other], between(network, iri, other)
    if node.kind == BODY:
        return 2, ties[0].label, 0, node.label
    return int(node.kind == NAMELESS), "", network.ties.index(ties[0]), node.label


def _far(network: Network, iri: str, near: Sequence[str]) -> list[tuple[str, str]]:
    """People and bodies at two steps, most tied first, with the near ones they are drawn at."""
    parents: dict[str, list[str]] = {}
    for parent in near:
        for other in neighbours(network, parent):
            if other != iri and other not in near and network.nodes[other].kind != NAMELESS:
                parents.setdefault(other, []).append(parent)
    ranked = sorted(parents, key=lambda o: (-len(parents[o]), -degree(network, o), o))
    return [(other, parents[other][0]) for other in ranked]


def _a_few_each(far: Sequence[tuple[str, str]], most: int) -> list[tuple[str, str]]:
    """The first of *far*, at most so many at one node."""
    count = Counter[str]()
    found = []
    for other, parent in far:
        count[parent] += 1
        if count[parent] <= most:
            found.append((other, parent))
    return found
