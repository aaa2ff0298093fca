"""Growth that goes on, noise that is no season, and what is left of the last error."""

import json

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import ParameterError
from analysis.methods.forecasting import Learnt, carrying, forecast, learn
from tests.methods.forecasting.conftest import season, series


def ahead(values, ports, horizon=12):
    result = forecast(pl.concat([ports, series("odd", values)]), horizon=horizon).at(80)
    return result.filter(pl.col("series_id") == "odd")["median"].to_numpy()


def test_a_growth_of_eight_years_goes_on_at_half_its_pace_at_least(ports):
    growth = 0.01 * np.arange(108)
    noise = 0.01 * np.random.default_rng(3).standard_normal(96)
    logs = np.log(ahead(1000 * season(96) * np.exp(growth[:96] + noise), ports) / (1000 * season(12)))
    # Mean growth of the twelve months ahead, beyond the last one, is 6.5 steps of 0.01.
    assert 0.5 < (logs - growth[95]).mean() / 0.065 < 1.1


def test_noise_is_not_repeated_as_a_season():
    random = np.random.default_rng(4)
    noise = pl.concat([series(f"flat{i}", 1000 * np.exp(0.1 * random.standard_normal(96))) for i in range(10)])
    assert np.log(ahead(1000 * np.exp(0.1 * random.standard_normal(96)), noise)).std() < 0.04


def test_what_is_left_of_the_last_error_dies_away():
    """Errors of which half is left a month later: the link is 0.5, less what 24 pairs of none take off 98."""
    errors = np.zeros((100, 2))
    random = np.random.default_rng(5)
    for month in range(1, 99):
        errors[month, 0] = 0.5 * errors[month - 1, 0] + 0.1 * random.standard_normal()
    errors[98], errors[99] = [0.2, 0.0], np.nan
    moved = carrying.carry(errors, np.zeros((100, 3, 2)))[-1]
    assert moved[0, 0] / 0.2 == pytest.approx(0.4, abs=0.15)
    assert moved[1, 0] / moved[0, 0] == pytest.approx(moved[0, 0] / 0.2)
    assert (moved[:, 1] == 0).all()


def test_what_another_version_learnt_is_refused(ports):
    stored = json.loads(json.dumps(learn(ports).as_json()))
    stored["losses"] = stored["losses"][:38]
    with pytest.raises(ParameterError, match=r"about 38 candidates, and this version has 49\. Learn it again"):
        Learnt.from_json(stored)
