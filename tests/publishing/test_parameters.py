"""A misspelt or ill-typed parameter ends the run before anything is executed."""

import datetime as dt

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.core.errors import ParameterError
from analysis.publishing.edition import parameters


@pytest.fixture
def notebook(project):
    return project / "notebooks" / "small.ipynb"


def write(path, source, tags=("parameters",)):
    nbformat.write(new_notebook(cells=[new_code_cell(source, metadata={"tags": list(tags)})]), path)
    return path


def test_defaults_are_those_of_the_cell(notebook):
    assert parameters.defaults(notebook) == {
        "edition": "2023-11", "as_of": "2023-11-30", "place": "irkeshtam", "target": None, "seed": 1,
        "headline": "About 1.1 million tonnes.", "options": {}, "break_now": False,
    }  # fmt: skip


def test_given_values_replace_defaults(notebook):
    complete = parameters.check(notebook, {"place": "horgos", "target": 5})
    assert (complete["place"], complete["target"], complete["seed"]) == ("horgos", 5, 1)


@pytest.mark.parametrize(
    "given,sentence",
    [
        ({"plaec": "horgos"}, r"no parameter 'plaec'\. Did you mean 'place'\?"),
        ({"zzz": 1}, r"no parameter 'zzz'\. Use one of edition, as_of"),
        ({"edition": 2022.10}, r"takes text, not 2022\.1 \(float\)\. Periods are texts"),
        ({"edition": "2022.10"}, r"'2022\.10' is no month"),
        ({"edition": "2022-13"}, r"'2022-13' is no month"),
        ({"as_of": dt.date(2023, 1, 1)}, r'holds the date or time 2023-01-01.*Write "2023-01-01", in quotes'),
        ({"target": dt.datetime(2023, 1, 1, 6)}, r"holds the date or time 2023-01-01T06:00:00"),
        ({"options": {"since": [dt.date(1979, 5, 27)]}}, r'parameter \'options\'.*Write "1979-05-27", in quotes'),
        ({"options": {"since": float("nan")}}, r"parameter 'options' of small\.ipynb is nan\. Give a finite number"),
        ({"target": float("inf")}, r"'target' of small\.ipynb is inf\. Give a finite number"),
        ({"as_of": "2023-02-30"}, r"'2023-02-30' is no day of the calendar"),
        ({"target": "much"}, r"takes a number, not 'much' \(str\)"),
        ({"seed": 1.5}, r"takes a whole number, not 1\.5 \(float\)"),
        ({"seed": True}, r"takes a whole number, not True \(bool\)"),
        ({"place": None}, r"takes text, not None"),
    ],
)
def test_a_wrong_name_or_type_or_period_is_refused(notebook, given, sentence):
    with pytest.raises(ParameterError, match=sentence):
        parameters.check(notebook, given)


@pytest.mark.parametrize(
    "source", ["edition = month()", "import os", "a = b = 1", "a.b = 1", "a: int", "for a in (): pass", "a = ("]
)
def test_a_cell_with_more_than_literals_is_refused(tmp_path, source):
    with pytest.raises(ParameterError, match="not all assignments of literals"):
        parameters.defaults(write(tmp_path / "n.ipynb", source))


def test_a_notebook_without_the_tag_is_refused(tmp_path):
    with pytest.raises(ParameterError, match="0 cells tagged 'parameters'"):
        parameters.defaults(write(tmp_path / "n.ipynb", "a = 1", tags=()))


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"{}",
        b"not JSON",
        b"null",
        b"[]",
        b'{"cells": null}',
        b'{"cells": {}}',
        b'{"cells": [null]}',
        b'{"cells": [{"cell_type": "code"}]}',
        b'{"cells": [{"cell_type": "code", "metadata": [], "source": ""}]}',
        b'{"cells": [{"cell_type": "code", "metadata": {"tags": 1}, "source": ""}]}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_is_no_notebook_is_refused(tmp_path, content):
    path = tmp_path / "n.ipynb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ParameterError, match=r"n\.ipynb"):
        parameters.defaults(path)


def test_a_notebook_must_declare_edition_and_cut_off(tmp_path):
    with pytest.raises(ParameterError, match="does not declare as_of and edition"):
        parameters.edition_parameters(write(tmp_path / "n.ipynb", "a = 1"), dt.date(2023, 11, 1), dt.date(2023, 11, 30))
