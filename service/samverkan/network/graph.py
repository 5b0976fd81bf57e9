"""The network as a graph of networkx: what is near, the shortest way, who holds groups together.

Nothing else knows networkx, and it is imported when the first of these is asked for: that takes a
quarter of a second, which a command that draws nothing need not wait. Its layouts need NumPy, and
give points where a label needs a box; where things stand is worked out in :mod:`.layout`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from samverkan.network.model import (
    BINDING,
    BODY,
    MEMBERSHIP,
    NAMELESS,
    PERSON,
    REPRESENTATION,
    Network,
    Node,
    Tie,
)
from samverkan.states import CONFIRMED, LAST_KNOWN, NOMINATED, UNNAMED

_KEPT = 16
# So many at two steps are drawn at one node, unless more are asked for: a hub would drown the rest.
_FEW = 4
# How long a step on a way is. A nomination, or somebody whom nobody names, is gone by only where a
# way of attested steps would be much longer; among equals, what holds on the day is preferred.
_STEPS = {CONFIRMED: 1.0, LAST_KNOWN: 1.01, UNNAMED: 2.0, NOMINATED: 3.0}


@dataclass(frozen=True)
class Broker:
    """Somebody who ties groups together that would otherwise be apart.

    ``groups`` are the bodies of each group that hangs on them alone, the largest group left out;
    ``share`` is the part of all shortest ways between others that leads through them, 0 to 1.
    """

    node: Node
    bodies: tuple[Node, ...]
    groups: tuple[tuple[Node, ...], ...]
    share: float


@dataclass(frozen=True)
class Hanging:
    """A body in which the sources name one single person, and the tie of that person."""

    body: Node
    person: Node
    tie: Tie


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


@lru_cache(maxsize=_KEPT)
def _graph(network: Network) -> Any:
    """The graph, without direction: an edge holds all ties between two nodes, best first."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(sorted(network.nodes))
    for tie in sorted(network.ties, key=lambda tie: BINDING.index(tie.state)):
        if tie.source == tie.target:
            continue
        if graph.has_edge(tie.source, tie.target):
            graph.edges[tie.source, tie.target]["ties"].append(tie)
        else:
            graph.add_edge(tie.source, tie.target, ties=[tie], step=_STEPS[tie.state])
    return graph


def degree(network: Network, iri: str) -> int:
    """How many others a node is tied to."""
    return int(_graph(network).degree(iri))


def between(network: Network, first: str, second: str) -> tuple[Tie, ...]:
    """The ties of two nodes, most certain first."""
    found = _graph(network).get_edge_data(first, second)
    return tuple(found["ties"]) if found else ()


def among(network: Network, iris: Sequence[str]) -> tuple[Tie, ...]:
    """The ties between any two of some nodes, in the order of the network."""
    chosen = set(iris)
    return tuple(
        tie
        for tie in network.ties
        if tie.source in chosen and tie.target in chosen and tie.source != tie.target
    )


def way(network: Network, start: str, end: str) -> tuple[str, ...]:
    """The nodes of the shortest way from *start* to *end*; none where no way leads there."""
    import networkx

    if not {start, end} <= network.nodes.keys():
        return ()
    try:
        return tuple(networkx.dijkstra_path(_graph(network), start, end, weight="step"))
    except networkx.NetworkXNoPath:
        return ()


def groups(network: Network) -> tuple[frozenset[str], ...]:
    """The nodes that hang together, largest group first."""
    import networkx

    found = map(frozenset, networkx.connected_components(_graph(network)))
    return tuple(sorted(found, key=lambda group: (-len(group), min(group))))


@lru_cache(maxsize=_KEPT)
def brokers(network: Network) -> tuple[Broker, ...]:
    """The people on whom it hangs that bodies are tied at all, or who tie several, first the most.

    Only what binds on the day counts, and no nomination. A person is a broker who sits in two
    bodies or more, or without whom some bodies would be cut off.
    """
    import networkx

    graph = _certain(network)
    shares = networkx.betweenness_centrality(graph)
    cuts = set(networkx.articulation_points(graph))
    found = []
    for node in network.nodes.values():
        if node.kind == PERSON:
            bodies = _bodies(network, graph.neighbors(node.iri))
            cut_off = _cut_off(network, graph, node.iri) if node.iri in cuts else ()
            if cut_off or len(bodies) > 1:
                found.append(Broker(node, bodies, cut_off, shares[node.iri]))
    found.sort(key=lambda b: (-b.share, -len(b.bodies), b.node.label))
    return tuple(found)


