"""What is worked out before anybody asks: the work list of the day, what the start page offers."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread

from flask import Flask

from samverkan.errors import SamverkanError
from samverkan.web import checks, start


def begin(app: Flask, *, forking: bool = True) -> None:
    """Work it out beside whatever else *app* does.

    While this process has one thread, it may be *forking* another one that works out the list.
    """
    if forking:
        checks.fork(app)
    Thread(target=_work_out, args=(app,), daemon=True).start()


def _work_out(app: Flask) -> None:
    for prepare in (checks.prepare, start.prepare):
        with suppress(SamverkanError):  # whoever asks for it is told
            prepare(app)
