"""The throughput of each contender as a picture: SVG, on a scale of powers of ten."""

from __future__ import annotations

import math
from collections.abc import Iterator
from xml.sax.saxutils import escape

from benchmarks.findings import ALONE, ENDPOINT, OURS, RIVAL, Case, Findings

_COLOURS = {OURS: "#1b5e8c", RIVAL: "#c26a1d", ENDPOINT: "#6b7f3a", ALONE: "#8a8a8a"}
_LEFT, _TOP, _BAR, _GAP, _WIDTH = 330, 56, 13, 16, 560
_FONT = 'font-family="sans-serif" font-size="12"'


def svg(found: Findings) -> str:
    """Bars by size and kind of query, one connection; the longer, the more answers a second."""
    groups = list(_groups(found))
    most = max((value for _told, bars in groups for _name, value in bars), default=1.0)
    decades = max(1, math.ceil(math.log10(max(most, 10))))
    height = _TOP + sum(len(bars) * _BAR + _GAP for _told, bars in groups) + 20
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 70} {height}"'
        ' role="img" aria-label="Answers a second of each contender, one connection">',
        f'<rect width="100%" height="100%" fill="#ffffff"/><g {_FONT} fill="#222222">',
        *_legend(),
        *_scale(decades, height),
    ]
    place = _TOP
    for told, bars in groups:
        middle = place + len(bars) * _BAR / 2 + 4
        lines.append(
            f'<text x="{_LEFT - 10}" y="{middle:.0f}" text-anchor="end">{escape(told)}</text>'
        )
        for name, value in bars:
            length = max(1.0, math.log10(max(value, 1)) / decades * _WIDTH)
            lines.append(
                f'<rect x="{_LEFT}" y="{place}" width="{length:.1f}" height="{_BAR - 2}"'
                f' fill="{_COLOURS[name]}"/><text x="{_LEFT + length + 5:.1f}" y="{place + 10}">'
                f"{value:.0f}</text>"
            )
            place += _BAR
        place += _GAP
    return "\n".join([*lines, "</g></svg>", ""])


def _groups(found: Findings) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    seen = dict.fromkeys((case.size, case.workload) for case in found.cases)
    for size, workload in seen:
        cases = [(name, found.cases.get(Case(size, workload, 1, name))) for name in _COLOURS]
        bars = [(name, measured.throughput) for name, measured in cases if measured]
        if len(bars) > 1:
            yield f"{size:,}".replace(",", " ") + f" triples, {workload}", bars


def _legend() -> Iterator[str]:
    for number, (name, colour) in enumerate(_COLOURS.items()):
        x = 20 + number * 150
        yield f'<rect x="{x}" y="12" width="12" height="12" fill="{colour}"/>'
        yield f'<text x="{x + 18}" y="22">{escape(name)}</text>'


def _scale(decades: int, height: int) -> Iterator[str]:
    for power in range(decades + 1):
        x = _LEFT + power / decades * _WIDTH
        yield f'<line x1="{x:.0f}" y1="46" x2="{x:.0f}" y2="{height - 12}" stroke="#dddddd"/>'
        yield f'<text x="{x:.0f}" y="42" text-anchor="middle">{10**power}</text>'
