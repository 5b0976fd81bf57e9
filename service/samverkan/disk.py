"""The graph on disk: loaded into a folder once, opened from there without being parsed again.

::

    DIR/
    ├── samverkan.lock               says whose folder it is; locked by whoever loads
    ├── new/                         what is being loaded, or was when its loader was killed
    └── 3fa90c17e2b84d56-9b1c0e77/   a generation: the version of the content, and who made it
        ├── graph/                   the engine's own files, never changed
        ├── samples.nq               statements from all over the graph
        ├── shelf/                   what was worked out from it (samverkan.shelf)
        └── stamp.json               what it was made from, and how large its files are

A generation gets its name when it is complete and on the disk: it is there as a whole, or not at
all. Whoever serves one holds it (``flock``), and it is not removed before they let go of it.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import stat
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ctypes import CDLL
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zlib import crc32

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Store, parse, serialize

from samverkan import __version__, integrity, store
from samverkan.content import Content
from samverkan.engine import Engine
from samverkan.errors import StoreError
from samverkan.language import mark as _
from samverkan.shelf import Shelf
from samverkan.store import Dataset, Progress, Source, quietly

WRITING = _("The graph is written to disk")

_LOCK, _GRAPH, _SAMPLES, _STAMP = "samverkan.lock", "graph", "samples.nq", "stamp.json"
_NEW, _OLD, _SHELF = "new", "old-", "shelf"
_GENERATION = re.compile(r"[0-9a-f]{16}-[0-9a-f]{8}")
_LEFT_OVER = re.compile(rf"{_NEW}|{_OLD}.*")
# Who has looked through a generation, and can read it: others make one of their own.
_MAKER = f"{crc32(f'1 {__version__} {pyoxigraph.__version__}'.encode()):08x}"
# So many quads are written at a time: more take more memory, fewer make more files.
_BATCH, _SAMPLED = 200_000, 5_000


@dataclass(frozen=True)
class _Generation:
    """The folder of a complete generation, and what its stamp says."""

    folder: Path
    made_from: list[list[Any]]
    sources: tuple[Source, ...]
    sizes: dict[str, int]


def load(folder: Path, content: Content, progress: Progress = quietly) -> Dataset:
    """The dataset of *content* from *folder*; it is loaded into it where it is not there yet.

    Args:
        folder: where the generations are; made where there is none.
        content: what the graph is made from.
        progress: hears how far the loading is, where there is something to load.

    Raises:
        ContentError: the content is new and has faults; what was there before stays.
        StoreError: the folder is somebody else's, damaged, in use by another loader, or cannot be
            written.
    """
    if faults := list(store.unread(content)):
        integrity.refuse(faults)
    with _told(folder):
        _claim(folder)
        if found := _current(folder, content):
            return found
        with _alone(folder):
            found = _current(folder, content)  # another loader may have been quicker
            if found is None:
                _sweep(folder, _LEFT_OVER)
                name = _load(folder, content, progress)
                found = _current(folder, content)
                _sweep(folder, _GENERATION, name)
    if found is None:
        raise StoreError(_("The content was changed while it was loaded. Start again."))
    return found


def for_workers(folder: Path, version: str) -> Dataset:
    """The dataset of that version in *folder*, with all its files open.

    To be forked into processes that can open none.

    Raises:
        StoreError: it is not there, or damaged.
    """
    with _told(folder):
        generation = folder / _name(version)
        found = _held(generation)
        if found is None:
            raise StoreError(_("{folder} is gone."), folder=generation)
        _open_all(found.engine, generation / _SAMPLES)
        return found


def _name(version: str) -> str:
    return f"{version}-{_MAKER}"


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """What the system refuses in *folder*, as an error of ours."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            _("{folder} cannot be used: {reason}."), folder=folder, reason=error.strerror or error
        ) from error


