"""Where the bundled evidence lies."""

import os
from pathlib import Path

#: The folder of bundled evidence; another desk's folder is named by the environment variable SILKPORT_DATA.
DATA = Path(os.environ.get("SILKPORT_DATA") or Path(__file__).resolve().parents[1] / "data")
