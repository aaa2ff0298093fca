"""What a table leaves open is asked for in one sentence: the cell, the fact, and the option that says it."""

import contextlib
import datetime as dt
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.core.errors import InputError, ParameterError
from analysis.runtime.folders import data_folder
from analysis.sources import ledger
from analysis.sources.bulletins.names import Names
from analysis.sources.evidence import read_registers
from analysis.sources.tables import Source, Wishes, ledger_rows, read_tables
from analysis.sources.tables.cells import Grid
from analysis.sources.tables.workbooks import read_workbook
from tests.sources.tables.make_files import FILES

TITLE = "2023年霍尔果斯口岸货运量（万吨）（虚构）"

#: Ten tables that may mean two things: text, what the sentence says, the wish that settles it, and the value of the
#: first row then.
AMBIGUOUS = {
    "no unit": (
        "2023年10月霍尔果斯口岸,\n指标,货运量\n当月,120.5\n",
        r"unit of B3 .*--say table",
        {"table": "万吨"},
        1205000,
    ),
    "no year": (
        "霍尔果斯货运量（万吨）,\n月份,货运量\n1月,12\n2月,11\n",
        r"year of B3 .*--say table=2023",
        {"table": "2023"},
        120000,
    ),
    "comma": (
        "Хоргос: грузы, тыс. тонн, 2023 год;\nмесяц;грузы\nянварь;1,234\n",
        r"B3 \('1,234'\) .*--decimal",
        ",",
        1234,
    ),
    "comma and point": (
        "Хоргос: грузы, тыс. тонн, 2023 год;\nмесяц;грузы\nянварь;1,25\nфевраль;2.450,5\nмарт;2.5\n",
        r"B3 .* decimal comma and B5 .* decimal point",
        None,
        None,
    ),
    "one header twice": (
        f"{TITLE},,\n月份,货运量,货运量\n3月,12,31\n4月,11,42\n",
        r"B3 \('12'\) and C3 \('31'\) say the same .*--say C",
        {"C": "累计 货运量"},
        120000,
    ),
    "growth without percent": (
        f"{TITLE},,\n月份,货运量,同比\n3月,12,0.12\n",
        r"growth in C3 \('0.12'\) is in percent",
        {"C": "同比%"},
        120000,
    ),
    "growth on what": (
        f"{TITLE},,\n月份,货运量,增长%\n3月,12,5\n",
        r"C3 \('5'\) is a percentage",
        {"C": "同比%"},
        120000,
    ),
    "unknown port": (
        "2023年10月货运量（万吨）,\n口岸,货运量\n某某新港,12\n",
        r"B3 \('12'\) stands beside '某某新港'.*--say 3",
        {"3": "place=irkeshtam"},
        120000,
    ),
    "day or month": (
        "Horgos freight thousand tonnes,\nDate,Freight\n01/02/2023,120\n",
        r"A3: '01/02/2023' may be day and month",
        {"3": "2023-02"},
        120000,
    ),
    "row against column": (
        "2023年10月新疆（亿元）,\n口岸,进口总值\n霍尔果斯出口,3\n",
        r"of B3 the row says flow export and the column import",
        {"3": "霍尔果斯"},
        300000000,
    ),
}


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.of(read_registers(data_folder()))


def _first(path, names, **wishes) -> float:
    reading = read_tables(path, names, Wishes(**wishes))
    return ledger_rows(reading, names, ledger.read(FILES.with_name("no_statements.csv")), Source("Port"))["value"][0]


@pytest.mark.parametrize("case", AMBIGUOUS)
def test_what_may_mean_two_things_is_asked_for_and_settled_by_a_word(names, tmp_path, case):
    text, said, wish, value = AMBIGUOUS[case]
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        _first(path, names)
    assert "\n" not in str(caught.value)
    if wish == ",":
        assert _first(path, names, decimal=",") == pytest.approx(value)
        assert _first(path, names, decimal=".") == pytest.approx(1000 * value)
    elif wish is not None:
        assert _first(path, names, say=wish) == value


