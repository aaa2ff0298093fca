"""`--data-folder`, which every command takes: its evidence and packs, nothing of the bundled ones."""

import os
import shutil

import pytest

from analysis.cli.command import find_verbs
from analysis.core.errors import CoverageError, ParameterError
from analysis.core.periods import Edition
from analysis.desks import port
from analysis.estimates.inputs import inputs
from analysis.pages.port import sentences
from analysis.pages.port.traffic import traffic
from analysis.pages.words.cells import text
from analysis.publishing.edition import packs
from analysis.runtime import folders
from analysis.runtime.folders import VARIABLE, use_data_folder
from analysis.sources.evidence import Evidence
from tests.repository import ROOT

HEADER = (
    "statement_id,series_id,place,indicator,flow,mode,period_start,period_end,measure,relation,value,unit,"
    "value_as_published,publisher,published_on"
)


def rows(place: str) -> list[str]:
    """Return totals of two years and a sum to date of freight by road."""
    series = f"{place}.freight_tonnes.total.road,{place},freight_tonnes,total,road"
    return [
        f'{place}1,{series},2021-01-01,2021-12-31,level,eq,464000,tonnes,"464,000",Gate Daily,2022-01-19',
        f'{place}2,{series},2022-01-01,2022-12-31,level,eq,512000,tonnes,"512,000",Gate Daily,2023-01-19',
        f'{place}3,{series},2023-01-01,2023-09-30,level,eq,401000,tonnes,"401,000",Gate Daily,2023-10-20',
    ]


