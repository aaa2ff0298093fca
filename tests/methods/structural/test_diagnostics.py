"""Tests of errors, beside those of statsmodels."""

import numpy as np
import pytest
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.stats.stattools import jarque_bera

from analysis.methods.structural.diagnostics import diagnostics


def test_the_statistics_are_those_of_statsmodels():
    errors = np.random.default_rng(8).standard_t(5, 120)
    box = acorr_ljungbox(errors - errors.mean(), lags=[24])
    found = diagnostics(errors)
    assert found["statistic"][0] == pytest.approx(box["lb_stat"].iloc[0], rel=1e-5)
    assert found["p_value"][0] == pytest.approx(box["lb_pvalue"].iloc[0], rel=1e-4)
    assert found["statistic"][1] == pytest.approx(jarque_bera(errors)[0], rel=1e-5)


def test_a_spread_that_doubles_shows():
    errors = np.random.default_rng(8).standard_normal(120) * np.repeat([1.0, 1.0, 2.0], 40)
    assert diagnostics(errors)["statistic"][2] == pytest.approx(4, rel=0.5)
    assert diagnostics(errors)["p_value"][2] < 0.01


def test_errors_that_hang_together_show():
    errors = np.convolve(np.random.default_rng(8).standard_normal(140), [1, 0.8], "valid")
    assert diagnostics(errors)["p_value"][0] < 0.001
