"""Where the bundled evidence, notebooks and packs lie: in the clone, or inside an installed package."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]

#: The folder that holds `notebooks`, `data` and `benchmarks`: the clone, or what a wheel carries in its place.
ROOT = _PACKAGE.parent if (_PACKAGE.parent / "pyproject.toml").exists() else _PACKAGE / "bundled"

#: The bundled panel: border crossings of the United States by port and month (public domain).
BUNDLED_PANEL = ROOT / "benchmarks" / "data" / "bts_border.parquet"


def data_folder() -> Path:
    """Return the folder of evidence: the one that the variable SILKPORT_DATA names, else the bundled one."""
    return Path(os.environ.get("SILKPORT_DATA") or ROOT / "data")
