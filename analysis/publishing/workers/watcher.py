"""The interface of whatever follows how the reports get on while they are built."""

from typing import Protocol


class Watcher(Protocol):
    """Follows how the reports get on."""

    def start(self, name: str) -> None:
        """Hear that a report has been started."""

    def advance(self, name: str, done: int, of: int) -> None:
        """Hear how many cells of a report are done."""

    def end(self, name: str, reason: str | None) -> None:
        """Hear that a report was built, or why it failed."""
