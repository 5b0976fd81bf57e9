"""What is missing, stale or contradictory in the graph: SHACL, told as a to-do list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samverkan.checks import acknowledgements, report, shapes, text, validation
from samverkan.checks.acknowledgements import Acknowledgement
from samverkan.checks.shapes import SHAPE, Shapes
from samverkan.checks.todo import SEVERITIES, Finding, Line, Todo, todo
from samverkan.checks.validation import Progress, Result
from samverkan.checks.window import Window
from samverkan.checks.wording import Teller
from samverkan.content import Content
from samverkan.engine import Engine
from samverkan.language import CODES, Language
from samverkan.store import Dataset

__all__ = [
    "SEVERITIES",
    "Checks",
    "Finding",
    "Line",
    "Result",
    "Todo",
    "chosen",
    "load",
    "text",
    "todo",
]


@dataclass(frozen=True)
class Checks:
    """The shapes and acknowledgements of a content, ready to be held against its graph."""

    store: Engine
    shapes: Shapes
    acknowledgements: tuple[Acknowledgement, ...]

    def results(self, on_date: date, progress: Progress | None = None) -> list[Result]:
        """All that the shapes find, as of a day; *progress* hears how far it is.

        Raises:
            ContentError: a shape cannot be used.
        """
        return validation.validate(self.shapes, self.store, on_date, progress)

    def findings(
        self, results: Sequence[Result], on_date: date, language: Language
    ) -> tuple[Finding, ...]:
        """*results*, as of that day, told in *language*, but for what was amiss only later."""
        teller = self._teller(on_date, language.code)
        found = (teller.finding(result) for result in results)
        return tuple(each for each in found if each.since is None or each.since <= on_date)

    def of_thing(self, iri: str, on_date: date, language: Language) -> tuple[Finding, ...]:
        """What is amiss with one thing, found without looking at the rest: milliseconds."""
        results = validation.validate_thing(self.shapes, self.store, on_date, iri)
        return self.findings(results, on_date, language)

    def turtle(self, results: Sequence[Result], on_date: date) -> str:
        """The SHACL validation report of *results*, with messages in all languages."""
        return report.turtle(results, [self._teller(on_date, code) for code in CODES])

    def names(self) -> list[str]:
        """The names of the checks."""
        return [str(check).removeprefix(SHAPE) for check in self.shapes.checks()]

    def _teller(self, on_date: date, code: str) -> Teller:
        window = Window(self.store, on_date)
        return Teller(self.shapes, window, code, self.acknowledgements, on_date)


def chosen(results: Sequence[Result], listed: Todo) -> list[Result]:
    """Those of *results* that the list has."""
    wanted = {(f.check, f.thing.iri, f.severity) for f in listed.findings}
    return [
        result
        for result in results
        if (str(result.shape).removeprefix(SHAPE), str(result.focus), result.severity) in wanted
    ]


def load(content: Content, dataset: Dataset) -> Checks:
    """The checks of *content*, over the graph that was loaded from it.

    Raises:
        ContentError: naming file and line, for broken shapes or acknowledgements.
    """
    read = shapes.read(content)
    names = [str(check).removeprefix(SHAPE) for check in read.checks()]
    accepted = acknowledgements.read(content, dataset.engine, names)
    return Checks(dataset.engine, read, accepted)
