"""The log of unattended runs: one file beside the editions, a line an event, bounded in size.

Times stand here and nowhere else: what a run publishes does not tell when it was made.
"""

import logging
import os
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path

from analysis.core.legible import legible

NAME = "silkport.log"

#: Bytes after which the log is set aside as `silkport.log.1`, whose forerunner goes.
LARGEST = 1_000_000


class Log:
    """The log of one run. A line that cannot be written is lost; the run goes on."""

    def __init__(self, folder: Path, edition: str) -> None:
        self._edition = edition
        self._handler = _Handler(folder / NAME, maxBytes=LARGEST, backupCount=1, encoding="utf-8", delay=True)
        form = logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
        form.converter = time.gmtime
        self._handler.setFormatter(form)

    def note(self, text: str, level: int = logging.INFO) -> None:
        """Write one line."""
        line = f"{self._edition} [{os.getpid()}] {legible(' '.join(text.split()))}"
        self._handler.handle(logging.LogRecord("silkport", level, "", 0, line, None, None))

    # A log hears of the reports as the progress bars do.

    def start(self, name: str) -> None:
        """Note that a report has been started."""
        self.note(f"{name} started")

    def advance(self, name: str, done: int, of: int) -> None:
        """Note nothing: single cells are of no interest."""

    def end(self, name: str, reason: str | None) -> None:
        """Note that a report was built, or why it failed."""
        self.note(f"{name} failed: {reason}" if reason else f"{name} built", logging.ERROR if reason else logging.INFO)

    def close(self) -> None:
        """Close the file."""
        self._handler.close()


class _Handler(RotatingFileHandler):
    """A file that may be full or read-only without harm to the run."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        """Let the line go."""
