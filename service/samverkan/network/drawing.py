"""What a drawing is made of: boxes with lines of text, and the curves between them, as numbers."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.network.model import Node, Tie

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
INSIDE, LEADING, BASELINE, LEAST = 11.0, 1.28, 0.78, 44.0
# Around boxes: the margin, how far an arc may go aside, where a list's lines run, a tip's length.
MARGIN, BULGE, TRUNK, ARROW = 3.0, 34.0, 13.0, 7.0


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
