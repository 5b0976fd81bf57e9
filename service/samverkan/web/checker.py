"""Checks worked out in a process of their own, beside the one that answers.

A check of a large graph is busy for long, and threads of Python take turns: in the process that
answers it would hold up everybody. The process is forked while the one that answers has but one
thread, and shares its memory with it.
"""

from __future__ import annotations

import ctypes
import os
import signal
from contextlib import suppress
from datetime import date
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection

from samverkan.checks import Checks, Finding
from samverkan.checks.validation import Result
from samverkan.language import language

# After queries from outside that run for long, which somebody waits for (samverkan.isolation).
_NICENESS = 15

Told = tuple[list[Result], dict[str, tuple[Finding, ...]]]


class Checker:
    """A process that works out what is amiss as of a day. One question at a time."""

    def __init__(self, checks: Checks) -> None:
        ours, theirs = get_context("fork").Pipe()
        self._connection = ours
        process = get_context("fork").Process(target=_answer, args=(theirs, ours, checks))
        process.daemon = True  # it ends with this process
        process.start()
        theirs.close()

    def told(self, on_date: date, codes: tuple[str, ...]) -> Told | None:
        """All results as of that day, and what they say in each language.

        None where the process cannot tell: it is gone, or something is wrong with the shapes.
        """
        try:
            self._connection.send((on_date, codes))
            told: Told | None = self._connection.recv()
        except (EOFError, OSError):
            return None
        return told


def can_be() -> bool:
    """Whether there are such processes here."""
    return "fork" in get_all_start_methods()


def _answer(connection: Connection, other_end: Connection, checks: Checks) -> None:
    """The life of the process: answers until nobody can ask any more."""
    other_end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the process that answers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(OSError, AttributeError):  # Linux: PR_SET_PDEATHSIG
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    os.nice(_NICENESS)
    with suppress(EOFError, OSError):
        while True:
            on_date, codes = connection.recv()
            connection.send(_told(checks, on_date, codes))


def _told(checks: Checks, on_date: date, codes: tuple[str, ...]) -> Told | None:
    try:
        results = checks.results(on_date)
        told = {code: checks.findings(results, on_date, language(code)) for code in codes}
    except Exception:  # whoever asks works it out itself, and tells what is wrong
        return None
    return results, told
