"""Run All and Save in a real JupyterLab: how long it takes, and what it leaves of each notebook.

    python benchmarks/run_all.py [NOTEBOOK ...]

JupyterLab runs in headless Chromium over copies of the notebooks, with settings and a cache of its own. Each notebook
is run with an empty cache and again with what that run has kept, both times in a new kernel; the saved copy is then
compared with the stored notebook and checked by `pytest --nbval`. Needs the groups `dev` and `browser` of
pyproject.toml, and Chromium.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

#: Seconds that JupyterLab may take to start, or to do what it is asked to.
PATIENCE = 120

TOKEN = "silkport"

#: Settings under which nothing but the notebook itself is asked about.
_QUIET = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
}

_RUN = """async () => {
    const app = window.jupyterapp, panel = app.shell.currentWidget;
    await panel.sessionContext.ready;
    const started = performance.now();
    await app.commands.execute('notebook:run-all-cells');
    return (performance.now() - started) / 1000;
}"""


@dataclass(frozen=True)
class Lab:
    """A JupyterLab with the page that shows it."""

    page: Any
    address: str

    def open(self, name: str) -> None:
        """Show a notebook of the folder, with a kernel of its own."""
        self.page.goto(f"{self.address}/lab/tree/{name}?token={TOKEN}&reset")
        self.page.wait_for_function(
            "name => window.jupyterapp?.shell.currentWidget?.context?.path === name"
            " && window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'",
            arg=name,
        )

    def run_all(self) -> float:
        """Run all cells of the notebook that is shown and return the seconds that it took."""
        return float(self.page.evaluate(_RUN))

    def save(self) -> None:
        """Write the notebook that is shown to its file."""
        self.page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")

    def processor_seconds(self) -> float:
        """Return the processor time that the notebook's kernel has used, its start included."""
        kernel = self.page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.id")
        for process in psutil.process_iter(["cmdline"]):
            if any(kernel in word for word in process.info["cmdline"] or ()):
                times = process.cpu_times()
                return float(times.user + times.system)
        return 0.0

    def close(self) -> None:
        """End the kernel of the notebook that is shown."""
        self.page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")


@contextlib.contextmanager
def jupyterlab(folder: Path, *, width: int = 1280, **variables: str) -> Iterator[Lab]:
    """Yield a JupyterLab over a folder, shown in headless Chromium.

    Parameters
    ----------
    folder
        Of the notebooks; settings and logs go into a folder of their own.
    width
        Of the window, in pixels.
    variables
        Environment of the server and its kernels, beside that of this process.

    Raises
    ------
    RuntimeError
        If the server does not start.
    """
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory(prefix="silkport-lab-", ignore_cleanup_errors=True) as scratch,
        _server(folder, Path(scratch), variables) as address,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.set_default_timeout(PATIENCE * 1000)
        try:
            yield Lab(page, address)
        finally:
            browser.close()


@contextlib.contextmanager
def _server(folder: Path, scratch: Path, variables: dict[str, str]) -> Iterator[str]:
    """Yield the address of a JupyterLab server."""
    settings = scratch / "config" / "lab" / "user-settings"
    for name, content in _QUIET.items():
        path = (settings / name).with_suffix(".jupyterlab-settings")
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(content))
    own = {"JUPYTER_CONFIG_DIR": str(scratch / "config"), "JUPYTER_RUNTIME_DIR": str(scratch / "runtime"),
           "IPYTHONDIR": str(scratch / "ipython"), "HOME": str(scratch), "PYTHONPATH": str(ROOT)}  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if name != "SILKPORT_CHARTS"} | own | variables
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser",
               "--ip=127.0.0.1", "--port=0", f"--IdentityProvider.token={TOKEN}",
               f"--ServerApp.root_dir={folder}"]  # fmt: skip
    log = scratch / "log"
    with log.open("w") as stream:
        server = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=stream, stderr=stream, start_new_session=True
        )
    try:
        yield _address(server, log)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    """Return the address at which the server says that it listens."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        found = re.search(r"running at:\s*\n.*(http://127\.0\.0\.1:\d+)/lab", log.read_text())
        if found:
            return found[1]
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")


def changed_lines(before: Path, after: Path) -> list[str]:
    """Return the lines by which two notebooks differ."""
    texts = (path.read_text(encoding="utf-8").splitlines() for path in (before, after))
    return [
        line for line in unified_diff(*texts, n=0, lineterm="") if line[:3] not in ("---", "+++") and line[:2] != "@@"
    ]


def passes_nbval(notebook: Path, cache: str) -> bool:
    """Return whether the stored outputs of a notebook are those of a fresh run."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
        "-q",
        str(notebook),
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "SILKPORT_CACHE": cache}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode == 0


def main() -> None:
    """Run and check the notebooks named on the command line, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: all of notebooks/")
    chosen = parser.parse_args().notebooks or sorted(NOTEBOOKS.glob("*.ipynb"))
    print("| notebook | cold, s | of these processor | warm, s | of these processor | changed lines | nbval |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="silkport-run-all-", ignore_cleanup_errors=True) as scratch:
        cache, folder = Path(scratch) / "cache", Path(scratch) / "notebooks"
        folder.mkdir()
        with jupyterlab(folder, SILKPORT_CACHE=str(cache)) as lab:
            for notebook in chosen:
                shutil.rmtree(cache, ignore_errors=True)
                copy = Path(shutil.copy(notebook, folder))
                times = " | ".join(f"{seconds:.1f}" for _ in range(2) for seconds in run_and_save(lab, copy.name))
                changed, passes = len(changed_lines(notebook, copy)), passes_nbval(copy, str(cache))
                print(f"| `{notebook.stem}` | {times} | {changed} | {'passes' if passes else 'FAILS'} |", flush=True)


def run_and_save(lab: Lab, name: str) -> tuple[float, float]:
    """Run all cells of a notebook in a new kernel, save it, and return the seconds and those of the processor."""
    lab.open(name)
    seconds = lab.run_all()
    processor = lab.processor_seconds()
    lab.save()
    lab.close()
    return seconds, processor


if __name__ == "__main__":
    main()
