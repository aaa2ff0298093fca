"""The workbook and the CSV beside a page: numbers as numbers, text as text, whatever it begins with."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.pages.parts.table import Table
from analysis.publishing.output import content, workbook
from tests.publishing.shown import notebook, record, sources, years

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "\uff1d1\uff0b1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(A1)",
)


def shown(*items) -> content.Content:
    return content.read(notebook(*items), name="one")


def opened(book: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(book))


def sheets(book: bytes) -> dict[str, list[list[object]]]:
    """Read a workbook by its XML: the name of each sheet and its rows; a cell of a formula is refused."""
    archive = opened(book)
    strings = [
        "".join(part.text or "" for part in item.iter(f"{_SHEET}t"))
        for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    ]
    names = [
        sheet.attrib["name"] for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_SHEET}sheet")
    ]
    found = {}
    for place, name in enumerate(names, start=1):
        root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{place}.xml"))
        assert root.find(f".//{_SHEET}mergeCell") is None
        assert root.find(f".//{_SHEET}f") is None
        found[name] = [[_value(cell, strings) for cell in row] for row in root.iter(f"{_SHEET}row")]
    return found


def _value(cell, strings):
    value = cell.find(f"{_SHEET}v")
    if value is None:
        return None
    return strings[int(value.text)] if cell.attrib.get("t") == "s" else float(value.text)


def test_a_table_is_a_sheet_with_its_title_one_header_and_numbers():
    found = sheets(workbook.workbook(shown(), lang="en"))
    assert list(found) == ["Years", "Sources", "Notes"]
    title, head, first, second = found["Years"]
    assert title == ["Freight by year, 10,000 tonnes (万吨)"]
    assert head == ["Year", "Median", "80% interval, lower", "80% interval, upper", "How"]
    assert first == ["2022", "none", "published"]
    assert second == ["2023", 125.0, 118.0, 136.0, "estimated"]


def test_sources_and_notes_have_sheets_of_their_own():
    found = sheets(workbook.workbook(shown(), lang="zh"))
    assert list(found) == ["年度", "来源", "说明"]
    assert "https://example.org/a" in found["来源"][2]
    assert ["年度", "中位数不能相加。"] in found["说明"]
    assert ["未列出", "月度：区间过宽。"] in found["说明"]


def test_both_languages_stand_in_one_header_row():
    assert sheets(workbook.workbook(shown(), lang="both"))["Years 年度"][1][0] == "Year / 年份"


def test_the_same_page_gives_the_same_bytes():
    assert workbook.workbook(shown(), lang="both") == workbook.workbook(shown(), lang="both")


@pytest.mark.parametrize("formula", FORMULAS)
def test_text_that_looks_like_a_formula_stays_text(formula):
    said = shown(record(title=formula), years(words=formula), sources(publisher=formula))
    found = sheets(workbook.workbook(said, lang="en"))
    assert found["Years"][2][-1] == formula
    rows = list(csv.reader(io.StringIO(workbook.csv(said, lang="en").decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row[:5] if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any(cell == f"'{formula}" for row in rows for cell in row)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_any_name_of_a_table_becomes_a_sheet(names):
    tables = [Table(name=name, caption=name, columns=("a",), rows=(("x",),)) for name in names]
    book = workbook.workbook(content.Content({"title": "t"}, "", "", tuple(tables)), lang="en")
    assert len(sheets(book)) == len(names) + 1


def test_the_csv_has_a_byte_order_mark_and_a_row_for_each_value():
    written = workbook.csv(shown(), lang="en")
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
    ends = [row for row in rows if row["item"] == "2023" and row["column"].startswith("80%")]
    assert [(row["column"], row["value"]) for row in ends] == [
        ("80% interval, lower", "118.0"), ("80% interval, upper", "136.0"),
    ]  # fmt: skip
    assert [row["statement_ids"] for row in rows if row["column"] == "Median"] == ["", "a1 b2"]
