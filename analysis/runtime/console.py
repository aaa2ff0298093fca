"""Standard output and standard error, whatever they are: another code page, a full disk, a pipe that nobody reads."""

import contextlib
import os
import sys
from typing import TextIO

from analysis.core.legible import spelt_out


def say(text: str) -> None:
    r"""Write text on standard output; what its encoding lacks is written out, such as `\u8d27`.

    A reader who has closed the pipe has seen enough: that is no error.

    Raises
    ------
    OSError
        If standard output cannot be written for another reason, such as a full disk.
    """
    with contextlib.suppress(BrokenPipeError):
        _write(sys.stdout, text)


def complain(sentence: str, stream: TextIO | None = None) -> None:
    """Write a sentence on standard error, or another stream, if that is possible; nothing depends on whether it is."""
    with contextlib.suppress(OSError):
        _write(stream or sys.stderr, f"{sentence}\n")


def _write(stream: TextIO | None, text: str) -> None:
    """Write text on a stream that may be closed or lack characters; one that fails takes nothing more."""
    if stream is None:
        return
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(spelt_out(text).encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except OSError:
        _silence(stream)
        raise


def _silence(stream: TextIO) -> None:
    """Let the rest of a stream go nowhere, or Python would fail on it once more when it ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
