"""Hostile text from a ledger, a register, a pack or a file name: shown as text, never run, never a path elsewhere."""

import csv
import io
import json
import re
import shutil
from dataclasses import replace

import polars as pl
import pytest

from analysis.core.errors import ParameterError, PeriodError
from analysis.core.periods import Edition
from analysis.desks import port
from analysis.pages.parts.chart import Undrawn
from analysis.pages.parts.sources import sources
from analysis.pages.parts.table import Table
from analysis.pages.port import charts, header, sentences, tables
from analysis.pages.words.cells import Both
from analysis.publishing.edition import index, packs, runner
from analysis.publishing.output import content, html, pages, workbook
from analysis.runtime import files, folders
from analysis.sources import ledger
from analysis.sources.places import Places
from tests.evidence import evidence
from tests.publishing.shown import MADE, notebook
from tests.publishing.test_pages import Resources
from tests.publishing.test_workbook import sheets

pytestmark = pytest.mark.usefixtures("without_fonts")

SCRIPT = "<script>window.run=1</script>"
IMAGE = '"><img src=x onerror="window.run=1">'
FORMULA = '=HYPERLINK("http://evil.example","click")'
NASTY = f"{SCRIPT}{IMAGE}' javascript:window.run=1"
HEADER = [
    "statement_id", "series_id", "place", "indicator", "flow", "mode", "partner", "period_start", "period_end",
    "measure", "relation", "value", "unit", "value_as_published", "publisher", "url", "published_on",
    "published_on_precision", "same_as", "supersedes", "status", "note",
]  # fmt: skip
SERIES = "irkeshtam.freight_tonnes.total.road"


def statement(name: str, start: str, end: str, value: float, **other: str) -> dict[str, str]:
    row = dict.fromkeys(HEADER, "") | {
        "statement_id": name, "series_id": SERIES, "place": "irkeshtam", "indicator": "freight_tonnes", "flow": "total",
        "mode": "road", "period_start": start, "period_end": end, "measure": "level", "relation": "eq",
        "value": str(value), "unit": "tonnes", "value_as_published": f"{value / 1e4:.1f}万吨", "publisher": "Daily",
        "published_on": end, "published_on_precision": "day", "status": "valid",
    }  # fmt: skip
    return row | other


@pytest.fixture(scope="module")
def outlook(tmp_path_factory):
    """The outlook of a ledger whose newest statement is hostile in every column of free text."""
    path = tmp_path_factory.mktemp("ledger") / "statements.csv"
    rows = [
        statement("h1", "2022-01-01", "2022-12-31", 600_000),
        statement("h2", "2023-01-01", "2023-06-30", 400_000, value_as_published=f"40万吨 {NASTY}", publisher=FORMULA,
                  note=NASTY),
        statement("h3", "2023-01-01", "2023-09-30", 650_000, publisher=NASTY, url="https://example.org/a"),
    ]  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, HEADER)
        writer.writeheader()
        writer.writerows(rows)
    # `ledger.read` refuses such addresses, so they are planted behind it.
    addresses = pl.col("statement_id").replace_strict({"h2": "javascript:window.run=1", "h3": f"https://x.org/{IMAGE}"},
                                                      default=pl.col("url"), return_dtype=pl.String)  # fmt: skip
    statements = ledger.read(path).with_columns(url=addresses)
    return port.outlook(evidence(statements), place="irkeshtam", mode="road", edition=Edition.of("2023-11"))


def everything(outlook):
    """Return what the port page shows."""
    return content.read(
        notebook(
            header.page_header(outlook), sentences.summary(outlook), charts.path(outlook), tables.years(outlook),
            tables.evidence(outlook), sources(outlook.known, outlook.statement_ids()),
        ),
        name="one",
    )  # fmt: skip


def test_a_hostile_ledger_gives_a_page_with_one_script_and_no_handler(outlook):
    page = html.render_page(everything(outlook), MADE).decode("utf-8")
    found = Resources(page)
    assert (found.scripts, found.handlers) == (1, [])
    assert [address for address in found.loaded if address != "data:,"] == []
    assert 'href="javascript' not in page
    assert "&lt;script&gt;window.run=1&lt;/script&gt;" in page


