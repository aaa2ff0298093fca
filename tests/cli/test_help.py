"""Help shows an example that runs on the bundled data, and options that match the ledger."""

import contextlib
import datetime as dt
import functools
import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from analysis.cli import main
from analysis.cli.command import find_verbs
from analysis.cli.verbs.add import COLUMNS
from analysis.sources.ledger.schema import OPTIONAL, REQUIRED
from docs import readme
from tests.cli.conftest import Outcome
from tests.examples import EXAMPLES
from tests.repository import ROOT


def test_each_file_of_the_folder_is_a_command_in_the_order_that_it_names(silkport):
    stems = {path.stem for path in (ROOT / "analysis" / "cli" / "verbs").glob("*.py")} - {"__init__"}
    files = {stem.removesuffix("_") for stem in stems}
    verbs = find_verbs()
    assert set(verbs) == files
    assert len({verb.ORDER for verb in verbs.values()}) == len(verbs)
    listed = re.findall(r"^    ([a-z]+)\b", silkport("--help").out, flags=re.MULTILINE)
    assert listed == sorted(files, key=lambda name: verbs[name].ORDER)


@pytest.mark.parametrize("command", EXAMPLES)
def test_help_shows_the_example(silkport, command):
    outcome = silkport(command, "--help")
    assert outcome.code == 0
    assert EXAMPLES[command] in outcome.out


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Run the example of a command in a folder of its own, once for all tests."""

    @functools.cache
    def run(command: str) -> tuple[Outcome, Path]:
        folder, out, err = tmp_path_factory.mktemp(command), io.StringIO(), io.StringIO()
        with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(shlex.split(EXAMPLES[command])[1:])
        return Outcome(code, out.getvalue(), err.getvalue()), folder

    return run


@pytest.mark.parametrize("command", sorted(set(EXAMPLES) - {"report", "trace"}))
def test_the_example_runs_from_any_folder(ran, command):
    before = (ROOT / "data" / "statements.csv").read_bytes()
    outcome, _ = ran(command)
    assert outcome.code == 0, outcome.err
    assert (ROOT / "data" / "statements.csv").read_bytes() == before


def test_the_example_of_report_names_a_report_of_the_pack():
    from analysis.publishing.edition import packs

    words = shlex.split(EXAMPLES["report"])
    assert packs.load("monthly").select(words[words.index("--only") + 1 :])


def test_the_example_of_trace_runs_beside_an_edition(silkport, monkeypatch, tmp_path):
    words = shlex.split(EXAMPLES["trace"])
    number = {"number": words[-1], "en": "1.25 million tonnes", "zh": "125万吨", "statements": ["6aebc8fb7e"]}
    page = tmp_path / words[2]
    page.parent.mkdir(parents=True)
    page.with_suffix(".json").write_text(json.dumps({"numbers": [number]}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    outcome = silkport(*words[1:])
    assert outcome.code == 0, outcome.err
    assert "6aebc8fb7e" in outcome.out


def test_the_example_of_reconstruct_writes_months_and_years_with_the_numbers_of_the_readme(ran):
    _, folder = ran("reconstruct")
    path = pl.read_csv(folder / "irkeshtam.csv", try_parse_dates=True)
    assert set(path["freq"]) == {"M", "A"}
    assert set(path["level"]) == {80, 95}
    assert path["time_period"].max() == dt.date(2023, 12, 1)
    year = path.filter(freq="A", level=80, time_period=dt.date(2023, 1, 1)).row(0, named=True)
    row = readme.outlook().year(2023)
    expected = [row["median"], row["lower80"], row["upper80"]]
    assert [year[name] for name in ("median", "lower", "upper")] == pytest.approx(expected, rel=1e-5)


def test_the_example_of_attain_prints_json(ran):
    outcome, _ = ran("attain")
    assert 0 <= json.loads(outcome.out)["probability"] <= 1


def test_add_has_one_option_for_each_column_of_a_ledger():
    assert set(COLUMNS) == {*REQUIRED, *OPTIONAL}


@pytest.mark.parametrize(
    "words,absent",
    [
        (["--help"], ["polars", "numpy", "scipy", "altair", "papermill"]),
        (
            ["reconstruct", "--ledger", "{ledger}", "--out", "{out}"],
            ["altair", "statsmodels", "papermill", "nbformat", "jinja2", "pandas"],
        ),
        (
            ["forecast", "--data", "{panel}", "--horizon", "3", "--out", "{out}"],
            ["altair", "statsmodels", "papermill", "nbformat", "jinja2", "pandas", "scipy.stats"],
        ),
    ],
)
def test_a_command_loads_only_what_it_uses(write, tmp_path, words, absent):
    panel = tmp_path / "panel.csv"
    panel.write_text("series_id,time_period,obs_value\na,2020-01,5\na,2020-02,6\na,2020-03,7\n", encoding="utf-8")
    ledger = write()
    words = [word.format(out=tmp_path / "out.parquet", panel=panel, ledger=ledger) for word in words]
    program = (
        "import sys\nfrom analysis.cli import main\n"
        "try:\n    code = main(sys.argv[2:])\nexcept SystemExit as end:\n    code = end.code\n"
        "assert code == 0, code\nprint(sorted(set(sys.argv[1].split(',')) & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, ",".join(absent), *words], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "[]"
