"""What a run shows while it goes on: a bar a report in a terminal, a line a report elsewhere."""

import sys
from collections.abc import Sequence
from typing import Any, TextIO

from analysis.publishing.workers.watcher import Watcher
from analysis.runtime import console


class Watchers:
    """Tells several watchers the same."""

    def __init__(self, *watchers: Watcher) -> None:
        self._watchers = watchers

    def start(self, name: str) -> None:
        """Pass on that a report has been started."""
        for watcher in self._watchers:
            watcher.start(name)

    def advance(self, name: str, done: int, of: int) -> None:
        """Pass on how many cells of a report are done."""
        for watcher in self._watchers:
            watcher.advance(name, done, of)

    def end(self, name: str, reason: str | None) -> None:
        """Pass on that a report was built, or why it failed."""
        for watcher in self._watchers:
            watcher.end(name, reason)


class Progress:
    """Progress of the reports of a run on a stream, standard error by default."""

    def __init__(self, names: Sequence[str], stream: TextIO | None = None) -> None:
        self._names, self._stream = tuple(names), stream or sys.stderr  # which is None where it was closed
        self._bars: dict[str, Any] = {}

    def start(self, name: str) -> None:
        """Show that a report has been started."""
        if self._stream is not None and self._stream.isatty():
            from tqdm import tqdm

            place = self._names.index(name)
            form = {"desc": f"{name:<20.20}", "position": place, "unit": "cell", "dynamic_ncols": True}
            self._bars[name] = tqdm(total=0, file=self._stream, **form)

    def advance(self, name: str, done: int, of: int) -> None:
        """Show how many cells of a report are done."""
        if name in self._bars:
            bar = self._bars[name]
            bar.total, bar.n = of, done
            bar.refresh()

    def end(self, name: str, reason: str | None) -> None:
        """Show that a report was built, or that it failed."""
        if name in self._bars:
            self._bars[name].refresh()
        else:
            console.complain(f"{name}: {'failed' if reason else 'built'}", self._stream)

    def close(self) -> None:
        """Leave the bars as they stand."""
        for bar in self._bars.values():
            bar.close()
