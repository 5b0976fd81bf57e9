"""A full check beside pyshacl's own run: the same results first, then how long each takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from pyoxigraph import DefaultGraph

import reference
from benchmarks.comparison import DisagreementError
from benchmarks.findings import Check
from reference import Told
from samverkan import checks, content, knowledge
from samverkan.checks import Checks, Result
from samverkan.language import language

Found = TypeVar("Found")


def measured(folder: Path, *, beside: bool) -> Check:
    """A check of the content in *folder*, loaded before: seconds of the processor.

    Args:
        folder: the content.
        beside: whether pyshacl runs on the same graph, too.

    Raises:
        DisagreementError: pyshacl finds something else.
    """
    found, day = content.find(folder), date.today()
    dataset = knowledge.load(folder).dataset
    checking = checks.load(found, dataset)
    results, seconds = _timed(lambda: checking.results(day))
    _list, telling = _timed(lambda: _told(checking, results, day))
    own = None
    if beside:
        data = reference.copied(dataset.engine.quads_for_pattern(None, None, None, DefaultGraph()))
        shapes = reference.shapes_of(found.shapes, day)
        report, own = _timed(lambda: reference.report_on(data, shapes))
        agree(reference.told_by(results, checking.shapes), reference.told_in(report, shapes))
    return Check(len(results), seconds, telling, own)


def agree(ours: set[Told], theirs: set[Told]) -> None:
    """Hold our results against pyshacl's.

    Raises:
        DisagreementError: they are not the same.
    """
    if ours != theirs:
        lacking, more = theirs - ours, ours - theirs
        raise DisagreementError(
            f"a check finds {len(lacking)} fewer and {len(more)} more than pyshacl:"
            f"\n{[*lacking][:2]}\n{[*more][:2]}"
        )


def _told(checking: Checks, results: list[Result], day: date) -> checks.Todo:
    return checks.todo(checking.findings(results, day, language("sv")), day)


def _timed(work: Callable[[], Found]) -> tuple[Found, float]:
    began = time.process_time()
    return work(), time.process_time() - began
