"""Menus of a notebook: what is chosen reaches its variables, and nothing is shown where nobody looks."""

import sys

import pytest

from analysis.core.periods import month_end, parse_month
from analysis.pages.parts import menus
from analysis.pages.words import session

pytest.importorskip("ipywidgets")
GIVEN = {"place": "irkeshtam", "mode": "road", "edition": "2023-11", "as_of": "2023-11-30"}


@pytest.fixture
def variables():
    return dict(GIVEN)


@pytest.fixture
def offered(variables, monkeypatch):
    monkeypatch.setenv(session.VARIABLE, "")
    return menus.Menus(variables, GIVEN, ())


def test_menus_start_from_the_parameters(offered):
    assert offered.controls["place"].value == "irkeshtam"
    assert ("Torugart", "torugart") in offered.controls["place"].options
    assert offered.controls["edition"].value == "2023-11"
    assert offered.controls["as_of"].value == month_end(parse_month("2023-11"))
    assert [name for name, control in offered.controls.items() if not control.description] == []


def test_a_choice_reaches_the_variables_and_the_cells_below(offered, variables):
    offered.controls["place"].value = "torugart"
    assert variables == GIVEN | {"place": "torugart"}
    (output,) = offered.box.children[1].outputs
    assert "notebook:run-all-below" in output["data"]["application/javascript"]


def test_another_month_moves_the_cut_off_to_its_last_day(offered, variables):
    offered.controls["edition"].value = "2024-02"
    assert variables == GIVEN | {"edition": "2024-02", "as_of": "2024-02-29"}


def test_every_choice_is_carried_out_anew(offered):
    (first,) = (offered.controls["place"].set_trait("value", "torugart"), offered.box.children[1].outputs)[1]
    (second,) = (offered.controls["place"].set_trait("value", "horgos"), offered.box.children[1].outputs)[1]
    assert first != second


def test_the_language_is_chosen_for_the_session(offered, variables):
    offered.controls["lang"].value = "zh"
    assert session.language() == "zh"
    assert variables == GIVEN


def test_a_day_that_is_cleared_changes_nothing(offered, variables):
    offered.controls["as_of"].value = None
    assert variables == GIVEN


def test_a_park_is_chosen_among_those_that_are_named():
    (park,) = [menus.Menus({}, {"park": "kezhou_jiangsu_park"}, ["irkeshtam_port_park"]).controls["park"]]
    assert [value for _, value in park.options] == ["irkeshtam_port_park", "kezhou_jiangsu_park"]


@pytest.mark.parametrize("looks,installed", [(False, True), (True, False)])
def test_nothing_is_shown_where_nobody_looks_or_ipywidgets_is_missing(monkeypatch, capsys, looks, installed):
    monkeypatch.setenv("JPY_SESSION_NAME", "/a.ipynb" if looks else "")
    if not installed:
        monkeypatch.setattr(menus, "find_spec", lambda _: None)
    monkeypatch.setitem(sys.modules, "IPython.display", None)  # whatever were shown would need it
    menus.offer(**GIVEN)
    assert capsys.readouterr() == ("", "")
