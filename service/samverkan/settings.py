"""What the service is configured with, in one place; nothing is read from anywhere else."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from samverkan.errors import InputError
from samverkan.isolation import Limits
from samverkan.language import mark as _
from samverkan.origin import Origin
from samverkan.wire import Endpoint

LOG_FORMATS = ("text", "json")
LOG_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True)
class Settings:
    """How the service runs. Each is an option of ``samverkan serve``, but the last two.

    ``content``: a folder of the user's own, or None for the bundled content; ``store``: a folder
    that the graph is kept in, or None: it is in memory; ``endpoint``: another engine that holds the
    graph, or None; ``limits``: of queries from outside; ``sources``: a folder with the documents'
    texts, None where they are not shown;
    ``operator``, ``contact``: who runs the service, and how to reach them; ``processes``: each with
    the whole graph; ``public_url``: scheme and host that people reach the service by, where a proxy
    stands before it; ``trusted_hosts``: names that it answers by besides, ``.example.org`` for all
    below that one; ``request_bytes``: of a body; ``header_seconds``: in which a request must tell
    what it wants; ``drain_seconds``: between the order to stop and the end, in which it answers but
    is not ready.

    ``state`` is a folder that its processes share, or None where there is but one; ``started`` is
    the time at which it was started, in seconds since 1970.
    """

    content: Path | None = None
    limits: Limits = field(default_factory=Limits)
    endpoint: Endpoint | None = None
    sources: Path | None = None
    operator: str | None = None
    contact: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 1
    public_url: str | None = None
    trusted_hosts: tuple[str, ...] = ()
    request_bytes: int = 1 << 20
    header_seconds: int = 10
    drain_seconds: float = 0.0
    log_format: str = LOG_FORMATS[0]
    log_level: str = "info"
    store: Path | None = None
    state: Path | None = None
    started: float = field(default_factory=time.time)

    def __post_init__(self) -> None:
        """Refuse a public address that would not lead here, and two places for one graph.

        Raises:
            InputError: it is no address, or one below the root of its host; or there are two.
        """
        if self.store is not None and self.endpoint is not None:
            raise InputError(_("--store and --engine are two places for one graph: give one."))
        if self.public_url is not None and not _is_root(self.public_url):
            raise InputError(
                _("“{url}” is no address of a service: write it as https://graph.example.org."),
                url=self.public_url,
            )

    @property
    def origin(self) -> Origin:
        """Where the graph comes from."""
        return Origin(self.content, self.store, self.endpoint)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names that the service answers by; none: by any."""
        public = urlsplit(self.public_url).netloc if self.public_url else ""
        return (*([public] if public else []), *self.trusted_hosts)

    @property
    def stopping(self) -> Path | None:
        """The file that is there as soon as the service has been told to stop."""
        return self.state / "stopping" if self.state else None


def _is_root(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _port = parts.port  # raises where it is no number
    except ValueError:
        return False
    rest = parts.path.strip("/") + parts.query + parts.fragment
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and not rest
        and "@" not in parts.netloc
        and not any(character.isspace() or character == "\\" for character in url)
    )
