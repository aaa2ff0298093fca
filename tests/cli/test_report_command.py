"""`silkport report`: what it refuses before a notebook starts, and what its exit code says."""

import re
import shlex
from pathlib import Path

import pytest

from analysis.cli.command import parse
from analysis.core.errors import BusyError
from analysis.publishing.edition import packs, runner
from analysis.publishing.edition.runner import EditionResult
from analysis.publishing.workers.limits import Limits
from tests.repository import ROOT

NOTEBOOK = "port_outlook.ipynb"


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """Write a pack of one report with given parameters, and let the command find it."""

    def write(parameters: str) -> Path:
        load = packs.load
        folder = tmp_path / "packs"
        folder.mkdir()
        text = f'[[report]]\nid = "gate"\nnotebook = "{NOTEBOOK}"\nparameters = {parameters}\n'
        (folder / "monthly.toml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(packs, "load", lambda name: load(name, folder=folder))
        return tmp_path / "reports"

    return write


@pytest.mark.parametrize("edition", ["2023.11", "2023-13", "november", "2023-11-30"])
def test_an_edition_that_is_no_month_is_refused(silkport, tmp_path, edition):
    outcome = silkport("report", "--edition", edition, "--out", tmp_path / "reports")
    assert outcome.code == 2
    assert edition in outcome.err
    assert "YYYY-MM" in outcome.err
    assert outcome.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words,said",
    [(["--pack", "weekly"], "weekly"), (["--only", "irkeshtan"], "irkeshtam"), (["--workers", "0"], "--workers")],
)
def test_an_unknown_pack_or_report_is_refused(silkport, tmp_path, words, said):
    outcome = silkport("report", "--edition", "2023-11", "--out", tmp_path / "reports", *words)
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "parameters,said",
    [
        ('{ place = "irkeshtam", mode = "road", tagret_tonnes = 1e6 }', "tagret_tonnes"),
        ('{ place = 7, mode = "road" }', "place"),
    ],
)
def test_an_unknown_or_ill_typed_parameter_ends_the_run_before_it_starts(silkport, pack, parameters, said):
    out = pack(parameters)
    outcome = silkport("report", "--edition", "2023-11", "--out", out)
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.err.count("\n") == 1
    assert not out.exists()


def test_a_folder_that_cannot_be_written_is_refused(silkport, tmp_path):
    (tmp_path / "file").write_text("no folder")
    outcome = silkport("report", "--edition", "2023-11", "--out", tmp_path / "file" / "reports")
    assert outcome.code == 2
    assert "cannot be written" in outcome.err
    assert outcome.err.count("\n") == 1


def test_another_run_at_work_has_an_exit_code_of_its_own(silkport, monkeypatch):
    def busy(**_):
        raise BusyError("Another run is building the edition 2023-11. Wait for it.")

    monkeypatch.setattr(runner, "report", busy)
    outcome = silkport("report", "--edition", "2023-11")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (3, "", 1)


def test_limits_and_resume_reach_the_run(silkport, monkeypatch, tmp_path):
    asked = {}
    monkeypatch.setattr(runner, "report", lambda **said: asked.update(said) or EditionResult(tmp_path, (), {}))
    assert silkport("report", "--resume", "--time-limit", "60", "--memory-limit", "800").code == 0
    assert (asked["resume"], asked["pack"], asked["edition"]) == (True, None, None)
    assert asked["limits"] == Limits(seconds=60, megabytes=800)


@pytest.mark.parametrize("option", ["--time-limit", "--memory-limit"])
def test_a_limit_that_is_no_whole_number_is_refused(silkport, option):
    outcome = silkport("report", option, "0")
    assert outcome.code == 2
    assert option in outcome.err


def test_the_workflow_and_the_cron_line_run_commands_that_exist():
    workflow = (ROOT / ".github" / "workflows" / "edition.yml").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "editions.md").read_text(encoding="utf-8")
    lines = re.findall(r"silkport (report [^>\n`]*)", workflow) + re.findall(r"silkport (report --out [^>\n`]*)", page)
    assert len(lines) == 2
    for line in lines:
        assert parse(shlex.split(line)).out
    assert "${{" not in "".join(re.findall(r"- run: (.*)", workflow))  # an input pasted into a shell line would run


@pytest.mark.parametrize("failed,code", [({}, 0), ({"torugart": "The kernel died."}, 1)])
def test_the_exit_code_is_0_only_if_every_report_was_built(silkport, monkeypatch, tmp_path, failed, code):
    index = tmp_path / "2023-11" / "index.html"
    monkeypatch.setattr(runner, "report", lambda **_: EditionResult(index, ("irkeshtam",), failed))
    outcome = silkport("report", "--edition", "2023-11")
    assert outcome.code == code
    assert outcome.out.splitlines()[-1] == str(index)
    assert all(name in outcome.err and reason in outcome.err for name, reason in failed.items())
