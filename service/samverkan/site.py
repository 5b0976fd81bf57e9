"""Where a service is on the web, and where on it the dataset and what describes it are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Site:
    """A service by its address, which ends with a slash."""

    root: str

    @property
    def catalog(self) -> str:
        """The document of DCAT; its parts are fragments of it."""
        return f"{self.root}catalog"

    @property
    def dataset(self) -> str:
        """The dataset itself."""
        return self.part("dataset")

    @property
    def void(self) -> str:
        """The document of VoID."""
        return f"{self.root}.well-known/void"

    @property
    def examples(self) -> str:
        """The document of example queries."""
        return f"{self.root}.well-known/sparql-examples"

    @property
    def endpoint(self) -> str:
        """The SPARQL endpoint."""
        return f"{self.root}sparql"

    def part(self, name: str) -> str:
        """A part of the catalogue: ``dataset``, ``publisher`` and so on."""
        return f"{self.catalog}#{name}"

    def dump(self, suffix: str) -> str:
        """The whole dataset as a file with that ending."""
        return f"{self.root}data.{suffix}"
