"""Messages over a socket between processes of one machine: a header and a body, sent as one.

Where both are short, which is nearly always, a message is one call to send and one to receive.
"""

from __future__ import annotations

import socket
import struct
import time

_LENGTHS = struct.Struct("!II")
_AT_ONCE = 1 << 16
# Seconds for the rest of a message that has begun to come in time.
_GRACE = 1.0


class Frames:
    """One end of a socket over which messages go."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)

    def send(self, header: bytes, body: bytes = b"") -> None:
        """Send a message.

        Raises:
            OSError: the other end is gone.
        """
        self._socket.settimeout(None)
        self._socket.sendall(_LENGTHS.pack(len(header), len(body)) + header + body)

    def receive(self, most: tuple[int, int], seconds: float | None = None) -> tuple[bytes, bytes]:
        """The header and the body of the next message.

        Args:
            most: how many bytes the two may have.
            seconds: how long to wait for it; None: for ever.

        Raises:
            TimeoutError: nothing comes in time.
            EOFError: the other end is gone.
            OSError: the same, or it is longer than it may be, or stops halfway.
        """
        end = None if seconds is None else time.monotonic() + seconds
        self._socket.settimeout(seconds)
        got = self._some()
        while len(got) < _LENGTHS.size:
            got += self._some()
        header, body = _LENGTHS.unpack_from(got)
        if header > most[0] or body > most[1]:
            raise OSError("a message is longer than it may be")
        start, whole = _LENGTHS.size, _LENGTHS.size + header + body
        message = got if len(got) == whole else self._rest(got, whole, end)
        return message[start : start + header], message[start + header : whole]

    def is_over(self) -> bool:
        """Whether the other end is gone, where it has nothing to say."""
        self._socket.settimeout(0)
        try:
            return not self._socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def close(self) -> None:
        """Send and receive no more."""
        self._socket.close()

    def _rest(self, got: bytes, whole: int, end: float | None) -> bytes:
        """The message that begins with *got*."""
        parts, size = [got], len(got)
        while size < whole:
            if end is not None:
                self._socket.settimeout(max(0.0, end - time.monotonic()) + _GRACE)
            try:
                parts.append(self._some())
            except TimeoutError as error:
                raise OSError("a message stops halfway") from error
            size += len(parts[-1])
        return b"".join(parts)

    def _some(self) -> bytes:
        received = self._socket.recv(_AT_ONCE)
        if not received:
            raise EOFError
        return received
