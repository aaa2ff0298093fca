"""Rewrite the stored outputs of the notebooks: run each with its defaults, keep what does not depend on the run.

    python -m analysis.publishing.refresh [NOTEBOOK ...]

A second run changes no byte. A notebook that fails keeps its old outputs, and the command ends with exit code 1.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.errors import ReportError
from analysis.publishing import atomic, engine, normalise
from analysis.publishing.packs import ROOT


def refresh(notebooks: Sequence[Path]) -> tuple[Path, ...]:
    """Execute notebooks in place and return those whose file has changed.

    Raises
    ------
    ReportError
        If a notebook fails; the ones before it are rewritten, this one is left as it was.
    """
    changed = []
    with engine.Kernels() as kernels:
        for notebook in notebooks:
            bar = {"desc": f"{notebook.stem:<20.20}", "file": sys.stderr, "dynamic_ncols": True}
            executed = engine.execute(notebook, {}, kernels=kernels, name=notebook.stem, progress=bar)
            content = normalise.to_bytes(executed)
            if content != notebook.read_bytes():
                atomic.write_all(notebook.parent, {notebook.name: content})
                changed.append(notebook)
    return tuple(changed)


def main() -> int:
    """Refresh the notebooks named on the command line, or all."""
    parser = argparse.ArgumentParser(
        prog="python -m analysis.publishing.refresh", description="Refresh stored outputs."
    )
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: all of notebooks/")
    chosen = parser.parse_args().notebooks or sorted((ROOT / "notebooks").glob("*.ipynb"))
    try:
        changed = refresh([path.resolve() for path in chosen])
    except ReportError as problem:
        print(f"refresh: {problem}", file=sys.stderr)
        return 1
    print(f"{len(chosen)} notebooks run, {len(changed)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
