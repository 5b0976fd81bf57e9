"""Pictures of a thing and what is around it, of a way, of the whole; and tables that say the same.

A picture has numbers and words, and no markup: whoever shows it escapes the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from samverkan.findings import Evidence
from samverkan.language import Language, language
from samverkan.language import mark as _
from samverkan.network import graph, layout
from samverkan.network.drawing import DRAWINGS, NARROW, WIDE, Drawing, Placed
from samverkan.network.model import (
    BINDING,
    BODY,
    NAMELESS,
    PERSON,
    RELATION,
    REPRESENTATION,
    Network,
    Node,
    Tie,
)
from samverkan.network.notes import leads_to, noted
from samverkan.network.reach import Way
from samverkan.network.surroundings import Part, around
from samverkan.network.words import sentence, when
from samverkan.phrases import state_name

# So many others are around a thing on its page, so many bodies in the picture of the whole, and so
# many at most where somebody asks for more.
USUAL, OVERVIEW, MOST = 16, 24, 32
_CONNECTORS = 8  # people in it
_STEPS = 2  # from the root of a tree, in the picture of the whole
_WIDEST_WAY = 5  # nodes that stand beside each other
_NATIONAL = "national"


@dataclass(frozen=True)
class Row:
    """A tie as the table has it: both ends, what ties them, since when, and all of it in words."""

    tie: Tie
    source: Node
    target: Node
    manner: str
    when: str
    state: str
    text: str

    @property
    def brief(self) -> str:
        """It in a line, without where it stands."""
        told = ", ".join(filter(None, [self.state, self.when]))
        return f"{self.source.label} – {self.manner} – {self.target.label} ({told})"

    @property
    def places(self) -> tuple[Evidence, ...]:
        """The passages that it rests on, each place once."""
        return tuple({(p.source, p.locator): p for p in self.tie.grounds}.values())


@dataclass(frozen=True)
class Picture:
    """A wide and a narrow drawing of the same nodes and ties, and the table of these.

    ``left_out`` says what there was no room for; empty where all is drawn. ``key`` begins the
    names of its parts, which no other picture of a page may have.
    """

    key: str
    title: str
    description: str
    left_out: str
    nodes: tuple[Node, ...]
    rows: tuple[Row, ...]
    drawings: tuple[Drawing, ...]
    network: Network

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of nodes in it."""
        return tuple(dict.fromkeys(sorted(node.kind for node in self.nodes)))

    @property
    def has_arrows(self) -> bool:
        """Whether a body stands in a relation to another in it."""
        return any(row.tie.kind == RELATION for row in self.rows)

    def row(self, tie: Tie) -> Row:
        """What the table has of a tie of the picture."""
        return next(row for row in self.rows if row.tie is tie)

    @property
    def states(self) -> tuple[str, ...]:
        """The states that its lines are drawn as, most certain first.

        A line between two who are tied more than once is drawn as the most certain tie.
        """
        found = {curve.ties[0].state for drawing in self.drawings for curve in drawing.curves}
        return tuple(state for state in BINDING if state in found)


def of_thing(
    network: Network, iri: str, *, most: int = USUAL, depth: int | None = None
) -> Picture | None:
    """A person or body with what is around it; None where nothing ties it to anything then."""
    if iri not in network.nodes or graph.degree(network, iri) == 0:
        return None
    spoken = language(network.code)
    part = around(network, iri, most, depth)
    others = [
        *(noted(network, node, part.centre, spoken) for node in part.near),
        *(noted(network, node, parent, spoken) for node, parent in part.far),
    ]
    nodes = (part.centre, *part.near, *(node for node, _parent in part.far))
    return Picture(
        key="picture",
        title=spoken.say(_("What is around {label}"), label=part.centre.label),
        description=spoken.say(
            _("Drawn of what is directly tied to it as of {day}: {counts}."),
            day=network.on_date,
            counts=_counted(Counter(node.kind for node in part.near), spoken),
        ),
        left_out=_left_out(network, part, spoken),
        nodes=nodes,
        rows=_rows(network, part.ties, spoken),
        drawings=_drawn([Placed(part.centre)], others, part.ties),
        network=network,
    )


def of_way(way: Way) -> Picture | None:
    """The way from one to another; None where there is none."""
    if not way.steps:
        return None
    network = way.network
    spoken = language(network.code)
    nodes = way.nodes
    others = [noted(network, node, parent, spoken) for parent, node in pairwise(nodes)]
    ties = tuple(tie for step in way.steps for tie in step.ties)
    names = (WIDE, NARROW) if len(nodes) <= _WIDEST_WAY else (NARROW,)
    return Picture(
        key="way",
        title=spoken.say(_("From {start} to {end}"), start=way.start.label, end=way.end.label),
        description=spoken.say(_("The shortest way as of {day}."), day=network.on_date),
        left_out="",
        nodes=nodes,
        rows=_rows(network, ties, spoken),
        drawings=_drawn([Placed(nodes[0])], others, ties, names),
        network=network,
    )


