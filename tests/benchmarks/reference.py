"""Published values of Denton and Chow-Lin, and those of tsdisagg 1.3.2 where spans are unequal.

`python tests/benchmarks/reference.py` prints the latter anew where tsdisagg is installed; its functions take any
aggregation matrix although its call takes years, quarters and months only.
"""

# ruff: noqa: N803, N806 (letters where the algebra is)

import numpy as np

#: Quarterly National Accounts Manual (IMF 2001), chapter on benchmarking: indicator, annual totals, result; the
#: example has two years of totals and a third of the indicator alone. So in the tests of statsmodels.
IMF_INDICATOR = np.array([98.2, 100.8, 102.2, 100.8, 99.0, 101.6, 102.7, 101.5, 100.5, 103.0, 103.5, 101.5])
IMF_ANNUAL = np.array([4000.0, 4161.4])
IMF_QUARTERS = [969.8, 998.4, 1018.3, 1013.4, 1007.2, 1042.9, 1060.3, 1051.0, 1040.6, 1066.5, 1071.7, 1051.0]

#: The example of Denton (1971) as Stata's `denton` solves it. So in the tests of statsmodels.
STATA_INDICATOR = np.tile([50.0, 100.0, 150.0, 100.0], 5)
STATA_ANNUAL = np.array([500.0, 400.0, 300.0, 400.0, 500.0])
STATA_QUARTERS = [
    64.334796, 127.80616, 187.82379, 120.03526, 56.563894, 105.97568, 147.50144, 89.958987, 40.547201, 74.445963,
    108.34473, 76.66211, 42.763347, 94.14664, 153.41596, 109.67405, 58.290761, 122.62556, 190.41409, 128.66959,
]  # fmt: skip

#: Invented: an indicator of six years, annual totals, and totals of unequal spans with two quarters left out.
INDICATOR = np.array([10.0, 12, 15, 11, 11, 13, 17, 12, 12, 15, 18, 13, 13, 15, 20, 14, 14, 17, 21, 15, 15, 18, 22, 16])
CONSTANT_AND_INDICATOR = np.column_stack([np.ones(24), INDICATOR])
YEARS = np.kron(np.eye(6), np.ones(4))
ANNUAL = np.array([110.0, 121, 133, 140, 152, 160])
SPANS = np.zeros((8, 24))
for row, (first, last) in enumerate(((0, 4), (4, 7), (7, 8), (8, 10), (10, 12), (12, 16), (16, 19), (21, 24))):
    SPANS[row, first:last] = 1
STATED = np.array([110.0, 98, 26, 68, 76, 161, 139, 128])

#: What tsdisagg finds: Denton-Cholette and Chow-Lin over the unequal spans, Chow-Lin over the years with rho 0.75.
DENTON_OF_SPANS = [
    22.507062, 27.182082, 34.455022, 25.855834, 26.619706, 31.493807, 39.886486, 26.0, 29.481493, 38.518507, 44.194335,
    31.805665, 32.669721, 38.584442, 52.464001, 37.281836, 37.729938, 45.749825, 55.520238, 38.140808, 36.624304,
    42.129359, 49.982155, 35.888486,
]  # fmt: skip
CHOW_LIN_OF_YEARS = [
    23.163722, 27.507906, 34.0257, 25.302672, 25.280904, 29.653045, 38.420661, 27.64539, 27.809709, 34.403064,
    40.900705, 29.886522, 29.646407, 33.872905, 44.732119, 31.748569, 31.932126, 38.564714, 47.301527, 34.201633,
    34.088534, 40.546288, 49.215517, 36.149661,
]  # fmt: skip
CHOW_LIN_OF_SPANS = [
    22.169105, 27.377011, 35.49269, 24.961193, 25.660574, 31.083904, 41.255522, 26.0, 29.615371, 38.384629, 44.777575,
    31.222425, 32.721139, 38.778623, 52.64017, 36.860068, 37.618031, 45.695271, 55.686699, 37.267991, 35.587666,
    41.166427, 51.248626, 35.584946,
]  # fmt: skip


def with_tsdisagg() -> None:
    """Print what tsdisagg finds."""
    from scipy.optimize import minimize
    from tsdisagg import ts_disagg as ts

    y, x, X = STATED, INDICATOR, CONSTANT_AND_INDICATOR
    print("denton", ts.build_denton_charlotte_distribution_matrix(24, len(y), SPANS, x) @ y)

    def chow_lin(y: np.ndarray, C: np.ndarray, rho: float) -> np.ndarray:
        V = ts.build_chao_lin_covariance(rho, 1, 24)
        fitted = X @ ts.GLS_beta_hat(V, y, X, C)
        return fitted + ts.build_distribution_matrix(V, C) @ (y - C @ fitted)

    print("chow-lin, rho 0.75, years", chow_lin(ANNUAL, YEARS, 0.75))
    best = minimize(
        ts.f_minimize, (0.8, 0.8), (y, X, SPANS, ts.build_chao_lin_covariance), "nelder-mead",
        bounds=[(1e-5, 1 - 1e-5), (1e-5, None)], options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 9999},
    )  # fmt: skip
    print("chow-lin, rho by maximum likelihood", best.x[0], chow_lin(y, SPANS, best.x[0]))


if __name__ == "__main__":
    with_tsdisagg()
