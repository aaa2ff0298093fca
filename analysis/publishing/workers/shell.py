"""A warm kernel: cells run in this process, where everything is imported, with a namespace fresh for each notebook."""

import atexit
import contextlib
import io
import os
import random
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from ipykernel.jsonutil import encode_images, json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat.v4 import new_output
from traitlets import Type
from traitlets.config import Config

from analysis.core.errors import ReportError

Outputs = list[nbformat.NotebookNode]


@contextlib.contextmanager
def fresh_kernel() -> Iterator[Callable[[str], tuple[Outputs, int, bool]]]:
    """Yield a function that runs the code of one cell and returns its outputs, its count and whether it went well.

    All cells share one namespace. When it ends, what they changed of the process is put back: environment, folder,
    import path, random states, options of polars and Altair.

    Raises
    ------
    ReportError
        If this process already is the kernel of somebody's session.
    """
    if InteractiveShell.initialized():
        raise ReportError("A session cannot lend its kernel to reports. Run them from a plain Python or the terminal.")
    with tempfile.TemporaryDirectory(prefix="silkport-", ignore_cleanup_errors=True) as scratch, _restore_process():
        sys.path.insert(0, "")  # as in every notebook kernel: modules beside the notebook
        quiet = Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}})
        shell: Any = _Shell.instance(config=quiet, ipython_dir=scratch)
        try:
            yield shell.run
        finally:
            shell.restore_sys_module_state()
            shell.atexit_operations()
            atexit.unregister(shell.atexit_operations)
            _Shell.clear_instance()


class _Hook(DisplayHook):
    """Takes the value of a cell's last line as its result."""

    def write_output_prompt(self) -> None:
        """Write no prompt."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        """Keep the forms of the value."""
        shell: Any = self.shell
        shell.emit("execute_result", data=format_dict, metadata=md_dict or {}, execution_count=shell.count)

    def finish_displayhook(self) -> None:
        """End without the line that a terminal needs."""
        self._is_active = False


class _Publisher(DisplayPublisher):
    """Takes what cells display."""

    def publish(
        self,
        data: Any,
        metadata: Any = None,
        source: Any = None,  # noqa: ARG002 - IPython's signature
        *,
        transient: Any = None,
        update: Any = False,
        **kwargs: Any,  # noqa: ARG002
    ) -> None:
        """Keep what is displayed, in place of what it updates."""
        self.shell.emit("display_data", data=data, metadata=metadata or {}, handle=transient, update=update)

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002 - nobody sees the moment between
        """Drop what the cell has displayed so far."""
        self.shell.outputs.clear()


class _Stream(io.TextIOBase):
    """Takes what cells print."""

    encoding = "utf-8"

    def __init__(self, shell: "_Shell", name: str) -> None:
        self._shell, self._name = shell, name

    def write(self, text: str) -> int:
        """Keep a piece of text, joined to the one before it."""
        outputs = self._shell.outputs
        if outputs and outputs[-1].get("name") == self._name:
            outputs[-1].text += text
        elif text:
            outputs.append(new_output("stream", name=self._name, text=text))
        return len(text)

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True


class _NoInput(io.TextIOBase):
    """Stands where a cell would read what somebody types."""

    encoding = "utf-8"

    def readable(self) -> bool:
        """Return that it is for reading."""
        return True

    def read(self, size: int | None = -1) -> str:  # noqa: ARG002 - the signature of every stream
        """Refuse to wait."""
        raise ReportError("A cell waits for input, and nobody answers while reports run. Make it a parameter instead.")

    def readline(self, size: int = -1) -> str:  # type: ignore[override]  # noqa: ARG002
        """Refuse to wait."""
        return self.read()


class _Shell(InteractiveShell):
    """IPython without a terminal, which collects the outputs of one cell at a time."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def run(self, source: str) -> tuple[Outputs, int, bool]:
        """Run one cell."""
        self.outputs: Outputs = []
        self.handles: dict[str, nbformat.NotebookNode] = getattr(self, "handles", {})
        self.count = self.execution_count  # IPython counts on before it runs the cell
        with (
            _without_input(),
            contextlib.redirect_stdout(_Stream(self, "stdout")),
            contextlib.redirect_stderr(_Stream(self, "stderr")),
        ):
            result = InteractiveShell.run_cell(self, source, store_history=True)
        return self.outputs, self.count, bool(result.success)

    def emit(
        self,
        kind: str,
        *,
        data: dict[str, Any],
        metadata: dict[str, Any],
        handle: dict[str, Any] | None = None,
        update: bool = False,
        **more: Any,
    ) -> None:
        """Add an output in the form in which notebooks store it."""
        clean = json_clean(encode_images(data))
        name = (handle or {}).get("display_id")
        if update and name in self.handles:
            self.handles[name].update(data=clean, metadata=metadata)
            return
        output = new_output(kind, data=clean, metadata=json_clean(metadata), **more)
        self.outputs.append(output)
        if name is not None:
            self.handles[name] = output

    def enable_gui(self, gui: str | None = None) -> None:
        """Refuse windows: nobody looks."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        """Keep an error as the output that says so."""
        self.outputs.append(new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb)))


@contextlib.contextmanager
def _without_input() -> Iterator[None]:
    """Refuse to read from the keyboard, or from whatever standard input is."""
    source, sys.stdin = sys.stdin, _NoInput()
    try:
        yield
    finally:
        sys.stdin = source


@contextlib.contextmanager
def _restore_process() -> Iterator[None]:
    """Put back what a notebook changes of its process."""
    environment, folder, path = dict(os.environ), Path.cwd(), list(sys.path)
    main, chance, numbers = sys.modules["__main__"], random.getstate(), np.random.get_state()
    with warnings.catch_warnings():
        try:
            yield
        finally:
            sys.modules["__main__"], sys.path[:] = main, path
            os.chdir(folder)
            random.setstate(chance)
            np.random.set_state(numbers)
            _restore_options()
            os.environ.clear()
            os.environ.update(environment)


def _restore_options() -> None:
    """Set the options of the packages that notebooks show tables and charts with to their defaults."""
    if "polars" in sys.modules:
        sys.modules["polars"].Config.restore_defaults()
    if "altair" in sys.modules:
        altair = sys.modules["altair"]
        for registry in (altair.theme, altair.renderers, altair.data_transformers):
            registry.enable("default")
