"""Local level models of two series of the literature, by statsmodels 0.15.0's own `fit` and `smooth`.

`python tests/reference/structural/statsmodels_values.py` writes values.json anew where that package is installed.
Its series stay as they are: the seat belts are those of Harvey and Durbin (1986), the Nile is statsmodels' own copy and
its variances are the published digits of Durbin and Koopman (2012).
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from statsmodels.datasets import nile
from statsmodels.tsa.statespace.structural import UnobservedComponents

VALUES = Path(__file__).with_name("values.json")

#: First month of the seat belt law, February 1983, counted from January 1969.
LAW = 169


def seatbelts(figures: list[int]) -> dict[str, Any]:
    """Fit level, fixed season and law to the logs; standard errors are those of the outer product of scores."""
    law = (np.arange(len(figures)) >= LAW).astype(float)
    model = UnobservedComponents(
        np.log(np.array(figures, float)), "local level", seasonal=12, stochastic_seasonal=False, exog=law,
        use_exact_diffuse=True,
    )  # fmt: skip
    found = model.fit(disp=0)
    irregular, level, effect = found.params
    return {
        "variance_irregular": round(irregular, 10),
        "variance_level": round(level, 10),
        "law": round(effect, 6),
        "law_std_error": round(found.bse[-1], 6),
        "percent": round(100 * np.expm1(effect), 2),
        "log_likelihood": round(found.llf, 7),
    }


def nile_flow(published: list[float]) -> dict[str, Any]:
    """Smooth the flow at the published variances."""
    model = UnobservedComponents(nile.load_pandas().data["volume"].to_numpy(), "local level", use_exact_diffuse=True)
    found = model.smooth(published)
    # At its maximum the likelihood is flat: that of the published digits is the maximum's to seven decimals.
    return {
        "log_likelihood": round(found.llf, 7),
        "smoothed_first_last": found.smoothed_state[0, [0, -1]].round(8).tolist(),
    }


def main() -> None:
    values = json.loads(VALUES.read_text(encoding="utf-8"))
    values["seatbelts"] |= seatbelts(values["seatbelts"]["figures"])
    values["nile"] |= nile_flow([values["nile"]["variance_irregular"], values["nile"]["variance_level"]])
    entries = (
        f' "{name}": {{\n'
        + ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in entry.items())
        + "\n }"
        for name, entry in values.items()
    )
    VALUES.write_text("{\n" + ",\n".join(entries) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
