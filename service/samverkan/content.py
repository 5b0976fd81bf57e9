"""Where ontology/, data/ and queries/ are: in a wheel, a checkout, or a folder of one's own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from samverkan.errors import ContentError
from samverkan.language import mark as _

_TURTLE = re.compile(r"[.](ttl|turtle)([.]txt)?$", re.IGNORECASE)
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Content:
    """The folders that a graph and its questions are made of.

    A query is looked for in the last of the folders of queries first.
    """

    ontology: Path
    data: Path
    queries: tuple[Path, ...]

    def graph_files(self) -> Iterator[Path]:
        """The Turtle files that make the graph, in a fixed order.

        The shapes are no part of it: they say how the graph should be, not what it holds.
        """
        yield from (self.ontology / "samverkan.ttl", self.ontology / "schemes.ttl")
        yield from (self.data / "organizations.ttl", self.data / "people.ttl")
        yield from sorted((self.data / "sources").glob("*.ttl"))

    def unread_files(self) -> Iterator[tuple[Path, bool]]:
        """Files that look like Turtle and are not read; whether it is their name that hinders."""
        read = {*self.graph_files(), self.acknowledgements, self.retired, self.catalog}
        for folder in (self.data, self.data / "sources", self.data.parent / "sources"):
            for path in sorted(folder.glob("*")):
                if _TURTLE.search(path.name) and path not in read:
                    yield path, path.suffix != ".ttl"

    @property
    def shapes(self) -> Path:
        """The file of the checks: the bundled one, where the ontology of one's own has none."""
        own = self.ontology / "shapes.ttl"
        return own if own.exists() else _bundled().ontology / "shapes.ttl"

    @property
    def acknowledgements(self) -> Path:
        """The file of gaps that are known and accepted, which need not be there."""
        return self.data / "acknowledgements.ttl"

    @property
    def catalog(self) -> Path:
        """What whoever gives the data out says of them, in a file that need not be there."""
        return self.data / "catalog.ttl"

    @property
    def context(self) -> Path:
        """The JSON-LD context."""
        return self.ontology / "context.jsonld"

    @property
    def retired(self) -> Path:
        """The addresses that are used no more, in a file that need not be there."""
        return self.data / "retired.ttl"

    def version(self) -> str:
        """A digest of the graph's files: equal for equal content, new with every change."""
        return version((path.name, _bytes_of(path)) for path in self.graph_files())


def version(files: Iterable[tuple[str, bytes]]) -> str:
    """The digest of files, given as their names and what is in them."""
    digest = hashlib.sha256()
    for name, text in files:
        digest.update(f"{name}:{len(text)}\n".encode())
        digest.update(text)
    return digest.hexdigest()[:16]


def find(folder: Path | None = None) -> Content:
    """The content in *folder*, or else the bundled one.

    A folder of the user's own may hold any of ``ontology``, ``data`` and ``queries``; what it
    lacks is taken from the bundled content. Its queries stand beside the bundled ones, or in the
    place of one that has the same name.

    Raises:
        ContentError: where *folder* is none, or holds none of the three.
    """
    bundled = _bundled()
    if folder is None:
        return _complete(bundled)
    if not folder.is_dir():
        raise ContentError(_("There is no folder {folder}."), folder=folder)
    own = {name: folder / name for name in ("ontology", "data", "queries")}
    if not any(path.is_dir() for path in own.values()):
        raise ContentError(
            _("{folder} holds none of the folders ontology, data and queries."), folder=folder
        )
    return _complete(
        Content(
            ontology=own["ontology"] if own["ontology"].is_dir() else bundled.ontology,
            data=own["data"] if own["data"].is_dir() else bundled.data,
            queries=bundled.queries + ((own["queries"],) if own["queries"].is_dir() else ()),
        )
    )


def _bundled() -> Content:
    """The packaged folders if they are there, else the checkout's."""
    packaged = _PACKAGE / "_content"
    root = packaged if packaged.is_dir() else _PACKAGE.parent.parent
    return Content(root / "ontology", root / "data", (root / "queries",))


def _complete(content: Content) -> Content:
    for path in (*content.graph_files(), *content.queries):
        if not path.exists():
            raise ContentError(_("{path} is missing."), path=path)
    return content


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ContentError(
            _("{path} cannot be read: {reason}."), path=path, reason=error.strerror
        ) from error
