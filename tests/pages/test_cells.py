"""Cells, sentences and tables come back from their data as they were, and hostile words stay words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import ReportError
from analysis.pages.parts import media_types
from analysis.pages.parts.chart import Undrawn
from analysis.pages.parts.sentences import Heading, Note, Sentences, read_passage
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import KEPT_DIGITS, Both, Link, Number, cell_as_json, cell_from_json

VALUES = st.lists(
    st.floats(allow_nan=False, allow_infinity=False).map(lambda value: float(f"{value:.{KEPT_DIGITS}g}")), max_size=2
).map(tuple)
IDS = st.lists(st.text(min_size=1), max_size=3).map(tuple)
NUMBERS = st.builds(Number, st.text(), st.text(), VALUES, st.just(1.0), IDS)
LINKS = st.builds(Link, st.one_of(st.text(), st.builds(Both, st.text(), st.text())), st.text())
CELLS = st.recursive(
    st.one_of(st.text(), NUMBERS, LINKS),
    lambda inner: st.one_of(st.builds(Both, inner, inner), st.lists(inner, max_size=3).map(tuple)),
    max_leaves=6,
)


def through_json(data):
    return json.loads(json.dumps(data, allow_nan=False))


@given(CELLS)
def test_a_cell_comes_back_from_json_as_it_was(cell):
    assert cell_from_json(through_json(cell_as_json(cell))) == cell


def test_processors_that_differ_in_the_last_digit_write_the_same_output():
    some, other = (cell_as_json(Number("27%", "27%", (value,))) for value in (0.1 + 0.2, 0.3))
    assert some == other


def test_a_number_travels_in_the_unit_of_its_words():
    number = Number("125", "125", (1_250_000.0,), 1e4, ("a1",))
    assert cell_as_json(number) == {"en": "125", "zh": "125", "values": [125.0], "trace": ["a1"]}


@pytest.mark.parametrize(
    "passage",
    [
        Sentences((Both(("It is ", Number("1", "1", (1.0,), 1.0, ("a1",))), "一"), "second")),
        Heading(Both("Firms", "企业"), "words", illustrative=True),
        Note(Both("not drawn", "不画图")),
    ],
)
def test_a_passage_comes_back_from_its_output_as_it_was(passage):
    assert read_passage(through_json(passage._repr_mimebundle_()[media_types.SENTENCES])) == passage


def test_a_table_comes_back_from_its_output_as_it_was():
    table = Table(
        caption="t", columns=("Year", Both("#Median", "#中位数"), "#80%"), rows=(("2023", Number("1", "1"), ""),),
        notes=("n",), total=True, illustrative=True, anchors=("s-1",), name=Both("Years", "年度"),
    )  # fmt: skip
    assert Table.from_json(through_json(table._repr_mimebundle_()[media_types.TABLE])) == table


def test_what_stands_for_a_chart_that_is_not_drawn_travels_as_a_note():
    shown = Undrawn(Both("Growth", "增速"), Both("nothing published", "没有公布"))._repr_mimebundle_()
    assert read_passage(shown[media_types.SENTENCES]) == Note(
        Both("Growth: not drawn, nothing published.", "增速：不画图，没有公布。")
    )
    assert shown["text/html"].startswith('<p class="note"><span class="en" lang="en">Growth')


@pytest.mark.parametrize("data", [None, 1, {"en": "a"}, {"en": 1, "zh": 2}, {"words": "a", "href": 1}, [["a", 2]]])
def test_data_that_are_no_cell_are_refused(data):
    with pytest.raises(ReportError, match="are no cell"):
        cell_from_json(data)


def test_outputs_of_another_form_are_refused():
    with pytest.raises(ReportError, match="sentences in a form"):
        read_passage({"said": "x"})
    with pytest.raises(ReportError, match="a table in a form"):
        Table.from_json({"caption": "x"})
