"""Notebook runs: papermill with a kernel of this very interpreter, and nothing of the user's own settings."""

import logging
import os
import re
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from papermill import execute_notebook
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError

from analysis import errors
from analysis.errors import ReportError
from analysis.publishing.normalise import normalise

_ENGINE = "silkport"
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Kernels:
    """The kernels of one run: started with the same settings, and stopped together when the run is broken off."""

    def __init__(self) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="silkport-", ignore_cleanup_errors=True)
        self._running: dict[str, AsyncKernelManager] = {}
        self._lock = threading.Lock()
        self._stopped = False

    def __enter__(self) -> "Kernels":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._scratch.cleanup()

    def manager(self, name: str) -> AsyncKernelManager:
        """Return the manager of a new kernel, whose connection file lies in the run's own folder."""
        with self._lock:
            if self._stopped:
                raise ReportError("The run was broken off before this report was started.")
            self._running[name] = AsyncKernelManager(
                kernel_name="python3",
                kernel_spec_manager=_ThisInterpreter(),
                connection_file=str(Path(self._scratch.name) / f"{name}.json"),
            )
            return self._running[name]

    def environment(self) -> dict[str, str]:
        """Return the environment of a kernel: one thread, a fixed hash seed, no start-up files, no session."""
        session = {"JPY_SESSION_NAME", "JPY_PARENT_PID", "PYTHONSTARTUP"}
        inherited = {key: value for key, value in os.environ.items() if key not in session}
        fixed = {"PYTHONHASHSEED": "0", "IPYTHONDIR": self._scratch.name, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        return (
            inherited | dict.fromkeys(_ONE_THREAD, "1") | fixed | {"POLARS_MAX_THREADS": "1", "SILKPORT_CHARTS": "svg"}
        )

    def stop(self) -> None:
        """Kill every kernel that still runs, so that the threads waiting for them end."""
        with self._lock:
            self._stopped = True
            for manager in self._running.values():
                process = getattr(manager.provisioner, "process", None)
                if process is not None and process.poll() is None:
                    process.kill()


def execute(
    notebook: Path, parameters: Mapping[str, Any], *, kernels: Kernels, name: str, progress: Mapping[str, Any] | bool
) -> nbformat.NotebookNode:
    """Run a notebook from its first cell and return it normalised.

    Parameters
    ----------
    notebook
        The notebook; it runs in its own folder.
    parameters
        Checked values by name; the notebook's defaults stand for the others.
    kernels
        The kernels of the run.
    name
        Name of the report, unique within the run.
    progress
        Settings of the progress bar, which counts cells; False for none.

    Raises
    ------
    ReportError
        If a cell raises an error.
    """
    try:
        executed = execute_notebook(
            str(notebook).replace("{", "{{").replace("}", "}}"),
            None,
            parameters=dict(parameters),
            engine_name=_ENGINE,
            kernel_name="python3",
            language="python",
            progress_bar=dict(progress) if isinstance(progress, Mapping) else progress,
            kernels=kernels,
            name=name,
            folder=str(notebook.parent),
        )
    except PapermillExecutionError as problem:
        raise ReportError(_reason(problem)) from problem
    return normalise(executed)


class _ThisInterpreter(KernelSpecManager):
    """Kernel specifications that all mean the running interpreter, whatever kernels are registered."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the specification of a kernel of `sys.executable`."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=command, display_name=kernel_name, language="python")


class _Engine(NBClientEngine):  # type: ignore[misc]
    """Papermill's engine with a kernel manager of our own."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, kernels: Kernels, name: str, folder: str, **_: object
    ) -> None:
        """Run all cells of a managed notebook in a fresh kernel."""
        client = PapermillNotebookClient(
            nb_man,
            km=kernels.manager(name),
            kernel_name=kernel_name,
            timeout=None,
            startup_timeout=120,
            extra_arguments=["--IPKernelApp.log_level=ERROR"],  # warnings of the kernel would tear the progress bars
        )
        client.execute(cwd=folder, env=kernels.environment(), cleanup_kc=True)


papermill_engines.register(_ENGINE, _Engine)
# Papermill warns of every parameter whose annotation it cannot read; names and types are checked before.
logging.getLogger("papermill").setLevel(logging.ERROR)


def _reason(problem: PapermillExecutionError) -> str:
    """Return the error of a failed cell as one sentence."""
    text = _COLOURS.sub("", str(problem.evalue)).strip()
    first = text.splitlines()[0] if text else "no message"
    if hasattr(errors, problem.ename):
        return first
    return f"{problem.ename} in cell {problem.exec_count}: {first}"