def ledger(folder, *places: str):
    """Write a ledger about some places into a data folder, and nothing else."""
    folder.mkdir(exist_ok=True)
    lines = [HEADER, *(line for place in places for line in rows(place))]
    (folder / "statements.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return folder


def outlook(folder, place: str = "gate") -> port.Outlook:
    return port.outlook(Evidence.read(folder), place=place, mode="road", edition=Edition.of("2023-10"))


@pytest.mark.parametrize("command", sorted(find_verbs()))
def test_every_command_takes_a_data_folder(silkport, command):
    assert "--data-folder DIR" in silkport(command, "--help").out


def test_a_command_reads_the_folder_and_leaves_no_trace_of_it(silkport, tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    ledger(tmp_path / "mine", "gate")
    outcome = silkport("series", "--data-folder", "mine")
    assert outcome.code == 0, outcome.err
    assert "gate.freight_tonnes.total.road" in outcome.out
    assert "irkeshtam" not in outcome.out
    assert VARIABLE not in os.environ
    monkeypatch.setenv(VARIABLE, "mine")
    assert silkport("series").out == outcome.out
    assert os.environ[VARIABLE] == "mine"


def test_a_relative_folder_is_made_absolute_and_put_back_after_a_failure(tmp_path, monkeypatch):
    monkeypatch.chdir(ledger(tmp_path / "mine", "gate").parent)
    monkeypatch.setenv(VARIABLE, "before")

    def fail():
        with use_data_folder(tmp_path.relative_to(tmp_path) / "mine"):
            assert folders.data_folder() == tmp_path / "mine"
            assert folders.default_reports().parts == ("reports",)
            raise CoverageError("stop")

    with pytest.raises(CoverageError):
        fail()
    assert os.environ[VARIABLE] == "before"


def test_a_folder_that_is_absent_is_refused_in_one_sentence(silkport, tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    outcome = silkport("series", "--data-folder", tmp_path / "none")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "silkport new FOLDER" in outcome.err
    (tmp_path / "empty").mkdir()
    outcome = silkport("series", "--data-folder", tmp_path / "empty")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "statements.csv" in outcome.err


def test_a_ledger_alone_gives_a_page_without_festival_and_wan(tmp_path):
    found = outlook(ledger(tmp_path / "mine", "gate_of_dawn"), "gate_of_dawn")
    said = sentences.summary(found).items
    english, chinese = ("\n".join(text(each, lang) for each in said) for lang in ("en", "zh"))
    assert english.startswith("Road freight through Gate Of Dawn in 2023 is put at ")
    assert "万吨" not in english + chinese
    assert found.inputs.structure.festivals == ()
    assert found.closures.is_empty()


def test_a_header_without_rows_says_as_much_as_no_file(tmp_path):
    bare, headers = ledger(tmp_path / "bare", "gate"), ledger(tmp_path / "headers", "gate")
    for name in ("ports", "places", "indicators", "port_closures", "spring_festival", "held_out"):
        header = (ROOT / "data" / f"{name}.csv").read_text(encoding="utf-8").partition("\n")[0]
        (headers / f"{name}.csv").write_text(f"{header}\n", encoding="utf-8")
    assert outlook(bare).years.equals(outlook(headers).years)


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    """A copy of the bundled data folder, of whose ledger only a new port's statements and two of another are left."""
    folder = tmp_path_factory.mktemp("copy") / "data"
    shutil.copytree(ROOT / "data", folder)
    return ledger(folder, "kokart", "santa_teresa", "irkeshtam")


def test_a_port_is_added_to_the_region_by_a_row_statements_and_a_line_of_the_pack(region):
    with (region / "ports.csv").open("a", encoding="utf-8") as register:
        columns = (ROOT / "data" / "ports.csv").read_text(encoding="utf-8").partition("\n")[0].split(",")
        cells = {"port": "kokart", "name_en": "Kokart", "name_zh": "科卡尔特", "region": "xinjiang", "modes": "road"}
        register.write(",".join(cells.get(name, "") for name in columns) + "\n")
    with (region / "packs" / "monthly.toml").open("a", encoding="utf-8") as pack:
        pack.write('[[report]]\nid = "kokart"\nnotebook = "port_outlook.ipynb"\nparameters = { place = "kokart" }\n')
    with use_data_folder(region):
        (report,) = packs.load("monthly").select(["kokart"])
    found = outlook(region, report.parameters["place"])
    assert text(traffic(found).amounts.table_unit) == "10,000 tonnes (万吨)"
    assert "科卡尔特口岸" in text(sentences.summary(found).items[0], "zh")
    assert found.places.has_spring_festival("kokart")


def test_a_port_elsewhere_in_the_same_folder_has_no_spring_festival(region):
    known = Evidence.read(region).known()
    nodes = inputs(known).structure.nodes
    festive = dict(nodes.select("place", "festive").iter_rows())
    assert festive["irkeshtam"]
    assert not festive["santa_teresa"]
    assert not known.places.has_spring_festival("santa_teresa")
    assert not known.places.counts_in_wan("santa_teresa")


def test_a_pack_may_lie_anywhere_and_takes_the_notebooks_beside_it_first(tmp_path):
    (tmp_path / "mine.toml").write_text(
        'title = "Mine"\n[[report]]\nid = "a"\nnotebook = "port_outlook.ipynb"\n'
        '[[report]]\nid = "b"\nnotebook = "own.ipynb"\n',
        encoding="utf-8",
    )
    with pytest.raises(ParameterError, match=r"names the notebook 'own\.ipynb', which is not in"):
        packs.load(str(tmp_path / "mine.toml"))
    (tmp_path / "own.ipynb").write_text("{}", encoding="utf-8")
    pack = packs.load(str(tmp_path / "mine.toml"))
    assert [report.notebook for report in pack.reports] == [
        ROOT / "notebooks" / "port_outlook.ipynb",
        tmp_path / "own.ipynb",
    ]
    assert (pack.name, pack.source) == ("mine", str(tmp_path / "mine.toml"))
    with pytest.raises(CoverageError, match="There is no pack"):
        packs.load(str(tmp_path / "none.toml"))


def test_a_data_folder_has_its_own_packs_and_notebooks_and_no_bundled_pack(tmp_path):
    folder = ledger(tmp_path / "mine", "gate")
    (folder / "notebooks").mkdir()
    (folder / "notebooks" / "port_outlook.ipynb").write_text("{}", encoding="utf-8")
    with use_data_folder(folder):
        with pytest.raises(CoverageError, match=r"There is no pack 'monthly' in .*name a file"):
            packs.load("monthly")
        (folder / "packs").mkdir()
        (folder / "packs" / "monthly.toml").write_text(
            '[[report]]\nid = "gate"\nnotebook = "port_outlook.ipynb"\n', encoding="utf-8"
        )
        assert packs.load("monthly").reports[0].notebook == folder / "notebooks" / "port_outlook.ipynb"


def test_the_folder_above_a_data_folder_names_it(silkport, tmp_path):
    ledger(tmp_path / "data", "gate")
    outcome = silkport("series", "--data-folder", tmp_path)
    assert outcome.code == 2
    assert f"Say --data-folder {tmp_path / 'data'}." in outcome.err


def test_english_words_in_place_of_chinese_ones_stay_apart(silkport, tmp_path):
    folder = ledger(tmp_path / "mine", "gate")
    text = (folder / "statements.csv").read_text(encoding="utf-8")
    (folder / "statements.csv").write_text(text.replace(",road,", ",sea,").replace(".road,", ".sea,"), encoding="utf-8")
    outcome = silkport("series", "--data-folder", folder)
    assert "Gate freight tonnes" in outcome.out
