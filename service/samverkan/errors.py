"""Everything that can go wrong and be told to a person.

::

    SamverkanError
    ├── ContentError          ontology/, data/ or queries/ is missing or broken
    ├── StoreError            the folder that the graph is kept in cannot be used
    ├── AddressError          the service cannot listen where it is told to
    ├── OutputError           a file cannot be written
    ├── EngineError           the engine elsewhere that holds the graph does not answer
    │   ├── EngineSlowError   in time
    │   └── EngineOverflowError  in as few bytes as are taken
    ├── InputError            what was sent cannot be read
    │   ├── DocumentError     a folder of documents, or a file in it, that cannot be read
    │   ├── MediaTypeError    a body of a kind that is not read
    │   ├── ParameterError    a value that its parameter does not take
    │   ├── QuestionError     a question that is empty, too long or no text
    │   ├── QuerySyntaxError  SPARQL that does not parse
    │   └── TooLongError      a query that is longer than is read
    ├── RefusedError          SPARQL that parses and is not allowed here
    ├── NotAcceptableError    a result that comes in none of the formats wanted
    ├── NotFoundError         no such query, thing or page
    │   ├── PassageError      a text that stands in none of the documents
    │   └── UnknownNameError  no thing bears that name; carries the nearest ones
    │       └── WrongKindError    things of another kind than was asked for do
    ├── AmbiguousNameError    several things bear that name; carries them
    └── LimitError            a query that took more than it may
        ├── TimeLimitError    time
        ├── SizeLimitError    bytes of result
        ├── WorkerLostError   memory, or the engine itself gave up
        │   └── WorkerKilledError  somebody else ended it
        └── BusyError         no worker became free in time

A message is an English text with named places, which is also its key in the catalogues of
translations (:mod:`samverkan.language`); the values fill the places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from samverkan.match import Match


class SamverkanError(Exception):
    """An error with a message that can be told in any of the languages.

    ``parameter`` is the name of the parameter whose value it is about, where there is one.
    """

    parameter: str | None = None

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.told(lambda text: text)

    def told(self, translate: Callable[[str], str]) -> str:
        """The message in the language of *translate*, with its values in place."""
        values = {name: _told(value, translate) for name, value in self.values.items()}
        return translate(self.message).format(**values)


def _told(value: object, translate: Callable[[str], str]) -> object:
    """A value of a message; several errors in one are told a line each."""
    if isinstance(value, tuple):
        return "\n".join(str(error.told(translate)) for error in value)
    return value


class ContentError(SamverkanError):
    """The content folders are missing or broken; the message names file and line."""


class StoreError(SamverkanError):
    """The folder that the graph is kept in cannot be used."""


class AddressError(SamverkanError):
    """The service cannot listen where it is told to."""


class OutputError(SamverkanError):
    """A file cannot be written."""


class EngineError(SamverkanError):
    """The engine elsewhere that holds the graph is not there, or gives no answer."""


class EngineSlowError(EngineError):
    """The engine elsewhere takes longer than it may."""


class EngineOverflowError(EngineError):
    """The engine elsewhere gives more bytes than are taken."""


class InputError(SamverkanError):
    """What was sent cannot be read."""


class DocumentError(InputError):
    """A folder of documents, or a file in it, that cannot be read."""


class MediaTypeError(InputError):
    """A body whose media type, or coding, is none that is read."""


class ParameterError(InputError):
    """A parameter got a value that it does not take, or none where it needs one."""


class QuestionError(InputError):
    """A question that is empty, too long or no text."""


class QuerySyntaxError(InputError):
    """A text that is no SPARQL 1.1 query."""


class TooLongError(InputError):
    """A query that is longer than is read."""


class NotAcceptableError(SamverkanError):
    """A result that comes in none of the formats that the caller takes."""


class RefusedError(SamverkanError):
    """A query that would change, fetch or reach something outside the graph."""


class NotFoundError(SamverkanError):
    """No such query, thing or page."""


class PassageError(NotFoundError):
    """A text that stands in none of the documents; the message has the nearest passage."""


class UnknownNameError(NotFoundError):
    """No thing bears the name; *nearest* looks for those that come closest, where that is asked."""

    def __init__(
        self, message: str, nearest: Callable[[], Sequence[Match]] = tuple, **values: object
    ) -> None:
        super().__init__(message, **values)
        self._nearest = nearest

    @cached_property
    def nearest(self) -> tuple[Match, ...]:
        """The things whose names come closest, nearest first."""
        return tuple(self._nearest())


class WrongKindError(UnknownNameError):
    """The name is borne only by things of other kinds; *nearest* holds them."""


class AmbiguousNameError(SamverkanError):
    """Several things bear the name; *candidates* holds them."""

    def __init__(self, message: str, candidates: Sequence[Match], **values: object) -> None:
        super().__init__(message, **values)
        self.candidates = tuple(candidates)


class LimitError(SamverkanError):
    """A query that took more than it may."""


class TimeLimitError(LimitError):
    """A query that ran longer than its limit and was stopped."""


class SizeLimitError(LimitError):
    """A result of more bytes than the limit."""


class WorkerLostError(LimitError):
    """The process that ran the query ended: out of memory, or the engine gave up."""


class WorkerKilledError(WorkerLostError):
    """The process that ran the query was ended by somebody else: no fault of the query."""


class BusyError(LimitError):
    """No worker became free in time."""
