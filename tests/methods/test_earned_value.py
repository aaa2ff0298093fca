"""Earned value and earned schedule against published cases."""

import json
import runpy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import EvidenceError
from analysis.methods.earned_value import earned_value
from tests.repository import ROOT

FOLDER = ROOT / "tests" / "reference" / "earned_value"
VALUES = json.loads((FOLDER / "values.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["evm-late-over", "evm-ahead", "evm-late-under", "evm-complete"])
def test_the_validation_cases_of_pmcontrols(name):
    """To the four decimals that the cases are kept with."""
    case = VALUES[name]
    given_ = case["inputs"]
    now = earned_value(given_["pv"], earned=given_["ev"], spent=given_["ac"], at=given_["at"])
    for quantity, expected in case["expected"].items():
        assert getattr(now, quantity) == pytest.approx(expected, abs=5e-5, rel=1e-9), quantity


def test_the_published_task_of_projectengineer_net():
    given_, expected = VALUES["evm-published"]["inputs"], VALUES["evm-published"]["expected"]
    now = earned_value([0, given_["pv"], given_["bac"]], earned=given_["ev"], spent=given_["ac"], at=1)
    for quantity, value in expected.items():
        assert getattr(now, quantity) == pytest.approx(value, abs=0.005), quantity


def test_earned_schedule_is_interpolated():
    case = VALUES["es-interpolation"]
    found = [earned_value(one["pv"], earned=one["ev"], spent=1, at=1).es for one in case["inputs"]]
    assert found == pytest.approx(case["expected"]["es"], abs=1e-12)


def test_the_hand_example_of_the_method_page():
    """PV 500, EV 450, AC 540 of 1,050 thousand: SPI 0.90, CPI 0.83, 1.26 million at completion."""
    now = earned_value([0, 500e3, 1050e3], earned=450e3, spent=540e3, at=1)
    assert round(now.spi, 2) == 0.90
    assert round(now.cpi, 2) == 0.83
    assert now.eac_cpi == pytest.approx(1.26e6)
    assert now.eac_typical == pytest.approx(1.14e6)
    assert now.eac_schedule == pytest.approx(540e3 + 600e3 / (0.9 * 450 / 540))


def test_a_late_plan_ends_with_an_spi_of_one_and_an_spi_t_below():
    now = earned_value([0, 50, 100], earned=100, spent=100, at=4)
    assert now.spi == 1
    assert now.spi_t == 0.5


@given(st.lists(st.floats(1, 100), min_size=2, max_size=8), st.floats(0.05, 0.95), st.floats(1, 1000))
def test_a_plan_that_goes_as_planned_is_on_time_and_within_budget(steps, share, unit):
    plan = [0.0]
    for step in steps:
        plan.append(plan[-1] + step * unit)
    at = share * len(steps)
    whole = int(at)
    value = plan[whole] + (at - whole) * (plan[whole + 1] - plan[whole])
    now = earned_value(plan, earned=value, spent=value, at=at)
    assert now.spi_t == pytest.approx(1)
    assert now.spi == pytest.approx(1)
    assert now.eac_cpi == pytest.approx(plan[-1])
    assert now.ieac_t == pytest.approx(len(steps))


def test_before_any_work_there_is_no_index():
    now = earned_value([0, 10, 20], earned=0, spent=0, at=1)
    assert now.cpi is None
    assert now.eac_cpi is None
    assert now.eac_schedule is None
    assert now.ieac_t is None
    assert now.etc is None
    assert now.vac is None


@pytest.mark.parametrize(
    "plan,earned,spent,at,sentence",
    [
        ([0, 5, 4], 1, 1, 1, "does not rise"),
        ([1, 5], 1, 1, 1, "does not rise"),
        ([0, 5], 6, 1, 1, "lies outside"),
        ([0, 5], 1, -1, 1, "cannot be"),
        ([0, 5], 1, 1, 0, "cannot be"),
    ],
)
def test_what_cannot_be_is_refused(plan, earned, spent, at, sentence):
    with pytest.raises(EvidenceError, match=sentence):
        earned_value(plan, earned=earned, spent=spent, at=at)


def test_the_kept_values_follow_from_their_formulas(monkeypatch):
    monkeypatch.setattr("sys.argv", ["pmcontrols_values.py"])
    runpy.run_path(str(FOLDER / "pmcontrols_values.py"))["main"]()
