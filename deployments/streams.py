"""Standard streams on which no command fails that has done its work."""

from __future__ import annotations

import errno
import io
import os
import sys

NAMES = ("stdin", "stdout", "stderr")
NOBODY_READS = (errno.EPIPE, errno.EIO)  # the program behind the pipe, the terminal


class Unread(io.FileIO):
    """Goes on when whoever read it is gone; a disk that is full is still an error."""

    def write(self, text: object, /) -> int:
        try:
            return super().write(text)  # type: ignore[arg-type]
        except OSError as error:
            if error.errno not in NOBODY_READS:
                raise
            return len(memoryview(text))  # type: ignore[arg-type]


def make_sound() -> None:
    """Open what the caller has closed, show ? for what an output cannot show, and outlive its reader.

    A number that is free would go to the next file that is opened, and into that all that is said.
    """
    for number, name in enumerate(NAMES):
        if getattr(sys, name) is None:
            os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", closefd=False))
    for name in NAMES[1:]:
        stream = getattr(sys, name)
        raw = io.BufferedWriter(Unread(stream.fileno(), "w", closefd=False))
        sound = io.TextIOWrapper(raw, stream.encoding, "replace", line_buffering=stream.line_buffering)
        setattr(sys, name, sound)