def _claim(folder: Path) -> None:
    """Make sure that *folder* is ours, or make it so.

    Raises:
        StoreError: something else is there.
    """
    if folder.exists() and not folder.is_dir():
        raise StoreError(_("{folder} is no folder."), folder=folder)
    if (folder / _LOCK).is_file():
        return
    if folder.exists() and any(folder.iterdir()):
        raise StoreError(
            _(
                "{folder} is not empty, and holds no graph of samverkan. Name an empty folder, or"
                " one that is not there yet."
            ),
            folder=folder,
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _LOCK).touch()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While nobody else loads into *folder*.

    Raises:
        StoreError: somebody does.
    """
    lock = os.open(folder / _LOCK, os.O_RDWR)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise StoreError(
            _("Another process is loading into {folder}. Start again when it is done."),
            folder=folder,
        ) from None
    finally:
        os.close(lock)


def _current(folder: Path, content: Content) -> Dataset | None:
    """The dataset of the generation that *content* has made; None where it is not there."""
    seen = _seen(content)
    names = [path for path in folder.iterdir() if path.name.endswith(_MAKER)]
    made = [each for path in names if (each := _stamped(path))]
    if not made or seen is None:
        return None
    for each in made:
        if each.made_from == seen:
            return _held(each.folder)
    # Files may have been touched, copied or moved, and be the same.
    generation = folder / _name(content.version())
    if all(each.folder != generation for each in made) or _seen(content) != seen:
        return None
    with suppress(OSError):  # where nothing can be written, it is found out at each start
        _restamp(generation, seen)
    return _held(generation)


def _seen(content: Content) -> list[list[Any]] | None:
    """What tells, without a look into them, whether the files are the same as before.

    None where one of them is no file (to read a pipe would wait for ever), or not there.
    """
    seen = []
    for path in content.graph_files():
        try:
            facts = path.stat()
        except OSError:
            return None
        if not stat.S_ISREG(facts.st_mode):
            return None
        seen.append([str(path.resolve()), facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns])
    return seen


def _stamped(folder: Path) -> _Generation | None:
    """The generation in *folder*; None where that is none, or has just been removed.

    Raises:
        StoreError: it is damaged.
    """
    if not _GENERATION.fullmatch(folder.name):
        return None
    try:
        told = json.loads((folder / _STAMP).read_bytes())
        sources = tuple(
            Source(each["iri"], each["label"], each["title"], date.fromisoformat(each["issued"]))
            for each in told["sources"]
        )
        return _Generation(folder, told["made_from"], sources, dict(told["sizes"]))
    except (ValueError, KeyError, TypeError, OSError) as error:
        if not folder.exists():
            return None
        raise _damaged(folder, _STAMP) from error


def _held(folder: Path) -> Dataset | None:
    """The dataset of a generation, which is held for as long as the dataset is there.

    Here, and in processes that are forked from this one. None where it has just been removed.

    Raises:
        StoreError: it is damaged.
    """
    try:
        hold = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return None
    found = None
    try:
        fcntl.flock(hold, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if made := _stamped(folder):
            version = folder.name.partition("-")[0]
            found = Dataset(_opened(made), version, made.sources, Shelf(folder / _SHELF))
            weakref.finalize(found, os.close, hold).atexit = False
    except BlockingIOError:  # it is being removed
        return None
    finally:
        if found is None:
            os.close(hold)
    return found


def _opened(made: _Generation) -> Store:
    graph = made.folder / _GRAPH
    for name, size in made.sizes.items():
        if not (graph / name).is_file() or (graph / name).stat().st_size != size:
            raise _damaged(made.folder, f"{_GRAPH}/{name}")
    try:
        return Store.read_only(str(graph))
    except (OSError, RuntimeError) as error:
        raise _damaged(made.folder, _GRAPH) from error


def _damaged(folder: Path, name: str) -> StoreError:
    return StoreError(
        _("{name} in {folder} is not as it was written. Delete {folder} and start again."),
        folder=folder,
        name=name,
    )


def _load(folder: Path, content: Content, progress: Progress) -> str:
    """Make the generation of *content*: its name."""
    fresh = folder / _NEW
    fresh.mkdir()
    try:
        name = _name(_fill(fresh, content, progress))
        if not (folder / name).exists():
            fresh.rename(folder / name)
            _settle(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        with suppress(OSError, AttributeError):  # glibc keeps what is freed, otherwise
            CDLL(None).malloc_trim(0)
    return name


def _fill(fresh: Path, content: Content, progress: Progress) -> str:
    """Write all that makes a generation of *content* into the folder *fresh*: its version."""
    seen = _seen(content)  # before it is read: what is changed later is seen to be another
    graph, version, sources = store.graph(content, None, progress)
    try:
        (fresh / _SAMPLES).write_bytes(_write(graph, fresh / _GRAPH, progress))
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StoreError(
            _("The graph cannot be written to {folder}: {reason}."),
            folder=fresh.parent,
            reason=reason.rstrip("."),
        ) from error
    sizes = {path.name: path.stat().st_size for path in (fresh / _GRAPH).iterdir()}
    told = [{**asdict(each), "issued": each.issued.isoformat()} for each in sources]
    _stamp(fresh, {"made_from": seen, "sources": told, "sizes": sizes})
    for path in (*fresh.rglob("*"), fresh):
        _settle(path)
    return version


def _write(graph: Store, folder: Path, progress: Progress) -> bytes:
    """Write *graph* to *folder*, in few files: some of its statements, as N-Quads."""
    count, sampled = len(graph), []
    quads = iter(graph)

    def counted() -> Iterator[Quad]:
        for number, quad in enumerate(quads):
            if number % _SAMPLED == 0:
                sampled.append(quad)
                progress(WRITING, number, count)
            yield quad

    written, told = Store(folder), counted()
    for first in told:
        written.bulk_extend(chain([first], islice(told, _BATCH)))
    written.optimize()
    written.flush()
    progress(WRITING, count, count)
    return serialize(sampled, format=RdfFormat.N_QUADS) or b""


def _open_all(engine: Engine, samples: Path) -> None:
    """Have the engine open each of its files, which it does when it first looks into one.

    It looks for statements from all over the graph, in each order in which it keeps them.
    """
    for quad in parse(path=samples, format=RdfFormat.N_QUADS):
        for graph in (quad.graph_name, None):
            for subject, predicate, value in (
                (quad.subject, None, None),
                (None, quad.predicate, quad.object),
                (None, None, quad.object),
            ):
                next(engine.quads_for_pattern(subject, predicate, value, graph), None)
    for _graph in engine.named_graphs():
        pass


def _stamp(folder: Path, told: dict[str, Any]) -> None:
    """Write the stamp of a generation: as a whole, or not at all."""
    fresh = folder / f"{_STAMP}.new"
    fresh.write_text(json.dumps(told), encoding="utf-8")
    _settle(fresh)
    fresh.replace(folder / _STAMP)


def _restamp(folder: Path, seen: list[list[Any]]) -> None:
    """Note that the generation is made of the files as they are *seen* now."""
    told = json.loads((folder / _STAMP).read_bytes())
    _stamp(folder, {**told, "made_from": seen})


def _settle(path: Path) -> None:
    """Have what was written to a file, or which files are in a folder, outlast a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(folder: Path, pattern: re.Pattern[str], but: str = "") -> None:
    """Remove the folders of such names that nobody holds, but one."""
    for path in folder.iterdir():
        if not pattern.fullmatch(path.name) or path.name == but:
            continue
        hold = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            gone = path.rename(folder / f"{_OLD}{path.name.removeprefix(_OLD)}")
            shutil.rmtree(gone, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(hold)
