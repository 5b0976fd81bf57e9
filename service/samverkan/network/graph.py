"""The network as a graph of networkx: what is near, the shortest way, who holds groups together.

Nothing else knows networkx, and it is imported when the first of these is asked for: that takes a
quarter of a second, which a command that draws nothing need not wait. Its layouts need NumPy, and
give points where a label needs a box; where things stand is worked out in :mod:`.layout`.
"""

from __future__ import annotations

from collections.abc import Sequence
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
# The shares of all shortest ways take as many steps as nodes times nodes: from a large network, so
# many are looked at, from nodes by lot, always the same.
_STEPS_OF_SHARES, _FEWEST, _LOT = 2_000_000, 50, 1
# How long a step on a way is. A nomination, or somebody whom nobody names, is gone by only where a
# way of attested steps would be much longer; among equals, what holds on the day is preferred.
_STEPS = {CONFIRMED: 1.0, LAST_KNOWN: 1.01, UNNAMED: 2.0, NOMINATED: 3.0}


@dataclass(frozen=True)
class Broker:
    """Somebody who ties groups together that would otherwise be apart.

    ``groups`` are the bodies of each group that hangs on them alone, the largest group left out;
    ``share`` is the part of all shortest ways between others that leads through them, 0 to 1; in a
    network of more than some 1,400 it is estimated from a sample.
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


def neighbours(network: Network, iri: str) -> tuple[str, ...]:
    """The nodes that a node is tied to, those tied most surely first."""
    return tuple(_graph(network).neighbors(iri))


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
    shares = networkx.betweenness_centrality(graph, _sample(len(graph)), seed=_LOT)
    cuts = set(networkx.articulation_points(graph))
    found = []
    for node in network.nodes.values():
        if node.kind == PERSON:
            bodies = _bodies(network, graph.neighbors(node.iri))
            parts = smaller_parts(graph, node.iri) if node.iri in cuts else ()
            cut_off = tuple(filter(None, (_bodies(network, part) for part in parts)))
            if cut_off or len(bodies) > 1:
                found.append(Broker(node, bodies, cut_off, shares[node.iri]))
    found.sort(key=lambda b: (-b.share, -len(b.bodies), b.node.label))
    return tuple(found)


@lru_cache(maxsize=_KEPT)
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


def are_estimated(network: Network) -> bool:
    """Whether the shares of the brokers come from a sample, as the network is large."""
    return _sample(len(_certain(network))) is not None


def _sample(nodes: int) -> int | None:
    """From how many of so many nodes the shortest ways are looked at; None: from all."""
    some = max(_FEWEST, _STEPS_OF_SHARES // max(1, nodes))
    return some if some < nodes else None


def smaller_parts(graph: Any, cut: Any) -> list[set[Any]]:
    """The parts that a graph falls into where *cut* is taken away, but for the largest.

    Largest first; of equal ones, the first by its first node is the largest. All grow by a node at
    a time until one is left, so what this takes follows the parts that are small, not the graph.
    """
    parts = [_Part({each}, [each]) for each in graph[cut]]
    owner = {each: part for part in parts for each in part.nodes}
    while sum(part.grows for part in parts) > 1 or _may_be_outgrown(parts):
        for growing in [part for part in parts if part.grows]:
            part = growing
            for near in graph[part.fresh.pop()] if part.grows else ():  # another may have it by now
                other = owner.setdefault(near, part) if near != cut else part
                if near != cut and near not in other.nodes:
                    part.nodes.add(near)
                    part.fresh.append(near)
                elif other is not part:
                    part = part.joined(other, owner)
    found = sorted(
        (part.nodes for part in parts if part.nodes), key=lambda nodes: (-len(nodes), min(nodes))
    )
    return found[1:]


@dataclass(eq=False)
class _Part:
    """Nodes that hang together, and those of them whose neighbours are still to be looked at."""

    nodes: set[Any]
    fresh: list[Any]

    @property
    def grows(self) -> bool:
        """Whether there may be more of it."""
        return bool(self.fresh)

    def joined(self, other: _Part, owner: dict[Any, _Part]) -> _Part:
        """The larger one of this and *other*, with the smaller one in it: they hang together."""
        less, more = sorted((self, other), key=lambda part: len(part.nodes))
        owner.update(dict.fromkeys(less.nodes, more))
        more.nodes |= less.nodes
        more.fresh += less.fresh
        less.nodes, less.fresh = set(), []
        return more


def _may_be_outgrown(parts: Sequence[_Part]) -> bool:
    """Whether the one that still grows may in the end be smaller than another, or as large."""
    growing = [len(part.nodes) for part in parts if part.grows]
    others = (len(part.nodes) for part in parts if not part.grows)
    return bool(growing) and growing[0] <= max(others, default=0)


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
