"""From a number of a page to its statements: found by key or by words, printed with their sources, or refused."""

import json

import pytest

from analysis.cli import main
from analysis.core.errors import CoverageError, ReportError
from analysis.pages.parts import media_types
from analysis.publishing.output import content, pages, trace
from analysis.runtime import files
from analysis.sources import ledger
from tests.publishing.shown import MADE, SENTENCES, notebook, record

pytestmark = pytest.mark.usefixtures("without_fonts")


@pytest.fixture
def page(tmp_path):
    files.write_all(tmp_path, pages.files(notebook(), MADE, name="one"))
    return tmp_path / "one.html"


def test_a_number_is_found_by_key_by_words_and_by_a_part_of_them(page):
    found = [trace.find(page, name) for name in ("n1", "125万吨", "1.25 million tonnes (125万吨)", "1.25 million")]
    assert [each["number"] for each in found] == ["n1"] * 4
    assert found[0]["statements"] == ["a1", "b2"]
    assert trace.find(page.with_suffix(".json"), "n1") == found[0]


def test_the_same_number_has_one_key_wherever_it_stands():
    numbers = content.read(notebook(), name="one").numbers
    assert [(each["number"], each["en"]) for each in numbers] == [
        ("n1", "1.25 million tonnes (125万吨)"), ("n2", "125"), ("n3", "118 to 136"),
    ]  # fmt: skip


def test_numbers_come_from_the_data_of_an_output_and_not_from_its_html():
    executed = notebook(record(), SENTENCES)
    executed.cells[1].outputs[0].data["text/html"] = '<a class="n" data-trace="x" data-en="9" data-zh="9">9</a>'
    read = content.read(executed, name="one")
    assert [each["statements"] for each in read.numbers] == [["a1", "b2"]]
    assert 'data-n="n1" data-trace="a1 b2"' in read.lead
    assert "9" not in read.lead


def test_html_by_hand_has_no_numbers():
    executed = notebook(record(), SENTENCES)
    data = executed.cells[1].outputs[0].data
    executed.cells[1].outputs[0].data = {"text/html": '<a class="n" data-trace="x" href="#s-x">9</a>', "text/plain": ""}
    assert media_types.SENTENCES in data
    read = content.read(executed, name="one")
    assert read.numbers == ()
    assert "data-" not in read.lead


def test_the_manifest_lists_what_the_page_links(page):
    listed = {each["number"] for each in json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))["numbers"]}
    text = page.read_text(encoding="utf-8")
    assert listed == {part.partition('"')[0] for part in text.split('data-n="')[1:]}


def test_an_unknown_number_is_refused_with_the_nearest(page):
    with pytest.raises(CoverageError, match=r"Did you mean '1\.25 million tonnes"):
        trace.find(page, "125 million tonnes (125万吨)")
    with pytest.raises(CoverageError, match="Take a key"):
        trace.find(page, "")


def test_words_of_several_numbers_are_refused(page):
    with pytest.raises(CoverageError, match=r"is in 2 numbers of one.html: n1 \("):
        trace.find(page, "25")


@pytest.mark.parametrize("broken", [None, "{", '{"numbers": 1}', '{"numbers": [{}]}', "{}"])
def test_a_page_without_a_readable_manifest_is_refused(page, broken):
    if broken is None:
        page.with_suffix(".json").unlink()
    else:
        page.with_suffix(".json").write_text(broken)
    with pytest.raises(ReportError, match="Name a page of an edition"):
        trace.find(page, "n1")


def test_statements_are_printed_with_publisher_date_address_and_kind():
    statements = ledger.read()
    row = statements.filter(statements["statement_id"] == "0313f12294").row(0, named=True)
    first, second = trace.lines({"number": "n1", "en": "a", "zh": "甲", "statements": ["0313f12294"]}, statements)
    assert first == "n1: a | 甲: 1 statement bears on it"
    for words in (row["value_as_published"], row["publisher"], str(row["published_on"]), row["url"], "original"):
        assert words in second


def test_the_command_prints_them_or_one_sentence(page, capsys):
    assert main(["trace", str(page), "n7"]) == 2
    assert "has no number 'n7'" in capsys.readouterr().err
    manifest = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    manifest["numbers"][0]["statements"] = ["6aebc8fb7e", "0bc29755a7"]
    page.with_suffix(".json").write_text(json.dumps(manifest), encoding="utf-8")
    assert main(["trace", str(page), "n1"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("n1: 1.25 million tonnes")
    assert "reprint of 6aebc8fb7e" in shown[2]


def test_a_statement_that_the_ledger_lacks_is_named(page):
    with pytest.raises(CoverageError, match="The ledger has no statement 'a1'"):
        list(trace.lines(trace.find(page, "n1"), ledger.read()))
