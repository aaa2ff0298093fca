"""Rewrite the stored outputs of the notebooks: run each with its defaults, keep what does not depend on the run.

    python -m analysis.publishing.edition.refresh [NOTEBOOK ...]

A second run changes no byte. A notebook that fails keeps its old outputs, and the command ends with exit code 1.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.core.errors import ReportError
from analysis.publishing.edition.progress import Progress
from analysis.publishing.workers.crew import Crew
from analysis.publishing.workers.limits import Limits
from analysis.runtime.folders import ROOT


def refresh(notebooks: Sequence[Path]) -> tuple[Path, ...]:
    """Execute notebooks in place and return those whose file has changed.

    Raises
    ------
    ReportError
        If a notebook fails; it is left as it was, the others are rewritten.
    """
    before = [notebook.read_bytes() for notebook in notebooks]
    jobs: list[dict[str, Any]] = [
        {"name": each.stem, "notebook": str(each), "parameters": {}, "used": None, "folder": str(each.parent)}
        for each in notebooks
    ]
    progress = Progress([each.stem for each in notebooks])
    try:
        failed = Crew(jobs, workers=2, limits=Limits(), watcher=progress).run()
    finally:
        progress.close()
    for name, reason in failed.items():
        raise ReportError(f"{name}: {reason}")
    return tuple(each for each, content in zip(notebooks, before, strict=True) if each.read_bytes() != content)


def main() -> int:
    """Refresh the notebooks named on the command line, or all."""
    parser = argparse.ArgumentParser(
        prog="python -m analysis.publishing.edition.refresh", description="Refresh stored outputs."
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
