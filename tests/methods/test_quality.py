"""Revisions and completeness: the European Statistical System's indicators, by hand."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import ParameterError
from analysis.methods.quality import completeness, revisions
from tests.repository import ROOT

VALUES = json.loads((ROOT / "tests" / "reference" / "evidence_audit" / "values.json").read_text(encoding="utf-8"))


def test_mean_and_mean_absolute_revision_of_four_figures():
    expected = VALUES["mean_revision"]
    found = revisions(np.array(expected["first"]), np.array(expected["last"]))
    assert (found.pairs, found.mean, found.mean_absolute) == (4, expected["mr"], expected["mar"])
    assert found.relative == pytest.approx(expected["rmar"], abs=1e-9)


def test_81_of_144_cells_are_provided():
    expected = VALUES["completeness"]
    found = completeness(provided=expected["provided"], required=expected["required"])
    assert found == expected["r1"]


@given(st.lists(st.tuples(st.floats(1, 1e9), st.floats(1, 1e9)), min_size=1, max_size=20), st.floats(0.1, 10))
def test_revisions_turn_their_sign_with_their_order_and_scale_with_the_unit(pairs, scale):
    first, last = (np.array(side) for side in zip(*pairs, strict=True))
    there, back, scaled = revisions(first, last), revisions(last, first), revisions(first * scale, last * scale)
    assert back.mean == pytest.approx(-there.mean)
    assert abs(there.mean) <= there.mean_absolute * (1 + 1e-12)
    assert scaled.mean_absolute == pytest.approx(scale * there.mean_absolute)
    assert scaled.relative == pytest.approx(there.relative)


def test_no_size_of_revisions_beside_zeros():
    assert np.isnan(revisions(np.array([1.0]), np.array([0.0])).relative)


@pytest.mark.parametrize("first,last", [([], []), ([1.0], [1.0, 2.0])])
def test_figures_without_their_revisions_are_refused(first, last):
    with pytest.raises(ParameterError, match="Give both"):
        revisions(np.array(first), np.array(last))


@pytest.mark.parametrize("provided,required", [(3, 2), (-1, 2), (0, 0)])
def test_cells_that_cannot_be_are_refused(provided, required):
    with pytest.raises(ParameterError, match="cells are provided"):
        completeness(provided=provided, required=required)
