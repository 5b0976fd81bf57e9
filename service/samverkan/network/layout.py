"""Where everything stands: boxes with their text, and the lines between them, as plain numbers.

Each node is a box that has room for its label, so that no label is ever over another, and a box is
found again where it was: nothing is left to chance, the same part gives the same picture. There are
two drawings of it: a wide one, in columns, and a narrow one for phones, a list with its lines at
the side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from samverkan.network import text
from samverkan.network.model import RELATION, Node, Tie

DRAWINGS = WIDE, NARROW = "wide", "narrow"


@dataclass(frozen=True)
class Type:
    """The sizes of a drawing, in its own units: pixels where it is shown at its full width."""

    name: str
    width: float
    label: float
    note: float
    lines: int
    between: float
    widest: float
    gap: float


SIZES = {
    WIDE: Type(WIDE, 940, 14, 12, 5, 9, 250, 42),
    NARROW: Type(NARROW, 340, 15, 13, 5, 10, 340, 24),
}
# Within a box: from its edge to the text, a line's height in sizes of its type, where in the line
# the letters stand, and the least height of a box, which a finger must hit (WCAG 2.2, 2.5.5).
_INSIDE, _LEADING, _BASELINE, _LEAST = 11.0, 1.28, 0.78, 44.0
# Around boxes: the margin, how far an arc may go aside, where a list's lines run, a tip's length.
_MARGIN, _BULGE, _TRUNK, _ARROW = 3.0, 34.0, 13.0, 7.0


@dataclass(frozen=True)
class Placed:
    """A node that is to be drawn, with what is said over and under its label, and its parent.

    ``before`` reads on into the label (``ordförande i``), ``note`` is read after it. What hangs on
    a root stands to its right, or to its ``left``, with everything that hangs on it.
    """

    node: Node
    before: str = ""
    note: str = ""
    parent: str | None = None
    left: bool = False


@dataclass(frozen=True)
class Line:
    """A line of text: where its baseline begins, and the size of its type."""

    text: str
    size: float
    x: float
    y: float


@dataclass(frozen=True)
class Box:
    """A node as it is drawn."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    before: tuple[Line, ...]
    label: tuple[Line, ...]
    note: tuple[Line, ...]

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width


@dataclass(frozen=True)
class Curve:
    """The line between two nodes, for all that ties them, and the tip of its arrow, if it has one.

    ``aside`` tells that it is none of those by which the boxes are arranged.
    """

    ties: tuple[Tie, ...]
    path: str
    arrow: str
    aside: bool


@dataclass(frozen=True)
class Drawing:
    """A picture in its own units."""

    name: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]

    @property
    def note_size(self) -> float:
        """The size of the type of what stands around labels."""
        return SIZES[self.name].note


class _Sheet:
    """A drawing in the making: the boxes so far, and where lines meet them."""

    def __init__(self, type_: Type) -> None:
        self.type = type_
        self.boxes: dict[str, Box] = {}

    def tall(self, placed: Placed, width: float) -> float:
        """How high the box of a node must be."""
        written = self._written(placed, width)
        return max(_LEAST, self._text_height(written) + 1.4 * _INSIDE)

    def box(self, placed: Placed, x: float, y: float, width: float) -> Box:
        """A box for a node with its upper left corner there, as high as its text needs."""
        written = self._written(placed, width)
        height = max(_LEAST, self._text_height(written) + 1.4 * _INSIDE)
        at = y + (height - self._text_height(written)) / 2
        parts = []
        for size, words in written:
            step = size * _LEADING
            start = at + _BASELINE * step
            parts.append(
                tuple(Line(w, size, x + _INSIDE, start + n * step) for n, w in enumerate(words))
            )
            at += step * len(words)
        made = Box(placed.node, x, y, width, height, *parts)
        self.boxes[placed.node.iri] = made
        return made

    def _text_height(self, written: Sequence[tuple[float, list[str]]]) -> float:
        return sum(size * _LEADING * len(words) for size, words in written)

    def _written(self, placed: Placed, width: float) -> list[tuple[float, list[str]]]:
        """What stands over the label, the label and what stands under it: their size and lines."""
        size, room = self.type, width - 2 * _INSIDE
        label = text.lines(placed.node.label, size.label, room, size.lines, bold=True)
        around = (
            text.lines(words, size.note, room, size.lines) if words else []
            for words in (placed.before, placed.note)
        )
        before, note = around
        return [(size.note, before), (size.label, label), (size.note, note)]

    def drawing(self, curves: Iterable[Curve], *, beside: float) -> Drawing:
        """What has been drawn, with *beside* of room for lines at its right edge."""
        right = max((box.right for box in self.boxes.values()), default=0.0)
        low = max((box.y + box.height for box in self.boxes.values()), default=0.0)
        return Drawing(
            name=self.type.name,
            width=right + beside,
            height=low + _MARGIN,
            boxes=tuple(self.boxes.values()),
            curves=tuple(curves),
        )


