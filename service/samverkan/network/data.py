"""The network, a way in it and who holds it together, as plain data for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from samverkan.findings import Evidence, Finding, Thing
from samverkan.network import graph
from samverkan.network.graph import Broker, Hanging
from samverkan.network.model import Network, Node, Tie
from samverkan.network.reach import Way
from samverkan.network.words import sentence


def of_part(network: Network, nodes: Sequence[Node], ties: Sequence[Tie]) -> dict[str, Any]:
    """Some nodes and ties of *network*; dates are YYYY-MM-DD."""
    return {
        "on_date": network.on_date.isoformat(),
        "known_on": network.known_on.isoformat() if network.known_on else None,
        "nodes": [of_node(node) for node in nodes],
        "ties": [of_tie(network, tie) for tie in ties],
    }


def of_whole(network: Network) -> dict[str, Any]:
    """The whole of *network*, and who holds it together."""
    nodes, ties = [*network.nodes.values()], network.ties
    return of_part(network, nodes, ties) | {
        "groups": [len(group) for group in graph.groups(network)],
        "brokers": [_broker(broker) for broker in graph.brokers(network)],
        "hanging": [_hanging(each) for each in graph.hanging(network)],
    }


def of_way(way: Way) -> dict[str, Any]:
    """A way: its ends, its steps with all that ties each, and all of it in words."""
    found = of_part(way.network, [], [])
    return {
        "on_date": found["on_date"],
        "known_on": found["known_on"],
        "start": of_node(way.start),
        "end": of_node(way.end),
        "text": way.text,
        "steps": [
            {
                "start": step.start.iri,
                "end": step.end.iri,
                "text": step.text,
                "ties": [of_tie(way.network, tie) for tie in step.ties],
            }
            for step in way.steps
        ],
    }


def of_node(node: Node) -> dict[str, Any]:
    """A node, with what is known of a body."""
    return {
        "iri": node.iri,
        "label": node.label,
        "kind": node.kind,
        "type": _thing(node.type),
        "level": _thing(node.level),
        "proposed": node.proposed,
        "dissolved": node.dissolved,
    }


def of_tie(network: Network, tie: Tie) -> dict[str, Any]:
    """A tie: what it is, what it is worth on the day, in words, and the passages it rests on."""
    told = tie.told
    return {
        "iri": tie.iri,
        "source": tie.source,
        "target": tie.target,
        "kind": tie.kind,
        "label": tie.label,
        "state": tie.state,
        "basis": told.basis,
        "time": told.time or (told.period if isinstance(told, Finding) else None),
        "text": sentence(network, tie),
        "evidence": [_evidence(passage) for passage in tie.grounds],
    }


def _broker(broker: Broker) -> dict[str, Any]:
    return {
        "person": of_node(broker.node),
        "bodies": [body.iri for body in broker.bodies],
        "cut_off": [[body.iri for body in group] for group in broker.groups],
        "share": round(broker.share, 4),
    }


def _hanging(found: Hanging) -> dict[str, Any]:
    return {"body": found.body.iri, "person": found.person.iri, "tie": found.tie.iri}


def _thing(thing: Thing | None) -> dict[str, str] | None:
    return {"iri": thing.iri, "label": thing.label} if thing else None


def _evidence(passage: Evidence) -> dict[str, Any]:
    return {
        "source": passage.source,
        "title": passage.title,
        "issued": passage.issued.isoformat(),
        "locator": passage.locator,
        "start": passage.start,
        "end": passage.end,
    }