def _certain(network: Network) -> Any:
    """The graph of who sits where and how bodies stand to each other, as far as it is attested.

    Nominations and the unnamed are left out, and on whose behalf somebody sits: that is no seat.
    """
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(sorted(i for i, n in network.nodes.items() if n.kind != NAMELESS))
    graph.add_edges_from(
        (tie.source, tie.target)
        for tie in network.ties
        if tie.kind != REPRESENTATION and tie.state not in {NOMINATED, UNNAMED}
    )
    return graph


def _cut_off(network: Network, graph: Any, iri: str) -> tuple[tuple[Node, ...], ...]:
    """The groups of bodies that only *iri* ties to the rest; the largest group is the rest."""
    import networkx

    whole = networkx.node_connected_component(graph, iri)
    rest = graph.subgraph(whole - {iri})
    parts = sorted(networkx.connected_components(rest), key=lambda part: (-len(part), min(part)))
    found = (_bodies(network, part) for part in parts[1:])
    return tuple(bodies for bodies in found if bodies)


def _bodies(network: Network, iris: Any) -> tuple[Node, ...]:
    found = (network.nodes[iri] for iri in iris)
    return tuple(sorted((n for n in found if n.kind == BODY), key=lambda n: (n.label, n.iri)))


def hanging(network: Network) -> tuple[Hanging, ...]:
    """The bodies in which one single person is named, not merely nominated; by body."""
    people: dict[str, dict[str, Tie]] = {}
    for tie in network.ties:
        is_person = network.nodes[tie.source].kind == PERSON
        if is_person and tie.kind == MEMBERSHIP and tie.state != NOMINATED:
            people.setdefault(tie.target, {}).setdefault(tie.source, tie)
    alone = ((body, held) for body, held in people.items() if len(held) == 1)
    found = [
        Hanging(network.nodes[body], network.nodes[person], tie)
        for body, held in alone
        for person, tie in held.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.body.label, each.body.iri)))


def around(network: Network, iri: str, most: int, depth: int | None = None) -> Part:
    """What is within *depth* steps of the node, at most *most* others; the most important are kept.

    Without a *depth* it is two where there is room, and then a few at each, else one. Those tied
    most surely count most, then those tied to most others. People and bodies share the room, and
    leave what they do not need to the unnamed.
    """
    graph = _graph(network)
    ranked = sorted(graph.neighbors(iri), key=lambda other: _weight(network, iri, other))
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
        at_two = _far(network, graph, iri, near)
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


def spanning(network: Network, iris: Sequence[str], depth: int) -> list[tuple[str, str | None]]:
    """Trees that hold some nodes: each with its parent, none for the root of a tree.

    A root is the most tied of its tree, and every node as near to it as can be; what is farther
    than *depth*, or alone, is in none. They hang together by who sits where, and by relations; on
    one node they follow each other in the order of *iris*.
    """
    import networkx

    part = _certain(network).subgraph(iris)
    rank = {iri: place for place, iri in enumerate(iris)}
    groups = [group for group in networkx.connected_components(part) if len(group) > 1]
    found: list[tuple[str, str | None]] = []
    for group in sorted(groups, key=lambda group: (-len(group), min(rank[iri] for iri in group))):
        root = min(group, key=lambda iri: (-part.degree(iri), rank[iri]))
        tree = networkx.bfs_predecessors(
            part, root, depth, sort_neighbors=lambda near: sorted(near, key=rank.__getitem__)
        )
        found += [(root, None), *sorted(tree, key=lambda pair: rank[pair[0]])]
    return found


def _far(network: Network, graph: Any, iri: str, near: Sequence[str]) -> list[tuple[str, str]]:
    """People and bodies at two steps, most tied first, with the near ones they are drawn at."""
    parents: dict[str, list[str]] = {}
    for parent in near:
        for other in graph.neighbors(parent):
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
