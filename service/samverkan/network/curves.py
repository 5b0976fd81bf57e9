"""The curves between boxes: what ties two nodes as a path of SVG, with the tips of its arrows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from samverkan.network.drawing import ARROW, BULGE, TRUNK, Box, Curve
from samverkan.network.model import RELATION, Tie


def links(ties: Iterable[Tie]) -> list[tuple[Tie, ...]]:
    """The ties of each pair of nodes together, in the order of the first."""
    pairs: dict[frozenset[str], list[Tie]] = {}
    for tie in ties:
        pairs.setdefault(frozenset((tie.source, tie.target)), []).append(tie)
    return [tuple(found) for found in pairs.values()]


def pair(link: Sequence[Tie]) -> frozenset[str]:
    """The nodes that a link ties."""
    return frozenset((link[0].source, link[0].target))


def curve(
    boxes: Mapping[str, Box], link: tuple[Tie, ...], *, aside: bool, middle: float = 0.0
) -> Curve:
    """From side to side of two boxes; between boxes of one column, an arc beside it.

    The arc is on the side that is turned away from what stands in the *middle*.
    """
    both = one, other = boxes[link[0].source], boxes[link[0].target]
    if abs(one.right - other.right) < 1 or abs(one.x - other.x) < 1:
        way = -1 if one.x < middle else 1
        ways = (way, way)
        edges = [box.x if way < 0 else box.right for box in both]
        bulge = min(BULGE, 14 + 0.06 * abs(one.middle - other.middle))
        far = (min if way < 0 else max)(edges) + way * bulge
    else:
        ways = (1, -1) if one.x < other.x else (-1, 1)
        edges = [box.x if way < 0 else box.right for box, way in zip(both, ways, strict=True)]
        far = sum(edges) / 2
    ends = [(edge, box.middle) for edge, box in zip(edges, both, strict=True)]
    path = f"M{_at(*ends[0])}C{_at(far, ends[0][1])} {_at(far, ends[1][1])} {_at(*ends[1])}"
    tips = {one.node.iri: (ends[0], ways[0]), other.node.iri: (ends[1], ways[1])}
    arrow = "".join(
        f"M{_at(*tips[iri][0])}l{_number(tips[iri][1] * ARROW)} -4v8z" for iri in _objects(link)
    )
    return Curve(link, path, arrow, aside)


def branch(boxes: Mapping[str, Box], link: tuple[Tie, ...], *, straight: bool) -> Curve:
    """Down from a box of a list to one that hangs on it: around a corner, or *straight*."""
    above, below = sorted((boxes[link[0].source], boxes[link[0].target]), key=lambda box: box.y)
    x, top = above.x + TRUNK, above.y + above.height
    if straight:
        path, end = f"M{_at(x, top)}V{_number(below.y)}", f"M{_at(x, below.y)}l-4 -{ARROW:g}h8z"
    else:
        corner = f"V{_number(below.middle - 8)}Q{_at(x, below.middle)} {_at(x + 8, below.middle)}"
        path = f"M{_at(x, top)}{corner}H{_number(below.x)}"
        end = f"M{_at(below.x, below.middle)}l-{ARROW:g} -4v8z"
    tips = {below.node.iri: end, above.node.iri: f"M{_at(x, top)}l-4 {ARROW:g}h8z"}
    return Curve(link, path, "".join(tips[iri] for iri in _objects(link)), aside=False)


def _objects(link: Sequence[Tie]) -> list[str]:
    """The ends that a relation of the link leads to, each once."""
    return list(dict.fromkeys(tie.target for tie in link if tie.kind == RELATION))


def _at(x: float, y: float) -> str:
    return f"{_number(x)} {_number(y)}"


def _number(value: float) -> str:
    return f"{value:.0f}"
