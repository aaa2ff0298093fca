"""Where evidence, notebooks and packs lie: in the clone, in an installed package, or in a data folder of one's own."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from analysis.core.errors import ParameterError

#: The variable that names a data folder; `--data-folder` of every command sets it for that command.
VARIABLE = "SILKPORT_DATA"

#: The folder of the package itself.
PACKAGE = Path(__file__).resolve().parents[1]

#: What a wheel carries beside the code; absent in a clone.
BUNDLED = PACKAGE / "bundled"

#: The folder that holds `notebooks`, `data` and `benchmarks`: the clone, or what a wheel carries in its place.
ROOT = BUNDLED if BUNDLED.is_dir() else PACKAGE.parent

#: The bundled panel: border crossings of the United States by port and month (public domain).
BUNDLED_PANEL = ROOT / "benchmarks" / "data" / "bts_border.parquet"


def data_folder() -> Path:
    """Return the folder of evidence: the one that the variable SILKPORT_DATA names, else the bundled one."""
    return Path(os.environ.get(VARIABLE) or ROOT / "data")


@contextlib.contextmanager
def use_data_folder(folder: Path | None) -> Iterator[None]:
    """Take evidence and packs from a data folder, in this process and in those that it starts.

    Parameters
    ----------
    folder
        The folder; that of the variable SILKPORT_DATA if None. Notebooks run in a folder of their own, so that a
        relative path is made absolute.

    Raises
    ------
    ParameterError
        If there is no such folder.
    """
    before = os.environ.get(VARIABLE)
    named = folder or (Path(before) if before else None)
    if named is None:
        yield
        return
    if not named.is_dir():
        raise ParameterError(
            f"There is no data folder {named}. Name one that holds statements.csv, or make one: silkport new FOLDER."
        )
    inner = named / "data"
    if not (named / "statements.csv").exists() and (inner / "statements.csv").is_file():
        raise ParameterError(f"{named} holds no statements.csv, but its folder data does. Say --data-folder {inner}.")
    os.environ[VARIABLE] = str(named.resolve())
    try:
        yield
    finally:
        os.environ.pop(VARIABLE)
        if before is not None:
            os.environ[VARIABLE] = before


def pack_folder() -> Path:
    """Return the folder of packs: `packs` of the folder of evidence."""
    return data_folder() / "packs"


def notebook_folders() -> tuple[Path, ...]:
    """Return where notebooks of packs are looked for: `notebooks` of a data folder of one's own, then the bundled."""
    own = (data_folder() / "notebooks",) if os.environ.get(VARIABLE) else ()
    return (*own, ROOT / "notebooks")


def default_reports() -> Path:
    """Return the folder of editions if none is named: that of the clone for its own data, else `reports` here."""
    own = ROOT == BUNDLED or bool(os.environ.get(VARIABLE))
    return Path("reports") if own else ROOT / "reports"
