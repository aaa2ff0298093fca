"""`silkport new`: a desk for a place of one's own, whose page knows nothing of any other place."""

import os
import re
import shutil
import subprocess

import pytest

from analysis.core.errors import ReportError
from analysis.core.periods import Edition
from analysis.desks import port
from analysis.pages.port import sentences
from analysis.pages.words.cells import text
from analysis.publishing import starter as template
from analysis.publishing.edition import packs
from analysis.publishing.starter import EDITION, new_desk, starter_files
from analysis.runtime.folders import VARIABLE
from docs import starter

#: Words of the bundled region, and what belongs to it: its country, festival and unit.
FOREIGN = re.compile(
    r"xinjiang|kezhou|kizilsu|irkeshtam|torugart|horgos|china|chinese new year|spring festival|renminbi|yuan"
    r"|新疆|克州|克孜勒苏|伊尔克什坦|吐尔尕特|霍尔果斯|中国|我国|春节|万吨|亿元|人民币",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder as `silkport new` writes it."""
    return new_desk(str(tmp_path_factory.mktemp("new") / "mine"))


def lead(folder) -> str:
    """Return the sentences of the page of Santa Teresa in both languages."""
    question = {"place": "santa_teresa", "mode": "road", "indicator": "trucks_entering", "edition": Edition.of(EDITION)}
    said = sentences.summary(port.outlook(folder.evidence(), **question)).items
    return "\n".join(text(each, lang) for each in said for lang in ("en", "zh"))


def test_no_file_of_the_folder_speaks_of_another_place(desk):
    for name in desk.files:
        # The README names the festival that a place may have.
        words = (desk.folder / name).read_text(encoding="utf-8").replace("spring_festival", "")
        assert FOREIGN.findall(words) == [], name


def test_the_page_of_a_fresh_folder_speaks_of_no_other_place(desk, silkport, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    out = desk.folder / "reports"
    words = ("--edition", EDITION, "--only", "laredo", "--out", out)
    done = silkport("report", "--data-folder", desk.folder / "data", *words)
    assert (done.code, VARIABLE in os.environ) == (0, False), done.err
    page = (out / EDITION / "laredo.html").read_text(encoding="utf-8")
    assert "Laredo" in page
    assert "拉雷多" in page
    for name in ("laredo.html", "index.html", "laredo.csv"):
        written = (out / EDITION / name).read_text(encoding="utf-8-sig")
        assert FOREIGN.findall(re.sub(r"base64,[A-Za-z0-9+/=]+", "", written)) == [], name
    assert '"statements.csv"' in (out / EDITION / "laredo.json").read_text(encoding="utf-8")


def test_another_figure_makes_another_page(tmp_path):
    desk = new_desk(str(tmp_path / "mine"))
    before = lead(desk)
    written = desk.ledger.read_text(encoding="utf-8")
    desk.ledger.write_text(written.replace('129681,vehicles,"129,681"', '139681,vehicles,"139,681"'), encoding="utf-8")
    after = lead(desk)
    assert "129,681" in before
    assert "139,681" in after
    assert before.splitlines()[0] != after.splitlines()[0]
    assert not FOREIGN.search(before + after)


def test_the_figures_are_sums_of_published_counts(desk):
    assert desk.ledger.read_text(encoding="utf-8") == starter.statements()


def test_every_port_of_the_pack_is_registered_and_stated(desk):
    evidence = desk.evidence()
    pack = packs.load(str(desk.folder / "data" / "packs" / "monthly.toml"))
    for report in pack.reports:
        place = report.parameters["place"]
        assert place in evidence.places
        assert place in evidence.statements["place"]
        assert not evidence.places.has_spring_festival(place)
        assert not evidence.places.counts_in_wan(place)


def test_a_folder_with_files_is_refused_and_left_as_it_was(tmp_path, silkport):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    outcome = silkport("new", tmp_path / "mine")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "holds files already" in outcome.err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    outcome = silkport("new", tmp_path / "mine" / "notes.txt")
    assert outcome.code == 2
    assert "is a file" in outcome.err


def test_a_folder_that_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(template, "starter_files", lambda _: {"README.md": "a", "README.md/b": "c"})
    with pytest.raises(ReportError, match="cannot be written"):
        template.write_starter(tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_taken(tmp_path, silkport):
    (tmp_path / "mine").mkdir()
    assert silkport("new", tmp_path / "mine").code == 0
    assert (tmp_path / "mine" / "Makefile").is_file()


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_builds_the_pages_of_the_folder_with_the_command_that_is_there(desk):
    make = ("make", "--silent", "-C", str(desk.folder))
    done = subprocess.run([*make, "COMMAND=echo"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"report --data-folder data --edition {EDITION} --out reports"
    broken = subprocess.run(
        [*make, "COMMAND=.venv/bin/silkport", "PYTHON=false"], capture_output=True, text=True, check=False
    )
    assert broken.returncode != 0
    assert not (desk.folder / ".venv").exists()


def test_the_makefile_installs_from_the_clone_or_else_from_the_package_of_this_version(tmp_path):
    assert f"SILKPORT ?= {tmp_path}" in starter_files(tmp_path)["Makefile"]
    assert re.search(r"SILKPORT \?= silkport==\d", starter_files()["Makefile"])
    assert "@" not in re.sub(r"@(test|echo|if|rm|\$\(COMMAND\))", "", starter_files()["Makefile"])