def trees(
    roots: Sequence[Placed], others: Sequence[Placed], ties: Sequence[Tie], name: str
) -> Drawing:
    """Some nodes with all *others*, each hanging on its parent, and the ties between any of them.

    Wide, the trees stand one under the other, in columns from their roots to both sides; narrow,
    what hangs on a node stands under it, further in.
    """
    children: dict[str, list[Placed]] = {}
    for placed in others:
        children.setdefault(placed.parent or "", []).append(placed)
    hanging = {frozenset((p.node.iri, p.parent or "")) for p in others}
    if name == WIDE:
        return _wide(roots, children, _links(ties), hanging)
    return _narrow(roots, children, _links(ties), hanging)


Links = Sequence[tuple[Tie, ...]]
Children = Mapping[str, Sequence[Placed]]
Pairs = set[frozenset[str]]


def _links(ties: Iterable[Tie]) -> list[tuple[Tie, ...]]:
    """The ties of each pair of nodes together, in the order of the first."""
    pairs: dict[frozenset[str], list[Tie]] = {}
    for tie in ties:
        pairs.setdefault(frozenset((tie.source, tie.target)), []).append(tie)
    return [tuple(found) for found in pairs.values()]


def _wide(roots: Sequence[Placed], children: Children, links: Links, hanging: Pairs) -> Drawing:
    sheet = _Sheet(SIZES[WIDE])
    halves = [_halves(root, children) for root in roots]
    before = max((_depth(left, children) for left, _right in halves), default=0)
    count = before + 1 + max((_depth(right, children) for _left, right in halves), default=0)
    room = sheet.type.width - 2 * _BULGE
    width = min(sheet.type.widest, (room - (count - 1) * sheet.type.gap) / count)
    step = width + sheet.type.gap
    middle, y = _MARGIN + _BULGE * bool(before) + before * step, _MARGIN
    for root, both in zip(roots, halves, strict=True):
        tall = [_side_height(sheet, side, children, width) for side in both]
        height = max(*tall, sheet.tall(root, width))
        sheet.box(root, middle, y + (height - sheet.tall(root, width)) / 2, width)
        for side, total, way in zip(both, tall, (-step, step), strict=True):
            _stand(sheet, side, children, (middle + way, y + (height - total) / 2), way, width)
        y += height + 3 * sheet.type.between
    curves = [
        _curve(sheet.boxes, link, aside=_pair(link) not in hanging, middle=middle) for link in links
    ]
    return sheet.drawing(curves, beside=_BULGE + _MARGIN)


def _halves(root: Placed, children: Children) -> tuple[list[Placed], list[Placed]]:
    """What hangs on a root, to its left and to its right: all to its right where none is there."""
    hanging = children.get(root.node.iri, [])
    left = [placed for placed in hanging if placed.left]
    right = [placed for placed in hanging if not placed.left]
    return (left, right) if right else ([], left)


def _depth(side: Sequence[Placed], children: Children) -> int:
    """How many columns those of one side take."""
    return max((1 + _depth(children.get(p.node.iri, ()), children) for p in side), default=0)


def _side_height(sheet: _Sheet, side: Sequence[Placed], children: Children, width: float) -> float:
    heights = [_branch_height(sheet, placed, children, width) for placed in side]
    return sum(heights) + sheet.type.between * max(0, len(heights) - 1)


def _branch_height(sheet: _Sheet, placed: Placed, children: Children, width: float) -> float:
    below = _side_height(sheet, children.get(placed.node.iri, ()), children, width)
    return max(sheet.tall(placed, width), below)