@pytest.mark.parametrize(
    "text,said",
    [
        (f"{TITLE},\n月份,货运量\n3月,12\n月份,贸易额\n4月,13\n", "no figure|second table"),
        (f"{TITLE},\n月份,货运量\n3月,约12\n4月,13\n", r"B3 \('约12'\) is no figure"),
        (f"{TITLE},\n月份,货运量\n3月,12\n4月,True\n", r"B4 \('True'\) is no figure"),
        ("霍尔果斯货运量（万吨）,\n时间,货运量\n2023-13,12\n", r"A3: '2023-13' names no month"),
        ("Horgos freight thousand tonnes,\nMonth,Freight\n44927,12\n", r"A3 \(44927\) may be the day 2023-01-01"),
        ("Horgos freight thousand tonnes,\nMonth,Freight\nJan-23,12\n", "may be a year or a day of the month"),
        ("2023年货运量（万吨）,\n月份,货运量\n3月,12\n", r"B3 .* has no place\. Say it with --say table=place=ID"),
        (f"{TITLE},\n月份,货运量\n3月,-12\n", "B3: level of -120000 lies below zero"),
        ("3月,12\n4月,13\n", "nothing over B1"),
        ("a\nb\n", "one column only"),
        ('a,"b\n1,2\n', "no CSV"),
        ("", "is empty"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(names, tmp_path, text, said):
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        _first(path, names)


def test_a_table_without_publisher_gives_no_statements(names):
    reading = read_tables(FILES / "trucks.tsv", names, Wishes())
    with pytest.raises(InputError, match="--publisher"):
        ledger_rows(reading, names, ledger.read(FILES.with_name("no_statements.csv")), Source())


@pytest.mark.parametrize(
    "wishes,said",
    [
        ({"say": {"Z": "万吨"}}, "no figures there"),
        ({"say": {"C": "weight=3"}}, "knows no 'weight'"),
        ({"say": {"C9": "万吨"}}, "names no column, row or table"),
        ({"skip": ["C9"]}, "names no rows or columns"),
        ({"block": "F18:A3"}, "runs backwards"),
        ({"sheet": "Sheet1"}, "has no sheets"),
    ],
)
def test_a_wish_that_names_nothing_is_refused(names, wishes, said):
    with pytest.raises(ParameterError, match=said):
        read_tables(FILES / "trucks.tsv", names, Wishes(**wishes))


def _book(path, fill) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        for row, cells in enumerate(((TITLE,), ("月份", "货运量"), ("3月", 12.5), ("4月", 13))):
            sheet.write_row(row, 0, cells)
        fill(book, sheet)


@pytest.mark.parametrize(
    "fill,said",
    [
        (lambda _book, sheet: sheet.merge_range("B3:B4", 12.5), r"B3 \('12.5'\) is one figure for 2 merged cells"),
        (lambda _book, sheet: sheet.set_column("B:B", 9, None, {"hidden": True}), "hidden column B"),
        (lambda _book, sheet: sheet.set_row(3, None, None, {"hidden": True}), "hidden row 4"),
        (lambda book, _sheet: book.add_worksheet("二").write("A1", "x"), "2 sheets with cells"),
        (lambda _book, sheet: sheet.write_formula("B4", "=1/0", None, "#DIV/0!"), "B4 holds the error #DIV/0!"),
        (lambda book, sheet: sheet.write("B4", 0.12, book.add_format({"num_format": "0%"})), "B4 .* is a percentage"),
        (lambda _book, sheet: sheet.write("XFD9", "x"), "nothing stands over column XFD"),
    ],
)
def test_a_workbook_with_a_trap_is_refused(names, tmp_path, fill, said):
    path = tmp_path / "table.xlsx"
    _book(path, fill)
    with pytest.raises(InputError, match=said):
        _first(path, names)


def test_text_that_is_a_number_and_a_day_of_either_calendar_are_read(names, tmp_path):
    for date_1904 in (False, True):
        path = tmp_path / f"{date_1904}.xlsx"
        with xlsxwriter.Workbook(path, {"date_1904": date_1904}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, [TITLE])
            sheet.write_row(1, 0, ["月份", "货运量"])
            sheet.write_datetime(2, 0, dt.datetime(2023, 3, 1), book.add_format({"num_format": "yyyy年m月"}))
            sheet.write(2, 1, " 12.50 ")
        reading = read_tables(path, names, Wishes())
        figure = reading.figures[0]
        assert (figure.start, figure.value, figure.words) == (dt.date(2023, 3, 1), 125000.0, "12.50万吨")


def test_a_formula_whose_result_the_file_does_not_keep_is_refused(names, tmp_path):
    book = openpyxl.Workbook()
    for row in ([TITLE], ["月份", "货运量"], ["3月", "=SUM(1,2)"], ["4月", 3]):
        book.active.append(row)
    book.save(tmp_path / "table.xlsx")
    with pytest.raises(InputError, match="B3 holds a formula whose result is not kept"):
        _first(tmp_path / "table.xlsx", names)


@pytest.mark.parametrize("trap", ["bomb", "entity", "old", "junk", "cut"])
def test_a_file_that_is_no_workbook_is_refused(names, tmp_path, trap):
    path, plain = tmp_path / "table.xlsx", FILES / "ports_month.xlsx"
    if trap == "bomb":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("xl/workbook.xml", "<x/>")
            with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
                for _ in range(21):
                    sheet.write(b" " * 10_000_000)
    elif trap == "entity":
        with zipfile.ZipFile(path, "w") as package, zipfile.ZipFile(plain) as source:
            for name in source.namelist():
                head = b'?><!DOCTYPE a [<!ENTITY x "y">]>'
                package.writestr(name, source.read(name).replace(b"?>", head, 1))
    else:
        content = {"old": b"\xd0\xcf\x11\xe0" * 200, "junk": b"PK\x03\x04" * 200, "cut": plain.read_bytes()[:-300]}
        path.write_bytes(content[trap])
    said = {"bomb": "unpacks to 210 MB", "entity": "entities", "old": "Excel 97", "junk": "damaged", "cut": "damaged"}
    with pytest.raises(InputError, match=said[trap]):
        _first(path, names)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_workbook_is_read_or_refused_in_a_sentence(tmp_path, damage):
    raw = bytearray((FILES / "ports_month.xlsx").read_bytes())
    for place, byte in damage:
        raw[int(place * len(raw))] = byte
    path = tmp_path / "table.xlsx"
    path.write_bytes(raw)
    with contextlib.suppress(InputError):
        grid, _ = read_workbook(path)
        assert isinstance(grid, Grid)
