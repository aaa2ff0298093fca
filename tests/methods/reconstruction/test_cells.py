"""Cells: what they gather by hand, and draws' own systems built from them against `H K H'` month by month."""

# ruff: noqa: N806 (letters where the algebra is)

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.methods.reconstruction.cells import Cells
from analysis.methods.reconstruction.equation_builder import build_equations
from analysis.methods.reconstruction.family_problem import DrawTargets, FamilyProblem
from analysis.methods.reconstruction.linear_systems import OwnSystems
from tests.methods.reconstruction.evidence import table
from tests.methods.reconstruction.test_equations import DAYS, PARTS, ROWS


@pytest.fixture(scope="module")
def equations():
    found, _, _ = build_equations(table(*ROWS), PARTS, DAYS)
    return found


def test_a_quarter_within_a_year_makes_two_cells():
    """January to March and April to December; no statement speaks of the second year."""
    year, quarter = np.zeros((2, 1, 24))
    year[:, :12], quarter[:, :3] = 30.0, 30.0
    cells = Cells.of(np.concatenate([year, quarter]), np.zeros((0, 24)))
    assert sorted(len(cells.months[span]) for span in cells.spans) == [3, 9]
    assert sorted(cells.months) == list(range(12))


def test_a_month_of_which_half_is_stated_is_a_cell_of_its_own():
    days = np.array([[31.0, 28.0, 31.0], [31.0, 28.0, 15.0]])
    cells = Cells.of(days, np.zeros((0, 3)))
    assert sorted(cells.months[span].tolist() for span in cells.spans) == [[0, 1], [2]]


def test_months_of_different_length_share_a_cell():
    """January and February enter by 31 and 28 days, and both wholly."""
    cells = Cells.of(np.array([[31.0, 28.0]]), np.zeros((0, 2)))
    sums, shares = cells.volumes(np.array([[1.0, 2.0]]))
    np.testing.assert_allclose(sums, [[31 + 56]])
    np.testing.assert_allclose(shares, [[31 / 87, 56 / 87]])


@settings(max_examples=20)
@given(seed=st.integers(0, 2**32 - 1), spread=st.floats(0.01, 2.0), draws=st.integers(1, 4))
def test_own_systems_are_those_of_the_derivatives_by_month(equations, seed, spread, draws):
    """Draws of two parts in two sets, with growth, a share, bounds and a half month among the statements."""
    rng = np.random.default_rng(seed)
    statements, months = equations.y.size, equations.terms[0].N.shape[1]
    x = spread * rng.standard_normal((draws, 2, months))
    roots = rng.standard_normal((2, 2, months, months)) / months**0.5
    K = tuple(root @ root.transpose(0, 2, 1) for root in roots)
    sets = np.sort(rng.integers(0, 2, draws))
    missed, diagonal = rng.standard_normal((draws, statements)), rng.uniform(0.1, 1.0, (draws, statements))
    target = DrawTargets(x, missed, missed, sets)
    problem = FamilyProblem(K, np.zeros((2, statements)), 0.0, 1.0)
    found = OwnSystems.of(equations, problem).correction(equations.at(x), missed, diagonal, target)
    for draw in range(draws):
        _, slopes = equations.linearise(x[draw])
        S = np.diag(diagonal[draw])
        for part, (term, H) in enumerate(zip(equations.terms, slopes, strict=True)):
            S[np.ix_(term.rows, term.rows)] += H @ K[part][sets[draw]] @ H.T
        np.testing.assert_allclose(S @ found[draw], missed[draw], rtol=1e-7, atol=1e-9)


def test_a_part_of_which_no_statement_speaks_has_no_cells(equations):
    silent = replace(equations.terms[0], N=0 * equations.terms[0].N, M=0 * equations.terms[0].M)
    assert replace(equations, terms=(silent, equations.terms[1])).cells[0].months.size == 0
