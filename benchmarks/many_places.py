"""A pack of many places, built by processes of this machine and by a Dask cluster: the times, and the same bytes.

    python benchmarks/many_places.py [--places 200] [--workers 2]

The places are series of the bundled panel of US border crossings with six years of figures and some in the last year,
the busiest first, each a page of `monthly_tables.ipynb` over its last six years; where these are too few, the same
again over ten. The cluster is a scheduler and as many workers, started here. Both begin with an empty cache.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl

import analysis
from analysis.core.periods import add_months
from analysis.publishing.edition import runner
from analysis.runtime import folders
from analysis.runtime.cache import VARIABLE
from analysis.sources import panels

EDITION = "2025-02"

#: Months that a place must have; years that its page shows.
_MONTHS, _YEARS = 72, (6, 10)

_DASK = (sys.executable, "-m", "dask")

_REPORT = """
[[report]]
id = "place-{number:03}"
notebook = "monthly_tables.ipynb"
parameters = {{ series = "{series}", learn_from = "{series}", names_file = "", events_file = "", years = {years}, origins = 0 }}
"""  # noqa: E501 - a line of the pack


def pack(places: int) -> str:
    """Return a pack of so many places."""
    months = panels.read().filter(pl.col("y") > 0)
    newest = pl.col("y").tail(12).sum().alias("year"), pl.col("ds").max().alias("last")
    each = months.group_by("unique_id").agg(pl.len().alias("months"), *newest)
    last_year = add_months(months["ds"].max(), -11)
    kept = each.filter((pl.col("months") >= _MONTHS) & (pl.col("last") >= last_year))
    ids = kept.sort("year", "unique_id", descending=[True, False])["unique_id"]
    pages = [(series, years) for years in _YEARS for series in ids]
    if len(pages) < places:
        raise SystemExit(f"The panel gives {len(pages)} such pages, not {places}.")
    chosen = enumerate(pages[:places], 1)
    reports = "".join(_REPORT.format(number=number, series=series, years=years) for number, (series, years) in chosen)
    return f'title = "Many places"\n{reports}'


def build(project: Path, name: str, **how: object) -> tuple[float, dict[str, bytes], dict[str, str]]:
    """Build the pack with an empty cache and return the seconds, the files and the failures."""
    os.environ[VARIABLE] = str(project / f"cache-{name}")
    started = time.monotonic()
    result = runner.report(pack=str(project / "many.toml"), edition=EDITION, out=project / name, **how)  # type: ignore[arg-type]
    seconds = time.monotonic() - started
    return seconds, {path.name: path.read_bytes() for path in result.index.parent.iterdir()}, dict(result.failed)


@contextlib.contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """Yield the address of a scheduler with so many workers of one thread."""
    own = {"PYTHONPATH": str(Path(analysis.__file__).parents[1]), VARIABLE: str(folder.parent / "cache-cluster")}
    processes: list[subprocess.Popen[bytes]] = []
    log = folder / "scheduler.log"

    def start(*words: str, log: Path) -> None:
        with log.open("w") as stream:
            processes.append(
                subprocess.Popen([*_DASK, *words], cwd=folder, env=os.environ | own, stdout=stream, stderr=stream)
            )

    try:
        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", log=log)
        while "Scheduler at:" not in log.read_text():
            time.sleep(0.1)
        address = log.read_text().split("Scheduler at:")[1].split()[0]
        for number in range(workers):
            start("worker", address, "--nthreads", "1", "--no-dashboard", log=folder / f"worker-{number}.log")
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()


def main() -> None:
    """Build the pack both ways and print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--places", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="silkport-places-", ignore_cleanup_errors=True) as scratch:
        project = Path(scratch)
        (project / "many.toml").write_text(pack(asked.places), encoding="utf-8")
        (project / "notebooks").symlink_to(folders.ROOT / "notebooks")
        os.environ["SILKPORT_DATA"] = str(folders.data_folder())
        folders.ROOT = project
        here = build(project, "machine", workers=asked.workers)
        (project / "dask").mkdir()
        with cluster(project / "dask", asked.workers) as address:
            there = build(project, "cluster", scheduler=address)
    for name, (seconds, written, failed) in (("processes of this machine", here), ("Dask cluster", there)):
        each = seconds / asked.places
        print(f"{name}: {seconds:.0f} s, {each:.1f} s a place, {len(written)} files, {len(failed)} failed")
    print("the same bytes" if here[1] == there[1] else "OTHER BYTES")
    for name, reason in here[2].items():
        print(f"{name}: {reason}")


if __name__ == "__main__":
    main()
