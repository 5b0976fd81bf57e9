"""The options of ``samverkan serve``, from the command line or the environment, as settings."""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from samverkan.isolation import Limits
from samverkan.settings import LOG_FORMATS, LOG_LEVELS, Settings
from samverkan.wire import Endpoint

PREFIX = "SAMVERKAN"
_OF_SERVE = f"{PREFIX}_SERVE_"
_SIZE = re.compile(r"(\d{1,18}) ?(|[KMG]i?)B?", re.IGNORECASE)
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_MOST = 1 << 40

Command = TypeVar("Command", bound=Callable[..., Any])


class Size(click.ParamType[int]):
    """Bytes: a number, also of KiB, MiB or GiB."""

    name = "size"

    def __init__(self, least: int) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number of bytes that *value* writes out."""
        written = _SIZE.fullmatch(str(value).strip())
        if written is None:
            self.fail(f"{value!r} is no size; write 1048576, 1024KiB or 1MiB.", param, ctx)
        size = int(written[1]) * _UNITS[written[2][:1].upper()]
        if size < self.least or size > _MOST:
            self.fail(f"{value!r} is not in {shown(self.least)}–{shown(_MOST)}.", param, ctx)
        return size


def shown(size: int) -> str:
    """*size* in the largest unit that it is a whole number of."""
    for unit in ("G", "M", "K"):
        if size % _UNITS[unit] == 0:
            return f"{size // _UNITS[unit]}{unit}iB"
    return str(size)


class Secret(click.ParamType[str]):
    """What others could read on a command line: taken from the environment only."""

    name = "secret"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, without what surrounds it."""
        source = ctx.get_parameter_source(str(param.name)) if ctx and param else None
        if source is ParameterSource.COMMANDLINE:
            self.fail("it can be seen there; set the variable of the environment.", param, ctx)
        if not (secret := str(value).strip()).isprintable():
            self.fail("it has characters that cannot be sent.", param, ctx)
        return secret


@dataclass(frozen=True)
class Option:
    """An option and the field of the settings that it is; it shows its default and variable."""

    field: str
    flag: str
    type_: click.ParamType[Any]
    default: object
    told: str
    metavar: str | None = None
    multiple: bool = False

    @property
    def name(self) -> str:
        """What click calls its value."""
        return self.flag.removeprefix("--").replace("-", "_")

    def __call__(self, command: Command) -> Command:
        """*command* with this option."""
        default = self.default
        if isinstance(self.type_, Size) and isinstance(default, int):
            default = shown(default)
        decorated = click.option(
            self.flag,
            type=self.type_,
            default=default,
            help=self.told,
            metavar=self.metavar,
            multiple=self.multiple,
            show_default=bool(default) or default == 0,
            show_envvar=True,
        )
        return decorated(command)