def test_a_hostile_ledger_gives_a_workbook_and_a_csv_without_a_formula(outlook):
    shown = everything(outlook)
    cells = [cell for rows in sheets(workbook.workbook(shown, lang="both")).values() for row in rows for cell in row]
    assert FORMULA in cells
    rows = csv.reader(io.StringIO(workbook.csv(shown, lang="en").decode("utf-8-sig")))
    assert not [cell for row in rows for cell in row[:5] if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.browser
def test_a_browser_runs_nothing_of_it_even_without_the_security_policy(outlook, tmp_path):
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    path = tmp_path / "one.html"
    path.write_bytes(html.render_page(everything(outlook), MADE | {"parameters": {"place": NASTY}}))
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(offline=True, bypass_csp=True).new_page()
        page.goto(path.as_uri())
        for number in page.locator("a.n:visible").all()[:12]:
            number.click()
            page.keyboard.press("Escape")
        page.locator(".switch").click()
        assert page.evaluate("window.run") is None
        assert page.locator("img").count() == 0
        browser.close()


def test_a_hostile_place_name_is_text(outlook, monkeypatch):
    monkeypatch.setattr(Places, "names", lambda *_: (NASTY, NASTY))
    page = html.render_page(everything(outlook), MADE).decode("utf-8")
    found = Resources(page)
    assert (found.scripts, found.handlers) == (1, [])
    assert "&lt;script&gt;" in page[page.index("<title>") : page.index("</title>")]


def test_hostile_file_names_are_text():
    made = MADE | {
        "notebook": {"file": f"{NASTY}.ipynb", "sha256": "0" * 64}, "data": {f"{NASTY}.csv": "0" * 64},
        "parameters": {"place": f"{NASTY}\n__import__('os')"},
    }  # fmt: skip
    found = Resources(html.render_page(content.read(notebook(), name="one"), made).decode("utf-8"))
    assert (found.scripts, found.handlers) == (1, [])


@pytest.mark.parametrize("identity", ["../out", "..", "a/b", "/etc/one", "one.html", "<b>", "index", "C:\\one", ""])
def test_a_report_cannot_be_named_so_that_it_is_written_elsewhere(pack_of, identity):
    pack_of(f'[[report]]\nid = {json.dumps(identity)}\nnotebook = "small.ipynb"\n')
    with pytest.raises(ParameterError, match="Use lower-case letters"):
        packs.load("small", folder=folders.ROOT / "data" / "packs", notebooks=folders.ROOT / "notebooks")


@pytest.mark.parametrize("file", ["../small.ipynb", "../notebooks/small.ipynb", "/etc/passwd"])
def test_a_pack_takes_no_notebook_from_elsewhere(pack_of, file):
    project = pack_of(f'[[report]]\nid = "one"\nnotebook = "{file}"\n')
    shutil.copy(project / "notebooks" / "small.ipynb", project / "small.ipynb")
    with pytest.raises(ParameterError, match="which is not in"):
        packs.load("small", folder=project / "data" / "packs", notebooks=project / "notebooks")


@pytest.mark.parametrize("edition", ["../2023-11", "2023-11/../../x", "/tmp/2023-11", "2023-11\n"])
def test_an_edition_cannot_lead_elsewhere(project, edition):
    with pytest.raises(PeriodError):
        runner.report(pack="small", edition=edition)
    assert not (project / "reports").exists()


def test_a_tampered_edition_file_names_no_page_elsewhere(tmp_path):
    folder = files.make_writable_folder(tmp_path / "2023-11")
    files.write_all(folder, pages.files(notebook(), MADE, name="one"))
    told = {"edition": "2023-11", "as_of": "2023-11-30", "reports": ["../../secret", "one"], "failed": {NASTY: ""}}
    (folder / index.EDITION).write_text(json.dumps(told))
    page = index.render_editions(tmp_path, lang="both").decode("utf-8")
    assert "secret" not in page
    assert "window.run" not in page
    assert '<a href="2023-11/one.html">' in page


CODE = "\"\"\"\n__import__('pathlib').Path('run').touch()\n'); __import__('pathlib').Path('run').touch()  # {x} \\"


def test_a_parameter_with_quotes_and_code_reaches_the_notebook_as_text(pack_of):
    project = pack_of(
        f'[[report]]\nid = "one"\nnotebook = "small.ipynb"\nparameters = {{ headline = {json.dumps(CODE)} }}\n'
    )
    result = runner.report(pack="small", edition="2023-11")
    assert result.failed == {}
    made = json.loads((result.index.parent / "one.json").read_text(encoding="utf-8"))
    assert made["page"]["headline"] == CODE
    assert list(project.rglob("run")) == []
    assert Resources(result.index.read_text(encoding="utf-8")).scripts == 1


def test_the_ledger_of_these_tests_is_read_as_it_stands(outlook):
    hostile = outlook.known.statements.filter(pl.col("statement_id") == "h2").row(0, named=True)
    assert hostile["publisher"] == FORMULA
    assert SCRIPT in hostile["value_as_published"]


CONTROL = "\u202egnp\u2069\u200b\x1b[2J\x07\x85"
LEFT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f]")


def test_no_character_turns_a_page_or_its_tables_round_or_commands_a_terminal(outlook):
    executed = notebook(
        tables.evidence(outlook), Table(f"Caption {CONTROL}", (f"head {CONTROL}",), ((CONTROL,), ("b",)), name=CONTROL),
        Undrawn(Both(CONTROL, CONTROL), Both(CONTROL, CONTROL)),
        replace(header.page_header(outlook), headline=CONTROL, title=f"Gate {CONTROL}", withheld=(CONTROL,)),
    )  # fmt: skip
    shown = content.read(executed, name="one")
    page = html.render_page(shown, MADE).decode("utf-8")
    table = workbook.csv(shown, lang="both").decode("utf-8-sig")
    book = sheets(workbook.workbook(shown, lang="both"))
    cells = " ".join(str(cell) for rows in book.values() for row in rows for cell in row)
    for text in (page, table, cells):
        assert not LEFT.search(text)
        assert r"gnp\u001b[2J\u0007\u0085" in text
