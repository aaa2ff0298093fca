"""A minimal ledger to start a test from."""

from pathlib import Path

from analysis.sources.ledger.schema import REQUIRED

HEADER = ",".join(REQUIRED)
ROW = "s1,port,2023-01-01,2023-10-31,level,eq,464000,1,46.4万,Customs,2023-11-08"


def write(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """Write a ledger of the given lines and return its path."""
    path = folder / "ledger.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def row(**cells: object) -> str:
    """Return the line of `ROW` with some cells replaced."""
    base = dict(zip(HEADER.split(","), ROW.split(","), strict=True))
    return ",".join(str(cell) for cell in (base | cells).values())
