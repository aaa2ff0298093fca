"""What README.md says is what the project does: its numbers, its picture, its commands, its links."""

import contextlib
import io
import json
import re
import shlex

import polars as pl
import pytest

from analysis.cli import main
from analysis.publishing.edition import packs
from docs import readme
from tests.examples import EXAMPLES
from tests.methods.forecasting.conftest import noisy
from tests.repository import ROOT

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?ms)^```(\w*)\n(.*?)^```$", TEXT)
COMMANDS = [line for _, block in BLOCKS for line in block.splitlines() if line.startswith(".venv/bin/silkport")]
#: What no other test runs: building pages takes long, and examples of help are run where help is tested.
OTHERS = [line for line in COMMANDS if " report " not in line and line[len(".venv/bin/") :] not in EXAMPLES.values()]
PROGRAMS = [block for language, block in BLOCKS if language == "python"]
(GATE,) = (block for _, block in BLOCKS if block.startswith("statement_id,"))


@pytest.fixture(scope="module")
def outlook():
    return readme.outlook()


def test_the_numbers_are_those_of_a_fresh_run(outlook):
    assert readme.with_table(TEXT, readme.numbers(outlook)) == TEXT


def test_the_later_figure_was_not_public_by_the_day_of_the_picture(outlook):
    assert readme.LATER not in outlook.statements["statement_id"]


def test_the_picture_shows_the_words_and_numbers_of_a_fresh_run(outlook):
    stored = (ROOT / "docs" / "images" / readme.PICTURE).read_text(encoding="utf-8")
    shown = r">([^<]+)</text>|aria-label=\"([^\"]+)\""
    assert re.findall(shown, stored) == re.findall(shown, readme.picture(outlook))
    assert f"docs/images/{readme.PICTURE}" in TEXT


def test_the_interval_of_2018_spans_more_than_a_factor_of_three(outlook):
    year = outlook.year(2018)
    assert year["upper80"] / year["lower80"] > 3


@pytest.mark.parametrize("command", OTHERS)
def test_a_command_of_the_readme_runs(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gate.csv").write_text(GATE, encoding="utf-8")
    words = shlex.split(command)[1:]
    assert main(words) == 0
    if "--out" in words:
        assert len(pl.read_csv(tmp_path / words[-1]))
    if words[0] == "attain":
        assert json.loads(capsys.readouterr().out)["probability"] is not None


def test_the_report_command_of_the_readme_names_reports_of_the_pack():
    (command,) = (line for line in COMMANDS if " report " in line)
    words = shlex.split(command)
    assert packs.load("monthly").select(words[words.index("--only") + 1 :])


def test_the_python_of_the_readme_runs():
    program, _ = PROGRAMS
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(program, "README.md", "exec"), {})
    assert "irkeshtam" in printed.getvalue()


def test_three_lines_lead_from_a_file_to_a_fan(tmp_path, monkeypatch):
    _, program = PROGRAMS
    lines = [line for line in program.splitlines() if line]
    assert len(lines) == 3
    monkeypatch.chdir(tmp_path)
    noisy("gate", months=60).write_csv("gates.csv")
    names: dict[str, object] = {}
    exec("\n".join(lines[:2]), names)
    shown = eval(lines[2], names)
    assert "image/svg+xml" in shown._repr_mimebundle_()
    assert shown.title.en == "gate"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/README.md", "reports/README.md"])
def test_every_link_to_a_file_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not ((ROOT / page).parent / link).exists()] == []


def test_the_pages_that_the_readme_promises_are_those_of_the_pack():
    (pages,) = re.findall(r"(?m)^\| page \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", TEXT)
    promised = [name for line in pages.splitlines() for name in re.findall(r"`(\w+)`", line.split("|")[1])]
    assert sorted(promised) == sorted(report.id for report in packs.load("monthly").reports)