def _stand(
    sheet: _Sheet,
    side: Sequence[Placed],
    children: Children,
    at: tuple[float, float],
    way: float,
    width: float,
) -> None:
    """Boxes one under the other, each in the middle of what hangs on it, which stands beyond it."""
    x, y = at
    for placed in side:
        room = _branch_height(sheet, placed, children, width)
        sheet.box(placed, x, y + (room - sheet.tall(placed, width)) / 2, width)
        below = children.get(placed.node.iri, ())
        top = y + (room - _side_height(sheet, below, children, width)) / 2
        _stand(sheet, below, children, (x + way, top), way, width)
        y += room + sheet.type.between


def _narrow(roots: Sequence[Placed], children: Children, links: Links, hanging: Pairs) -> Drawing:
    sheet = _Sheet(SIZES[NARROW])
    is_chain = all(len(found) == 1 for found in children.values()) and len(children) > 1
    step = 0.0 if is_chain else sheet.type.gap
    aside = any(_pair(link) not in hanging for link in links)
    right = sheet.type.width - (_BULGE if aside else 0.0) - _MARGIN

    def stand(placed: Placed, x: float, y: float) -> float:
        box = sheet.box(placed, x, y, right - x)
        y = box.y + box.height
        for child in children.get(placed.node.iri, ()):
            y = stand(child, x + step, y + sheet.type.between * (3 if is_chain else 1))
        return y

    low = _MARGIN
    for root in roots:
        low = stand(root, _MARGIN, low) + 2 * sheet.type.between
    curves = [
        _branch(sheet.boxes, link, straight=is_chain)
        if _pair(link) in hanging
        else _curve(sheet.boxes, link, aside=True)
        for link in links
    ]
    return sheet.drawing(curves, beside=sheet.type.width - right)


def _pair(link: Sequence[Tie]) -> frozenset[str]:
    return frozenset((link[0].source, link[0].target))


def _curve(
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
        bulge = min(_BULGE, 14 + 0.06 * abs(one.middle - other.middle))
        far = (min if way < 0 else max)(edges) + way * bulge
    else:
        ways = (1, -1) if one.x < other.x else (-1, 1)
        edges = [box.x if way < 0 else box.right for box, way in zip(both, ways, strict=True)]
        far = sum(edges) / 2
    ends = [(edge, box.middle) for edge, box in zip(edges, both, strict=True)]
    path = f"M{_at(*ends[0])}C{_at(far, ends[0][1])} {_at(far, ends[1][1])} {_at(*ends[1])}"
    tips = {one.node.iri: (ends[0], ways[0]), other.node.iri: (ends[1], ways[1])}
    arrow = "".join(
        f"M{_at(*tips[iri][0])}l{_number(tips[iri][1] * _ARROW)} -4v8z" for iri in _objects(link)
    )
    return Curve(link, path, arrow, aside)


def _branch(boxes: Mapping[str, Box], link: tuple[Tie, ...], *, straight: bool) -> Curve:
    """Down from a box of a list to one that hangs on it: around a corner, or *straight*."""
    above, below = sorted((boxes[link[0].source], boxes[link[0].target]), key=lambda box: box.y)
    x, top = above.x + _TRUNK, above.y + above.height
    if straight:
        path, end = f"M{_at(x, top)}V{_number(below.y)}", f"M{_at(x, below.y)}l-4 -{_ARROW:g}h8z"
    else:
        corner = f"V{_number(below.middle - 8)}Q{_at(x, below.middle)} {_at(x + 8, below.middle)}"
        path = f"M{_at(x, top)}{corner}H{_number(below.x)}"
        end = f"M{_at(below.x, below.middle)}l-{_ARROW:g} -4v8z"
    tips = {below.node.iri: end, above.node.iri: f"M{_at(x, top)}l-4 {_ARROW:g}h8z"}
    return Curve(link, path, "".join(tips[iri] for iri in _objects(link)), aside=False)


def _objects(link: Sequence[Tie]) -> list[str]:
    """The ends that a relation of the link leads to, each once."""
    return list(dict.fromkeys(tie.target for tie in link if tie.kind == RELATION))


def _at(x: float, y: float) -> str:
    return f"{_number(x)} {_number(y)}"


def _number(value: float) -> str:
    return f"{value:.0f}"
