"""Where the bundled evidence, notebooks and packs lie: in the clone, or inside an installed package."""

import os
from pathlib import Path

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
    return Path(os.environ.get("SILKPORT_DATA") or ROOT / "data")


def default_reports() -> Path:
    """Return the folder of editions where none is named: `reports` of the clone, otherwise of the current folder."""
    return Path("reports") if ROOT == BUNDLED else ROOT / "reports"
