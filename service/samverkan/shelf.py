"""What was worked out from a graph on disk, kept beside it: the next start finds it there."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Shelf:
    """A folder that belongs to one graph, which never changes, and goes with it."""

    folder: Path

    def get(self, asked: str) -> Any:
        """What was put under the text *asked*, as JSON has it; None where nothing can be read."""
        with suppress(OSError, ValueError):
            return json.loads(self._place(asked).read_bytes())
        return None

    def put(self, asked: str, found: Any) -> None:
        """Keep what JSON can hold; where nothing can be written, it is worked out each time."""
        place = self._place(asked)
        fresh = place.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            fresh.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
            fresh.replace(place)

    def _place(self, asked: str) -> Path:
        return self.folder / f"{hashlib.sha256(asked.encode()).hexdigest()[:16]}.json"