def overview(
    network: Network, *, type_: str | None = None, level: str | None = None, most: int = OVERVIEW
) -> Picture | None:
    """The bodies that are tied to most others, and the people who sit in several of them.

    Each hangs on the one that it is tied to on the shortest way to the most tied of all; what is
    national stands to the left of that. *type_* and *level* are the IRIs of what kind of body and
    which level alone are drawn. None where no two of those are tied then.
    """
    spoken = language(network.code)
    bodies = [node for node in network.nodes.values() if _is_wanted(node, type_, level)]
    bodies.sort(key=lambda n: (-graph.degree(network, n.iri), n.label, n.iri))
    kept = bodies[:most]
    roots, others = _hanging_together(network, [*kept, *_connectors(network, kept)], spoken)
    if not roots:
        return None
    nodes = [placed.node for placed in (*roots, *others)]
    among = graph.among(network, [node.iri for node in nodes])
    ties = [tie for tie in among if tie.kind != REPRESENTATION]
    left = len(bodies) - sum(node.kind == BODY for node in nodes)
    return Picture(
        key="overview",
        title=spoken.say(_("Who hangs together with whom")),
        description=spoken.say(
            _("Bodies that are tied to most others, and people who sit in several, as of {day}."),
            day=network.on_date,
        ),
        left_out=spoken.say(_("Bodies that are not drawn: {count}."), count=left) if left else "",
        nodes=tuple(nodes),
        rows=_rows(network, ties, spoken),
        drawings=_drawn(roots, others, ties),
        network=network,
    )


def _is_wanted(node: Node, type_: str | None, level: str | None) -> bool:
    if node.kind != BODY or (type_ and (node.type is None or node.type.iri != type_)):
        return False
    return not level or (node.level is not None and node.level.iri == level)


def _connectors(network: Network, bodies: Sequence[Node]) -> list[Node]:
    """The people who sit in two of the bodies or more, those in most first."""
    shown = {node.iri for node in bodies}
    found = [
        broker.node
        for broker in graph.brokers(network)
        if len(shown.intersection(body.iri for body in broker.bodies)) > 1
    ]
    return found[:_CONNECTORS]


def _hanging_together(
    network: Network, nodes: Sequence[Node], spoken: Language
) -> tuple[list[Placed], list[Placed]]:
    """The roots of the trees that hold *nodes*, and all others, those of a level together."""
    ordered = sorted(nodes, key=lambda n: (_level(n), n.kind != BODY, n.label, n.iri))
    roots, others = [], []
    for iri, parent in graph.spanning(network, [node.iri for node in ordered], _STEPS):
        node = network.nodes[iri]
        if parent is None:
            roots.append(Placed(node))
        else:
            hung = noted(network, node, network.nodes[parent], spoken)
            others.append(replace(hung, left=_level(node) == _NATIONAL))
    return roots, others


def _level(node: Node) -> str:
    return node.level.iri.rpartition("/")[2] if node.level else ""


def _drawn(
    roots: Sequence[Placed],
    others: Sequence[Placed],
    ties: Sequence[Tie],
    names: Iterable[str] = DRAWINGS,
) -> tuple[Drawing, ...]:
    return tuple(layout.trees(roots, others, ties, name) for name in names)


def _rows(network: Network, ties: Iterable[Tie], spoken: Language) -> tuple[Row, ...]:
    return tuple(
        Row(
            tie=tie,
            source=network.nodes[tie.source],
            target=network.nodes[tie.target],
            manner=leads_to(tie, spoken),
            when=when(tie, spoken),
            state=state_name(tie.state, spoken),
            text=sentence(network, tie),
        )
        for tie in ties
    )


def _left_out(network: Network, part: Part, spoken: Language) -> str:
    """What is not drawn, and why."""
    told = []
    if any(part.left_out.values()):
        message = _("There was room for those tied to most others; left out: {counts}.")
        told.append(spoken.say(message, counts=_counted(part.left_out, spoken)))
    if part.farther:
        message = _("Two steps away, {count} more people and bodies are not drawn.")
        told.append(spoken.say(message, count=part.farther))
    iri = part.centre.iri
    if over := {tie.iri for tie in network.unbound if iri in (tie.source, tie.target)}:
        message = _("Not drawn, for it has ended or is shown only later: {count}.")
        told.append(spoken.say(message, count=len(over)))
    return " ".join(told)


_COUNTED = {
    PERSON: (_("1 person"), _("{count} people")),
    BODY: (_("1 body"), _("{count} bodies")),
    NAMELESS: (_("1 without a name"), _("{count} without a name")),
}


def _counted(counts: Mapping[str, int], spoken: Language) -> str:
    """``9 people and 1 body``: how many of each kind, where there are any."""
    told = [
        spoken.say(several if count > 1 else one, count=count)
        for kind, (one, several) in _COUNTED.items()
        if (count := counts.get(kind, 0))
    ]
    return spoken.join(told)
