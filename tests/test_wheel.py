"""The wheel, installed without the clone, runs the commands on the data that travels inside it."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import polars as pl
import pytest

from tests.repository import ROOT, tracked

LOOK = """
import json
from analysis.publishing.edition import packs
from analysis.publishing.output import provenance
from analysis.runtime import folders
from analysis.estimates import kept_fits
print(json.dumps({
    "package": str(folders.PACKAGE),
    "reports": str(folders.default_reports()),
    "notebooks": [str(report.notebook) for report in packs.load("monthly").reports],
    "code": provenance.code_files(),
    "data": provenance.data(),
    "kept": kept_fits.code(),
}))
"""


def _run(*words: object, folder: Path, target: Path | None = None) -> str:
    """Run a program in a folder, with `analysis` from a target folder, and return what it prints."""
    path = {} if target is None else {"PYTHONPATH": str(target)}
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run = subprocess.run(
        [str(word) for word in words], cwd=folder, env=inherited | path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, folder=ROOT)
    (path,) = folder.glob("silkport-*.whl")
    return path


@pytest.fixture(scope="module")
def target(wheel, tmp_path_factory):
    """Install the wheel alone into a folder; the environment has what it needs."""
    folder = tmp_path_factory.mktemp("installed")
    quiet = ("--quiet", "--disable-pip-version-check", "--no-compile")
    pip = (sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", *quiet)
    _run(*pip, "--target", folder, wheel, folder=folder)
    return folder


def test_the_wheel_holds_the_package_and_what_the_commands_read(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.startswith("silkport-")}
    tops = ("data", "notebooks")
    names = [path.relative_to(ROOT) for path in tracked()]
    bundled = [name for name in names if name.parts[0] in tops] + [Path("benchmarks/data/bts_border.parquet")]
    package = {name.as_posix() for name in names if name.parts[0] == "analysis"}
    assert "analysis/py.typed" in package
    assert held == package | {f"analysis/bundled/{name.as_posix()}" for name in bundled}


def test_the_installed_package_finds_its_own_files_and_writes_reports_where_it_is_called(target, tmp_path):
    installed = json.loads(_run(sys.executable, "-c", LOOK, folder=tmp_path, target=target))
    clone = json.loads(_run(sys.executable, "-c", LOOK, folder=tmp_path, target=ROOT))
    assert installed["package"] == str(target / "analysis")
    assert installed["reports"] == "reports"
    assert clone["reports"] == str(ROOT / "reports")
    assert installed["notebooks"]
    assert all(Path(name).is_relative_to(target) for name in installed["notebooks"])
    for same in ("code", "data", "kept"):
        assert installed[same] == clone[same]


def test_the_installed_commands_run_on_the_bundled_data(target, tmp_path):
    silkport = target / "bin" / "silkport"
    assert _run(silkport, "check", folder=tmp_path, target=target)
    _run(silkport, "forecast", "--horizon", 1, "--out", "forecast.csv", folder=tmp_path, target=target)
    assert pl.read_csv(tmp_path / "forecast.csv")["series_id"].n_unique() > 1
