"""How far a graph is loaded: a bar on a terminal, and a line for each step elsewhere."""

from __future__ import annotations

import sys
from typing import Any

import click

from samverkan.language import Language


class Loading:
    """Hears how far it is, and tells so on standard error."""

    def __init__(self, spoken: Language) -> None:
        self._spoken = spoken
        self._step = ""
        self._bar: Any = None

    def __call__(self, step: str, done: int, count: int) -> None:
        """*done* of *count* parts of a step are done; a step begins when it is first told of."""
        if step != self._step:
            self._step = step
            self._begin(self._spoken.say(step), count)
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)
            if done >= count:
                self._bar.render_finish()
                self._bar = None

    def _begin(self, told: str, count: int) -> None:
        if sys.stderr.isatty():
            self._bar = click.progressbar(length=count, label=told, file=sys.stderr)
        else:
            click.echo(f"{told} …", err=True)
