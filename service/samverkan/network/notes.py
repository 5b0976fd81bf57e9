"""What stands in a box beside its label: how a node stands to the one that it is drawn at."""

from __future__ import annotations

from samverkan.findings import Finding
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.network import graph
from samverkan.network.drawing import Placed
from samverkan.network.model import BODY, REPRESENTATION, Network, Node, Tie
from samverkan.network.words import when
from samverkan.states import NOMINATED


def noted(network: Network, node: Node, parent: Node, spoken: Language) -> Placed:
    """The node with how its parent stands to it over its label, and how it stands to it under.

    The time stands once, under the label, unless there are several.
    """
    ties = graph.between(network, node.iri, parent.iri)
    times = list(dict.fromkeys(filter(None, (when(tie, spoken) for tie in ties))))
    told: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for tie in ties:
        leads = tie.source == parent.iri
        words = leads_to(tie, spoken) if leads else _comes_from(tie, parent, spoken)
        dated = f"{words} ({when(tie, spoken)})" if len(times) > 1 and when(tie, spoken) else words
        told[not leads][dated] = None
    before, after = ("; ".join(filter(None, words)) for words in told)
    note = ", ".join(filter(None, [after, *times])) if len(times) == 1 else after
    return Placed(node, before, note, parent.iri, left=node.kind != BODY)


def leads_to(tie: Tie, spoken: Language) -> str:
    """How the source of *tie* stands to what is named next: ``ordförande i``, ``speglar``."""
    told = tie.told
    if not isinstance(told, Finding):
        return tie.label
    if tie.kind == REPRESENTATION:
        return _nominated(tie, spoken.say(_("{role} for"), role=tie.label), spoken)
    return _nominated(tie, f"{tie.label} {told.role.preposition}", spoken)


def _comes_from(tie: Tie, parent: Node, spoken: Language) -> str:
    """How whoever was just named stands to *parent*: ``ledamot för Region Dalarna``.

    The label of the unnamed has their role already.
    """
    told = tie.told
    if not isinstance(told, Finding):
        return f"{tie.label} {parent.label}"
    role = tie.label if told.person else ""
    if tie.kind == REPRESENTATION:
        role = f"{role} {told.role.preposition} {told.organization.label}".strip()
    elif told.represents:
        message = _("{role} for {party}") if role else _("for {party}")
        role = spoken.say(message, role=role, party=told.represents.label)
    return _nominated(tie, role, spoken)


def _nominated(tie: Tie, words: str, spoken: Language) -> str:
    """*words*, where the tie is only a nomination told as one."""
    return (
        spoken.say(_("nominated: {position}"), position=words) if tie.state == NOMINATED else words
    )
