"""Closed forms of the scores, each of which can be found by hand; this file writes values.json.

- The CRPS of a standard normal forecast at y is y (2 Phi(y) - 1) + 2 phi(y) - 1/sqrt(pi) (Gneiting and Raftery 2007,
  J. American Statistical Association 102, 359-378); at 0 that is (sqrt(2) - 1)/sqrt(pi).
- The interval score of Winkler (1972) at 95% for the interval 0 to 10 is its width, 10, where 5 comes, and
  10 + 2/0.05 (12 - 10) = 90 where 12 comes.
"""

import json
import math
from pathlib import Path
from statistics import NormalDist


def crps_standard_normal(y: float) -> float:
    normal = NormalDist()
    return y * (2 * normal.cdf(y) - 1) + 2 * normal.pdf(y) - 1 / math.sqrt(math.pi)


def main() -> None:
    values = {
        "crps_N01_y0": round(crps_standard_normal(0.0), 6),
        "crps_N01_y1": round(crps_standard_normal(1.0), 6),
        "winkler95_l0_u10_y12": 10 + 2 / 0.05 * (12 - 10),
        "winkler95_inside": 10,
    }
    Path(__file__).with_name("values.json").write_text(json.dumps(values) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
