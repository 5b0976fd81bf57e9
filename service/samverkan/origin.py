"""Where the graph that is asked comes from, told so that another process can open it as well."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from samverkan import content, store, survey
from samverkan.content import Content
from samverkan.store import Dataset, Progress, quietly
from samverkan.wire import Endpoint


@dataclass(frozen=True)
class Origin:
    """A graph by its place.

    ``folder`` is the content of the user's own, or None: the bundled one; ``store`` the folder in
    which the graph is kept on disk, or None: it is in memory. With an ``endpoint``, the graph is
    there, and only what stands around it is of the content.
    """

    folder: Path | None = None
    store: Path | None = None
    endpoint: Endpoint | None = None

    @property
    def content(self) -> Content:
        """The folders of the content.

        Raises:
            ContentError: it is missing.
        """
        return content.find(self.folder)

    def dataset(self, checked: str | None = None, progress: Progress = quietly) -> Dataset:
        """The graph, loaded.

        Args:
            checked: the version that is known to have no faults, and is not looked at again; of a
                graph on disk, the one that is opened.
            progress: hears how far a graph that is kept on disk is loaded.

        Raises:
            ContentError: the content is missing or broken.
            StoreError: the folder of the store cannot be used.
            EngineError: the endpoint cannot be reached, or has no such graph.
        """
        if self.endpoint is not None:
            return survey.dataset(self.endpoint)
        if self.store is None:
            return store.load(self.content, checked)
        from samverkan import disk  # what it locks files with is not everywhere

        if checked is None:
            return disk.load(self.store, self.content, progress)
        return disk.for_workers(self.store, checked)
