"""Where everything stands: boxes with their text, and the lines between them, as plain numbers.

Each node is a box that has room for its label, so that no label is ever over another, and a box is
found again where it was: nothing is left to chance, the same part gives the same picture. There are
two drawings of it: a wide one, in columns, and a narrow one for phones, a list with its lines at
the side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from samverkan.network import curves, text
from samverkan.network.drawing import (
    BASELINE,
    BULGE,
    INSIDE,
    LEADING,
    LEAST,
    MARGIN,
    NARROW,
    SIZES,
    WIDE,
    Box,
    Curve,
    Drawing,
    Line,
    Placed,
    Type,
)
from samverkan.network.model import Tie


class _Sheet:
    """A drawing in the making: the boxes so far, and where lines meet them."""

    def __init__(self, type_: Type) -> None:
        self.type = type_
        self.boxes: dict[str, Box] = {}

    def tall(self, placed: Placed, width: float) -> float:
        """How high the box of a node must be."""
        written = self._written(placed, width)
        return max(LEAST, self._text_height(written) + 1.4 * INSIDE)

    def box(self, placed: Placed, x: float, y: float, width: float) -> Box:
        """A box for a node with its upper left corner there, as high as its text needs."""
        written = self._written(placed, width)
        height = max(LEAST, self._text_height(written) + 1.4 * INSIDE)
        at = y + (height - self._text_height(written)) / 2
        parts = []
        for size, words in written:
            step = size * LEADING
            start = at + BASELINE * step
            parts.append(
                tuple(Line(w, size, x + INSIDE, start + n * step) for n, w in enumerate(words))
            )
            at += step * len(words)
        made = Box(placed.node, x, y, width, height, *parts)
        self.boxes[placed.node.iri] = made
        return made

    def _text_height(self, written: Sequence[tuple[float, list[str]]]) -> float:
        return sum(size * LEADING * len(words) for size, words in written)

    def _written(self, placed: Placed, width: float) -> list[tuple[float, list[str]]]:
        """What stands over the label, the label and what stands under it: their size and lines."""
        size, room = self.type, width - 2 * INSIDE
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
            height=low + MARGIN,
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
        return _wide(roots, children, curves.links(ties), hanging)
    return _narrow(roots, children, curves.links(ties), hanging)


Links = Sequence[tuple[Tie, ...]]
Children = Mapping[str, Sequence[Placed]]
Pairs = set[frozenset[str]]


def _wide(roots: Sequence[Placed], children: Children, links: Links, hanging: Pairs) -> Drawing:
    sheet = _Sheet(SIZES[WIDE])
    halves = [_halves(root, children) for root in roots]
    before = max((_depth(left, children) for left, _right in halves), default=0)
    count = before + 1 + max((_depth(right, children) for _left, right in halves), default=0)
    room = sheet.type.width - 2 * BULGE
    width = min(sheet.type.widest, (room - (count - 1) * sheet.type.gap) / count)
    step = width + sheet.type.gap
    middle, y = MARGIN + BULGE * bool(before) + before * step, MARGIN
    for root, both in zip(roots, halves, strict=True):
        tall = [_side_height(sheet, side, children, width) for side in both]
        height = max(*tall, sheet.tall(root, width))
        sheet.box(root, middle, y + (height - sheet.tall(root, width)) / 2, width)
        for side, total, way in zip(both, tall, (-step, step), strict=True):
            _stand(sheet, side, children, (middle + way, y + (height - total) / 2), way, width)
        y += height + 3 * sheet.type.between
    drawn = [
        curves.curve(sheet.boxes, link, aside=aside, middle=middle)
        for link in links
        for aside in [curves.pair(link) not in hanging]
    ]
    return sheet.drawing(drawn, beside=BULGE + MARGIN)


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
    aside = any(curves.pair(link) not in hanging for link in links)
    right = sheet.type.width - (BULGE if aside else 0.0) - MARGIN

    def stand(placed: Placed, x: float, y: float) -> float:
        box = sheet.box(placed, x, y, right - x)
        y = box.y + box.height
        for child in children.get(placed.node.iri, ()):
            y = stand(child, x + step, y + sheet.type.between * (3 if is_chain else 1))
        return y

    low = MARGIN
    for root in roots:
        low = stand(root, MARGIN, low) + 2 * sheet.type.between
    drawn = [
        curves.branch(sheet.boxes, link, straight=is_chain)
        if curves.pair(link) in hanging
        else curves.curve(sheet.boxes, link, aside=True)
        for link in links
    ]
    return sheet.drawing(drawn, beside=sheet.type.width - right)
