"""Where the graph that is asked comes from, told so that another process can open it as well."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from samverkan import content, store
from samverkan.content import Content
from samverkan.store import Dataset


@dataclass(frozen=True)
class Origin:
    """A graph by its place: ``folder``, the content of the user's own, or None: the bundled one."""

    folder: Path | None = None

    @property
    def content(self) -> Content:
        """The folders of the content.

        Raises:
            ContentError: it is missing.
        """
        return content.find(self.folder)

    def dataset(self, checked: str | None = None) -> Dataset:
        """The graph, loaded.

        Args:
            checked: the version that is known to have no faults, and is not looked at again.

        Raises:
            ContentError: the content is missing or broken.
        """
        return store.load(self.content, checked)
