"""The log: a line a request, as JSON or as text, without what was asked or who asked.

Errors that nobody foresaw stand in it with the lines of code that they went through. What such an
error says may quote what was asked: that is logged on the level ``debug`` only.
"""

from __future__ import annotations

import json
import logging
import time
import traceback
from types import TracebackType
from typing import Any

from flask import Flask, Response
from pythonjsonlogger.json import JsonFormatter

from samverkan.web import requests

_LOG = logging.getLogger("samverkan.requests")
_ERRORS = logging.getLogger("samverkan.errors")
_TIME = "%Y-%m-%dT%H:%M:%S"
_OF_A_REQUEST = ("request_id", "route", "method", "status", "milliseconds", "bytes")
_written = json.JSONEncoder(ensure_ascii=False).encode

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def configuration(style: str, level: str) -> dict[str, Any]:
    """The logging of a process that serves, as :func:`logging.config.dictConfig` takes it."""
    formatter = {"json": "samverkan.web.logs.Json", "text": "samverkan.web.logs.Text"}[style]
    console = {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"}
    logger = {"handlers": ["console"], "level": level.upper(), "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter, "quoting": level == "debug"}},
        "handlers": {"console": console},
        "loggers": {"samverkan": logger, "_granian": {**logger}},
        "root": {"handlers": ["console"], "level": "WARNING"},
    }


def register(app: Flask) -> None:
    """Have *app* log a line for each request."""
    app.after_request(_line)


def failed(error: Exception) -> None:
    """Log *error*, which nobody foresaw, with the number of the request that it ended."""
    told = requests.told()
    extra = {"request_id": told.number, "route": told.route, "method": told.method}
    _ERRORS.error("unforeseen error", exc_info=error, extra=extra)


def line(told: requests.Told, status: int, length: int) -> None:
    """Log a request that was answered with that status and so many bytes."""
    level = logging.DEBUG if told.watching else logging.INFO
    if not _LOG.isEnabledFor(level):
        return
    # What the method of the logger does besides, to find out where it was called, takes longer.
    record = logging.LogRecord(_LOG.name, level, __file__, 0, "request", None, None)
    record.__dict__.update(
        request_id=told.number,
        route=told.route,
        method=told.method,
        status=status,
        milliseconds=round(told.seconds * 1000, 1),
        bytes=length,
    )
    _LOG.handle(record)


def _line(response: Response) -> Response:
    line(requests.told(), response.status_code, requests.length(response))
    return response


class Json(JsonFormatter):
    """A JSON object a line: time (UTC), level and message first."""

    def __init__(self, quoting: bool = False) -> None:
        super().__init__(json_ensure_ascii=False, exc_info_as_array=True)
        self._quoting = quoting

    def format(self, record: logging.LogRecord) -> str:
        """*record* as a line; that of a request, of which there are many, without ado."""
        if record.name != _LOG.name:
            return super().format(record)
        line = self._began(record)
        line |= {name: record.__dict__[name] for name in _OF_A_REQUEST}
        return _written(line)

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        """Put in *log_data* what every line begins with, and what *record* has besides."""
        log_data |= self._began(record)
        super().add_fields(log_data, record, message_dict)

    def _began(self, record: logging.LogRecord) -> dict[str, Any]:
        """What the line of *record* begins with."""
        level, message = record.levelname.lower(), record.getMessage()
        return {"time": _moment(record), "level": level, "message": message}

    def formatException(self, ei: Any) -> list[str]:  # type: ignore[override]  # noqa: N802
        """The lines of *ei*."""
        return _traceback(ei, quoting=self._quoting).splitlines()


class Text(logging.Formatter):
    """A line to read."""

    def __init__(self, quoting: bool = False) -> None:
        super().__init__()
        self._quoting = quoting

    def format(self, record: logging.LogRecord) -> str:
        """*record* as a line; an error is followed by its own."""
        said = record.__dict__
        if "status" in said:
            message = (
                f"{said['method']} {said['route']} {said['status']}"
                f" {said['milliseconds']} ms {said['bytes']} B"
            )
        else:
            message = record.getMessage()
        number = f" [{said['request_id']}]" if "request_id" in said else ""
        line = f"{_moment(record)} {record.levelname.lower()} {message}{number}"
        if record.exc_info:
            line += "\n" + _traceback(record.exc_info, quoting=self._quoting)
        return line


def _moment(record: logging.LogRecord) -> str:
    return f"{time.strftime(_TIME, time.gmtime(record.created))}.{int(record.msecs):03}Z"


def _traceback(raised: Raised, *, quoting: bool) -> str:
    """The lines of code that *raised* went through, and its class; what it says if *quoting*."""
    error = raised[1]
    if error is None:
        return ""
    if quoting:
        return "".join(traceback.format_exception(error)).rstrip()
    told = []
    while error is not None:
        frames = "".join(traceback.format_tb(error.__traceback__))
        told.append(f"Traceback (most recent call last):\n{frames}{type(error).__qualname__}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\nwhich came from\n\n".join(told)
