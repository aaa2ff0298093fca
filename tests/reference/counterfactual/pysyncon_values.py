"""Write `values.json`: the synthetic control of the Basque Country by pysyncon, and published effects of three studies.

    python tests/reference/counterfactual/pysyncon_values.py FOLDER

FOLDER is a copy of the repository sdfordham/pysyncon (MIT), of which `data/` is read; pysyncon must be
importable (1.7.0 made the values). Predictors and settings are those of its `tests/test_synth_basque.py`, which follow
the R package Synth. Stored are the scaled predictors, the predictor weights that the library found, its donor weights,
and the outcome; beside them the donor weights of R Synth (Abadie and Gardeazabal 2003) and published effects. Of West
Germany and Texas stand the outcomes, from `data/`, and the weights and effects of the library's own tests.
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

TREATED = "Basque Country (Pais Vasco)"
SECTORS = ("agriculture", "energy", "industry", "construction", "services.venta", "services.nonventa")

#: Values of other software, as its own repositories print them.
PUBLISHED: dict[str, Any] = {
    "basque": {"Cataluna": 0.850816306, "Madrid (Comunidad De)": 0.149183694, "att": -0.6995647842, "se": 0.0707809213},
    # sdfordham/pysyncon, tests/test_synth_germany.py (1990-2003) and tests/test_synth_texas.py (1993-2000).
    "germany": {"weights": {"USA": 0.21624982, "Austria": 0.414522077, "Netherlands": 0.09841208,
                            "Switzerland": 0.107654851, "Japan": 0.163161172},
                "years": [1990, 2003], "att": -1555.1346777620479, "se": 317.6469306023242},
    "texas": {"weights": {"California": 0.407651414, "Florida": 0.110543548, "Illinois": 0.36027434,
                          "Louisiana": 0.121530698},
              "years": [1993, 2000], "att": 20339.375838131393, "se": 3190.4946788704715},
    # jgreathouse9/mlsynth, benchmarks/reference/synth_jhai_prop99 (R Synth 1.2.0), Proposition 99.
    "prop99_gaps_before": [
        6.113436, 2.340282, -0.626212, -1.009483, -0.132386, 0.203162, 0.295948, 0.918696, 1.405988, -0.885488,
        -0.048287, -1.468674, -1.241252, -0.335785, 1.662638, -0.233429, 0.008648, -2.133926, -1.331779,
    ],
    "prop99_observed": [82.400002, 77.800003, 68.699997, 67.5, 63.400002, 58.599998, 56.400002, 54.5, 53.799999,
                        52.299999, 47.200001, 41.599998],
    "prop99_counterfactual": [89.7287, 87.266861, 82.020118, 81.378899, 81.009529, 80.522686, 78.138913, 77.182136,
                              77.380869, 73.933507, 73.236934, 67.034557],
    "prop99": {"att": -18.719476, "cumulative": -224.633712, "half_width_95": 6.113436},
}  # fmt: skip


def basque(folder: Path) -> dict[str, Any]:
    """Return predictors, weights and outcome of the Basque synthetic control."""
    import pandas as pd
    from pysyncon import Dataprep, Synth

    table = pd.read_csv(folder / "data" / "basque.csv")
    donors = [name for name in table["regionname"].unique() if name != TREATED]
    prepared = Dataprep(
        foo=table,
        predictors=["school.illit", "school.prim", "school.med", "school.high", "school.post.high", "invest"],
        predictors_op="mean",
        time_predictors_prior=range(1964, 1970),
        special_predictors=[
            ("gdpcap", range(1960, 1970), "mean"),
            *((f"sec.{sector}", range(1961, 1970, 2), "mean") for sector in SECTORS),
            ("popdens", [1969], "mean"),
        ],
        dependent="gdpcap",
        unit_variable="regionname",
        time_variable="year",
        treatment_identifier=TREATED,
        controls_identifier=donors,
        time_optimize_ssr=range(1960, 1970),
    )
    synth = Synth()
    synth.fit(dataprep=prepared, optim_method="Nelder-Mead", optim_initial="equal")
    donor_predictors, predictors = prepared.make_covariate_mats()
    spread = pd.concat([donor_predictors, predictors], axis=1).std(axis=1)
    wide = table.pivot_table(index="year", columns="regionname", values="gdpcap")
    return {
        "donors": list(donor_predictors.columns),
        "X0": donor_predictors.divide(spread, axis=0).to_numpy().tolist(),
        "X1": (predictors / spread).to_list(),
        "V": [float(v) for v in synth.V],
        "W": [float(w) for w in synth.W],
        "years": [int(year) for year in wide.index],
        "treated": wide[TREATED].to_list(),
        "outcomes": wide[list(donor_predictors.columns)].to_numpy().tolist(),
    }


def outcomes(folder: Path, name: str, unit: str, outcome: str, treated: str) -> dict[str, Any]:
    """Return the outcome of the treated unit and of its donors with a weight, by year."""
    import pandas as pd

    wide = pd.read_csv(folder / "data" / f"{name}.csv").pivot_table(index="year", columns=unit, values=outcome)
    donors = {donor: wide[donor].to_list() for donor in PUBLISHED[name]["weights"]}
    return {"year": [int(year) for year in wide.index], "treated": wide[treated].to_list(), "donors": donors}


def main() -> None:
    """Write the values."""
    folder = Path(sys.argv[1])
    values = {
        "pysyncon": version("pysyncon"),
        "basque": basque(folder),
        "germany": outcomes(folder, "germany", "country", "gdp", "West Germany"),
        "texas": outcomes(folder, "texas", "state", "bmprison", "Texas"),
        "published": PUBLISHED,
    }
    path = Path(__file__).with_name("values.json")
    path.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
