"""Answers that were given before: true for as long as what they were read from is the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Cache(Generic[Answer]):
    """The answers that were asked for last, up to so many bytes in all. Threads may share it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._room = size
        self._kept: OrderedDict[Hashable, tuple[Answer, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Answer | None:
        """The answer that is kept under *key*, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, answer: Answer, size: int) -> None:
        """Keep *answer*, which takes so many bytes, in the place of those asked for longest ago.

        One that would drive out most of the others is not kept.
        """
        if size > self._size // 8:
            return
        with self._lock:
            if key in self._kept:
                self._room += self._kept.pop(key)[1]
            self._kept[key] = answer, size
            self._room -= size
            while self._room < 0:
                self._room += self._kept.popitem(last=False)[1][1]