LIMITS = (
    Option(
        "seconds",
        "--timeout",
        click.FloatRange(0.1, 3600),
        Limits.seconds,
        "Seconds that a query to /sparql may run before it is killed.",
    ),
    Option(
        "workers",
        "--query-workers",
        click.IntRange(1, 64),
        Limits.workers,
        "Queries to /sparql that may run at a time, per process.",
    ),
    Option(
        "waiting",
        "--query-waiting",
        click.IntRange(0, 1024),
        Limits.waiting,
        "Further queries that may wait for their turn; more are refused with 503.",
    ),
    Option(
        "patience",
        "--query-patience",
        click.FloatRange(0, 600),
        Limits.patience,
        "Seconds that a query may wait for its turn before it is refused with 503.",
    ),
    Option(
        "memory",
        "--query-memory",
        Size(64 << 20),
        Limits.memory,
        "Memory that a query may take.",
    ),
    Option(
        "result",
        "--result-bytes",
        Size(1 << 10),
        Limits.result,
        "Bytes that the result of a query may have.",
    ),
    Option(
        "rows",
        "--result-rows",
        click.IntRange(1, 100_000_000),
        Limits.rows,
        "Rows, or triples, that the result of a query may have.",
    ),
)
ENGINE = (
    Option(
        "address",
        "--engine",
        click.STRING,
        None,
        "A SPARQL 1.1 endpoint that holds the graph, instead of this process: loaded with what"
        " `samverkan export --merged` writes. It must be up when the service starts.",
        metavar="URL",
    ),
    Option(
        "authorization",
        "--engine-authorization",
        Secret(),
        None,
        "The header Authorization for that endpoint; only by its variable.",
        metavar="VALUE",
    ),
    Option(
        "seconds",
        "--engine-timeout",
        click.FloatRange(0.1, 3600),
        Endpoint.seconds,
        "Seconds that the endpoint may take for an answer, before the service gives 503.",
    ),
    Option(
        "refresh",
        "--engine-refresh",
        click.FloatRange(0.1, 86400),
        Endpoint.refresh,
        "Seconds between looks at whether the graph there has changed; more where a look takes"
        " long.",
    ),
)
OTHERS = (
    Option(
        "store",
        "--store",
        click.Path(path_type=Path),
        None,
        "A folder to keep the graph in. It is loaded into it once, and then opened from there for"
        " as long as the content is the same: for graphs that take long to load.",
        metavar="DIR",
    ),
    Option(
        "sources",
        "--sources",
        click.Path(path_type=Path),
        None,
        "A folder with the texts of the documents: each passage can then be read in its context."
        " A text must have the checksum that the graph notes.",
        metavar="DIR",
    ),
    Option(
        "operator",
        "--operator",
        click.STRING,
        None,
        "Who runs the service, as its pages on accessibility and personal data tell.",
        metavar="NAME",
    ),
    Option(
        "contact",
        "--contact",
        click.STRING,
        None,
        "How to reach them: an address of mail or of a page, or a number to call.",
        metavar="ADDRESS",
    ),
    Option("host", "--host", click.STRING, Settings.host, "The address to listen on."),
    Option("port", "--port", click.IntRange(1, 65535), Settings.port, "The port to listen on."),
    Option(
        "processes",
        "--workers",
        click.IntRange(1, 64),
        Settings.processes,
        "Web processes; each holds the whole graph.",
    ),
    Option(
        "public_url",
        "--public-url",
        click.STRING,
        None,
        "What people reach the service by, https://graph.example.org: it stands in absolute"
        " addresses, and requests by another host are refused.",
        metavar="URL",
    ),
    Option(
        "trusted_hosts",
        "--trusted-host",
        click.STRING,
        (),
        "A host that requests may come by, too; .example.org for all below it. Several: repeat it,"
        " or separate them by spaces in the variable.",
        multiple=True,
        metavar="HOST",
    ),
    Option(
        "request_bytes",
        "--request-bytes",
        Size(1 << 10),
        Settings.request_bytes,
        "Bytes that the body of a request may have.",
    ),
    Option(
        "header_seconds",
        "--header-timeout",
        click.IntRange(1, 60),
        Settings.header_seconds,
        "Seconds in which a client must have sent the head of its request.",
    ),
    Option(
        "drain_seconds",
        "--drain",
        click.FloatRange(0, 600),
        Settings.drain_seconds,
        "Seconds to go on answering once told to stop, while /health/ready says 503.",
    ),
    Option(
        "log_format",
        "--log-format",
        click.Choice(LOG_FORMATS),
        None,
        "How a line of the log is written (default: text on a terminal, else json).",
    ),
    Option(
        "log_level",
        "--log-level",
        click.Choice(LOG_LEVELS),
        Settings.log_level,
        "What is logged; debug adds requests for health and metrics, and what errors say, which"
        " may quote what was asked.",
    ),
)


def serve_options(command: Command) -> Command:
    """*command* with all options of ``samverkan serve``."""
    for option in reversed([*OTHERS, *ENGINE, *LIMITS]):
        command = option(command)
    return command


def settings(content: Path | None, given: dict[str, Any]) -> Settings:
    """The settings that the values *given* to the options make.

    Raises:
        InputError: one of them cannot be used.
    """
    limits = Limits(**{option.field: given[option.name] for option in LIMITS})
    values = {option.field: given[option.name] for option in OTHERS}
    if values["log_format"] is None:
        values["log_format"] = "text" if sys.stdout.isatty() else "json"
    told = {option.field: given[option.name] for option in ENGINE}
    endpoint = Endpoint(**told) if told["address"] else None
    return Settings(content=content, endpoint=endpoint, limits=limits, **values)


def refuse_unknown_variables(command: click.Command) -> None:
    """Refuse variables that look like options of *command* and are none: they would be passed over.

    Raises:
        click.UsageError: naming the first, and the nearest that there is.
    """
    known = {f"{_OF_SERVE}{str(each.name).upper()}" for each in command.params}
    for name in sorted(os.environ):
        if name.startswith(_OF_SERVE) and name not in known:
            nearest = difflib.get_close_matches(name, sorted(known), n=1)
            hint = f" Did you mean {nearest[0]}?" if nearest else ""
            raise click.UsageError(f"There is no option for the variable {name}.{hint}")
