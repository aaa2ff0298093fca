"""The files of the repository, as version control knows them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def tracked(*suffixes: str) -> list[Path]:
    """Return the tracked files that exist, of some suffixes or all."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]
