"""Reconciled forecasts of hierarchicalforecast 1.5.3: a toy, and an invented region of ports and modes.

`python tests/reference/reconciliation/hierarchicalforecast_values.py` writes values.json anew where that package is
installed.
"""

# ruff: noqa: N803 (letters where the algebra is)

import json
from pathlib import Path

import numpy as np
from hierarchicalforecast.methods import MinTrace

TOY = {"S": [[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]], "base": [100, 40, 35, 15]}

#: Region; two ports; road and rail over ports; the four parts.
REGION = [
    [1, 1, 1, 1], [1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1],
    [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1],
]  # fmt: skip
#: The second column asks for less than nothing of the smallest part.
BASE = [[118, 55], [84, 62], [30, 4], [75, 40], [52, 8], [50, 38], [31, 25], [22, 9], [9, 1]]


def reconciled(S, base, errors=None, **options):
    insample = {} if errors is None else {"y_insample": errors, "y_hat_insample": np.zeros_like(errors)}
    method = MinTrace(**options)
    return method.fit_predict(np.array(S, float), np.array(base, float), **insample)["mean"].round(8).tolist()


def main() -> None:
    rng = np.random.default_rng(4)
    parts = rng.normal(size=(4, 36)) * np.array([[5.0], [4.0], [3.0], [1.0]]) + 2 * rng.normal(size=36)
    errors = (np.array(REGION) @ parts + rng.normal(size=(9, 36))).round(3)
    base = [[value] for value in TOY["base"]]
    values = {
        "source": "hierarchicalforecast 1.5.3, MinTrace",
        "toy": {
            **TOY,
            "ols": reconciled(TOY["S"], base, method="ols"),
            "wls_struct": reconciled(TOY["S"], base, method="wls_struct"),
        },
        "region": {
            "S": REGION,
            "base": BASE,
            "errors": errors.tolist(),
            "mint_shrink": reconciled(REGION, BASE, errors, method="mint_shrink"),
            "wls_struct": reconciled(REGION, BASE, method="wls_struct"),
            "wls_struct_nonnegative": reconciled(REGION, BASE, method="wls_struct", nonnegative=True),
            "mint_shrink_nonnegative": reconciled(REGION, BASE, errors, method="mint_shrink", nonnegative=True),
        },
    }
    Path(__file__).with_name("values.json").write_text(json.dumps(values) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
